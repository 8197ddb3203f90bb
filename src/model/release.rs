//! The released versions of a template: snapshots of its document in `versions/`.

use crate::base::path::SourcePath;
use crate::document::Format;
use crate::document::version::Identity;
use crate::model::body::Body;

/// A released version of a template's document. Its text never changes again.
#[derive(Clone, Debug)]
pub struct Release {
    /// Its number, from 1.
    pub number: u32,
    /// Its text, and what was learned from it; the file is `versions/<number>.md` or `.csv`.
    pub body: Body,
    /// The digest by which a copy knows it.
    pub identity: Identity,
}

impl Release {
    /// Makes the release of a text.
    pub fn new(number: u32, body: Body) -> Self {
        Release { number, identity: Identity::of(&body.text), body }
    }

    /// Returns how it is written.
    pub fn format(&self) -> Format {
        format_of(&self.body.source)
    }
}

/// Returns how the document in a file is written.
pub fn format_of(source: &SourcePath) -> Format {
    if source.is_markdown() { Format::Markdown } else { Format::Csv }
}
