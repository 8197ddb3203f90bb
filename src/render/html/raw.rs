//! Raw HTML: its addresses are written anew; whether it is kept, cleaned or shown as text is the site's choice.

use std::ops::Range;

use pulldown_cmark::Event as Markdown;

use crate::base::html::{Attribute, Tag, escape, opening_tags};
use crate::config::RawHtml;
use crate::markdown::events::Event;
use crate::markdown::raw_html::{HtmlLink, links_of};
use crate::render::html::writer::Writer;
use crate::render::html::{escape as escaping, links};

/// Writes HTML in a line.
pub fn inline(writer: &mut Writer<'_>, html: &str, span: &Range<usize>) {
    if writer.raw_html() == RawHtml::Deny {
        return escaping::text(&mut writer.out, html);
    }
    write(writer, html, span);
}

/// Writes the block of HTML `at`, and returns the number of the event behind it.
pub fn block(writer: &mut Writer<'_>, at: usize) -> usize {
    let end = writer.end_of(at);
    let events = writer.events;
    let is_denied = writer.raw_html() == RawHtml::Deny;
    writer.begin_line();
    writer.out.push_str(if is_denied { "<p>" } else { "" });
    for (event, span) in &events[at + 1..end] {
        if let Event::Markdown(Markdown::Html(html) | Markdown::Text(html)) = event {
            inline(writer, html, span);
        }
    }
    if is_denied {
        writer.out.truncate(writer.out.trim_end().len());
        writer.out.push_str("</p>\n");
    }
    end + 1
}

fn write(writer: &mut Writer<'_>, html: &str, span: &Range<usize>) {
    writer.is_soiled = true;
    if writer.mentions.is_some() {
        keep_quiet(writer, html);
    }
    if writer.links.is_empty() {
        return writer.out.push_str(html);
    }
    let mut plain = 0;
    for tag in opening_tags(html) {
        let mut links = Vec::new();
        links_of(&tag, &mut links);
        for attribute in &tag.attributes {
            let own = |link: &&HtmlLink| attribute.span.contains(&link.span.start);
            let (range, text) = match edit(writer, html, links.iter().filter(own), span.start) {
                Edit::Keep => continue,
                Edit::Replace(range, value) => quoted(html, attribute, range, &value),
                Edit::Remove => without(html, &tag, attribute),
            };
            writer.out.push_str(&html[plain..range.start]);
            writer.out.push_str(&text);
            plain = range.end;
        }
    }
    writer.out.push_str(&html[plain..]);
}

/// What becomes of the value of an attribute.
enum Edit {
    /// It stays as it is written.
    Keep,
    /// These bytes of it become something else.
    Replace(Range<usize>, String),
    /// It leads nowhere.
    Remove,
}

/// Finds what becomes of a value with some links; a `srcset` has several.
fn edit<'a>(writer: &Writer<'_>, html: &str, links: impl Iterator<Item = &'a HtmlLink>, start: usize) -> Edit {
    let mut edit = Edit::Keep;
    for link in links {
        let Some(target) = writer.links.in_html(start + link.span.start) else {
            continue;
        };
        let Some(address) = links::address_of(writer, target) else {
            return Edit::Remove;
        };
        let address = escape(&address);
        edit = match edit {
            Edit::Replace(range, value) => {
                let between = &html[range.end..link.span.start];
                Edit::Replace(range.start..link.span.end, format!("{value}{between}{address}"))
            }
            _ => Edit::Replace(link.span.clone(), address.into_owned()),
        };
    }
    edit
}

/// The bytes of a value and what they become; a value without quotes is given some.
fn quoted(html: &str, attribute: &Attribute<'_>, range: Range<usize>, value: &str) -> (Range<usize>, String) {
    match html[..attribute.span.start].ends_with(['"', '\'']) {
        true => (range, value.to_string()),
        false => (range, format!("\"{value}\"")),
    }
}

/// The bytes of an attribute that leads nowhere, and what stands there instead.
fn without(html: &str, tag: &Tag<'_>, attribute: &Attribute<'_>) -> (Range<usize>, String) {
    let start = html[..attribute.span.start].rfind(attribute.name).unwrap_or(attribute.span.start);
    let is_quoted = html[..attribute.span.start].ends_with(['"', '\'']);
    let end = attribute.span.end + usize::from(is_quoted);
    let is_marked = attribute.name.eq_ignore_ascii_case("href") && tag.attribute("class").is_none();
    (start..end, if is_marked { "class=\"fb-broken\"".to_string() } else { String::new() })
}

/// Counts the elements that open and close in which no term is explained.
fn keep_quiet(writer: &mut Writer<'_>, html: &str) {
    let is_quiet = |name: &str| QUIET.iter().any(|quiet| name.eq_ignore_ascii_case(quiet));
    writer.quiet += opening_tags(html).iter().filter(|tag| is_quiet(tag.name)).count();
    let closing = html.split("</").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        &rest[..end]
    });
    writer.quiet = writer.quiet.saturating_sub(closing.filter(|name| is_quiet(name)).count());
}

const QUIET: [&str; 15] =
    ["a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label", "pre", "samp", "summary"];
