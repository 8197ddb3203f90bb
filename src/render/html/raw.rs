//! Raw HTML: its addresses are written anew; whether it is kept, cleaned or shown as text is the site's choice.

use std::ops::Range;

use pulldown_cmark::Event as Markdown;

use crate::base::html::{Attribute, Tag, escape, opening_tags, unescape};
use crate::config::RawHtml;
use crate::markdown::events::Event;
use crate::model::link::{Link, Target};
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
    let mut html = String::new();
    for (event, _) in &writer.events[at + 1..end] {
        if let Event::Markdown(Markdown::Html(part) | Markdown::Text(part)) = event {
            html.push_str(part);
        }
    }
    writer.begin_line();
    if writer.raw_html() == RawHtml::Deny {
        writer.out.push_str("<p>");
        escaping::text(&mut writer.out, html.trim());
        writer.out.push_str("</p>\n");
        return end + 1;
    }
    let span = writer.events[at].1.clone();
    write(writer, &html, &span);
    end + 1
}

fn write(writer: &mut Writer<'_>, html: &str, span: &Range<usize>) {
    writer.is_soiled = true;
    if writer.mentions.is_some() {
        keep_quiet(writer, html);
    }
    let mut links: Vec<Resolved<'_>> = writer.links.in_html(span).collect();
    links.reverse();
    if links.is_empty() {
        return writer.out.push_str(html);
    }
    let mut plain = 0;
    for tag in opening_tags(html) {
        for attribute in tag.attributes.iter().filter(|attribute| is_link(attribute)) {
            let edit = match attribute.name.eq_ignore_ascii_case("srcset") {
                true => candidates(writer, attribute, &mut links),
                false => single(writer, attribute, &mut links),
            };
            let (range, text) = match edit {
                Edit::Keep => continue,
                Edit::Replace(value) => quoted(html, attribute, &value),
                Edit::Remove => without(html, &tag, attribute),
            };
            writer.out.push_str(&html[plain..range.start]);
            writer.out.push_str(&text);
            plain = range.end;
        }
    }
    writer.out.push_str(&html[plain..]);
}

/// A link and what it means.
type Resolved<'a> = (&'a Link, &'a Target);

/// What becomes of an attribute.
enum Edit {
    /// It stays as it is written.
    Keep,
    /// It has another value.
    Replace(String),
    /// It leads nowhere.
    Remove,
}

fn is_link(attribute: &Attribute<'_>) -> bool {
    ["href", "src", "srcset", "poster", "cite"].iter().any(|name| attribute.name.eq_ignore_ascii_case(name))
}

/// The new value of an attribute that is one address.
fn single(writer: &Writer<'_>, attribute: &Attribute<'_>, links: &mut Vec<Resolved<'_>>) -> Edit {
    let value = unescape(attribute.value);
    let Some(target) = next(links, value.trim()) else {
        return Edit::Keep;
    };
    match links::address_of(writer, target) {
        Some(address) => Edit::Replace(address),
        None => Edit::Remove,
    }
}

/// The new value of a `srcset`.
fn candidates(writer: &Writer<'_>, attribute: &Attribute<'_>, links: &mut Vec<Resolved<'_>>) -> Edit {
    let value = unescape(attribute.value);
    let mut written = Vec::new();
    let mut is_changed = false;
    for candidate in value.split(',').map(str::trim).filter(|candidate| !candidate.is_empty()) {
        let (address, descriptor) = candidate.split_once(char::is_whitespace).unwrap_or((candidate, ""));
        let Some(target) = next(links, address) else {
            written.push(candidate.to_string());
            continue;
        };
        let Some(address) = links::address_of(writer, target) else {
            return Edit::Remove;
        };
        is_changed = true;
        written.push(format!("{address} {descriptor}").trim_end().to_string());
    }
    match is_changed {
        true => Edit::Replace(written.join(", ")),
        false => Edit::Keep,
    }
}

/// Takes the next link with a destination from those that are left (the next one is the last of them).
fn next<'a>(links: &mut Vec<Resolved<'a>>, destination: &str) -> Option<&'a Target> {
    let at = links.iter().rposition(|(link, _)| link.destination.trim() == destination)?;
    let (_, target) = links[at];
    links.truncate(at);
    Some(target)
}

/// The bytes of a value and what they become; a value without quotes is given some.
fn quoted(html: &str, attribute: &Attribute<'_>, value: &str) -> (Range<usize>, String) {
    let value = escape(value);
    match html[..attribute.span.start].ends_with(['"', '\'']) {
        true => (attribute.span.clone(), value.into_owned()),
        false => (attribute.span.clone(), format!("\"{value}\"")),
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
