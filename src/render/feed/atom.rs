//! Atom (RFC 4287).

use crate::base::xml::XmlWriter;
use crate::model::output::FeedFormat;
use crate::render::feed::head::{GENERATOR, GENERATOR_VERSION, Head};
use crate::render::feed::item::{Item, License};

/// What an empty feed says of its last change, so that its bytes do not depend on the clock.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// Writes a feed as Atom.
pub fn write(head: &Head, items: &[&Item]) -> Vec<u8> {
    let mut xml = XmlWriter::new();
    xml.style_sheet(&head.style_sheet);
    let mut attributes =
        vec![("xmlns", "http://www.w3.org/2005/Atom"), ("xmlns:fh", "http://purl.org/syndication/history/1.0")];
    attributes.extend(head.language.as_deref().map(|language| ("xml:lang", language)));
    xml.open("feed", &attributes);
    write_head(&mut xml, head, items);
    for item in items {
        write_entry(&mut xml, item);
    }
    xml.finish()
}

fn write_head(xml: &mut XmlWriter, head: &Head, items: &[&Item]) {
    xml.text("title", &head.title);
    if let Some(description) = &head.description {
        xml.text("subtitle", description);
    }
    xml.text("id", &head.id);
    let updated = items.iter().map(|item| &item.atom_updated).max();
    xml.text("updated", &updated.map_or(NEVER.to_string(), |updated| updated.to_rfc3339()));
    write_link(xml, "alternate", "text/html", &head.link);
    for format in FeedFormat::ALL {
        let rel = if format == FeedFormat::Atom { "self" } else { "alternate" };
        write_link(xml, rel, format.media_type(), head.address(format));
    }
    if let Some(hub) = &head.hub {
        xml.empty("link", &[("rel", "hub"), ("href", hub)]);
    }
    if let Some(license) = &head.license {
        xml.empty("link", &[("rel", "license"), ("href", license)]);
    }
    write_author(xml, head);
    if let Some(copyright) = &head.copyright {
        xml.text("rights", copyright);
    }
    xml.text_with("generator", &[("version", GENERATOR_VERSION)], GENERATOR);
    if let Some(image) = &head.image {
        xml.text("logo", image);
    }
    if head.is_complete {
        xml.empty("fh:complete", &[]);
    }
}

/// Writes the author of the feed, who is the author of every entry without one. There must be one: without an author
/// in the configuration it is the site.
fn write_author(xml: &mut XmlWriter, head: &Head) {
    xml.open("author", &[]);
    match &head.author {
        Some(author) => {
            xml.text("name", &author.name);
            if let Some(url) = &author.url {
                xml.text("uri", url);
            }
            if let Some(email) = &author.email {
                xml.text("email", email);
            }
        }
        None => xml.text("name", &head.title),
    }
    xml.close();
}

fn write_entry(xml: &mut XmlWriter, item: &Item) {
    xml.open("entry", &[]);
    xml.text("title", &item.title);
    write_link(xml, "alternate", "text/html", &item.url);
    for alternate in &item.alternates {
        write_link(xml, "alternate", alternate.media_type, &alternate.url);
    }
    if let Some(enclosure) = &item.enclosure {
        let length = enclosure.length.to_string();
        let attributes = [("type", enclosure.media_type), ("length", &length), ("href", &enclosure.url)];
        xml.empty("link", &[&[("rel", "enclosure")], &attributes[..]].concat());
    }
    xml.text("id", &item.atom_id);
    xml.text("published", &item.published.to_rfc3339());
    xml.text("updated", &item.atom_updated.to_rfc3339());
    for author in &item.authors {
        xml.open("author", &[]);
        xml.text("name", author);
        xml.close();
    }
    for category in &item.categories {
        xml.empty("category", &[("term", category)]);
    }
    match &item.license {
        Some(License::CreativeCommons(address)) => xml.empty("link", &[("rel", "license"), ("href", address)]),
        Some(License::Other(name)) => xml.text("rights", name),
        None => {}
    }
    xml.text("summary", &item.summary);
    if !item.html.is_empty() {
        xml.cdata("content", &[("type", "html")], &item.html);
    }
    xml.close();
}

fn write_link(xml: &mut XmlWriter, rel: &str, media_type: &str, href: &str) {
    xml.empty("link", &[("rel", rel), ("type", media_type), ("href", href)]);
}
