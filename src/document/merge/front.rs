//! The parts of a document that are merged apart: front matter field by field, and the last line of provenance not at
//! all.

use crate::base::fence::{self, Split};
use crate::document::Format;
use crate::document::blocks::{Block, Kind};
use crate::document::provenance;
use crate::document::units::Units;

/// A document in its parts; put together they give it back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts<'a> {
    /// The line that opens the front matter, with what stands before it.
    pub open: &'a str,
    /// What stands between the fences.
    pub fields: &'a str,
    /// The line that closes the front matter.
    pub close: &'a str,
    /// The document.
    pub body: &'a str,
    /// The line of provenance, with the blanks before it.
    pub footer: &'a str,
}

impl<'a> Parts<'a> {
    /// Takes a document apart.
    pub fn of(text: &'a str, format: Format) -> Self {
        if format == Format::Csv {
            return Parts { body: text, ..Parts::default() };
        }
        let mut parts = match fence::split(text) {
            Split::Found { inner, body, .. } => Parts {
                open: &text[..inner.start],
                fields: &text[inner.clone()],
                close: &text[inner.end..body.start],
                body: &text[body.start..],
                footer: "",
            },
            _ => Parts { body: text, ..Parts::default() },
        };
        if let Some(line) = provenance::last_line(parts.body) {
            let end = parts.body[..line.start].trim_end().len();
            (parts.body, parts.footer) = parts.body.split_at(end);
        }
        parts
    }

    /// The fields as units, each with the lines below it.
    pub fn field_units(&self) -> Units {
        let mut blocks: Vec<Block> = Vec::new();
        let mut at = 0;
        for line in self.fields.split_inclusive('\n') {
            let span = at..at + line.len();
            at = span.end;
            let begins = line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '_' | '['));
            match blocks.last_mut() {
                _ if line.trim().is_empty() => {}
                Some(last) if !begins => last.span.end = span.end,
                _ => blocks.push(Block { kind: Kind::FrontMatter, span }),
            }
        }
        Units::of_blocks(self.fields, blocks, Format::Markdown)
    }
}
