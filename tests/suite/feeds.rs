//! The feeds of whole sites, read by an independent reader.

use std::collections::BTreeMap;

use feed_rs::model::Feed;

use crate::harness::{Built, Project};

const GUIDE: &str = "---\ntitle: Build & buy\ndate: 2026-01-05\ntags: [R&D]\n---\n\
    See [the other](other.md#end), ![a plan](plan.png) and `]]>`.\n\n> [!NOTE]\n> Mind.\n\n- [ ] Ask\n\n\
    <script>alert(1)</script>\n";
const OTHER: &str = "---\ntitle: The other\ndate: 2026-01-04\nupdated: 2026-02-01\n---\nText.\n\n## End\n";

fn project() -> Project {
    Project::new()
        .file("content/guides/build.md", GUIDE)
        .file("content/guides/other.md", OTHER)
        .file("content/guides/plan.png", b"")
        .file("content/guides/undated.md", "---\ntitle: Undated\nfeed: false\n---\nText.\n")
        .file("content/about.md", "---\ntitle: About\ndate: 2026-01-01\n---\nNot in feeds.\n")
}

fn read(built: &Built, path: &str) -> Feed {
    let text = built.output(path);
    let parser = feed_rs::parser::Builder::new().sanitize_content(false).build();
    parser.parse(text.as_bytes()).unwrap_or_else(|fault| panic!("{path}: {fault}\n{text}"))
}

/// The ids of a feed by the titles of their items.
fn ids(built: &Built, path: &str) -> BTreeMap<String, String> {
    let feed = read(built, path);
    feed.entries.into_iter().map(|entry| (entry.title.expect("a title").content, entry.id)).collect()
}

#[test]
fn every_feed_is_read_by_a_reader() {
    let project = project();
    let built = project.build();
    for folder in ["", "guides/", "tags/r-d/"] {
        for name in ["feed.xml", "atom.xml", "feed.json"] {
            let path = format!("{folder}{name}");
            let feed = read(&built, &path);
            let titles: Vec<&str> =
                feed.entries.iter().filter_map(|entry| entry.title.as_ref()).map(|title| &*title.content).collect();
            let expected = if folder == "tags/r-d/" { &["Build & buy"][..] } else { &["Build & buy", "The other"] };
            assert_eq!(titles, expected, "{path}");
            let addresses = feed.entries.iter().flat_map(|entry| &entry.links).chain(&feed.links);
            for link in addresses {
                assert!(link.href.starts_with("https://example.org/"), "{path}: {}", link.href);
            }
        }
    }
    assert!(built.has("subscribe/index.html") && built.has("feeds.opml"));
}

#[test]
fn the_article_is_what_readers_keep() {
    let feed = read(&project().build(), "feed.xml");
    let html = feed.entries[0].content.as_ref().and_then(|content| content.body.clone()).expect("the article");
    for part in ["https://example.org/guides/other/#end", "https://example.org/guides/plan.png", "<blockquote>", "☐"]
    {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(!html.contains("<script") && !html.contains("class="), "{html}");
}

#[test]
fn ids_survive_a_move_and_a_preview() {
    let project = project();
    let before = ids(&project.build(), "feed.xml");
    assert_eq!(before["Build & buy"], "https://example.org/guides/build/");
    std::fs::remove_file(project.root().join("content/guides/build.md")).expect("removed");
    let moved = GUIDE.replacen("---\n", "---\nid: https://example.org/guides/build/\naliases: [/guides/build/]\n", 1);
    project.write("content/guides/renamed.md", moved);
    let project = project.with(|options| options.base_url = Some("https://preview.example.net/42/".to_string()));
    let built = project.build();
    for path in ["feed.xml", "atom.xml", "feed.json", "guides/feed.xml"] {
        assert_eq!(ids(&built, path), before, "{path}");
    }
    let rss = built.output("feed.xml");
    assert!(rss.contains("<link>https://preview.example.net/42/guides/renamed/</link>"));
    assert_eq!(rss.matches("isPermaLink=\"false\"").count(), 2);
}
