//! The lists of all feeds: OPML, and the data of the page for subscribers.

use crate::base::path::UrlPath;
use crate::config::BaseUrl;
use crate::model::output::FeedScope;
use crate::model::section::SectionId;
use crate::model::taxonomy::{Taxonomy, Term};
use crate::render::feed::tests::sample::{Sample, feed};
use crate::render::feed::{opml, subscriptions};

fn sample() -> Sample {
    let mut sample = Sample::with_dates(&["2024-01-03", "2024-01-02"]);
    let pages = sample.site.feeds[0].pages.clone();
    let path = |path| UrlPath::parse(path).expect("a path");
    let term = Term { name: "R&D".to_string(), slug: "r-d".to_string(), url: path("/tags/r-d/"), pages: pages.clone() };
    let taxonomy =
        Taxonomy { name: "tags".to_string(), title: "Tags".to_string(), url: path("/tags/"), terms: vec![term] };
    sample.site.taxonomies.push(taxonomy);
    sample.site.feeds.push(feed(FeedScope::Section(SectionId(1)), "/guides/", "Guides"));
    sample.site.feeds.push(feed(FeedScope::Term(0, 0), "/tags/r-d/", "R&D"));
    sample.site.feeds[1].pages = pages;
    sample
}

#[test]
fn opml_has_each_feed_once() {
    let sample = sample();
    let document = String::from_utf8(sample.context(opml)).expect("UTF-8");
    let expected = r#"<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head>
<title>Harbour Playbook</title>
<ownerName>The platform team</ownerName>
<docs>http://opml.org/spec2.opml</docs>
</head>
<body>
<outline type="rss" text="Harbour Playbook" title="Harbour Playbook" xmlUrl="https://example.org/feed.xml" htmlUrl="https://example.org/" version="RSS2" description="How we build &amp; run things" language="en-GB"/>
<outline type="rss" text="Guides · Harbour Playbook" title="Guides · Harbour Playbook" xmlUrl="https://example.org/guides/feed.xml" htmlUrl="https://example.org/guides/" version="RSS2" language="en-GB"/>
<outline text="Tags">
<outline type="rss" text="R&amp;D · Harbour Playbook" title="R&amp;D · Harbour Playbook" xmlUrl="https://example.org/tags/r-d/feed.xml" htmlUrl="https://example.org/tags/r-d/" version="RSS2" language="en-GB"/>
</outline>
</body>
</opml>
"#;
    assert_eq!(document, expected);
}

#[test]
fn subscriptions_have_paths_for_links() {
    let mut sample = sample();
    sample.config().base_url = BaseUrl::parse("https://example.org/handbook");
    sample.config().feeds.path = "index.xml".to_string();
    let list = sample.context(subscriptions);
    let site = serde_json::to_value(&list[0]).expect("JSON");
    let expected = serde_json::json!({
        "title": "Harbour Playbook",
        "folder_title": null,
        "scope": "site",
        "rss": "/handbook/index.xml",
        "atom": "/handbook/atom.xml",
        "json": "/handbook/feed.json",
        "count": 2,
    });
    assert_eq!(site, expected);
    let others: Vec<_> =
        list[1..].iter().map(|feed| (&*feed.title, feed.folder_title.as_deref(), feed.scope, feed.count)).collect();
    assert_eq!(others, [("Guides", None, "section", 2), ("R&D", Some("Tags"), "term", 0)]);
    assert_eq!(list[2].rss, "/handbook/tags/r-d/feed.xml");
}
