//! What is in the RSS.

use crate::base::fs::write::Stamp;
use crate::base::path::{SourcePath, UrlPath};
use crate::config::FeedContent;
use crate::model::asset::{File, FileId, PublishedFile};
use crate::model::link::Target;
use crate::model::output::{FeedFormat, FeedScope};
use crate::model::section::SectionId;
use crate::render::feed::item::{Enclosure, FeedItems, Item};
use crate::render::feed::tests::sample::{Sample, body, elements, feed, moment};

#[test]
fn a_whole_feed() {
    let mut sample = Sample::empty();
    let page = sample.add("build-vs-buy", "2022-04-04 07:00:00 -0700");
    let meta = &mut sample.page(page).meta;
    meta.title = "Build & buy".to_string();
    meta.updated = moment("2023-01-05T07:00:00-07:00");
    meta.terms = vec![("tags".to_string(), vec!["vendors".to_string()])];
    sample.config().license = Some("CC-BY-4.0".to_string());
    sample.config().feeds.hub = Some("https://hub.example.org/".to_string());
    let expected = r#"<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet type="text/css" href="/feed.css"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule">
<channel>
<title>Harbour Playbook</title>
<link>https://example.org/</link>
<description>How we build &amp; run things</description>
<atom:link href="https://example.org/feed.xml" rel="self" type="application/rss+xml"/>
<atom:link href="https://example.org/atom.xml" rel="alternate" type="application/atom+xml"/>
<atom:link href="https://example.org/feed.json" rel="alternate" type="application/feed+json"/>
<atom:link href="https://hub.example.org/" rel="hub"/>
<language>en-GB</language>
<copyright>© Harbour</copyright>
<lastBuildDate>Thu, 05 Jan 2023 07:00:00 -0700</lastBuildDate>
<generator>Fieldbook 0.1</generator>
<docs>https://www.rssboard.org/rss-specification</docs>
<creativeCommons:license>https://creativecommons.org/licenses/by/4.0/</creativeCommons:license>
<fh:complete/>
<item>
<title>Build &amp; buy</title>
<link>https://example.org/guides/build-vs-buy/</link>
<guid isPermaLink="true">https://example.org/guides/build-vs-buy/</guid>
<pubDate>Mon, 04 Apr 2022 07:00:00 -0700</pubDate>
<dc:creator>The platform team</dc:creator>
<category>vendors</category>
<description>First paragraph.</description>
<content:encoded><![CDATA[<p>Text</p>]]></content:encoded>
<atom:updated>2023-01-05T07:00:00-07:00</atom:updated>
<dcterms:modified>2023-01-05T07:00:00-07:00</dcterms:modified>
</item>
</channel>
</rss>
"#;
    assert_eq!(sample.rss(), expected);
}

#[test]
fn a_feed_without_items_has_no_build_date() {
    let rss = Sample::empty().rss();
    assert!(!rss.contains("lastBuildDate") && !rss.contains("<item>") && rss.contains("<fh:complete/>"));
}

#[test]
fn a_page_without_a_date_is_left_out() {
    let sample = Sample::with_dates(&["2022-04-04", ""]);
    assert_eq!(elements(&sample.rss(), "item").len(), 1);
}

#[test]
fn a_limited_feed_has_the_first_pages_and_is_not_complete() {
    let mut sample = Sample::with_dates(&["2024-01-03", "2024-01-02", "2024-01-01"]);
    sample.config().feeds.limit = 2;
    let rss = sample.rss();
    assert_eq!(elements(&rss, "pubDate"), ["Wed, 03 Jan 2024 00:00:00 +0000", "Tue, 02 Jan 2024 00:00:00 +0000"]);
    assert!(!rss.contains("fh:complete"));
    sample.config().feeds.limit = 3;
    assert!(sample.rss().contains("<fh:complete/>"));
}

#[test]
fn the_build_date_is_the_newest_change_of_all_items() {
    let mut sample = Sample::with_dates(&["2024-01-03", "2024-01-02"]);
    let older = sample.site.feeds[0].pages[1];
    sample.page(older).meta.updated = moment("2025-06-01");
    assert_eq!(elements(&sample.rss(), "lastBuildDate"), ["Sun, 01 Jun 2025 00:00:00 +0000"]);
    sample.page(older).meta.updated = moment("2020-01-01");
    assert_eq!(elements(&sample.rss(), "lastBuildDate"), ["Wed, 03 Jan 2024 00:00:00 +0000"]);
    assert!(!sample.rss().contains("atom:updated"));
}

#[test]
fn summaries_are_plain_text_and_stand_before_the_article() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    let page = sample.site.feeds[0].pages[0];
    sample.page(page).meta.description = Some("Use <b> & R&D,\nnot &lt;".to_string());
    let rss = sample.rss();
    assert_eq!(elements(&rss, "description")[1], "Use &amp;lt;b&gt; &amp; R&amp;D, not &amp;amp;lt;");
    assert!(rss.rfind("<description>") < rss.find("<content:encoded>"));
    sample.config().feeds.content = FeedContent::Summary;
    assert!(!sample.rss().contains("content:encoded"));
}

#[test]
fn authors_are_names_and_an_address_is_only_the_editors() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    let page = sample.site.feeds[0].pages[0];
    sample.page(page).meta.authors = vec!["Ada <ada@example.org>".to_string(), "Grace".to_string()];
    let author = sample.config().author.as_mut().expect("an author");
    author.email = Some("team@example.org".to_string());
    let rss = sample.rss();
    assert_eq!(elements(&rss, "dc:creator"), ["Ada", "Grace"]);
    assert_eq!(elements(&rss, "managingEditor"), ["team@example.org (The platform team)"]);
    assert!(!rss.contains("<author>") && !rss.contains("ada@"));
}

#[test]
fn terms_of_all_taxonomies_are_categories() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    let page = sample.site.feeds[0].pages[0];
    let terms = |terms: &[&str]| terms.iter().map(|term| term.to_string()).collect::<Vec<_>>();
    sample.page(page).meta.terms =
        vec![("categories".to_string(), terms(&["R&D", " "])), ("tags".to_string(), terms(&["on-call", "R&D"]))];
    assert_eq!(elements(&sample.rss(), "category"), ["R&amp;D", "on-call"]);
}

#[test]
fn a_template_offers_its_document() {
    let mut sample = Sample::with_dates(&["2024-01-03", "2024-01-02"]);
    for (number, name) in [(0, "template.md"), (1, "template.CSV")] {
        let page = sample.site.feeds[0].pages[number];
        sample.page(page).document = Some(body(&format!("content/x/{name}")));
    }
    let rss = sample.rss();
    for (url, media_type) in [("page-0/template.md", "text/markdown"), ("page-1/template.csv", "text/csv")] {
        let link =
            format!(r#"<atom:link href="https://example.org/guides/{url}" rel="alternate" type="{media_type}"/>"#);
        assert!(rss.contains(&link), "{rss}");
    }
    assert!(!rss.contains("<enclosure"));
}

#[test]
fn the_image_is_of_a_form_that_rss_allows() {
    let mut sample = Sample::empty();
    for (name, is_allowed) in [("icon.png", true), ("icon.JPEG", true), ("icon.svg", false), ("icon.webp", false)] {
        let file = File {
            path: SourcePath::new(&format!("static/{name}")),
            disk: name.into(),
            stamp: Stamp::default(),
            is_static: true,
            dimensions: None,
        };
        sample.site.files = vec![PublishedFile { file, url: UrlPath::parse(name).expect("a path") }];
        sample.site.settings.feed_image = Some(Target::File(FileId(0)));
        let rss = sample.rss();
        let image = elements(&rss, "image");
        assert_eq!(image.len(), usize::from(is_allowed), "{name}");
        for image in image {
            assert_eq!(elements(image, "title"), ["Harbour Playbook"]);
            assert_eq!(elements(image, "link"), ["https://example.org/"]);
            assert_eq!(elements(image, "url"), [format!("https://example.org/{name}")]);
        }
    }
}

#[test]
fn a_page_may_have_a_licence_of_its_own() {
    let mut sample = Sample::with_dates(&["2024-01-05", "2024-01-04", "2024-01-03"]);
    sample.config().license = Some("CC-BY-4.0".to_string());
    for (number, license) in [(0, "CC-BY-4.0"), (1, "CC0-1.0"), (2, "MIT")] {
        let page = sample.site.feeds[0].pages[number];
        sample.page(page).meta.license = Some(license.to_string());
    }
    let rss = sample.rss();
    let items = elements(&rss, "item");
    assert!(!items[0].contains("icense"));
    assert_eq!(elements(items[1], "creativeCommons:license"), ["https://creativecommons.org/publicdomain/zero/1.0/"]);
    assert_eq!(elements(items[2], "dc:rights"), ["MIT"]);
}

#[test]
fn a_section_has_a_feed_of_its_own() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    let mut guides = feed(FeedScope::Section(SectionId(1)), "/guides/", "Guides");
    guides.pages = sample.site.feeds[0].pages.clone();
    sample.site.feeds.push(guides);
    sample.config().feeds.path = "feeds.xml".to_string();
    let rss = sample.write(1, FeedFormat::Rss);
    assert_eq!(elements(&rss, "title")[0], "Guides · Harbour Playbook");
    assert_eq!(elements(&rss, "link")[0], "https://example.org/guides/");
    assert_eq!(elements(&rss, "description")[0], "Guides · Harbour Playbook");
    assert!(rss.contains(r#"<atom:link href="https://example.org/guides/feed.xml" rel="self""#));
    assert!(sample.rss().contains(r#"<atom:link href="https://example.org/feeds.xml" rel="self""#));
}

#[test]
fn the_base_path_is_part_of_every_address() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    let base = crate::config::BaseUrl::parse("https://example.org/hand book");
    assert!(base.is_none());
    let base = crate::config::BaseUrl::parse("https://example.org/handbook/");
    sample.config().base_url = base.clone();
    sample.config().id_base = base;
    let rss = sample.rss();
    assert_eq!(
        elements(&rss, "link"),
        ["https://example.org/handbook/", "https://example.org/handbook/guides/page-0/"]
    );
    assert!(rss.contains(r#"href="/handbook/feed.css""#) && rss.contains(r#"isPermaLink="true""#));
}

#[test]
fn a_body_is_rendered_once_and_only_if_it_is_shown() {
    let mut sample = Sample::with_dates(&["2024-01-03", "2024-01-02", "2024-01-01"]);
    sample.config().feeds.limit = 2;
    let calls = std::sync::Mutex::new(Vec::new());
    let bodies = |page: crate::model::page::PageId| {
        calls.lock().expect("not poisoned").push(page.0);
        String::new()
    };
    let items = FeedItems::new(&sample.site);
    let context = crate::render::feed::FeedContext::new(&sample.project, &sample.site, &items, &bodies);
    for format in FeedFormat::ALL {
        crate::render::feed::write(&context.expect("a base URL"), &sample.site.feeds[0], format);
    }
    assert_eq!(*calls.lock().expect("not poisoned"), [0, 1]);
}

#[test]
fn a_file_comes_as_an_enclosure_with_its_length() {
    let sample = Sample::with_dates(&["2024-01-03"]);
    sample.context(|context| {
        let feed = &sample.site.feeds[0];
        let media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        let enclosure = Enclosure { url: "https://example.org/x.docx".to_string(), media_type, length: 12345 };
        let item = Item { enclosure: Some(enclosure), ..context.items.newest(context, feed)[0].clone() };
        let head = crate::render::feed::head::Head::new(context, feed);
        let rss = String::from_utf8(crate::render::feed::rss::write(&head, &[&item])).expect("UTF-8");
        assert!(
            rss.contains(&format!(
                r#"<enclosure url="https://example.org/x.docx" length="12345" type="{media_type}"/>"#
            ))
        );
        let atom = String::from_utf8(crate::render::feed::atom::write(&head, &[&item])).expect("UTF-8");
        assert!(atom.contains(&format!(
            r#"<link rel="enclosure" type="{media_type}" length="12345" href="https://example.org/x.docx"/>"#
        )));
        let json = String::from_utf8(crate::render::feed::json::write(&head, &[&item])).expect("UTF-8");
        assert!(json.contains(r#""size_in_bytes":12345"#));
    });
}
