//! `check` goes over the finished pages, and writes nothing.

use crate::harness::Project;

#[test]
fn nothing_is_written() {
    let project = Project::new().file("content/a.md", "---\ntitle: A\n---\nText.\n");
    assert!(project.check().contains("[orphan-page]"));
    assert!(!project.root().join("public").exists(), "check wrote something");
}

#[test]
fn a_build_reports_nothing_that_only_a_check_finds() {
    Project::new().file("content/a.md", "---\ntitle: A\n---\nText.\n").build().reports_nothing();
}

#[test]
fn a_level_turns_a_check_off() {
    let project = Project::new()
        .file("fieldbook.yaml", "title: T\nbase_url: https://example.org/\nchecks: {orphan-page: off, dead-end: off}\n")
        .file("content/a.md", "---\ntitle: A\n---\nText.\n");
    assert_eq!(project.check(), "");
}

#[test]
fn an_anchor_with_a_name_is_a_place() {
    let project = Project::new()
        .file("content/a.md", "---\ntitle: A\n---\n<a name=\"old\"></a>Text.\n")
        .file("content/b.md", "---\ntitle: B\n---\n[Old](a.md#old)\n")
        .file("templates/page.html", "{{ page.content | safe }}<meta name=\"x\"><a href=\"#x\">x</a>");
    let report = project.check();
    let found: Vec<&str> = report.lines().filter(|line| line.contains("[broken-output-link]")).collect();
    assert_eq!(found.len(), 2, "{report}");
    assert!(found.iter().all(|line| line.contains("#x, which is not in the site")), "{report}");
}

#[test]
fn links_to_a_title_arrive() {
    let text = "# The title\n\n[here](#the-title)\n";
    let project = Project::new()
        .file("content/_index.md", text)
        .file("content/guides/_index.md", text)
        .file("content/guides/a.md", "---\ndate: 2026-01-01\n---\n# The title\n\n[here](#the-title)\n");
    let report = project.check();
    assert!(!report.contains("error["), "{report}");
}

#[test]
fn the_theme_links_to_nothing_that_is_not_there() {
    for config in [
        "title: T\nbase_url: https://example.org/sub/\n",
        "title: T\n",
        "title: T\noutputs: {twins: false, graph: false, llms: false}\nfeeds: {sections: false, terms: false}\nbase_url: https://example.org/\n",
    ] {
        let project = Project::new()
            .file("fieldbook.yaml", config)
            .file(
                "content/guides/a.md",
                "---\ntitle: A\ndate: 2026-01-01\ntags: [x]\nrelated: [B]\n---\nText with [b](../meetings/b.md).\n",
            )
            .file("content/meetings/b.md", "---\ntitle: B\ndate: 2026-01-02\n---\n## Goals\n\nText.\n");
        let report = project.check();
        let faults = report.lines().filter(|line| line.contains("]: ") && !line.contains("[no-base-url]"));
        assert_eq!(faults.count(), 0, "{config}: {report}");
    }
}
