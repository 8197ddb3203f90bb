//! Brings a fork up to a newer version of its template: what the person ticked, filled in, wrote, moved and deleted
//! stays, what upstream changed comes in.
//!
//! Blocks are merged, not lines. The documents are split, the answers are read out of the fork and filled into both
//! versions, the blocks are matched, their order is merged, then each block by its words.

mod chain;
mod content;
mod front;
mod gaps;
mod kept;
mod outline;
mod rows;
mod sequence;
mod sides;
mod summary;
mod three_way;
mod write;

use crate::document::blocks::{self, Kind};
use crate::document::placeholders::Answers;
use crate::document::units::Units;
use crate::document::{Format, align, answers, state};
use front::Parts;
use sides::{Sides, Three};
use write::Written;

pub use summary::Summary;

pub(in crate::document) use three_way::changes;

/// A fork and the two versions of its template.
#[derive(Clone, Copy, Debug)]
pub struct Update<'a> {
    /// The text of the version that the fork was made from, or last brought up to; none if it cannot be found.
    pub base: Option<&'a str>,
    /// Its number.
    pub from: u32,
    /// The fork.
    pub mine: &'a str,
    /// The text of the newer version.
    pub theirs: &'a str,
    /// Its number.
    pub to: u32,
    /// How all three are written.
    pub format: Format,
}

/// Why a fork cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The version that the fork came from is not there.
    #[error("version {0} of the template is missing, so nobody can tell what you changed")]
    NoBase(u32),
    /// An earlier update left conflicts that are not resolved.
    #[error("line {0} still has the mark of an earlier conflict")]
    Unresolved(usize),
}

/// A fork, brought up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Its text. The provenance is as it was in the fork; the caller writes the new one.
    pub text: String,
    /// The places where both sides changed the same words.
    pub conflicts: Vec<Conflict>,
    /// What was mine, has no place any more and stands in the last section: the text of each block.
    pub kept: Vec<String>,
    /// What upstream has and I deleted, so that it is not in the text: each block in one line.
    pub deleted: Vec<String>,
    /// The answers that were read out of the fork.
    pub answers: Answers,
    /// What upstream changed, in numbers.
    pub summary: Summary,
}

/// A place where both sides changed the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The line of the first mark in the new text, from 1.
    pub line: usize,
    /// What stands in mine.
    pub mine: String,
    /// What stands in theirs, with my answers and my tick.
    pub theirs: String,
}

/// Merges. It refuses without a base, and while marks of an earlier conflict stand in the fork.
pub fn merge(update: &Update) -> Result<Merged, Refusal> {
    let base = update.base.ok_or(Refusal::NoBase(update.from))?;
    if let Some(line) = first_marker(update.mine, update.format) {
        return Err(Refusal::Unresolved(line));
    }
    let (mut base, mut theirs) = (plain(base), plain(update.theirs));
    if state::has_no_guides(&base, update.mine) {
        (base, theirs) = (state::without_guides(&base), state::without_guides(&theirs));
    }
    let parts = Three {
        base: Parts::of(&base, update.format),
        mine: Parts::of(update.mine, update.format),
        theirs: Parts::of(&theirs, update.format),
    };
    let fields =
        Three { base: parts.base.field_units(), mine: parts.mine.field_units(), theirs: parts.theirs.field_units() };
    let bodies = Three {
        base: Units::of(parts.base.body, update.format),
        mine: Units::of(parts.mine.body, update.format),
        theirs: Units::of(parts.theirs.body, update.format),
    };
    let answers = known(&[&fields, &bodies], update.format);
    let fields = Sides::of(fields, &answers, Format::Markdown);
    let body = Sides::of(bodies, &answers, update.format);
    let written = Written::of(update, &parts, &fields, &body, &base);
    Ok(Merged { answers, ..written.finish() })
}

/// The answers that stand in the fork, from everything that can be matched before they are known.
fn known(documents: &[&Three<Units>], format: Format) -> Answers {
    let mut pairs = Vec::new();
    for three in documents {
        let places = align::align(&three.base.list, &three.mine.list);
        pairs.extend(
            places
                .into_iter()
                .enumerate()
                .filter_map(|(base, mine)| Some((&three.base.list[base], &three.mine.list[mine?]))),
        );
    }
    answers::of_pairs(pairs.into_iter(), format)
}

/// A text of the template without what editors put in: byte order mark and carriage returns.
fn plain(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

/// The line of the first mark of a conflict, from 1.
fn first_marker(text: &str, format: Format) -> Option<usize> {
    if format == Format::Csv {
        return text.lines().position(|line| line.starts_with("<<<<<<< mine")).map(|line| line + 1);
    }
    let marker = blocks::split(text, format).into_iter().find(|block| block.kind == Kind::Marker)?;
    Some(text[..marker.span.start].matches('\n').count() + 1)
}
