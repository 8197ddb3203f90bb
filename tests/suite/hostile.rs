//! Whatever stands in the files, nothing panics, nothing hangs, nothing leaves the output folder.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use crate::harness::{Project, files_below};

/// Texts that look like what people write, with what breaks parsers strewn in.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~\n]{0,40}",
        "\\PC{0,12}",
        Just("---\n".to_string()),
        Just("+++\n".to_string()),
        Just(":::details {summary=\"x\"}\n".to_string()),
        Just(":::\n".to_string()),
        Just("> [!NOTE] t\n> x\n".to_string()),
        Just("[a](../../../etc/passwd)".to_string()),
        Just("[[x|y]]".to_string()),
        Just("![x](y)".to_string()),
        Just("\n\n```rust {1} title=\"x\n".to_string()),
        Just("[^1]\n\n[^1]: x\n".to_string()),
        Just("<a href=\"x\" id='".to_string()),
        Just("| a | b |\n|---|:-:|\n| c |\n".to_string()),
        Just("\r\n\t\u{feff}\u{0}\u{202e}".to_string()),
        Just("title: [\nurl: /../x\naliases: [..]\nslug: 'a/b'\n".to_string()),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn nothing_outside(project: &Project, before: &[String]) {
    let inside = |name: &str| name.starts_with("public/") || name.starts_with(".fieldbook/");
    let now: Vec<String> =
        files_below(project.root()).into_iter().map(|(name, _)| name).filter(|name| !inside(name)).collect();
    assert_eq!(now, before);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_page(page in text(), other in text()) {
        let project = Project::new()
            .with(|options| options.keep_going = true)
            .file("content/guides/a.md", page)
            .file("content/interviews/b/index.md", other);
        let before: Vec<String> = files_below(project.root()).into_iter().map(|(name, _)| name).collect();
        project.build();
        nothing_outside(&project, &before);
    }

    #[test]
    fn any_front_matter(
        key in "title|url|slug|aliases|date|draft|kind|tags|related|children|template|person|roles|extra|layout|image",
        value in "\\PC{0,40}|[./a-z\\[\\]{}:\"' -]{0,40}",
    ) {
        let project = Project::new()
            .with(|options| options.keep_going = true)
            .file("content/guides/a.md", format!("---\n{key}: {value}\n---\nText.\n"))
            .file("content/guides/b.md", format!("+++\n{key} = {value:?}\n+++\nText.\n"));
        let before: Vec<String> = files_below(project.root()).into_iter().map(|(name, _)| name).collect();
        project.build();
        nothing_outside(&project, &before);
    }

    #[test]
    fn any_configuration(lines in proptest::collection::vec("(title|base_url|menu|feeds|taxonomies|checks|theme|ignore|paginate|markdown|security|repository|language|logo): \\PC{0,30}", 0..6)) {
        let project = Project::new()
            .with(|options| options.keep_going = true)
            .file("fieldbook.yaml", lines.join("\n"))
            .file("content/a.md", "Text.");
        let before: Vec<String> = files_below(project.root()).into_iter().map(|(name, _)| name).collect();
        project.build();
        nothing_outside(&project, &before);
    }

    #[test]
    fn any_link(destination in "\\PC{0,40}|[./#?%a-z:\\\\@ -]{0,40}") {
        let body = format!("[x](<{destination}>) [[{destination}]] <a href=\"{destination}\">y</a> ![z]({destination})\n\n[r]: {destination}\n");
        Project::new().with(|options| options.keep_going = true).file("content/guides/a.md", body).build();
    }
}

#[test]
fn names_in_any_script() {
    let project = Project::new()
        .with(|options| options.keep_going = true)
        .file("content/guides/日本語 🎉.md", "---\ntitle: 日本語\ndate: 2026-01-05\n---\n[x](<a: b.md>)\n")
        .file("content/guides/a: b.md", "---\ntitle: Colon\ndate: 2026-01-06\n---\n![p](<Bild 1.svg>)\n")
        .file("content/guides/Bild 1.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>");
    let built = project.build();
    assert!(built.outcome.made.is_some(), "{}", built.report);
    assert_eq!(built.outcome.site.pages.len(), 2);
    assert!(built.has("guides/a-b/index.html") && built.has("guides/Bild 1.svg"));
    assert!(built.output("guides/a-b/index.html").contains("/guides/Bild%201.svg"));
}

#[test]
fn symbolic_links() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.md"), "# Secret\n").expect("written");
    let project = Project::new().file("content/guides/a.md", "---\ntitle: A\ndate: 2026-01-05\n---\nText.\n");
    let link = |target: &Path, name: &str| {
        std::os::unix::fs::symlink(target, project.root().join("content").join(name)).expect("a link")
    };
    link(outside.path(), "out");
    link(Path::new("."), "circle");
    link(Path::new("nowhere"), "dangling");
    link(Path::new("guides/a.md"), "inside.md");
    let built = project.build();
    assert!(built.short.contains("content/out: warning[passed-over]"), "{}", built.short);
    assert!(built.short.contains("content/circle: warning[passed-over]"), "{}", built.short);
    assert!(built.short.contains("content/dangling: warning[passed-over]"), "{}", built.short);
    assert!(built.has("inside/index.html") && !built.has("out/secret/index.html"));
}

#[test]
fn large_and_deep_pages() {
    let quotes = format!("{} deep", ">".repeat(10_000));
    let brackets = format!("{}x{}", "[".repeat(10_000), "](y)".repeat(10_000));
    let lists = (0..300).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect::<String>();
    let stars = "*a **b ".repeat(20_000);
    let project = Project::new().with(|options| options.keep_going = true);
    for (name, body) in [("quotes", quotes), ("brackets", brackets), ("lists", lists), ("stars", stars)] {
        project.write(&format!("content/{name}.md"), format!("---\ntitle: {name}\n---\n{body}\n"));
    }
    project.write(
        "content/large.md",
        format!("---\ntitle: Large\n---\n{}", "A sentence with [a link](quotes.md) in it.\n\n".repeat(40_000)),
    );
    project.write("content/headings.md", (0..20_000).map(|number| format!("##### H{number}\n\n")).collect::<String>());
    project.write("content/bomb.md", "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n---\nText.\n");
    let built = project.build();
    assert!(built.outcome.made.is_some());
}

#[test]
fn a_page_that_is_too_large_is_not_read() {
    let project = Project::new().with(|options| options.keep_going = true);
    project.write("content/large.md", "# Large");
    let file = fs::OpenOptions::new().write(true).open(project.root().join("content/large.md")).expect("opened");
    file.set_len(257 * 1024 * 1024).expect("a sparse file");
    project.build().reports("content/large.md: error[too-large]: the file is 257 MiB large");
}

#[test]
fn folders_of_plain_markdown_of_every_sort() {
    let project = Project::bare()
        .file("README.md", "# Handbook\n\n[a](a)\n")
        .file("a.md", "no title")
        .file("index.html", "<p>by hand</p>")
        .file("sub/README.md", "# Sub\n")
        .file("sub/b.MD", "# B\n\n[root](/a.md)\n")
        .file("sub/deep/er/c.markdown", "# C\n")
        .file("node_modules/x/README.md", "# no\n")
        .file(".hidden/x.md", "# no\n")
        .file("empty.md", "");
    let built = project.build();
    assert!(built.outcome.made.is_some() && !built.outcome.report.has_errors(), "{}", built.report);
    for page in ["", "a/", "sub/", "sub/b/", "sub/deep/er/c/", "empty/"] {
        assert!(built.has(&format!("{page}index.html")), "{page}");
    }
    assert!(!built.has("node_modules") && !built.has(".hidden"));
}
