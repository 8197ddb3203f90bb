//! OPML 2.0: all feeds of the site in one file that readers import.

use crate::base::xml::XmlWriter;
use crate::model::feed::Feed;
use crate::model::output::{FeedFormat, FeedScope};
use crate::render::feed::FeedContext;
use crate::render::feed::head::{Head, site_title};
use crate::render::feed::text::plain;

/// Writes the list of all feeds: the site's, those of sections, and those of terms under the title of their taxonomy.
///
/// Each is there once, as RSS: whoever imports the file would else be subscribed to everything three times.
pub fn opml(context: &FeedContext<'_>) -> Vec<u8> {
    let mut xml = XmlWriter::new();
    xml.open("opml", &[("version", "2.0")]);
    xml.open("head", &[]);
    xml.text("title", &site_title(context));
    if let Some(author) = &context.config().author {
        xml.text("ownerName", &plain(&author.name));
    }
    xml.text("docs", "http://opml.org/spec2.opml");
    xml.close();
    xml.open("body", &[]);
    let feeds = &context.site.feeds;
    for feed in feeds.iter().filter(|feed| taxonomy_of(feed).is_none()) {
        write_outline(&mut xml, context, feed);
    }
    for (number, taxonomy) in context.site.taxonomies.iter().enumerate() {
        let mut of_terms = feeds.iter().filter(|feed| taxonomy_of(feed) == Some(number)).peekable();
        if of_terms.peek().is_some() {
            xml.open("outline", &[("text", &plain(&taxonomy.title))]);
            of_terms.for_each(|feed| write_outline(&mut xml, context, feed));
            xml.close();
        }
    }
    xml.finish()
}

fn taxonomy_of(feed: &Feed) -> Option<usize> {
    match feed.scope {
        FeedScope::Site | FeedScope::Section(_) | FeedScope::Template(_) => None,
        FeedScope::Term(taxonomy, _) => Some(taxonomy),
    }
}

fn write_outline(xml: &mut XmlWriter, context: &FeedContext<'_>, feed: &Feed) {
    let head = Head::new(context, feed);
    let mut attributes = vec![
        ("type", "rss"),
        ("text", &*head.title),
        ("title", &*head.title),
        ("xmlUrl", head.address(FeedFormat::Rss)),
        ("htmlUrl", &*head.link),
        ("version", "RSS2"),
    ];
    attributes.extend(head.description.as_deref().map(|description| ("description", description)));
    attributes.extend(head.language.as_deref().map(|language| ("language", language)));
    xml.empty("outline", &attributes);
}
