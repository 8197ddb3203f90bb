//! A document as Word writes it: Office Open XML (ISO/IEC 29500, transitional), which LibreOffice, Pages and Google Docs
//! read too.
//!
//! Boxes are content controls that can be ticked, and placeholders are fields to type into, named by their question.

mod lists;
mod notes;
mod package;
mod paragraphs;
mod parts;
mod runs;
mod story;
mod tables;

#[cfg(test)]
mod tests;

use crate::export::Document;

/// Writes a document.
pub fn write(document: &Document<'_>) -> Vec<u8> {
    package::zip(&story::write(document), document)
}
