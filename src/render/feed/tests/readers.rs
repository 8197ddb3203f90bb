//! What a reader of feeds that we did not write makes of all three formats.

use feed_rs::model::{Entry, Feed, FeedType};

use crate::base::date::Moment;
use crate::model::output::FeedFormat;
use crate::render::feed::tests::sample::{Sample, body, moment};

const DATES: [&str; 3] = ["2024-01-03 07:00:00 -0700", "2023-12-24", "2022-04-04T09:30:00Z"];

fn sample() -> Sample {
    let mut sample = Sample::with_dates(&DATES);
    let pages = sample.site.feeds[0].pages.clone();
    sample.page(pages[0]).meta.title = "Build & buy: <b>Größe</b> ]]> 😀".to_string();
    sample.page(pages[0]).meta.description = Some("One sentence.".to_string());
    sample.page(pages[0]).meta.authors = vec!["Ada".to_string(), "Grace".to_string()];
    sample.page(pages[0]).meta.terms = vec![("tags".to_string(), vec!["R&D".to_string(), "on-call".to_string()])];
    sample.page(pages[1]).meta.id = Some("tag:example.org,2020:x".to_string());
    sample.page(pages[1]).meta.updated = moment("2025-02-01T12:00:00Z");
    sample.page(pages[2]).document = Some(body("content/x/template.md"));
    sample.html = r#"<p>See <a href="https://example.org/x/">x</a> &amp; <code>a ]]&gt; b</code></p>"#.to_string();
    sample
}

fn read(sample: &Sample, format: FeedFormat) -> Feed {
    let text = sample.write(0, format);
    let parser = feed_rs::parser::Builder::new().sanitize_content(false).build();
    parser.parse(text.as_bytes()).unwrap_or_else(|fault| panic!("{format:?}: {fault}\n{text}"))
}

fn text(text: &Option<feed_rs::model::Text>) -> &str {
    text.as_ref().map_or("", |text| &text.content)
}

fn unix(moment: &str) -> Option<i64> {
    Some(Moment::parse(moment).expect("a date").to_unix())
}

fn entry<'a>(feed: &'a Feed, id: &str) -> &'a Entry {
    feed.entries.iter().find(|entry| entry.id == id).expect(id)
}

#[test]
fn the_feed_is_understood_in_all_formats() {
    let sample = sample();
    let kinds = [FeedType::RSS2, FeedType::Atom, FeedType::JSON];
    for (format, kind) in FeedFormat::ALL.into_iter().zip(kinds) {
        let feed = read(&sample, format);
        assert_eq!(std::mem::discriminant(&feed.feed_type), std::mem::discriminant(&kind));
        assert_eq!(text(&feed.title), "Harbour Playbook");
        assert_eq!(text(&feed.description), "How we build & run things");
        assert_eq!(feed.language.as_deref().map(str::to_lowercase).as_deref(), Some("en-gb"), "{format:?}");
        assert_eq!(feed.entries.len(), 3);
        let own = sample.site.feeds[0].url(format, "feed.xml");
        let own = format!("https://example.org{own}");
        assert!(feed.links.iter().any(|link| link.href == own), "{format:?}: {:?}", feed.links);
        assert!(feed.links.iter().any(|link| link.href == "https://example.org/"));
        assert!(feed.links.iter().all(|link| link.href.starts_with("https://example.org/")));
    }
}

#[test]
fn the_items_are_understood_in_all_formats() {
    let sample = sample();
    for format in FeedFormat::ALL {
        let feed = read(&sample, format);
        let first = entry(&feed, "https://example.org/guides/page-0/");
        assert_eq!(text(&first.title), "Build & buy: <b>Größe</b> ]]> 😀");
        assert_eq!(text(&first.summary), "One sentence.");
        assert_eq!(first.content.as_ref().and_then(|content| content.body.as_deref()), Some(sample.html.as_str()));
        let authors: Vec<&str> = first.authors.iter().map(|author| author.name.as_str()).collect();
        assert_eq!(authors, ["Ada", "Grace"], "{format:?}");
        let terms: Vec<&str> = first.categories.iter().map(|category| category.term.as_str()).collect();
        assert_eq!(terms, ["R&D", "on-call"], "{format:?}");
        assert_eq!(first.links[0].href, "https://example.org/guides/page-0/");
        for (entry, date) in feed.entries.iter().zip(DATES) {
            assert_eq!(entry.published.map(|date| date.timestamp()), unix(date), "{format:?}");
        }
        let changed = entry(&feed, "tag:example.org,2020:x");
        // The reader does not look for a change in RSS.
        if format != FeedFormat::Rss {
            assert_eq!(changed.updated.map(|date| date.timestamp()), unix("2025-02-01T12:00:00Z"), "{format:?}");
        }
    }
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    for format in FeedFormat::ALL {
        assert_eq!(sample().write(0, format), sample().write(0, format));
    }
}

#[test]
fn an_empty_feed_is_a_feed() {
    for format in FeedFormat::ALL {
        assert!(read(&Sample::empty(), format).entries.is_empty());
    }
}
