//! What is in the JSON Feed.

use serde_json::json;

use crate::config::FeedContent;
use crate::render::feed::tests::sample::{Sample, body, moment};

#[test]
fn a_whole_feed() {
    let mut sample = Sample::with_dates(&["2022-04-04 07:00:00 -0700"]);
    let page = sample.site.feeds[0].pages[0];
    sample.page(page).meta.updated = moment("2023-01-05");
    sample.page(page).meta.terms = vec![("tags".to_string(), vec!["on-call".to_string()])];
    sample.page(page).document = Some(body("content/x/template.md"));
    sample.config().feeds.hub = Some("https://hub.example.org/".to_string());
    let expected = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Playbook",
        "home_page_url": "https://example.org/",
        "feed_url": "https://example.org/feed.json",
        "description": "How we build & run things",
        "authors": [{"name": "The platform team"}],
        "language": "en-GB",
        "hubs": [{"type": "WebSub", "url": "https://hub.example.org/"}],
        "items": [{
            "id": "https://example.org/guides/page-0/",
            "url": "https://example.org/guides/page-0/",
            "title": "A guide",
            "content_html": "<p>Text</p>",
            "summary": "First paragraph.",
            "date_published": "2022-04-04T07:00:00-07:00",
            "date_modified": "2023-01-05T00:00:00Z",
            "authors": [{"name": "The platform team"}],
            "tags": ["on-call"],
            "language": "en-GB",
            "attachments": [
                {"url": "https://example.org/guides/page-0/template.md", "mime_type": "text/markdown"},
            ],
        }],
    });
    assert_eq!(sample.json(), expected);
}

#[test]
fn there_is_always_a_content() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    sample.config().feeds.content = FeedContent::Summary;
    let item = &sample.json()["items"][0];
    assert_eq!((&item["content_html"], &item["content_text"]), (&json!(null), &json!("First paragraph.")));
}
