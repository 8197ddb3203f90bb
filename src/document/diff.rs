//! Compares two documents block by block and word by word, for the command line and for "since your copy".

use crate::base::digest::Digest;
use crate::document::align::{align, likeness, moved};
use crate::document::blocks::Kind;
use crate::document::merge::changes;
use crate::document::units::{Unit, Units};
use crate::document::{Format, placeholders, provenance, state};

/// What became of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It has the same words.
    Same(Piece),
    /// It is new.
    Inserted(Piece),
    /// It is gone; it stands where it would be.
    Deleted(Piece),
    /// It has other words, and perhaps another place.
    Reworded {
        /// How it was.
        old: Piece,
        /// How it is.
        new: Piece,
        /// Its words, in order: those that stayed, went and came.
        runs: Vec<Run>,
        /// Whether it was moved as well.
        is_moved: bool,
    },
    /// It has the same words in another place, where it stands here.
    Moved(Piece),
}

/// A block of one of the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Its lines, without the last line ending.
    pub text: String,
    /// The number of its first line, from 1.
    pub line: usize,
}

/// Words that share a fate, with the blanks between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// In both documents.
    Same(String),
    /// In the old one only.
    Deleted(String),
    /// In the new one only.
    Inserted(String),
}

/// Compares two documents. The changes are in the order of the new one. Wrapping a paragraph anew is no change, nor is a
/// tick: ticks are state.
pub fn compare(old: &str, new: &str, format: Format) -> Vec<Change> {
    let (old_pieces, old) = pieces(old, format);
    let (new_pieces, new) = pieces(new, format);
    let to_new = align(&old.list, &new.list);
    let is_moved = moved(&to_new);
    let mut old_of = vec![None; new.list.len()];
    for (at, place) in to_new.iter().enumerate() {
        if let Some(place) = place {
            old_of[*place] = Some(at);
        }
    }
    let mut changes = Vec::new();
    let mut next = 0;
    for (at, piece) in new_pieces.iter().enumerate() {
        if let Some(before) = old_of[at].filter(|before| !is_moved[*before]) {
            deleted(&mut changes, &old_pieces[next..before], &to_new[next..before]);
            next = before + 1;
        }
        changes.push(match old_of[at] {
            None => Change::Inserted(piece.clone()),
            Some(before) if old.list[before].key != new.list[at].key => Change::Reworded {
                old: old_pieces[before].clone(),
                new: piece.clone(),
                runs: runs(&old.list[before], &new.list[at]),
                is_moved: is_moved[before],
            },
            Some(before) if is_moved[before] => Change::Moved(piece.clone()),
            Some(_) => Change::Same(piece.clone()),
        });
    }
    deleted(&mut changes, &old_pieces[next..], &to_new[next..]);
    changes
}

/// Returns how alike a fork and a version are, from 0 to 1, whatever was filled in and in whatever order: the share of
/// the version's blocks, by their words, that the fork has. So the version a copy came from can be found.
pub fn resemblance(version: &str, fork: &str, format: Format) -> f64 {
    let (version, fork) = (Units::of(version, format), Units::of(fork, format));
    let weight = |unit: &Unit| 1.0 + unit.words.len() as f64;
    let (mut all, mut shared) = (0.0, 0.0);
    let mut is_found = vec![false; fork.list.len()];
    for (unit, place) in version.list.iter().zip(align(&version.list, &fork.list)) {
        all += weight(unit);
        if let Some(place) = place {
            is_found[place] = true;
            shared += weight(unit) * likeness(unit, &fork.list[place]).min(1.0);
        }
    }
    // Steps of a later version that the fork has speak against an earlier one.
    let foreign: f64 = (0..fork.list.len()).filter(|at| !is_found[*at]).map(|at| weight(&fork.list[at])).sum();
    if all + foreign == 0.0 { 1.0 } else { shared / (all + 0.5 * foreign) }
}

/// Returns whether a person changed words, beyond ticks and filled-in placeholders, or moved, added or deleted blocks.
pub fn is_edited(base: &str, mine: &str, format: Format) -> bool {
    let mine = if format == Format::Markdown { provenance::without(mine) } else { mine.to_string() };
    let is_short = format == Format::Markdown && state::has_no_guides(base, &mine);
    let base = if is_short { state::without_guides(base) } else { base.to_string() };
    let answers = state::lift(&base, &mine, format).answers;
    let base = placeholders::fill(&base, &answers, format);
    compare(&base, &mine, format).iter().any(|change| !matches!(change, Change::Same(_)))
}

fn deleted(changes: &mut Vec<Change>, pieces: &[Piece], to_new: &[Option<usize>]) {
    let gone = pieces.iter().zip(to_new).filter(|(_, place)| place.is_none());
    changes.extend(gone.map(|(piece, _)| Change::Deleted(piece.clone())));
}

fn pieces(text: &str, format: Format) -> (Vec<Piece>, Units) {
    let units = Units::of(text, format);
    let mut line = 1;
    let mut pieces = Vec::new();
    for unit in &units.list {
        line += unit.gap.matches('\n').count();
        pieces.push(Piece { kind: unit.kind, text: unit.text.clone(), line });
        line += unit.text.matches('\n').count();
    }
    (pieces, units)
}

fn runs(old: &Unit, new: &Unit) -> Vec<Run> {
    let keys = |unit: &Unit| -> Vec<Digest> { unit.words.iter().map(|word| word.key).collect() };
    let mut runs = Vec::new();
    let mut at = 0;
    for change in changes(&keys(old), &keys(new)) {
        push(&mut runs, Run::Same(words(new, at..change.new.start)));
        push(&mut runs, Run::Deleted(words(old, change.base)));
        at = change.new.end;
        push(&mut runs, Run::Inserted(words(new, change.new)));
    }
    push(&mut runs, Run::Same(words(new, at..new.words.len())));
    runs
}

fn push(runs: &mut Vec<Run>, run: Run) {
    let (Run::Same(text) | Run::Deleted(text) | Run::Inserted(text)) = &run;
    if !text.is_empty() {
        runs.push(run);
    }
}

/// Words as written, with the blank before the first of them.
fn words(unit: &Unit, range: std::ops::Range<usize>) -> String {
    match (unit.words.get(range.start), unit.words.get(range.end.wrapping_sub(1))) {
        (Some(first), Some(last)) if !range.is_empty() => {
            let start = if range.start == 0 { first.text.start } else { first.space.start };
            unit.text[start..last.text.end].to_string()
        }
        _ => String::new(),
    }
}
