//! Merges one block that all three documents have.

use crate::base::digest::Digest;
use crate::document::blocks::Kind;
use crate::document::merge::three_way::{Part, three_way};
use crate::document::units::Unit;
use crate::document::words::Word;

/// What becomes of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Its text.
    Text(String),
    /// Both sides changed the same words.
    Conflict {
        /// Mine, as it stands.
        mine: String,
        /// Theirs, with my tick.
        theirs: String,
    },
}

/// Merges a block. `base` and `theirs` are filled with the answers that stand in mine. What only one side touched comes
/// from that side to the byte.
pub fn merge(base: &Unit, mine: &Unit, theirs: &Unit) -> Content {
    let tick = if mine.is_ticked() == base.is_ticked() { theirs.is_ticked() } else { mine.is_ticked() };
    let is_ticked = tick.unwrap_or(false);
    if base.plain() == theirs.plain() {
        return Content::Text(if tick.is_some() { mine.with_tick(is_ticked) } else { mine.text.clone() });
    }
    let has_place = theirs.tick.is_some() || mine.is_ticked() == base.is_ticked();
    if base.plain() == mine.plain() && has_place {
        return Content::Text(theirs.with_tick(is_ticked));
    }
    let keys = |unit: &Unit| -> Vec<Digest> { unit.words.iter().map(|word| word.key).collect() };
    let Some(parts) = three_way(&keys(base), &keys(mine), &keys(theirs)) else {
        return Content::Conflict { mine: mine.text.clone(), theirs: theirs.with_tick(is_ticked) };
    };
    let (mark, tick) = mark(base, mine, theirs, has_place);
    let mut text = mark;
    if let Some(at) = tick.filter(|at| is_ticked == text[*at..].starts_with(' ')) {
        text.replace_range(at..at + 1, if is_ticked { "x" } else { " " });
    }
    put_together(&mut text, parts, (mine, &mine.words), (theirs, &theirs.words));
    let end = mine.words.last().map_or(mine.mark.end, |word| word.text.end);
    text.push_str(&mine.text[end..]);
    Content::Text(text)
}

/// Writes the parts. Mine keep the blanks and breaks before them; theirs keep a break only where it has a meaning.
pub fn put_together(out: &mut String, parts: Vec<Part>, mine: (&Unit, &[Word]), theirs: (&Unit, &[Word])) {
    let mut is_first = true;
    for part in parts {
        let (unit, words, range, is_mine) = match part {
            Part::Mine(range) => (mine.0, mine.1, range, true),
            Part::Theirs(range) => (theirs.0, theirs.1, range, false),
        };
        for index in range {
            let word = &words[index];
            let space = &unit.text[word.space.clone()];
            let is_soft = !is_mine && !word.is_hard && space.contains('\n');
            out.push_str(match (is_first, index) {
                (true, 0) if is_mine => space,
                (true, _) => "",
                (false, 0) if word.is_hard => "\n",
                (false, 0) => " ",
                _ if is_soft => " ",
                _ => space,
            });
            out.push_str(&unit.text[word.text.clone()]);
            is_first = false;
        }
    }
}

/// The mark, and where the tick stands in it: mine if I changed it, else theirs.
fn mark(base: &Unit, mine: &Unit, theirs: &Unit, has_place: bool) -> (String, Option<usize>) {
    let plain = |unit: &Unit| unit.with_tick(false)[unit.mark.clone()].to_string();
    let is_changed = plain(mine) != plain(base);
    // The line below a heading stays with mine, so its other form must too.
    let is_underlined = mine.kind == Kind::Heading && [base, mine, theirs].iter().any(|unit| unit.text.contains('\n'));
    let from = if is_changed || is_underlined || !has_place { mine } else { theirs };
    (from.text[from.mark.clone()].to_string(), from.tick)
}
