//! `check --fix` mends what is certain, and nothing else.

use std::fs;
use std::process::{Command, Output};

use proptest::prelude::{ProptestConfig, Strategy, prop};
use proptest::test_runner::TestRunner;

use crate::harness::Project;

const GUIDE: &str = "---\ntitle: B\ndate: 2026-01-05\naliases: [/old/]\n---\n## Goals\n\n## Größe\n";

fn fieldbook(project: &Project, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    command.current_dir(project.root()).args(args).args(["--today", "2026-06-15"]);
    command.env("NO_COLOR", "1").output().expect("the binary runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const CONFIG: &str = "title: T\nbase_url: https://example.org/\n\
    checks: {orphan-page: off, dead-end: off, missing-date: off, alias-without-id: off, missing-title: off}\n";

/// The site that the links of the tests lead about in.
fn site() -> Project {
    Project::new()
        .file("fieldbook.yaml", CONFIG)
        .file("content/guides/b.md", GUIDE)
        .file("content/meetings/Über uns.md", "---\ntitle: Us\n---\n## Goals\n")
        .file("content/meetings/a (b) & c.md", "---\ntitle: Odd\n---\n")
        .file("content/notes/loose.md", "Text.\n")
        .file("content/guides/odd:b.md", "# Odd\n")
        .file("content/guides/grid.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("content/templates/form/index.md", "---\ntitle: Form\n---\n")
        .file("content/templates/form/template.md", "# Form\n")
}

fn source(project: &Project, path: &str) -> String {
    String::from_utf8(fs::read(project.root().join(path)).expect("read")).expect("UTF-8")
}

/// Checks what becomes of a page at `content/guides/a.md`, that it stays so, and that no fault of a link is left.
#[track_caller]
fn mends(text: &str, expected: &str) {
    let project = site().file("content/guides/a.md", text);
    let first = fieldbook(&project, &["check", "--fix"]);
    assert_eq!(source(&project, "content/guides/a.md"), expected, "{}{}", out(&first), err(&first));
    for code in ["wrong-case", "url-relative-link", "backslash-link", "former-address", "missing-extension", "broken-"]
    {
        assert!(!out(&first).contains(&format!("[{code}")), "{}", out(&first));
    }
    let second = fieldbook(&project, &["check", "--fix"]);
    assert_eq!(source(&project, "content/guides/a.md"), expected);
    assert!(!err(&second).contains("mended"), "{}", err(&second));
}

/// Checks that a page is left alone, and that something is still reported of it.
#[track_caller]
fn leaves(text: &str, code: &str) {
    let project = site().file("content/guides/a.md", text);
    let output = fieldbook(&project, &["check", "--fix"]);
    assert_eq!(source(&project, "content/guides/a.md"), text, "{}", err(&output));
    assert!(out(&output).contains(&format!("[{code}]")), "{text}: {}", out(&output));
    assert!(!err(&output).contains("mended"), "{}", err(&output));
}

#[test]
fn every_kind() {
    for (text, expected) in [
        ("[x](B.MD)", "[x](b.md)"),
        ("[x](b)", "[x](b.md)"),
        ("[x](../guides/b#goals \"Title\")", "[x](b.md#goals \"Title\")"),
        ("<a href=\"b\">x</a>", "<a href=\"b.md\">x</a>"),
        ("[x](B)", "[x](b.md)"),
        ("[x](/Guides/B/)", "[x](b.md)"),
        ("[x](../b/)", "[x](b.md)"),
        ("[x](../../meetings/uber-uns/)", "[x](../meetings/Über%20uns.md)"),
        ("[x](..\\meetings\\Über%20uns.md)", "[x](../meetings/Über%20uns.md)"),
        ("[x](/old/)", "[x](b.md)"),
        ("[x](/old/index.html)", "[x](b.md)"),
        ("[x](../../old/)", "[x](b.md)"),
        ("[x](@/guides/b.md)", "[x](b.md)"),
        ("[x](b.md#Goals)", "[x](b.md#goals)"),
        ("[x](b.md#gr%C3%B6SSE) [y](b.md#GRÖßE)", "[x](b.md#gr%C3%B6SSE) [y](b.md#größe)"),
        ("## End\n\n[x](#END)", "## End\n\n[x](#end)"),
        ("<i id=\"ByHand\"></i>\n\n[x](#byhand)", "<i id=\"ByHand\"></i>\n\n[x](#ByHand)"),
        ("[x](../Notes/)", "[x](../notes/)"),
        ("[x](../templates/form/INDEX.md)", "[x](../templates/form/index.md)"),
        ("![x](Grid.svg)", "![x](grid.svg)"),
        ("[x](../templates/Form/Template.md)", "[x](../templates/form/template.md)"),
        ("[x](../templates/Form/)", "[x](../templates/form/index.md)"),
        ("[x](/Feed.xml)", "[x](/feed.xml)"),
    ] {
        let text = format!("# A\n\n{text}\n");
        if expected.contains("SSE") {
            let project = site().file("content/guides/a.md", &text);
            fieldbook(&project, &["check", "--fix"]);
            assert_eq!(source(&project, "content/guides/a.md"), format!("# A\n\n{expected}\n"));
        } else {
            mends(&text, &format!("# A\n\n{expected}\n"));
        }
    }
}

#[test]
fn every_notation() {
    for (text, expected) in [
        ("[x](B.MD \"Title (B.MD)\")", "[x](b.md \"Title (B.MD)\")"),
        ("[x]( <B.MD> 'B.MD')", "[x]( <b.md> 'B.MD')"),
        ("[B.MD](B.MD)", "[B.MD](b.md)"),
        ("[x](B.MD?v=1#Goals)", "[x](b.md?v=1#goals)"),
        ("[x](b.md#Goals:~:text=Goals)", "[x](b.md#goals:~:text=Goals)"),
        ("[![x](Grid.svg)](B.MD)", "[![x](grid.svg)](b.md)"),
        ("[x](<../meetings/über uns.md>)", "[x](<../meetings/Über%20uns.md>)"),
        ("[x](../meetings/%C3%BCber%20uns.md)", "[x](../meetings/%C3%9Cber%20uns.md)"),
        ("[x](<../meetings/A (b) & c.md>)", "[x](<../meetings/a%20%28b%29%20%26%20c.md>)"),
        ("[x][b], [b][], [b]\n\n[B]: B.MD 'B.MD'", "[x][b], [b][], [b]\n\n[B]: b.md 'B.MD'"),
        ("> [x]\n\n> [x]: <B.MD#Goals>", "> [x]\n\n> [x]: <b.md#goals>"),
        ("![x][g]\n\n[g]: Grid.svg", "![x][g]\n\n[g]: grid.svg"),
        ("[[../guides/B.MD]]", "[[b.md]]"),
        ("[[../guides/B.MD|B.MD]]", "[[b.md|B.MD]]"),
        ("<a href=\"B.MD\">B.MD</a>", "<a href=\"b.md\">B.MD</a>"),
        ("<a title='B.MD' href=' B.MD#Goals '>x</a>", "<a title='B.MD' href=' b.md#goals '>x</a>"),
        ("<a href=B.MD>x</a>", "<a href=b.md>x</a>"),
        ("<a href=../Notes/>x</a>", "<a href=../notes/>x</a>"),
        (
            "<img alt=\"x\" src=\"Grid.svg\" srcset=\"Grid.svg 1x, Grid.svg 2x\">",
            "<img alt=\"x\" src=\"grid.svg\" srcset=\"grid.svg 1x, grid.svg 2x\">",
        ),
        ("| a |\n|---|\n| [x](B.MD) [[B.MD\\|x]] |", "| a |\n|---|\n| [x](b.md) [[b.md\\|x]] |"),
        ("::: note\n[x](B.MD)\n:::", "::: note\n[x](b.md)\n:::"),
    ] {
        mends(&format!("# A\n\n{text}\n"), &format!("# A\n\n{expected}\n"));
    }
}

#[test]
fn front_matter() {
    for (text, expected) in [
        ("related: [B.MD, \"../meetings/über%20uns.md\"]", "related: [b.md, \"../meetings/Über%20uns.md\"]"),
        ("related:\n  - 'B.MD' # B.MD\n  - \"[[B.MD]]\"", "related:\n  - 'b.md' # B.MD\n  - \"[[b.md]]\""),
        ("image: Grid.svg", "image: grid.svg"),
        (
            "see_also:\n  - {title: B.MD, url: B.MD#Goals}\n  - /old/",
            "see_also:\n  - {title: B.MD, url: b.md#goals}\n  - b.md",
        ),
    ] {
        let page = |front: &str| format!("---\ntitle: A\ndate: 2026-01-05\n{front}\n---\nText.\n");
        mends(&page(text), &page(expected));
    }
    mends(
        "+++\ntitle = \"A\"\nrelated = [\"B.MD\"]\n+++\nText.\n",
        "+++\ntitle = \"A\"\nrelated = [\"b.md\"]\n+++\nText.\n",
    );
}

#[test]
fn documents_are_mended_in_their_own_file() {
    let project = site().file("content/templates/form/template.md", "# Form\n\n[x](../../guides/B.MD)\n");
    let output = fieldbook(&project, &["check", "--fix"]);
    assert_eq!(source(&project, "content/templates/form/template.md"), "# Form\n\n[x](../../guides/b.md)\n");
    let line = "content/templates/form/template.md:3:5: ../../guides/B.MD -> ../../guides/b.md\n";
    assert!(err(&output).starts_with(&format!("mended 1 link in 1 file:\n{line}")), "{}", err(&output));
}

#[test]
fn a_folder_without_a_configuration_is_mended_too() {
    let project = Project::bare().file("README.md", "# A\n\n[x](Docs/B.md)\n").file("docs/b.md", "# B\n");
    fieldbook(&project, &["check", "--fix", "."]);
    assert_eq!(source(&project, "README.md"), "# A\n\n[x](docs/b.md)\n");
}

#[test]
fn bytes_around_a_fix_stay() {
    mends(
        "\u{feff}---\r\ntitle: A\r\nrelated: [B.MD]\r\n---\r\nÜber [x](B.MD) und [y](../b/#Goals) 🎉\r\n\r\n\tend  ",
        "\u{feff}---\r\ntitle: A\r\nrelated: [b.md]\r\n---\r\nÜber [x](b.md) und [y](b.md#goals) 🎉\r\n\r\n\tend  ",
    );
}

#[test]
fn guesses_are_left_alone() {
    for (text, code) in [
        ("[x](bb.md)", "broken-link"),
        ("[x](b.html)", "broken-link"),
        ("[x](meetings/x.md)", "broken-link"),
        ("[[Bee]]", "broken-link"),
        ("[x](b.md#gaols)", "broken-fragment"),
        ("![x](grd.svg)", "missing-image"),
        ("[x](@/guides/nope.md)", "broken-link"),
        ("![x](@/guides/b.md)", "missing-image"),
    ] {
        leaves(&format!("# A\n\n{text}\n"), code);
    }
}

/// What is read is not what is written: an escape, a reference of HTML, a line break, a whole address.
#[test]
fn what_is_not_written_literally_is_left_alone() {
    for text in [
        "[x](B\\.MD)",
        "[x]\n\n> [x]:\n> <B.MD>",
        "[x](&#66;.MD)",
        "<a href=\"&#66;.MD\">x</a>",
        "<a href=\"B\n.MD\">x</a>",
        "<https://example.org/Guides/B/>",
        "<odd:B.md>",
        "https://example.org/Guides/B/",
        "[x](https://example.org/Guides/B/)",
    ] {
        leaves(&format!("# A\n\n{text}\n"), "wrong-case");
    }
    leaves("---\ntitle: A\nrelated: [\"\\x42.MD\"]\n---\nText.\n", "wrong-case");
}

#[test]
fn one_of_two_that_differ_in_case_is_not_certain() {
    let project = site()
        .file("content/guides/a.md", "# A\n\n[x](TWIN.md) [y](b.md#TWICE)\n")
        .file("content/guides/Twin.md", "---\nslug: one\n---\n# One\n")
        .file("content/guides/twin.md", "---\nslug: two\n---\n# Two\n")
        .file("content/guides/b.md", "# B\n\n<i id=\"twice\"></i><i id=\"Twice\"></i>\n");
    let output = fieldbook(&project, &["check", "--fix"]);
    assert!(!err(&output).contains("mended") && out(&output).contains("[wrong-case]"), "{}", out(&output));
}

#[test]
fn what_is_off_is_not_mended() {
    let project = site()
        .file("fieldbook.yaml", "title: T\nbase_url: https://example.org/\nchecks: {wrong-case: off}\n")
        .file("content/guides/a.md", "# A\n\n[x](B.MD) [y](../b/)\n");
    fieldbook(&project, &["check", "--fix"]);
    assert_eq!(source(&project, "content/guides/a.md"), "# A\n\n[x](B.MD) [y](b.md)\n");
}

#[test]
fn what_is_said() {
    let project = site().file("content/guides/a.md", "# A\n\n[x](B.MD), [y](../b/#Goals) and [z](nope.md)\n");
    let plain = fieldbook(&project, &["check"]);
    assert!(err(&plain).ends_with("\n3 of them can be mended by `fieldbook check --fix`\n"), "{}", err(&plain));
    let json = out(&fieldbook(&project, &["check", "--format", "json"]));
    let line = json.lines().find(|line| line.contains("wrong-case")).expect("a line");
    let value: serde_json::Value = serde_json::from_str(line).expect("an object");
    let expected = serde_json::json!({
        "text": "b.md", "start": {"line": 3, "column": 5}, "end": {"line": 3, "column": 9}, "bytes": [9, 13],
    });
    assert_eq!(value["fix"], expected, "{json}");
    let nope = json.lines().find(|line| line.contains("nope.md")).expect("a line");
    assert!(nope.ends_with(",\"fix\":null}"), "{nope}");
    let short = fieldbook(&project, &["check", "--format", "short"]);
    assert!(!err(&short).contains("mended"), "{}", err(&short));

    let fixed = fieldbook(&project, &["check", "--fix"]);
    let said = "mended 3 links in 1 file:\ncontent/guides/a.md:3:5: B.MD -> b.md\n\
        content/guides/a.md:3:16: ../b/ -> b.md\ncontent/guides/a.md:3:21: #Goals -> #goals\n";
    assert!(err(&fixed).starts_with(said), "{}", err(&fixed));
    assert!(!err(&fixed).contains("can be mended"), "{}", err(&fixed));
    assert_eq!(fixed.status.code(), Some(1), "a broken link remains");
    assert!(out(&fixed).contains("nope.md") && !out(&fixed).contains("[wrong-case]"), "{}", out(&fixed));
    project.write("content/guides/a.md", "# A\n\n[x](B.MD)\n");
    let quiet = fieldbook(&project, &["check", "--fix", "--quiet", "--strict"]);
    assert_eq!((quiet.status.code(), err(&quiet)), (Some(0), String::new()));
    assert!(!fs::exists(project.root().join("public")).expect("known"), "check built something");
}

#[cfg(unix)]
#[test]
fn files_that_are_not_the_authors_to_mend() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let bad = "# A\n\n[x](b.md) [y](B.MD)\n";
    let project = site().file("content/guides/real.md", bad).file("content/guides/kept.md", bad);
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("out.md"), bad).expect("written");
    symlink(outside.path().join("out.md"), project.root().join("content/guides/out.md")).expect("a link");
    project.write("content/guides/.shared.md", bad);
    symlink(".shared.md", project.root().join("content/guides/link.md")).expect("a link");
    project.write("content/guides/latin.md", b"# Caf\xe9\n\n[x](B.MD)\n");
    project.write("content/guides/locked.md", bad);
    let path = |name: &str| project.root().join("content/guides").join(name);
    fs::set_permissions(path("kept.md"), fs::Permissions::from_mode(0o640)).expect("set");
    fs::set_permissions(path("locked.md"), fs::Permissions::from_mode(0o444)).expect("set");
    let output = fieldbook(&project, &["check", "--fix"]);
    let said = err(&output);
    for line in [
        "content/guides/latin.md was left as it is: it is not UTF-8\n",
        "content/guides/link.md was left as it is: it is reached through a link\n",
        "content/guides/locked.md was left as it is: it is read-only\n",
        "mended 2 links in 2 files:\n",
    ] {
        assert!(said.contains(line), "{said}");
    }
    assert_eq!(source(&project, "content/guides/real.md"), "# A\n\n[x](b.md) [y](b.md)\n");
    assert_eq!(fs::read_to_string(outside.path().join("out.md")).expect("read"), bad);
    assert!(fs::symlink_metadata(path("link.md")).expect("there").is_symlink());
    assert_eq!(source(&project, "content/guides/.shared.md"), bad);
    assert_eq!(fs::read(path("latin.md")).expect("read"), b"# Caf\xe9\n\n[x](B.MD)\n");
    assert_eq!(fs::metadata(path("kept.md")).expect("there").permissions().mode() & 0o777, 0o640);
    assert!(crate::harness::files_below(project.root()).iter().all(|(name, _)| !name.ends_with("-new")));
}

/// Whatever stands around them, the links are mended and all else stays byte for byte.
#[test]
fn nothing_but_the_links_changes() {
    const PIECES: &[(&str, &str)] = &[
        ("[x](B.MD)", "[x](b.md)"),
        ("[x](<../b/> 'B.MD')", "[x](<b.md> 'B.MD')"),
        ("<b title=\"B.MD\">B.MD</b>", "<b title=\"B.MD\">B.MD</b>"),
        ("[x](b.md#Goals)", "[x](b.md#goals)"),
        ("[x](nope.md#Goals)", "[x](nope.md#Goals)"),
        ("<a href='/old/#Goals'>", "<a href='b.md#goals'>"),
        ("[[../guides/B.MD#Goals|é]]", "[[b.md#goals|é]]"),
        ("`[x](B.MD)`", "`[x](B.MD)`"),
        ("\n\n", "\n\n"),
        ("\r\n", "\r\n"),
        ("\n    [x](B.MD) in no code after text\n", "\n    [x](b.md) in no code after text\n"),
        ("Über 🎉 ", "Über 🎉 "),
    ];
    let page = prop::collection::vec(0..PIECES.len(), 1..12);
    let strategy = page.prop_map(|numbers| {
        // A word between the pieces keeps each what it is by itself.
        let join = |side: fn(&(&'static str, &'static str)) -> &'static str| {
            let pieces: Vec<&str> = numbers.iter().map(|number| side(&PIECES[*number])).collect();
            format!("# A\n\nw {}\n", pieces.join(" w "))
        };
        (join(|piece| piece.0), join(|piece| piece.1))
    });
    let mut runner = TestRunner::new(ProptestConfig { cases: 12, failure_persistence: None, ..Default::default() });
    let result = runner.run(&strategy, |(text, expected)| {
        let project = site().file("content/guides/a.md", &text);
        fieldbook(&project, &["check", "--fix"]);
        assert_eq!(source(&project, "content/guides/a.md"), expected, "{text:?}");
        let again = fieldbook(&project, &["check", "--fix"]);
        assert!(!err(&again).contains("mended"), "{}", err(&again));
        assert_eq!(source(&project, "content/guides/b.md"), GUIDE);
        Ok(())
    });
    result.expect("the property holds");
}

#[test]
fn a_file_that_changed_meanwhile_is_left_alone() {
    use fieldbook::base::fs::write::exchange;
    let project = Project::bare().file("a.md", "new words");
    let path = project.root().join("a.md");
    assert!(!exchange(&path, b"old words", b"mended").expect("tried"));
    assert_eq!(source(&project, "a.md"), "new words");
    assert!(exchange(&path, b"new words", b"mended").expect("tried"));
    assert_eq!(crate::harness::files_below(project.root()), [("a.md".to_string(), b"mended".to_vec())]);
}
