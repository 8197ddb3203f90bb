//! A site with one of each fault reports all of them in one run, each with its place and a remedy.

use crate::harness::{Project, TODAY};

/// What the report says, among it one line for each fault.
const LINES: &[&str] = &[
    "content/guides/broken.md:5:5: error[broken-link]",
    "content/guides/broken.md:5:18: error[broken-link]",
    "content/guides/broken.md:5:36: error[broken-fragment]",
    "content/guides/broken.md:5:50: error[broken-link]",
    "content/guides/typo.md:2:1: warning[unknown-key]",
    "content/guides/draft.md:4:8: error[bad-draft]",
    "content/guides/date.md:3:7: error[bad-date]",
    "content/guides/us.md:3:7: error[bad-date]",
    "warning[missing-date]",
    "content/guides/yaml.md:4",
    "content/guides/image.md:5:",
    "error[missing-image]",
    "error[collision]",
    "content/guides/twice.md:5:1: warning[duplicate-key]",
    "content/guides/unclosed.md:1:1: error[unclosed-front-matter]",
    "content/guides/late.md:2:1: warning[late-front-matter]",
    "content/guides/untitled.md: warning[missing-title]",
    "content/guides/placeholder.md:2:",
    "content/guides/case.md:5:5: warning[wrong-case]",
    "content/guides/case.md:5:18: warning[backslash-link]",
    "content/guides/case.md:5:42: warning[url-relative-link]",
    "content/guides/secret.md:5:5: error[link-to-unpublished]",
    "content/guides/layout.md:4:1: error[missing-template]",
    "content/guides/code.md:5:4: warning[unknown-language]",
    "content/guides/code.md:9:1: error[unknown-block]",
    "content/guides/code.md:13:1: error[unclosed-block]",
    "content/guides/bytes.md:5:1: error[not-utf8]",
    "content/team/_index.md: error[collision]",
    "content/outside: warning[passed-over]",
    "templates/guide.html:1:9: error[template-error]",
];

#[test]
fn all_faults_of_all_pages_in_one_run() {
    let project = with_odd_files(with_broken_pages());
    let built = project.build();
    assert!(built.outcome.made.is_none() && built.outcome.report.has_errors());
    for line in LINES {
        assert!(built.short.contains(line), "{line} is not in\n{}", built.short);
    }
    let helps = built.report.matches("\nhelp: ").count();
    assert_eq!(helps, built.outcome.report.entries().len(), "a fault has no remedy:\n{}", built.report);
    let mut places: Vec<&str> = built.short.lines().map(|line| line.split(':').next().unwrap_or_default()).collect();
    let sorted = places.clone();
    places.sort_unstable();
    assert_eq!(places, sorted, "the report is not sorted by place");

    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    let output = command.arg("build").arg(project.root()).args(["--today", TODAY]).output().expect("runs");
    assert_eq!(output.status.code(), Some(1));
}

fn with_broken_pages() -> Project {
    Project::new()
        .file(
            "content/guides/broken.md",
            guide(&dated("Broken"), "[a](nope.md) [b](/guides/zzz/) [c](good.md#nope) [[Goood]]"),
        )
        .file("content/guides/good.md", guide(&dated("Good"), "## Real\n\nText."))
        .file("content/guides/same.md", guide(&format!("{}slug: good\n", dated("Same")), "Text."))
        .file(
            "content/guides/alias.md",
            guide(&format!("{}id: x\naliases: [/guides/good/]\n", dated("Alias")), "Text."),
        )
        .file("content/guides/typo.md", guide("titel: Typo\ndate: 2026-01-05\n", "# Typo"))
        .file("content/guides/draft.md", guide(&format!("{}draft: \"yes\"\n", dated("Draft")), "Secret."))
        .file("content/guides/date.md", guide("title: Date\ndate: 2024-13-45\n", "Text."))
        .file("content/guides/undated.md", guide("title: Undated\n", "Text."))
        .file("content/guides/yaml.md", guide("title: Yaml\ndate: 2026-01-05\nowner: [x\n", "Text."))
        .file("content/guides/image.md", guide(&dated("Image"), "![alt](nope.png)"))
        .file("content/guides/us.md", guide("title: Us\ndate: 08/30/2022\n", "Text."))
        .file("static/guides/image/index.html", "taken")
}

fn with_odd_files(project: Project) -> Project {
    let project = project
        .file("content/guides/twice.md", guide(&format!("{}owner: a\nowner: b\n", dated("Twice")), "Text."))
        .file("content/guides/unclosed.md", "---\ntitle: Unclosed\n\nText.\n")
        .file("content/guides/late.md", format!("\n{}", guide(&dated("Late"), "Text.")))
        .file("content/guides/untitled.md", guide("date: 2026-01-05\n", "Text."))
        .file("content/guides/placeholder.md", guide("title: [Title here]\ndate: 2026-01-05\n", "Text."))
        .file("content/guides/case.md", guide(&dated("Case"), "[a](GOOD.md) [b](..\\guides\\image.md) [c](../image/)"))
        .file("content/guides/secret.md", guide(&dated("Secret link"), "[a](draft.md)"))
        .file("content/guides/layout.md", guide(&format!("{}layout: nope\n", dated("Layout")), "Text."))
        .file("content/guides/code.md", guide(&dated("Code"), "```nolang\nx\n```\n\n:::nope\nx\n:::\n\n:::aside\nx"))
        .file("content/guides/bytes.md", b"---\ntitle: Bytes\ndate: 2026-01-05\n---\n\xff\n")
        .file("content/team.md", guide("title: Team\n", "Text."))
        .file("content/team/_index.md", guide("title: The team\n", "Text."))
        .file("templates/guide.html", "{{ page.nope.deeper }}");
    std::os::unix::fs::symlink("/etc", project.root().join("content/outside")).expect("a link");
    project
}

/// A page between front matter.
fn guide(front: &str, body: &str) -> String {
    format!("---\n{front}---\n{body}\n")
}

/// The keys that every guide needs.
fn dated(title: &str) -> String {
    format!("title: {title}\ndate: 2026-01-05\n")
}
