//! What the command line adds: exit statuses, streams, forms of messages.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};

use crate::harness::{Project, files_below};

fn fieldbook(project: &Project, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    command.current_dir(project.root()).args(args).env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
    command.output().expect("the binary runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn good() -> Project {
    Project::new().file("content/a.md", "---\ntitle: A\naliases: [/old/]\n---\nText.\n")
}

fn bad() -> Project {
    Project::new()
        .file("fieldbook.yaml", "title: Test\nbase_url: https://example.org/\nmenu: [a.md]\n")
        .file("content/a.md", "---\ntitle: A\n---\n[x](nope.md)\n")
}

#[test]
fn exit_statuses() {
    let project = good();
    let output = fieldbook(&project, &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).starts_with("built 1 page into public/: ") && out(&output).is_empty(), "{}", err(&output));
    assert_eq!(fieldbook(&bad(), &["build"]).status.code(), Some(1));
    assert_eq!(fieldbook(&bad(), &["build", "--keep-going"]).status.code(), Some(1));
    assert_eq!(fieldbook(&bad(), &["check"]).status.code(), Some(1));
    for args in
        [&["build", "nowhere"][..], &["bulid"], &["build", "--today", "soon"], &["build", "--base-url", "x y"], &[]]
    {
        let output = fieldbook(&project, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!err(&output).is_empty() && !err(&output).contains("panicked"), "{args:?}");
    }
}

#[test]
fn a_folder_without_a_configuration_is_written_whatever_is_wrong() {
    let broken = Project::bare().file("a.md", "# A\n\n[x](nope.md)\n");
    assert_eq!(fieldbook(&broken, &["build"]).status.code(), Some(0));
    let lost = Project::bare().file("team.md", "# A\n").file("team/README.md", "# B\n").file("team/c.md", "# C\n");
    let output = fieldbook(&lost, &["build"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("error[collision]") && lost.root().join("public/team/c/index.html").exists());
}

#[test]
fn warnings_become_errors_when_asked() {
    let project = Project::new().file("content/a.md", "---\ntitle: A\ntitel: A\n---\nText.\n");
    assert_eq!(fieldbook(&project, &["build"]).status.code(), Some(0));
    assert_eq!(fieldbook(&project, &["build", "--strict"]).status.code(), Some(1));
}

#[test]
fn forms_of_messages() {
    let project = bad();
    let short = fieldbook(&project, &["check", "--format", "short"]);
    assert!(out(&short).starts_with("content/a.md:4:5: error[broken-link]: "), "{}", out(&short));
    let json = out(&fieldbook(&project, &["check", "--format", "json"]));
    let value: serde_json::Value = serde_json::from_str(json.lines().next().expect("a line")).expect("an object");
    let keys: Vec<&String> = value.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        ["code", "severity", "message", "help", "file", "start", "end", "bytes", "fix"],
        "docs/diagnostics.md has these"
    );
    assert_eq!(value["code"], "broken-link");
    assert_eq!(
        (&value["file"], &value["start"]["line"], &value["start"]["column"]),
        (&"content/a.md".into(), &4.into(), &5.into())
    );
    let github = out(&fieldbook(&project, &["check", "--format", "github"]));
    assert!(github.starts_with("::error title=broken-link,file=content/a.md,line=4,col=5,"), "{github}");
    let human = err(&fieldbook(&project, &["build", "--color", "always"]));
    assert!(human.contains("\u{1b}[1;31merror[broken-link]"), "{human}");
}

#[test]
fn codes_are_explained() {
    let project = good();
    for code in fieldbook::diag::code::Code::ALL {
        let output = fieldbook(&project, &["explain", code.name()]);
        assert!(output.status.success() && out(&output).starts_with(code.name()), "{}", code.name());
    }
    let output = fieldbook(&project, &["explain", "broken-lnik"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("did you mean `broken-link`?"), "{}", err(&output));
    assert_eq!(out(&fieldbook(&project, &["explain"])).lines().count(), fieldbook::diag::code::Code::ALL.len());
}

#[test]
fn pages_are_explained() {
    let project = Project::new()
        .file(
            "content/guides/a.md",
            "---\ntitle: First\ndate: 2026-01-05\nrelated: [b.md]\n---\n[b](b.md#x)\n\n[x](nope.md)\n",
        )
        .file(
            "content/guides/b.md",
            "---\ntitle: Second\ndate: 2026-01-05\nalso_called: [Two]\n---\n## X\n\n[web](https://example.org/)\n",
        )
        .file("content/guides/c.md", "---\ntitle: second\ndate: 2026-01-05\ndraft: true\n---\n")
        .file("templates/guide.html", "{{ page.content | safe }}");
    let explain = |subject: &str| fieldbook(&project, &["explain", subject, "--today", "2026-06-15"]);
    let first = out(&explain("First"));
    let expected = "First\n\nsource    content/guides/a.md\nkind      guide, by the name of a folder above\n\
        address   https://example.org/guides/a/\ntemplate  guide.html (templates/guide.html)\nsection   Guides (/guides/)\n\n\
        links from it:\n  content/guides/a.md:6  b.md#x -> /guides/b/#x\n  content/guides/a.md:8  nope.md -> nothing\n\n\
        links to it:\n  none\n\nrelated:\n  content/guides/b.md  Second\n\n\
        in the feeds:\n  /feed.xml  Test\n  /guides/feed.xml  Guides\n\n\
        reported:\n  content/guides/a.md:8:5: error[broken-link]: there is no file \"nope.md\"\n";
    assert_eq!(first, expected);
    let second = out(&explain("content/guides/b.md"));
    assert!(second.contains("links to it:\n  content/guides/a.md:6  b.md#x\n"), "{second}");
    let ways =
        ["guides/b.md", "/guides/b/", "guides/b", "https://example.org/guides/b/#x", "SECOND", "two", "[[Two]]", "b"];
    for way in ways {
        assert_eq!(out(&explain(way)), second, "{way}");
    }
    for (subject, help) in
        [("Secnod", "did you mean `Second`?"), ("guides/c.md", "needs --drafts"), ("zzz", "lists the codes")]
    {
        let output = explain(subject);
        assert_eq!(output.status.code(), Some(2), "{subject}");
        assert!(err(&output).contains(help), "{}", err(&output));
    }
    let both = fieldbook(&project, &["explain", "second", "--drafts"]);
    assert!(
        err(&both).contains("several pages are called `second`: content/guides/b.md, content/guides/c.md"),
        "{}",
        err(&both)
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let project = good();
    let mut child = Command::new(env!("CARGO_BIN_EXE_fieldbook"))
        .current_dir(project.root())
        .arg("explain")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut said).expect("read");
    assert!(child.wait().expect("waited for").success() && said.is_empty(), "{said}");
}

#[test]
fn today_comes_from_the_environment() {
    let project = good().file("content/guides/a.md", "---\ntitle: A\ndate: 2030-01-01\n---\nText.\n");
    let build = |epoch: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        command.current_dir(project.root()).arg("build").env("SOURCE_DATE_EPOCH", epoch).output().expect("runs")
    };
    build("1893456000");
    assert!(project.root().join("public/guides/a/index.html").exists(), "2030-01-01 is there on that day");
    build("1893369600");
    assert!(!project.root().join("public/guides/a/index.html").exists(), "and not the day before");
    assert_eq!(build("soon").status.code(), Some(2));
}

#[test]
fn serve_answers_an_alias_with_301() {
    let project = good();
    let mut child = Command::new(env!("CARGO_BIN_EXE_fieldbook"))
        .current_dir(project.root())
        .args(["serve", "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("an address");
    let address = line.split("http://").nth(1).expect("an address").split('/').next().expect("an address").to_string();
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(&address).expect("the server listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer.to_lowercase()
    };
    let moved = ask("/old/");
    let page = ask("/a/");
    let missing = ask("/nope/");
    child.kill().expect("stopped");
    child.wait().expect("waited for");
    assert!(moved.starts_with("http/1.1 301") && moved.contains("location: /a/"), "{moved}");
    assert!(page.starts_with("http/1.1 200") && page.contains("content-security-policy: default-src 'none'"), "{page}");
    assert!(missing.starts_with("http/1.1 404"), "{missing}");
}

#[test]
fn a_site_is_made_and_is_good_at_once() {
    let project = Project::bare();
    let output = fieldbook(&project, &["init", "the site", "--today", "2026-06-15"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(
        out(&output).contains("\n  fieldbook.yaml\n") && out(&output).contains("\n  cd 'the site'\n"),
        "{}",
        out(&output)
    );
    for command in ["build", "check"] {
        let output = fieldbook(&project, &[command, "the site", "--strict", "--today", "2026-06-15"]);
        assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
        assert!(out(&output).is_empty() && err(&output).lines().count() == 1, "{}{}", out(&output), err(&output));
    }
    let again = fieldbook(&project, &["init", "the site"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(
        err(&again).contains("the site is not empty, it has ") && err(&again).contains("--force"),
        "{}",
        err(&again)
    );
    let forced = fieldbook(&project, &["init", "the site", "--force"]);
    assert_eq!(forced.status.code(), Some(0));
    assert!(out(&forced).starts_with("made 0 files in the site\n\nleft as they were"), "{}", out(&forced));
    assert_eq!(fieldbook(&project, &["init", "x", "--base-url", "nowhere"]).status.code(), Some(2));
    assert!(!project.root().join("x").exists());
}

#[test]
fn a_page_is_begun() {
    let project = Project::new().file("content/guides/a.md", "# A\n");
    let output = fieldbook(&project, &["new", "guide", "Costs: \"all\" of them 🎉", "--today", "2026-06-15"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(out(&output), "content/guides/costs-all-of-them-tada.md\n");
    assert_eq!(err(&output), "");
    let again = fieldbook(&project, &["new", "guides", "Costs, all of them! :tada:"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("content/guides/costs-all-of-them-tada.md is there already"), "{}", err(&again));
    let template = fieldbook(&project, &["new", "template", "Form"]);
    assert_eq!(out(&template), "content/templates/form/index.md\n");
    assert!(err(&template).starts_with("content/templates/ is a new section\n"), "{}", err(&template));
    let unknown = fieldbook(&project, &["new", "gide", "X"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("a similar value exists: 'guide'"), "{}", err(&unknown));
}

#[cfg(unix)]
#[test]
fn a_page_is_opened_in_the_editor() {
    let project = Project::new();
    let edit = |title: &str, visual: &str, editor: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        command.current_dir(project.root()).args(["new", "guide", title, "--edit"]);
        command.env("VISUAL", visual).env("EDITOR", editor).output().expect("the binary runs")
    };
    let opened = edit("A", "printf '<%s>' 'with options'", "false");
    assert_eq!(out(&opened), "content/guides/a.md\n<with options><content/guides/a.md>");
    assert_eq!(edit("B", "", "false").status.code(), Some(2));
    let unset = edit("C", "", "");
    assert_eq!(unset.status.code(), Some(2));
    assert!(err(&unset).contains("neither $VISUAL nor $EDITOR is set"), "{}", err(&unset));
    assert!(
        project.root().join("content/guides/b.md").exists() && !project.root().join("content/guides/c.md").exists()
    );
}

#[test]
fn shells_complete_every_command() {
    let project = good();
    for (shell, start) in [("bash", "_fieldbook()"), ("zsh", "#compdef fieldbook"), ("fish", "# Print an optspec")] {
        let output = fieldbook(&project, &["completions", shell]);
        let script = out(&output);
        assert!(output.status.success() && script.starts_with(start), "{script}");
        assert!(!script.contains("__man") && !script.contains("\"man\""), "{shell} offers what is hidden");
        for word in ["init", "new", "build", "check", "serve", "explain", "completions", "base-url"] {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
    }
    let mut bash = Command::new("bash").arg("-n").stdin(Stdio::piped()).spawn().expect("bash runs");
    let script = fieldbook(&project, &["completions", "bash"]).stdout;
    bash.stdin.take().expect("piped").write_all(&script).expect("written");
    assert!(bash.wait().expect("waited for").success());
    assert_eq!(fieldbook(&project, &["completions", "dos"]).status.code(), Some(2));
}

#[test]
fn every_command_has_a_manual_page() {
    let project = good();
    let output = fieldbook(&project, &["man", "pages/man1"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let pages = files_below(&project.root().join("pages/man1"));
    let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    for command in ["", "-build", "-check", "-completions", "-explain", "-init", "-new", "-serve"] {
        assert!(names.contains(&&*format!("fieldbook{command}.1")), "{command} is not among {names:?}");
    }
    assert!(!names.contains(&"fieldbook-man.1"));
    let new = pages.iter().find(|(name, _)| name == "fieldbook-new.1").expect("a page");
    let text = String::from_utf8_lossy(&new.1);
    assert!(
        text.contains(".TH fieldbook-new 1")
            && text.contains(env!("CARGO_PKG_VERSION"))
            && text.contains("\\-\\-section"),
        "{text}"
    );
    let help = out(&fieldbook(&project, &["--help"]));
    assert!(help.contains("completions") && !help.contains("  man "), "{help}");
}

/// The site is large enough for progress to be shown on a terminal.
#[test]
fn a_pipe_gets_no_progress() {
    let project = Project::new();
    for number in 0..400 {
        let links: String = (0..20).map(|other| format!("[x](p{}.md)\n\n", (number + other) % 400)).collect();
        project.write(&format!("content/p{number}.md"), format!("---\ntitle: P{number}\n---\n{links}"));
    }
    for command in ["build", "check"] {
        let output = fieldbook(&project, &[command]);
        let said = format!("{}{}", out(&output), err(&output));
        assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{said:?}");
    }
}
