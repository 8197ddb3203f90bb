//! RSS 2.0.

use crate::base::xml::XmlWriter;
use crate::model::output::FeedFormat;
use crate::render::feed::head::{GENERATOR, GENERATOR_VERSION, Head};
use crate::render::feed::item::{Item, License};
use crate::render::feed::text::as_html;

const NAMESPACES: &[(&str, &str)] = &[
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:dcterms", "http://purl.org/dc/terms/"),
    ("xmlns:fh", "http://purl.org/syndication/history/1.0"),
    ("xmlns:creativeCommons", "http://backend.userland.com/creativeCommonsRssModule"),
];

/// Writes a feed as RSS 2.0.
pub fn write(head: &Head, items: &[&Item]) -> Vec<u8> {
    let mut xml = XmlWriter::new();
    xml.style_sheet(&head.style_sheet);
    xml.open("rss", NAMESPACES);
    xml.open("channel", &[]);
    write_channel(&mut xml, head, items);
    for item in items {
        write_item(&mut xml, head, item);
    }
    xml.finish()
}

fn write_channel(xml: &mut XmlWriter, head: &Head, items: &[&Item]) {
    xml.text("title", &head.title);
    xml.text("link", &head.link);
    xml.text("description", head.description.as_deref().unwrap_or(&head.title));
    for format in FeedFormat::ALL {
        let rel = if format == FeedFormat::Rss { "self" } else { "alternate" };
        xml.empty("atom:link", &[("href", head.address(format)), ("rel", rel), ("type", format.media_type())]);
    }
    if let Some(hub) = &head.hub {
        xml.empty("atom:link", &[("href", hub), ("rel", "hub")]);
    }
    if let Some(language) = &head.language {
        xml.text("language", language);
    }
    if let Some(copyright) = &head.copyright {
        xml.text("copyright", copyright);
    }
    if let Some(editor) = editor(head) {
        xml.text("managingEditor", &editor);
    }
    if let Some(newest) = items.iter().map(|item| &item.updated).max() {
        xml.text("lastBuildDate", &newest.to_rfc822());
    }
    xml.text("generator", &format!("{GENERATOR} {GENERATOR_VERSION}"));
    xml.text("docs", "https://www.rssboard.org/rss-specification");
    if let Some(license) = &head.license {
        xml.text("creativeCommons:license", license);
    }
    if let Some(image) = &head.image {
        xml.open("image", &[]);
        xml.text("url", image);
        xml.text("title", &head.title);
        xml.text("link", &head.link);
        xml.close();
    }
    if head.is_complete {
        xml.empty("fh:complete", &[]);
    }
}

/// Returns `address (name)`. Without an address there is none: a name alone is not allowed here.
fn editor(head: &Head) -> Option<String> {
    let author = head.author.as_ref()?;
    let email = author.email.as_ref()?;
    match author.name.contains(['(', ')', '\\']) {
        true => Some(email.clone()),
        false => Some(format!("{email} ({})", author.name)),
    }
}

fn write_item(xml: &mut XmlWriter, head: &Head, item: &Item) {
    xml.open("item", &[]);
    xml.text("title", &item.title);
    xml.text("link", &item.url);
    xml.text_with("guid", &[("isPermaLink", if item.is_permalink { "true" } else { "false" })], &item.id);
    xml.text("pubDate", &item.published.to_rfc822());
    let site_author = head.author.iter().map(|author| &author.name).filter(|_| item.authors.is_empty());
    // `author` would want an e-mail address, and both together are one thing said twice.
    for author in item.authors.iter().chain(site_author) {
        xml.text("dc:creator", author);
    }
    for category in &item.categories {
        xml.text("category", category);
    }
    xml.text("description", &as_html(&item.summary));
    if !item.html.is_empty() {
        xml.cdata("content:encoded", &[], &item.html);
    }
    if item.updated != item.published {
        let updated = item.updated.to_rfc3339();
        xml.text("atom:updated", &updated);
        xml.text("dcterms:modified", &updated);
    }
    for alternate in &item.alternates {
        let attributes = [("href", alternate.url.as_str()), ("rel", "alternate"), ("type", alternate.media_type)];
        xml.empty("atom:link", &attributes);
    }
    if let Some(enclosure) = &item.enclosure {
        let length = enclosure.length.to_string();
        xml.empty("enclosure", &[("url", &enclosure.url), ("length", &length), ("type", enclosure.media_type)]);
    }
    match &item.license {
        Some(License::CreativeCommons(address)) => xml.text("creativeCommons:license", address),
        Some(License::Other(name)) => xml.text("dc:rights", name),
        None => {}
    }
    xml.close();
}
