//! JSON Feed 1.1.

use serde::Serialize;

use crate::model::output::FeedFormat;
use crate::render::feed::head::Head;
use crate::render::feed::item::Item;

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<JsonAuthor<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hubs: Option<[JsonHub<'a>; 1]>,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonHub<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'a str,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    summary: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<JsonAuthor<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<JsonAttachment<'a>>,
}

#[derive(Serialize)]
struct JsonAttachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
}

/// Writes a feed as JSON Feed 1.1.
pub fn write(head: &Head, items: &[&Item]) -> Vec<u8> {
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &head.title,
        home_page_url: &head.link,
        feed_url: head.address(FeedFormat::Json),
        description: head.description.as_deref(),
        icon: head.image.as_deref(),
        authors: site_author(head),
        language: head.language.as_deref(),
        hubs: head.hub.as_deref().map(|url| [JsonHub { kind: "WebSub", url }]),
        items: items.iter().map(|item| json_item(head, item)).collect(),
    };
    let mut json = serde_json::to_vec(&feed).expect("texts and numbers can always be written as JSON");
    json.push(b'\n');
    json
}

fn json_item<'a>(head: &'a Head, item: &'a Item) -> JsonItem<'a> {
    let has_html = !item.html.is_empty();
    JsonItem {
        id: &item.id,
        url: &item.url,
        title: &item.title,
        content_html: has_html.then_some(item.html.as_str()),
        // One of the two must be there.
        content_text: (!has_html).then_some(item.summary.as_str()),
        summary: &item.summary,
        date_published: item.published.to_rfc3339(),
        date_modified: item.updated.to_rfc3339(),
        authors: match item.authors.is_empty() {
            true => site_author(head),
            false => item.authors.iter().map(|name| JsonAuthor { name, url: None }).collect(),
        },
        tags: &item.categories,
        language: head.language.as_deref(),
        attachments: attachments(item),
    }
}

fn site_author(head: &Head) -> Vec<JsonAuthor<'_>> {
    let author = head.author.as_ref();
    author.map(|author| JsonAuthor { name: &author.name, url: author.url.as_deref() }).into_iter().collect()
}

fn attachments(item: &Item) -> Vec<JsonAttachment<'_>> {
    let enclosure = item.enclosure.iter().map(|enclosure| JsonAttachment {
        url: &enclosure.url,
        mime_type: enclosure.media_type,
        size_in_bytes: Some(enclosure.length),
    });
    let alternates = item.alternates.iter().map(|alternate| JsonAttachment {
        url: &alternate.url,
        mime_type: alternate.media_type,
        size_in_bytes: None,
    });
    enclosure.chain(alternates).collect()
}
