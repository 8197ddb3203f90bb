//! Items of lists, and those of them that can be ticked.

use std::ops::Range;

use pulldown_cmark::{Event as Markdown, Tag};

use crate::markdown::events::Event;
use crate::render::html::writer::Writer;

/// Opens the item `at`.
pub fn item(writer: &mut Writer<'_>, at: usize) {
    writer.begin_line();
    writer.out.push_str(if is_task(writer, at) { "<li class=\"task\">" } else { "<li>" });
}

/// Writes the box of the task `at`, and returns the number of the next event. In the document of a template it can be
/// ticked, and the words of the item are its label.
pub fn marker(writer: &mut Writer<'_>, at: usize, is_done: bool) -> usize {
    if writer.is_document && !writer.is_feed() {
        return live(writer, at, is_done);
    }
    writer.out.push_str(match (writer.is_feed(), is_done) {
        (true, false) => "☐ ",
        (true, true) => "☑ ",
        (false, false) => "<input type=\"checkbox\" disabled aria-label=\"To do\"> ",
        (false, true) => "<input type=\"checkbox\" checked disabled aria-label=\"Done\"> ",
    });
    at + 1
}

fn live(writer: &mut Writer<'_>, at: usize, is_done: bool) -> usize {
    let span = writer.events[at].1.clone();
    let number = writer.boxes.partition_point(|mark| *mark < span.start);
    let number = writer.boxes.get(number).filter(|mark| span.contains(mark)).map(|_| number);
    let number = number.map(|number| format!(" data-box=\"{number}\"")).unwrap_or_default();
    let checked = if is_done { " checked" } else { "" };
    writer.out.push_str(&format!("<label><input type=\"checkbox\"{number}{checked}> "));
    let end = end_of_line(writer.events, at + 1);
    writer.write(at + 1..end);
    writer.out.push_str("</label>");
    end
}

/// The number of the event behind the words that begin with the event `at`: where their paragraph or item ends, or
/// something begins that is no part of a line.
fn end_of_line(events: &[(Event<'_>, Range<usize>)], at: usize) -> usize {
    let mut depth = 0_usize;
    let is_end = |event: &Event<'_>| match event {
        Event::Markdown(Markdown::Start(
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. },
        )) => {
            depth += 1;
            false
        }
        Event::Markdown(Markdown::End(_)) if depth > 0 => {
            depth -= 1;
            false
        }
        Event::Markdown(Markdown::Start(_) | Markdown::End(_) | Markdown::Rule | Markdown::Html(_)) => true,
        Event::Markdown(_) => false,
        _ => true,
    };
    let length = events[at..].iter().map(|(event, _)| event).position(is_end);
    length.map_or(events.len(), |length| at + length)
}

/// The box of a task is the first thing in its item, or in the item's first paragraph.
fn is_task(writer: &Writer<'_>, at: usize) -> bool {
    let event = |at: usize| writer.events.get(at).map(|(event, _)| event);
    let first = match event(at + 1) {
        Some(Event::Markdown(Markdown::Start(Tag::Paragraph))) => event(at + 2),
        first => first,
    };
    matches!(first, Some(Event::Markdown(Markdown::TaskListMarker(_))))
}
