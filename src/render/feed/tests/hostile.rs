//! Titles, texts and settings that mean harm, or only look like it.

use std::collections::HashSet;

use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::{collection, option, prop_assert, prop_assert_eq, proptest};

use crate::base::xml::clean;
use crate::model::output::FeedFormat;
use crate::render::feed::tests::sample::{Sample, elements};
use crate::render::feed::text::{is_blank, plain};

const PIECES: &[&str] = &[
    "]]>",
    "<![CDATA[",
    "<",
    ">",
    "&",
    "&amp;",
    "&#0;",
    "&#x1f;",
    "\"",
    "'",
    "<!--",
    "-->",
    "<?xml ?>",
    "?>",
    "</title>",
    "</item>",
    "<script>alert(1)</script>",
    "\0",
    "\u{1}",
    "\u{8}",
    "\u{b}",
    "\u{c}",
    "\u{1b}",
    "\u{7f}",
    "\u{85}",
    "\u{9f}",
    "\r",
    "\r\n",
    "\n",
    "\t",
    " ",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{fffd}",
    "\u{200f}",
    "\u{202e}",
    "\u{2066}",
    "שלום",
    "😀",
    "\u{10ffff}",
    "\u{1fffe}",
    "é",
    "e\u{301}",
    "{{ x }}",
    "%00",
    "\\u0000",
];

/// Any text, with a liking for what breaks writers of XML.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => (0..PIECES.len()).prop_map(|at| PIECES[at].to_string()),
        1 => "[a-z ]{0,6}",
        1 => "\\PC{0,4}",
        1 => collection::vec(proptest::char::any(), 0..4).prop_map(|chars| chars.into_iter().collect()),
    ];
    collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn sample(title: &str, text: &str, id: Option<&str>) -> Sample {
    let mut sample = Sample::with_dates(&["2024-01-03", "2024-01-03"]);
    let page = sample.site.feeds[0].pages[0];
    let meta = &mut sample.page(page).meta;
    meta.title = title.to_string();
    meta.description = Some(text.to_string());
    meta.authors = vec![text.to_string()];
    meta.terms = vec![("tags".to_string(), vec![title.to_string(), text.to_string()])];
    meta.license = Some(text.to_string());
    meta.id = id.map(str::to_string);
    sample.html = text.to_string();
    sample.config().title = title.to_string();
    sample.config().description = text.to_string();
    sample.config().copyright = Some(text.to_string());
    sample.config().feeds.hub = Some(format!("https://hub.example.org/{text}"));
    if let Some(author) = &mut sample.config().author {
        author.name = title.to_string();
        author.email = Some(format!("{text}@example.org"));
        author.url = Some(format!("https://example.org/{text}"));
    }
    sample
}

fn is_clean(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\t' | '\n') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')))
}

/// The text as XML gives it back, read by the other crate's parser through feed-rs.
fn read(text: &str, format: FeedFormat) -> feed_rs::model::Feed {
    let parser = feed_rs::parser::Builder::new().sanitize_content(false).build();
    parser.parse(text.as_bytes()).unwrap_or_else(|fault| panic!("{format:?}: {fault}\n{text:?}"))
}

proptest! {
    #[test]
    fn titles_and_texts_come_back(title in text(), body in text(), id in option::of(text())) {
        let sample = sample(&title, &body, id.as_deref());
        let expected = plain(&title);
        for format in FeedFormat::ALL {
            let written = sample.write(0, format);
            prop_assert!(is_clean(&written));
            let feed = read(&written, format);
            prop_assert_eq!(feed.entries.len(), 2);
            let read_title = feed.entries[0].title.as_ref().map_or("", |title| &title.content);
            prop_assert!(!is_blank(read_title));
            if !is_blank(&expected) {
                prop_assert_eq!(read_title, expected.as_str());
            }
            let html = clean(&body);
            let read_html = feed.entries[0].content.as_ref().and_then(|content| content.body.as_deref());
            if !is_blank(&html) && format != FeedFormat::Json {
                prop_assert_eq!(read_html.map(str::trim), Some(html.trim()));
            }
        }
    }

    #[test]
    fn ids_are_never_shared(ids in collection::vec(option::of(prop_oneof![
        Just("https://example.org/guides/page-1/".to_string()),
        Just("tag:example.org,2024-01-03:/guides/page-0/".to_string()),
        Just("tag:example.org,2024-01-03:x".to_string()),
        Just("x".to_string()),
        text(),
    ]), 1..8)) {
        let mut sample = Sample::with_dates(&vec!["2024-01-03"; ids.len()]);
        for (page, id) in sample.site.feeds[0].pages.clone().into_iter().zip(&ids) {
            sample.page(page).meta.id = id.clone();
        }
        for written in [sample.rss(), sample.atom()] {
            let found = if written.contains("<guid") { elements(&written, "guid") } else { elements(&written, "id") };
            prop_assert_eq!(found.iter().collect::<HashSet<_>>().len(), found.len());
            prop_assert!(found.iter().all(|id| !id.trim().is_empty()));
        }
        let atom = sample.atom();
        let seconds = elements(&atom, "updated");
        prop_assert_eq!(seconds[1..].iter().collect::<HashSet<_>>().len(), ids.len());
    }
}

#[test]
fn a_title_that_cannot_be_seen_is_made_of_the_address() {
    for title in ["", " \n", "\u{200b}", "\0\u{202e}"] {
        let mut sample = Sample::with_dates(&["2024-01-03"]);
        let page = sample.site.feeds[0].pages[0];
        sample.page(page).meta.title = title.to_string();
        assert_eq!(elements(&sample.rss(), "title")[1], "Page 0");
        sample.config().title = title.to_string();
        assert_eq!(elements(&sample.atom(), "title")[0], "example.org");
    }
}
