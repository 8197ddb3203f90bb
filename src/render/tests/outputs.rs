//! Which outputs there are, and what is in those that no template makes.

use std::sync::Arc;

use crate::model::asset::{File, PublishedFile};
use crate::model::feed::Feed;
use crate::model::graph::Backlink;
use crate::model::output::FeedScope;
use crate::model::page::PageId;
use crate::model::site::Redirect;
use crate::model::taxonomy::{Taxonomy, Term};
use crate::render::tests::sample::{Sample, moment, url_path};

#[test]
fn the_outputs_of_a_small_site() {
    let paths = Sample::new(1).paths();
    let expected = [
        "404.html",
        "_headers",
        "all/index.html",
        "assets/style.",
        "guides/g1/index.html",
        "guides/index.html",
        "index.html",
        "robots.txt",
        "sitemap.xml",
    ];
    assert_eq!(paths.len(), expected.len(), "{paths:?}");
    for (path, start) in paths.iter().zip(expected) {
        assert!(path.starts_with(start), "{path}");
    }
}

#[test]
fn lists_are_divided() {
    let mut sample = Sample::new(5);
    sample.site.sections[1].paginate = 2;
    let term = Term {
        name: "On-call".to_string(),
        slug: "on-call".to_string(),
        url: url_path("/tags/on-call/"),
        pages: vec![PageId(1), PageId(2), PageId(3)],
    };
    let taxonomy =
        Taxonomy { name: "tags".to_string(), title: "Tags".to_string(), url: url_path("/tags/"), terms: vec![term] };
    sample.site.taxonomies = vec![taxonomy];
    assert_eq!(sample.text("guides/page/3/index.html"), "<title>Guides (page 3) · Book</title>G5 ");
    assert_eq!(sample.text("tags/on-call/index.html"), "<title>On-call · Book</title>G1 G2 ");
    assert_eq!(sample.text("tags/on-call/page/2/index.html"), "<title>On-call (page 2) · Book</title>G3 ");
    assert!(!sample.paths().iter().any(|path| path.contains("page/4")));
}

#[test]
fn twins_and_the_overview() {
    let sample = Sample::new(1).config(|config| {
        config.outputs.twins = true;
        config.outputs.llms = true;
    });
    let source = "Source: <https://example.org/b/guides/g1/>\n";
    assert_eq!(sample.text("guides/g1/index.md"), format!("# G1\n\nText of G1.\n\n{source}"));
    let start = "- [Home](https://example.org/b/index.md): Text of Home.\n";
    let guides = "- [G1](https://example.org/b/guides/g1/index.md): Text of G1.\n";
    let llms = format!("# Book\n\n> All we know.\n\n## Start here\n\n{start}\n## Guides\n\n{guides}");
    assert_eq!(sample.text("llms.txt"), llms);
    assert!(sample.text("_headers").contains("/b/*.md\n  Content-Type: text/markdown; charset=utf-8\n"));
}

#[test]
fn the_sitemap() {
    let sample = Sample::new(1).meta(1, |meta| meta.updated = moment("2026-01-05"));
    let text = sample.text("sitemap.xml");
    let guide = "<url>\n<loc>https://example.org/b/guides/g1/</loc>\n<lastmod>2026-01-05</lastmod>\n</url>\n";
    assert!(text.contains(guide), "{text}");
    assert_eq!(text.matches("<loc>").count(), 4, "{text}");
    assert_eq!(sample.text("robots.txt"), "User-agent: *\nAllow: /\n\nSitemap: https://example.org/b/sitemap.xml\n");
}

#[test]
fn previews_are_not_indexed() {
    let sample = Sample::new(1).config(|config| config.is_preview = true);
    assert_eq!(sample.text("robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(sample.text("_headers").contains("  X-Robots-Tag: noindex\n"));
}

#[test]
fn without_an_address_there_is_no_sitemap() {
    let sample = Sample::new(1).config(|config| config.base_url = None);
    assert!(!sample.paths().contains(&"sitemap.xml".to_string()));
    assert_eq!(sample.text("robots.txt"), "User-agent: *\nAllow: /\n");
}

#[test]
fn former_addresses() {
    let mut sample = Sample::new(2).meta(1, |meta| meta.aliases = vec![(url_path("/old way/"), 4..8)]);
    let redirect = |from: &str, to: u32| Redirect { from: url_path(from), to: PageId(to) };
    sample.site.redirects = vec![redirect("/old way/", 1), redirect("/guides/g1/", 2), redirect("/guides/g2/", 2)];
    let feed = Feed {
        scope: FeedScope::Site,
        folder: url_path("/"),
        title: "Book".to_string(),
        pages: vec![PageId(1)],
        releases: Vec::new(),
    };
    sample.site.feeds = vec![feed];
    let (made, faults) = sample.make();
    let text = |path: &str| made.iter().find(|(found, _)| found == path).map(|(_, text)| text.as_str());
    assert_eq!(faults, ["collision: an alias of content/guides/g2.md and content/guides/g1.md both want /guides/g1/"]);
    assert_eq!(text("old way/index.html"), Some("/b/guides/g1/"));
    assert_eq!(text("_redirects"), Some("/b/old%20way/ /b/guides/g1/ 301!\n/b/index.xml /b/feed.xml 301!\n"));
    assert_eq!(text("subscribe/index.html"), Some("/b/feeds.opml"));
    assert!(
        text("_headers").is_some_and(|headers| headers.contains("/b/atom.xml\n  Content-Type: application/atom+xml;"))
    );
}

#[test]
fn the_graph() {
    let mut sample = Sample::new(2).config(|config| config.outputs.graph = true);
    sample.site.graph.backlinks[2] = vec![Backlink { from: PageId(1), sentence: "".into() }];
    sample.site.graph.related[1] = vec![PageId(2)];
    sample.site.graph.related[2] = vec![PageId(1)];
    let graph: serde_json::Value = serde_json::from_str(&sample.text("graph.json")).expect("JSON");
    let edge = |kind: &str| serde_json::json!({"from": "/b/guides/g1/", "to": "/b/guides/g2/", "type": kind});
    assert_eq!(graph["edges"], serde_json::json!([edge("link"), edge("related")]));
    let node = serde_json::json!({"url": "/b/guides/g1/", "title": "G1", "kind": "guide", "section": "guides"});
    assert_eq!(graph["nodes"][1], node);
}

#[test]
fn files_and_pages_collide() {
    let mut sample = Sample::new(1);
    let file = |path: &str, url: &str| PublishedFile {
        file: File {
            path: crate::base::path::SourcePath::new(path),
            disk: path.into(),
            stamp: crate::base::fs::write::Stamp::default(),
            is_static: true,
            dimensions: None,
        },
        url: url_path(url),
    };
    sample.site.files = vec![
        file("static/guides/g1/index.html", "/guides/g1/index.html"),
        file("static/robots.txt", "/robots.txt"),
        file("static/Sitemap.xml", "/Sitemap.xml"),
    ];
    let (made, faults) = sample.make();
    let expected = [
        "collision: static/guides/g1/index.html and content/guides/g1.md both want /guides/g1/",
        "collision: the sitemap wants /sitemap.xml and static/Sitemap.xml wants /Sitemap.xml, which differ only in case",
    ];
    assert_eq!(faults, expected);
    assert!(made.contains(&("robots.txt".to_string(), "static/robots.txt".to_string())));
}

#[test]
fn own_files_beside_the_assets_are_not_kept_for_ever() {
    let sample = Sample::new(1);
    assert!(sample.text("_headers").contains("/b/assets/*\n"));
    let mut sample = sample;
    let mut page = (*sample.site.pages[1]).clone();
    page.url = url_path("/assets/");
    sample.site.pages[1] = Arc::new(page);
    let headers = sample.text("_headers");
    assert!(headers.contains("/b/assets/style.") && !headers.contains("/assets/*"), "{headers}");
}
