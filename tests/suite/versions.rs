//! The versions of a template: their pages, what changed between them, and what programs and feed readers are told.

use serde_json::Value;

use crate::harness::{Built, Project};

const INDEX: &str = "---\ntitle: Talks\ndate: 2026-01-05\nlicense: CC-BY-4.0\ntemplate:\n  version: 4\n  released: 2026-05-04\n  \
    file: talks.md\n  ask: [vendor]\n  notes:\n    1: First.\n    2: {released: 2026-02-02, note: A step on prices.}\n    \
    4: Reworded.\n---\nText.\n";

const FIRST: &str = "# Talks with {{vendor}}\n\n- [ ] Ask for an offer in writing\n- [ ] Sign\n";
const SECOND: &str = "# Talks with {{vendor}}\n\n- [ ] Ask for an offer in writing\n- [ ] Compare prices\n- [ ] Sign\n\n\
    See [steps](#steps), [gone](gone.md) and [home](../../_index.md).\n\n## Steps\n";
const FOURTH: &str =
    "# Talks with {{vendor}}\n\n- [ ] Ask them for an offer in writing\n- [ ] Compare prices\n- [ ] Wait\n- [ ] Sign\n";

fn project() -> Project {
    Project::new()
        .file("content/_index.md", "---\ntitle: Home\n---\nWelcome.\n")
        .file("content/templates/talks/index.md", INDEX)
        .file("content/templates/talks/template.md", FOURTH)
        .file("content/templates/talks/versions/1.md", FIRST)
        .file("content/templates/talks/versions/2.md", SECOND)
        .file("content/templates/talks/versions/4.md", FOURTH)
}

fn json(built: &Built, path: &str) -> Value {
    serde_json::from_str(&built.output(path)).expect("JSON")
}

#[test]
fn a_version_says_what_is_new() {
    let project = project();
    let built = project.build().reports_nothing();
    let first = built.output("templates/talks/v/1/index.html");
    assert!(first.contains("<strong>Version 4 is out:</strong> two steps added, one reworded."), "{first}");
    assert!(first.contains("href=\"/templates/talks/changes/1/\""), "{first}");
    assert!(first.contains("content=\"noindex\"") && !first.contains("rel=\"canonical\""), "{first}");
    let newest = built.output("templates/talks/v/4/index.html");
    assert!(newest.contains("This is the newest version."), "{newest}");
    assert!(newest.contains("rel=\"canonical\" href=\"https://example.org/templates/talks/\""), "{newest}");
    assert_eq!(built.output("templates/talks/v/2.md"), SECOND);
    assert!(!built.has("templates/talks/v/3.md") && !built.has("templates/talks/changes/4/index.html"));
}

#[test]
fn links_of_a_version_lead_where_they_can() {
    let version = project().build().output("templates/talks/v/2/index.html");
    let links = "See <a href=\"#steps\">steps</a>, <a class=\"fb-broken\">gone</a> and <a href=\"/\">home</a>.";
    assert!(version.contains(links), "{version}");
    assert!(version.contains("id=\"steps\""), "{version}");
}

#[test]
fn changes_are_shown_by_words() {
    let changes = project().build().output("templates/talks/changes/1/index.html");
    assert!(changes.contains("Ask<ins> them</ins> for an offer in writing"), "{changes}");
    assert!(changes.contains("data-markdown=\"- [ ] Wait\""), "{changes}");
    assert!(changes.contains("<ins>Compare prices</ins>"), "{changes}");
    let changes = project().build().output("templates/talks/changes/2/index.html");
    assert!(changes.contains("<del>Steps</del>"), "{changes}");
}

#[test]
fn programs_read_the_versions() {
    let project = project();
    let built = project.build();
    let versions = json(&built, "templates/talks/versions.json");
    assert_eq!((&versions["newest"], &versions["ask"][0]["id"]), (&Value::from(4), &Value::from("vendor")));
    let seen: Vec<_> = versions["versions"].as_array().expect("a list").iter().collect();
    assert_eq!(seen.iter().map(|version| &version["number"]).collect::<Vec<_>>(), [4, 2, 1]);
    assert_eq!(seen[1]["text_url"], "https://example.org/templates/talks/v/2.md");
    assert_eq!((&seen[1]["released"], &seen[1]["note"]), (&"2026-02-02".into(), &"A step on prices.".into()));
    assert_eq!(seen[0]["changes_url"], Value::Null);
    let listed = &json(&built, "templates/index.json")["templates"][0];
    assert_eq!((&listed["slug"], &listed["version"]), (&Value::from("talks"), &Value::from(4)));
    assert_eq!(listed["hash"], seen[0]["hash"]);
}

#[test]
fn a_sheet_has_versions() {
    let index = "---\ntitle: Sheet\ndate: 2026-01-05\ntemplate: {version: 2}\n---\nText.\n";
    let project = Project::new()
        .file("content/_index.md", "---\ntitle: Home\n---\nWelcome.\n")
        .file("content/templates/sheet/index.md", index)
        .file("content/templates/sheet/template.csv", "who,what\nLead,\n")
        .file("content/templates/sheet/versions/1.csv", "who\nLead\n")
        .file("content/templates/sheet/versions/2.csv", "who,what\nLead,\n");
    let built = project.build().reports_nothing();
    assert!(built.output("templates/sheet/v/1/index.html").contains("<tr><td>Lead</td></tr>"));
    assert_eq!(built.output("templates/sheet/v/1.csv"), "who\nLead\n");
    assert!(built.output("templates/sheet/changes/1/index.html").contains("<ins>"));
}

#[test]
fn versions_are_in_feeds() {
    let titles = |feed: &Value| -> Vec<String> {
        let items = feed["items"].as_array().expect("items");
        items.iter().map(|item| item["title"].as_str().expect("a title").to_string()).collect()
    };
    let first = project();
    let built = first.build();
    let own = json(&built, "templates/talks/feed.json");
    assert_eq!(titles(&own), ["Talks, version 4", "Talks, version 2", "Talks, version 1"]);
    assert_eq!(own["items"][1]["id"], "https://example.org/templates/talks/v/2/");
    assert_eq!(own["items"][1]["date_published"], "2026-02-02T00:00:00Z");
    // The page itself is the news of the first version.
    assert_eq!(titles(&json(&built, "feed.json")), ["Talks, version 4", "Talks, version 2", "Talks"]);
    assert_eq!(titles(&json(&built, "templates/feed.json")), ["Talks, version 4", "Talks, version 2", "Talks"]);
    let moved =
        INDEX.replace("date: 2026-01-05", "date: 2026-01-05\nid: https://example.org/templates/talks/\nslug: calls");
    let changed = project().file("content/templates/talks/index.md", moved);
    let built = changed.build();
    let items = &json(&built, "templates/calls/feed.json")["items"];
    assert_eq!(items[1]["id"], "https://example.org/templates/talks/v/2/");
    assert_eq!(items[1]["url"], "https://example.org/templates/calls/v/2/");
}

#[test]
fn a_version_of_the_future_is_no_news_yet() {
    let changed = project().file("content/templates/talks/index.md", INDEX.replace("2026-05-04", "2026-09-01"));
    let built = changed.build();
    assert!(!built.output("templates/talks/feed.json").contains("version 4"));
    let silent = INDEX.replace("license:", "feed: false\nlicense:");
    let changed = project().file("content/templates/talks/index.md", silent);
    let built = changed.build();
    assert!(!built.has("templates/talks/feed.xml") && !built.output("feed.json").contains("Talks"));
}
