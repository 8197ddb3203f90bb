//! Items of lists, and those of them that can be ticked.

use pulldown_cmark::{Event as Markdown, Tag};

use crate::markdown::events::Event;
use crate::render::html::writer::Writer;

/// Opens the item `at`.
pub fn item(writer: &mut Writer<'_>, at: usize) {
    writer.begin_line();
    writer.out.push_str(if is_task(writer, at) { "<li class=\"task\">" } else { "<li>" });
}

/// Writes the box of a task; in a file of one's own it can be ticked.
pub fn marker(writer: &mut Writer<'_>, is_done: bool) {
    if writer.is_file() {
        let checked = if is_done { " checked" } else { "" };
        writer.out.push_str(&format!("<input type=\"checkbox\"{checked} aria-label=\"Done\"> "));
        return;
    }
    writer.out.push_str(match (writer.is_feed(), is_done) {
        (true, false) => "☐ ",
        (true, true) => "☑ ",
        (false, false) => "<input type=\"checkbox\" disabled aria-label=\"To do\"> ",
        (false, true) => "<input type=\"checkbox\" checked disabled aria-label=\"Done\"> ",
    });
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
