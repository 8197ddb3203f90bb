//! What an item is known by, and when it changed.

use std::collections::HashSet;

use crate::config::BaseUrl;
use crate::render::feed::tests::sample::{Sample, elements, moment};

#[test]
fn a_permalink_is_the_id() {
    let rss = Sample::with_dates(&["2024-01-03"]).rss();
    assert!(rss.contains(r#"<guid isPermaLink="true">https://example.org/guides/page-0/</guid>"#));
}

#[test]
fn a_preview_keeps_the_ids() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    sample.config().base_url = BaseUrl::parse("http://preview.example.net/42");
    let rss = sample.rss();
    assert!(rss.contains(r#"<guid isPermaLink="false">https://example.org/guides/page-0/</guid>"#));
    assert!(rss.contains("<link>http://preview.example.net/42/guides/page-0/</link>"));
    let atom = sample.atom();
    assert_eq!(elements(&atom, "id"), ["https://example.org/", "https://example.org/guides/page-0/"]);
    assert_eq!(sample.json()["items"][0]["id"], "https://example.org/guides/page-0/");
}

#[test]
fn without_a_configured_address_ids_are_under_the_one_of_the_build() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    sample.config().id_base = None;
    assert!(sample.rss().contains(r#"<guid isPermaLink="true">https://example.org/guides/page-0/</guid>"#));
}

#[test]
fn an_id_from_front_matter_survives_a_move() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    let page = sample.site.feeds[0].pages[0];
    for (id, is_permalink) in [
        ("https://example.org/guides/page-0/", "true"),
        ("https://example.org/posts/old/", "false"),
        ("tag:example.org,2022:x", "false"),
        ("plain <id>", "false"),
    ] {
        sample.page(page).meta.id = Some(format!(" {id}\n"));
        let rss = sample.rss();
        let guid = format!(r#"<guid isPermaLink="{is_permalink}">"#);
        assert!(rss.contains(&guid), "{id}");
        assert_eq!(elements(&rss, "guid"), [id.replace('<', "&lt;").replace('>', "&gt;")]);
    }
}

#[test]
fn an_id_that_cannot_be_seen_is_none() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    let page = sample.site.feeds[0].pages[0];
    for id in ["", " \n", "\0\r\0", "\u{7f} \u{7f}"] {
        sample.page(page).meta.id = Some(id.to_string());
        assert_eq!(elements(&sample.rss(), "guid"), ["https://example.org/guides/page-0/"], "{id:?}");
    }
}

#[test]
fn ids_in_atom_are_addresses() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    let page = sample.site.feeds[0].pages[0];
    for (id, atom_id) in [
        ("HTTPS://example.org/x", "HTTPS://example.org/x"),
        ("urn:uuid:9b2f7b1e-0000-4000-8000-000000000000", "urn:uuid:9b2f7b1e-0000-4000-8000-000000000000"),
        ("build-vs-buy", "tag:example.org,2024-01-03:build-vs-buy"),
        ("42 #é", "tag:example.org,2024-01-03:42%20%23%C3%A9"),
        ("https://example.org/a b", "tag:example.org,2024-01-03:https://example.org/a%20b"),
    ] {
        sample.page(page).meta.id = Some(id.to_string());
        assert_eq!(elements(&sample.atom(), "id")[1], atom_id);
    }
}

#[test]
fn ids_are_unique_and_those_that_authors_wrote_come_first() {
    let mut sample = Sample::with_dates(&["2024-01-03", "2024-01-02", "2024-01-01"]);
    let pages = sample.site.feeds[0].pages.clone();
    // The first two claim the address of the third; the older of them has it.
    for page in &pages[..2] {
        sample.page(*page).meta.id = Some("https://example.org/guides/page-2/".to_string());
    }
    let rss = sample.rss();
    assert_eq!(
        elements(&rss, "guid"),
        [
            "https://example.org/guides/page-0/",
            "https://example.org/guides/page-2/",
            "tag:example.org,2024-01-01:/guides/page-2/",
        ]
    );
}

#[test]
fn a_date_without_a_time_gets_a_second_of_its_own() {
    let stamps = |dates: &[&str]| {
        let atom = Sample::with_dates(dates).atom();
        elements(&atom, "updated")[1..].iter().map(|stamp| stamp.to_string()).collect::<Vec<_>>()
    };
    let alone = stamps(&["2024-01-03"]);
    let among = stamps(&["2024-01-03", "2024-01-03", "2024-01-03", "2023-01-01"]);
    assert_eq!(alone[0], among[0]);
    assert!(alone[0].starts_with("2024-01-03T00:"));
    assert_eq!(among.iter().collect::<HashSet<_>>().len(), 4);
    assert_eq!(elements(&Sample::with_dates(&["2024-01-03"]).atom(), "published"), ["2024-01-03T00:00:00Z"]);
}

#[test]
fn a_date_with_a_time_is_kept_unless_it_is_taken() {
    let mut sample = Sample::with_dates(&["2024-01-03T07:00:00-07:00", "2024-01-02T09:30:00Z"]);
    let newer = sample.site.feeds[0].pages[0];
    let older = sample.site.feeds[0].pages[1];
    sample.page(older).meta.updated = moment("2025-01-01T09:00:00Z");
    assert_eq!(elements(&sample.atom(), "updated")[1..], ["2024-01-03T07:00:00-07:00", "2025-01-01T09:00:00Z"]);
    sample.page(newer).meta.updated = moment("2025-01-01T10:00:00+01:00");
    let atom = sample.atom();
    let updated = elements(&atom, "updated");
    assert_eq!(updated[2], "2025-01-01T09:00:00Z");
    assert!(updated[1].starts_with("2025-01-01T10:") && updated[1] != "2025-01-01T10:00:00+01:00");
    assert_eq!(updated[0], updated[1]);
}

#[test]
fn thousands_of_pages_of_one_day_have_thousands_of_seconds() {
    let dates = vec!["2024-01-03"; 10_000];
    let mut sample = Sample::with_dates(&dates);
    sample.config().feeds.limit = dates.len();
    sample.html.clear();
    let atom = sample.atom();
    assert_eq!(elements(&atom, "updated")[1..].iter().collect::<HashSet<_>>().len(), dates.len());
}
