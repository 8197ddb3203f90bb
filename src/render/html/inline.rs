//! Text, code and mathematics in a line.

use pulldown_cmark::{Event as Markdown, TagEnd};

use crate::markdown::events::Event;
use crate::render::html::escape;
use crate::render::html::writer::Writer;

/// Writes text, with the first mention of each term explained.
pub fn text(writer: &mut Writer<'_>, text: &str) {
    match &mut writer.mentions {
        Some(mentions) if writer.quiet == 0 => mentions.write(&mut writer.out, text),
        _ => escape::text(&mut writer.out, text),
    }
}

/// Writes code in a line.
pub fn code(writer: &mut Writer<'_>, text: &str) {
    wrapped(writer, "<code>", text, "</code>");
}

/// Writes a formula in a line, as TeX.
pub fn math(writer: &mut Writer<'_>, tex: &str) {
    match writer.is_feed() {
        true => code(writer, tex),
        false => wrapped(writer, "<span class=\"math math-inline\">", tex, "</span>"),
    }
}

/// Writes a formula that wants lines of its own and stands in a line.
pub fn display_math(writer: &mut Writer<'_>, tex: &str) {
    match writer.is_feed() {
        true => code(writer, tex),
        false => wrapped(writer, "<span class=\"math math-display\">", tex, "</span>"),
    }
}

/// Writes the paragraph `at` if it is one formula that wants lines of its own, and returns the number of the event
/// behind it.
pub fn formula(writer: &mut Writer<'_>, at: usize) -> Option<usize> {
    let events = writer.events.get(at + 1..at + 3)?;
    let [(Event::Markdown(Markdown::DisplayMath(tex)), _), (Event::Markdown(Markdown::End(TagEnd::Paragraph)), _)] =
        events
    else {
        return None;
    };
    writer.begin_line();
    match writer.is_feed() {
        true => wrapped(writer, "<pre><code>", tex, "</code></pre>\n"),
        false => wrapped(writer, "<div class=\"math math-display\">", tex, "</div>\n"),
    }
    Some(at + 3)
}

fn wrapped(writer: &mut Writer<'_>, open: &str, text: &str, close: &str) {
    writer.out.push_str(open);
    escape::text(&mut writer.out, text);
    writer.out.push_str(close);
}
