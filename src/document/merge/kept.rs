//! The last section, for what is mine and has no place any more.

use std::borrow::Cow;
use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;

use crate::document::blocks::Kind;
use crate::document::units::{Unit, Units};

/// Writes the section, with a heading unless it stands there from an earlier run. Rows get the header of their table.
/// Lines end by LF.
pub fn section(mine: &Units, places: &[usize], version: &str, has_heading: bool) -> String {
    let mut out = String::new();
    if !has_heading {
        out.push_str(&format!("\n\n{}", heading(version)));
    }
    let mut last: Option<&Unit> = None;
    let mut header_of_last = None;
    for place in places {
        let unit = &mine.list[*place];
        let header = header(mine, *place);
        let is_new_table = header.is_some() && header != header_of_last;
        let is_tight = !is_new_table && last.is_some_and(|last| goes_on(last, unit));
        out.push_str(if is_tight { "\n" } else { "\n\n" });
        if let Some(header) = header.filter(|header| is_new_table && header != place) {
            for unit in &mine.list[header..=header + 1] {
                out.push_str(&unit.text);
                out.push('\n');
            }
        }
        out.push_str(&unit.text);
        (last, header_of_last) = (Some(unit), header);
    }
    out.replace("\r\n", "\n")
}

/// Returns the heading of the section.
pub fn heading(version: &str) -> String {
    format!("## Kept from {version}")
}

/// The places of the blocks of mine with a word that I wrote and that the outcome has not.
pub fn lost(base: &str, mine: &Units, outcome: &str) -> Vec<usize> {
    let (base, outcome) = (composed(base), composed(outcome));
    let (old, new): (HashSet<&str>, HashSet<&str>) = (words(&base).collect(), words(&outcome).collect());
    let has_lost = |unit: &Unit| {
        let text = composed(&unit.text);
        words(&text).any(|word| !old.contains(word) && !new.contains(word))
    };
    (0..mine.list.len()).filter(|place| has_lost(&mine.list[*place])).collect()
}

fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Whatever stands between punctuation and blanks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn goes_on(before: &Unit, next: &Unit) -> bool {
    (before.kind == Kind::Item && next.kind == Kind::Item) || (before.is_row() && next.is_row())
}

/// The header of the table that a row stands in, if the row of dashes follows it.
fn header(units: &Units, place: usize) -> Option<usize> {
    let row = units.list[place].kind == Kind::Row;
    let mut above = (0..place).rev().take_while(|at| units.list[*at].is_row());
    let header = if row { above.find(|at| units.list[*at].kind == Kind::Header) } else { None };
    header.filter(|at| units.list.get(at + 1).is_some_and(|unit| unit.kind == Kind::Delimiter))
}
