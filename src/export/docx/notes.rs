//! Footnotes, at the foot of the page on which they are first referred to.

use std::collections::HashMap;
use std::ops::Range;

use crate::export::docx::parts::Part;
use crate::export::docx::story::Writer;
use crate::markdown::events::Events;
use crate::markdown::footnotes::definitions;

/// The footnotes of a document.
#[derive(Default)]
pub struct Notes {
    /// The events of each definition by its label in lower case; of two with the same label the first counts.
    definitions: HashMap<String, Range<usize>>,
    /// The notes that are referred to, in order.
    order: Vec<Range<usize>>,
    numbers: HashMap<String, usize>,
    /// What is written of the notes.
    place: Place,
}

/// What is written of the notes.
#[derive(Default, PartialEq, Eq)]
enum Place {
    /// Nothing, since the text is being written.
    #[default]
    Text,
    /// A note was begun and has no paragraph yet.
    Begun,
    /// A note has a paragraph.
    Inside,
}

impl Notes {
    /// Finds the definitions.
    pub fn new(events: &Events<'_>) -> Self {
        Notes { definitions: definitions(events), ..Notes::default() }
    }

    /// Returns whether a note is being written.
    pub fn is_open(&self) -> bool {
        self.place != Place::Text
    }
}

/// Writes a reference to a note. Only the first of them can be one: the others are the number alone. In a note there can
/// be none at all, so it is written out.
pub fn reference(writer: &mut Writer<'_>, label: &str) {
    let notes = &mut writer.notes;
    let key = label.to_lowercase();
    let Some(definition) = notes.definitions.get(&key).filter(|_| !notes.is_open()).cloned() else {
        return writer.plain_run(&format!("[^{label}]"));
    };
    if let Some(number) = notes.numbers.get(&key) {
        let number = number.to_string();
        writer.look.raised += 1;
        writer.plain_run(&number);
        writer.look.raised -= 1;
        return;
    }
    notes.order.push(definition);
    let number = notes.order.len();
    notes.numbers.insert(key, number);
    writer.begin_paragraph();
    writer.open_run(Some("FootnoteReference"));
    writer.part.xml.empty("w:footnoteReference", &[("w:id", &number.to_string())]);
    writer.part.xml.close();
}

/// Begins the first paragraph of a note with its number.
pub fn begin(writer: &mut Writer<'_>) {
    if writer.notes.place != Place::Begun {
        return;
    }
    writer.notes.place = Place::Inside;
    writer.open_run(Some("FootnoteReference"));
    writer.part.xml.empty("w:footnoteRef", &[]);
    writer.part.xml.close();
    writer.plain_run(" ");
}

/// Writes the notes, and returns their part and its relations.
pub fn finish(writer: &mut Writer<'_>) -> (Vec<u8>, Vec<u8>) {
    let text = std::mem::replace(&mut writer.part, Part::new("w:footnotes"));
    for (id, kind, mark) in
        [("-1", "separator", "w:separator"), ("0", "continuationSeparator", "w:continuationSeparator")]
    {
        let xml = &mut writer.part.xml;
        xml.open("w:footnote", &[("w:type", kind), ("w:id", id)]);
        xml.open("w:p", &[]);
        xml.open("w:r", &[]);
        xml.empty(mark, &[]);
        for _ in ["run", "paragraph", "note"] {
            xml.close();
        }
    }
    for (number, events) in (1..).zip(std::mem::take(&mut writer.notes.order)) {
        writer.part.xml.open("w:footnote", &[("w:id", &usize::to_string(&number))]);
        writer.notes.place = Place::Begun;
        writer.events(events);
        if writer.notes.place == Place::Begun {
            writer.begin_paragraph();
            writer.end_paragraph();
        }
        writer.part.xml.close();
    }
    std::mem::replace(&mut writer.part, text).finish(&[])
}
