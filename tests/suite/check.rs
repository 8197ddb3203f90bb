//! `check` goes over the finished pages, and writes nothing.

use std::path::Path;

use fieldbook::check;
use fieldbook::config::project::Options;
use fieldbook::config::resolve::resolve;

use crate::harness::Project;

fn checked(root: &Path) -> Vec<String> {
    let options = Options { today: "2026-06-15".parse().expect("a day"), ..Options::default() };
    let project = resolve(Some(root), root, &options).expect("a project");
    let outcome = check::check(&project.value, project.diagnostics, &|_| {}).expect("a check");
    outcome
        .report
        .entries()
        .iter()
        .map(|(_, diagnostic)| format!("{}: {}", diagnostic.code.name(), diagnostic.message))
        .collect()
}

#[test]
fn links_that_a_template_wrote_are_found() {
    let project = Project::new()
        .file("content/a.md", "---\ntitle: A\n---\nText.\n")
        .file("templates/page.html", "<h1 id=\"top-of-page\">{{ page.title }}</h1><a href=\"/gone/\">x</a><a href=\"#nope\">y</a><a href=\"#top-of-page\">z</a>");
    let found = checked(project.root());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.iter().all(|line| line.starts_with("broken-output-link: the finished page /a/ links to ")),
        "{found:?}"
    );
    assert!(!project.root().join("public").exists(), "check wrote something");
}

#[test]
fn links_to_a_title_arrive() {
    let text = "# The title\n\n[here](#the-title)\n";
    let project = Project::new()
        .file("content/_index.md", text)
        .file("content/guides/_index.md", text)
        .file("content/guides/a.md", "---\ndate: 2026-01-01\n---\n# The title\n\n[here](#the-title)\n");
    let found = checked(project.root());
    assert!(found.is_empty(), "{found:?}");
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
                "---\ntitle: A\ndate: 2026-01-01\ntags: [x]\n---\nText with [b](../meetings/b.md).\n",
            )
            .file("content/meetings/b.md", "---\ntitle: B\ndate: 2026-01-02\n---\n## Goals\n\nText.\n");
        let found: Vec<String> =
            checked(project.root()).into_iter().filter(|line| !line.starts_with("no-base-url")).collect();
        assert!(found.is_empty(), "{config}: {found:?}");
    }
}
