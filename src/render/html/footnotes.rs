//! Footnotes: numbered in the order of their first reference, and gathered at the end with links back.

use std::collections::HashMap;
use std::ops::Range;

use crate::markdown::events::Event;
use crate::markdown::footnotes::{FootnoteIds, definitions};
use crate::model::link::Target;
use crate::render::html::writer::Writer;
use crate::render::html::{blocks, escape, links};

/// The footnotes of a body.
#[derive(Default)]
pub struct Notes {
    /// The events of each definition by its label in lower case; of two with the same label the first counts.
    definitions: HashMap<String, Range<usize>>,
    /// The notes that are referred to, in order.
    order: Vec<Note>,
    numbers: HashMap<String, usize>,
    ids: FootnoteIds,
}

/// A footnote that is referred to.
struct Note {
    /// Its id on the page.
    id: String,
    definition: Range<usize>,
    /// The ids of the references to it.
    references: Vec<String>,
}

impl Notes {
    /// Finds the definitions; `ids` gives them their ids.
    pub fn new(events: &[(Event<'_>, Range<usize>)], ids: FootnoteIds) -> Self {
        Notes { definitions: definitions(events), ids, ..Notes::default() }
    }

    /// Counts a reference, and returns the number of its note from 0; `None` if nothing defines it.
    fn refer(&mut self, label: &str) -> Option<usize> {
        let key = label.to_lowercase();
        let definition = self.definitions.get(&key)?;
        let number = *self.numbers.entry(key).or_insert(self.order.len());
        let (reference, id) = self.ids.refer(label);
        if number == self.order.len() {
            self.order.push(Note { id, definition: definition.clone(), references: Vec::new() });
        }
        self.order[number].references.push(reference);
        Some(number)
    }
}

/// Writes a reference to a note.
pub fn reference(writer: &mut Writer<'_>, label: &str) {
    let Some(number) = writer.notes.refer(label) else {
        escape::text(&mut writer.out, &format!("[^{label}]"));
        return;
    };
    let note = &writer.notes.order[number];
    let address = fragment(writer, note.id.clone());
    let id = note.references.last().cloned().unwrap_or_default();
    match writer.is_feed() {
        true => writer.out.push_str("<sup><a"),
        false => {
            writer.out.push_str("<sup class=\"footnote-ref\"><a");
            escape::named(&mut writer.out, "id", &id);
        }
    }
    escape::named(&mut writer.out, "href", &address);
    writer.out.push_str(&format!(">{}</a></sup>", number + 1));
}

/// Writes the notes that are referred to. A note may refer to others, which then come after it.
pub fn section(writer: &mut Writer<'_>) {
    if writer.notes.order.is_empty() {
        return;
    }
    writer.begin_line();
    let body = std::mem::take(&mut writer.out);
    let mut ends = Vec::new();
    let mut number = 0;
    while number < writer.notes.order.len() {
        let definition = writer.notes.order[number].definition.clone();
        writer.write(definition);
        blocks::end_all(writer);
        ends.push(writer.out.len());
        number += 1;
    }
    let notes = std::mem::replace(&mut writer.out, body);
    writer.out.push_str("<section class=\"footnotes\" aria-label=\"");
    writer.out.push_str(if writer.is_document { "Footnotes of the document" } else { "Footnotes" });
    writer.out.push_str("\">\n<ol>\n");
    let mut start = 0;
    for (number, end) in ends.into_iter().enumerate() {
        write_note(writer, number, &notes[start..end]);
        start = end;
    }
    writer.out.push_str("</ol>\n</section>\n");
}

/// Writes a note with its links back at the end of its last paragraph.
fn write_note(writer: &mut Writer<'_>, number: usize, html: &str) {
    let html = html.trim_end();
    let (text, close) = html.strip_suffix("</p>").map_or((html, ""), |text| (text, "</p>"));
    let note = &writer.notes.order[number];
    let (id, backs) = (note.id.clone(), note.references.clone());
    writer.out.push_str("<li");
    if !writer.is_feed() {
        escape::named(&mut writer.out, "id", &id);
    }
    writer.out.push_str(">\n");
    writer.out.push_str(text);
    for (nth, back) in (1..).zip(backs) {
        write_back(writer, back, number + 1, nth);
    }
    writer.out.push_str(close);
    writer.out.push_str("\n</li>\n");
}

fn write_back(writer: &mut Writer<'_>, id: String, number: usize, nth: usize) {
    let address = fragment(writer, id);
    let name = if nth > 1 { format!("{number}-{nth}") } else { number.to_string() };
    writer.out.push_str(" <a");
    if !writer.is_feed() {
        writer.out.push_str(" class=\"footnote-back\"");
    }
    escape::named(&mut writer.out, "href", &address);
    escape::named(&mut writer.out, "aria-label", &format!("Back to reference {name}"));
    writer.out.push_str(">↩");
    if nth > 1 {
        writer.out.push_str(&format!("<sup>{nth}</sup>"));
    }
    writer.out.push_str("</a>");
}

/// The address of an id on the page.
fn fragment(writer: &Writer<'_>, id: String) -> String {
    links::address_of(writer, &Target::Fragment(id)).unwrap_or_default()
}
