//! Images: with the size their files say, and as figures when they stand alone and have a title.

use std::ops::Range;

use pulldown_cmark::{Event as Markdown, Tag, TagEnd};

use crate::markdown::events::Event;
use crate::model::link::Target;
use crate::render::html::writer::Writer;
use crate::render::html::{escape, links};

/// Writes the image `at`, and returns the number of the event behind it.
pub fn image<'a>(writer: &mut Writer<'a>, at: usize, tag: &'a Tag<'a>, span: &Range<usize>) -> usize {
    let Tag::Image { title, .. } = tag else {
        return at + 1;
    };
    write(writer, at, tag, span.start, Some(title).filter(|title| !title.is_empty()).map(|title| &**title))
}

/// Writes the paragraph `at` as a figure if it is one image with a title, and returns the number of the event behind it.
pub fn figure(writer: &mut Writer<'_>, at: usize) -> Option<usize> {
    let events = writer.events;
    let (Event::Markdown(Markdown::Start(tag @ Tag::Image { title, .. })), span) = events.get(at + 1)? else {
        return None;
    };
    let end = writer.end_of(at + 1);
    let is_alone = matches!(events.get(end + 1), Some((Event::Markdown(Markdown::End(TagEnd::Paragraph)), _)));
    if title.is_empty() || !is_alone {
        return None;
    }
    writer.begin_line();
    writer.out.push_str("<figure>");
    write(writer, at + 1, tag, span.start, None);
    writer.out.push_str("<figcaption>");
    escape::text(&mut writer.out, title);
    writer.out.push_str("</figcaption></figure>\n");
    Some(end + 2)
}

/// Writes the image `at`, and returns the number of the event behind it.
fn write<'a>(writer: &mut Writer<'a>, at: usize, tag: &'a Tag<'a>, start: usize, title: Option<&str>) -> usize {
    let Tag::Image { dest_url, link_type, .. } = tag else {
        return at + 1;
    };
    let end = writer.end_of(at);
    let target = links::target(writer, start, dest_url, *link_type);
    let alt = match target == Target::Withheld && links::shows_name(*link_type) {
        true => "…".to_string(),
        false => alt(&writer.events[at + 1..end]),
    };
    let Some(address) = links::address_of(writer, &target) else {
        writer.out.push_str("<span class=\"fb-broken\">");
        escape::text(&mut writer.out, &alt);
        writer.out.push_str("</span>");
        return end + 1;
    };
    if writer.is_file() {
        // A file that is opened asks nobody for pictures.
        escape::named_link(&mut writer.out, &address, if alt.is_empty() { &address } else { &alt });
        return end + 1;
    }
    writer.out.push_str("<img");
    escape::named(&mut writer.out, "src", &address);
    escape::named(&mut writer.out, "alt", &alt);
    if let Some(title) = title {
        escape::named(&mut writer.out, "title", title);
    }
    if let Some((width, height)) = dimensions(writer, &target) {
        writer.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
    writer.out.push_str(if writer.is_feed() { ">" } else { " loading=\"lazy\" decoding=\"async\">" });
    end + 1
}

/// The words of an image for those who cannot see it: the plain text of what stands in its brackets.
fn alt(events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut alt = String::new();
    for (event, _) in events {
        match event {
            Event::Markdown(
                Markdown::Text(text) | Markdown::Code(text) | Markdown::InlineMath(text) | Markdown::DisplayMath(text),
            ) => alt.push_str(text),
            Event::Markdown(Markdown::SoftBreak | Markdown::HardBreak) => alt.push(' '),
            _ => {}
        }
    }
    alt
}

fn dimensions(writer: &Writer<'_>, target: &Target) -> Option<(u32, u32)> {
    match target {
        Target::File(id) => writer.context.site.file(*id).file.dimensions,
        _ => None,
    }
}
