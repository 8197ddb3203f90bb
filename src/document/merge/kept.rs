//! The last section, for what is mine and has no place any more.

use std::borrow::Cow;
use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;

use crate::document::blocks::Kind;
use crate::document::merge::outline::Outline;
use crate::document::units::{Unit, Units};

/// Writes the section, with a heading unless it stands there from an earlier run. Rows get the header of their table, and
/// what was indented below something else begins at the margin. Lines end by LF.
pub fn section(mine: &Units, places: &[usize], version: &str, has_heading: bool) -> String {
    let mut out = if has_heading { String::new() } else { format!("\n\n{}", heading(version)) };
    let outline = Outline::of(&mine.list);
    let header = |place: usize| outline.header[place];
    let mut last: Option<usize> = None;
    let mut margin = 0;
    for place in places {
        let unit = &mine.list[*place];
        let is_same_table = last.is_some_and(|last| header(last) == header(*place));
        let is_tight = is_same_table && last.is_some_and(|last| goes_on(&mine.list[last], unit));
        out.push_str(if is_tight { "\n" } else { "\n\n" });
        if let Some(header) = header(*place).filter(|header| !is_same_table && header != place) {
            out.push_str(&format!("{}\n", mine.list[header].text));
        }
        margin = if last.is_some_and(|last| last + 1 == *place) { margin.min(unit.indent) } else { unit.indent };
        out.push_str(&dedented(&unit.text, margin));
        last = Some(*place);
    }
    out.replace("\r\n", "\n")
}

/// The lines of a block without so many of the blanks they begin with.
fn dedented(text: &str, margin: usize) -> String {
    let line = |line: &str| {
        let blanks = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).take(margin).count();
        line[blanks..].to_string()
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
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
