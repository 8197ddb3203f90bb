//! Files that people take away: the document of a template as `.docx`, `.html` and `.csv`. A document comes in, bytes go
//! out; the same document gives the same bytes.

pub mod csv;
pub mod docx;
pub mod html;

mod words;

use std::collections::BTreeMap;

use crate::document::provenance::Provenance;
use crate::markdown::events::{Event, Events};

/// A document to write, with all that is to be known of it.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The title of its template.
    pub title: &'a str,
    /// Its events; links to other pages are absolute, and links within it are `#id`.
    pub events: &'a Events<'a>,
    /// Its language, as in BCP 47.
    pub language: &'a str,
    /// The name of its licence: `CC BY 4.0`.
    pub license: Option<&'a str>,
    /// Where it comes from; none on a site that does not know its own address, and for a template without a version.
    pub provenance: Option<&'a Provenance>,
    /// What is asked for each placeholder: `Vendor` for `vendor`.
    pub labels: &'a BTreeMap<String, String>,
}

impl Document<'_> {
    /// Returns whether the document has a heading of the first level, and so a title of its own.
    fn has_title(&self) -> bool {
        self.events.iter().any(|(event, _)| matches!(event, Event::StartHeading { level: 1, .. }))
    }
}

#[cfg(test)]
mod testing;
