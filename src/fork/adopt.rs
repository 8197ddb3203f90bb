//! Finds the version that a document came from, for those that do not say.

use anyhow::{Result, bail};

use crate::document::Format;
use crate::document::diff;
use crate::document::provenance::{self, Place};
use crate::fork::file::Fork;
use crate::fork::make;
use crate::fork::shelf::Shelf;
use crate::fork::template::{Template, Version};

/// The least likeness, from 0 to 1, at which a document is taken for a copy.
const LEAST: f64 = 0.25;

/// The most versions that are compared; the newest ones are.
const MOST: usize = 200;

/// A version that a document resembles.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The version.
    pub version: Version,
    /// How alike they are, from 0 to 1.
    pub likeness: f64,
}

/// Finds the version that a document resembles most; of two that it resembles as much, the newer one.
///
/// # Errors
/// When it resembles none, or a text cannot be fetched.
pub fn find(fork: &Fork, template: &Template) -> Result<Match> {
    if fork.format != template.format {
        bail!("{} is not written as \"{}\" is", fork.path.display(), template.title);
    }
    let mine = match fork.format {
        Format::Markdown => provenance::without(&fork.text),
        Format::Csv => fork.text.clone(),
    };
    let mut best: Option<Match> = None;
    for version in template.versions.iter().rev().take(MOST) {
        let Some(text) = template.text(version)? else { continue };
        let likeness = diff::resemblance(&text, &mine, fork.format);
        if best.as_ref().is_none_or(|best| likeness > best.likeness) {
            best = Some(Match { version: version.clone(), likeness });
        }
    }
    match best {
        Some(best) if best.likeness >= LEAST => Ok(best),
        _ => bail!("{} resembles no version of \"{}\"", fork.path.display(), template.title),
    }
}

/// Writes where a document comes from into it. Nothing else of it changes.
///
/// # Errors
/// When the disk refuses; the document is then as it was.
pub fn write(fork: &Fork, template: &Template, version: &Version, place: Place, shelf: &Shelf) -> Result<()> {
    let origin = make::origin(template, version, None);
    fork.replace(&fork.text, (&origin, place), shelf)
}
