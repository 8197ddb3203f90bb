//! The descriptions of images, for those who cannot see them.

use std::collections::HashMap;
use std::ops::Range;

use crate::base::path::SourcePath;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::link::Link;

/// The images of a text by their description in lower case.
#[derive(Debug, Default)]
pub struct Images {
    described: HashMap<String, String>,
}

impl Images {
    /// Adds an image, and returns what is wrong with its description.
    pub fn add(&mut self, path: &SourcePath, link: &Link, alt: String) -> Option<Diagnostic> {
        if alt.is_empty() {
            return Some(missing_alt(path, link.span.clone()));
        }
        let first = self.described.entry(alt.to_lowercase()).or_insert_with(|| link.destination.clone());
        if *first == link.destination {
            return None;
        }
        let message = format!("two different images are described as \"{alt}\"");
        let help = "say of each what it shows";
        Some(Diagnostic::at(Code::RepeatedAlt, path, link.span.clone(), message).help(help))
    }
}

/// Returns what to say of an image without a description.
pub fn missing_alt(path: &SourcePath, span: Range<usize>) -> Diagnostic {
    let message = "this image has no text for those who cannot see it";
    let help = "write `![what it shows](image.png)`, or `<img alt=\"\" …>` if it shows nothing worth knowing";
    Diagnostic::at(Code::MissingAlt, path, span, message).help(help)
}
