//! Decides what stands between two blocks: as in mine, as in theirs, or what Markdown needs.

use crate::document::blocks::Kind;
use crate::document::merge::sequence::Node;
use crate::document::merge::sides::{Sides, Three};
use crate::document::units::Unit;

/// Returns what stands between two neighbours of the outcome. Where a side has them side by side, it says what stands
/// between; where both do, the one that changed it.
pub fn between(sides: &Sides, before: &Node, next: &Node) -> String {
    let is_next = |before: Option<usize>, next: Option<usize>| before.is_some_and(|at| next == Some(at + 1));
    let gap = |units: &[Unit], place: Option<usize>| place.map(|at| units[at].gap.clone());
    let gaps = Three {
        base: gap(&sides.base.list, next.base.filter(|_| is_next(before.base, next.base))),
        mine: gap(&sides.mine.list, next.mine.filter(|_| is_next(before.mine, next.mine))),
        theirs: gap(&sides.theirs.list, next.theirs.filter(|_| is_next(before.theirs, next.theirs))),
    };
    let needed = needed(sides.unit(before), sides.unit(next));
    let written = match gaps {
        Three { mine: Some(mine), theirs: Some(theirs), base } => choose(&base.unwrap_or_default(), &mine, &theirs),
        Three { mine: Some(mine), .. } => mine,
        Three { theirs: Some(theirs), .. } => theirs,
        _ => {
            let own = &sides.unit(next).gap;
            let is_tight = own.is_empty() || needed == 1;
            if is_tight { "\n".repeat(needed) } else { own.clone() }
        }
    };
    let count = written.matches('\n').count();
    // What stands between them in mine is right, whatever it is.
    let is_as_written = is_next(before.mine, next.mine) || count >= needed;
    if is_as_written { written } else { "\n".repeat(needed) }
}

/// Three ways between the blanks before, or behind, everything.
pub fn choose(base: &str, mine: &str, theirs: &str) -> String {
    let plain = |gap: &str| gap.chars().filter(|c| *c == '\n').count();
    let is_mine = plain(base) == plain(theirs) || plain(mine) != plain(base);
    if is_mine { mine.to_string() } else { theirs.to_string() }
}

/// The line endings that two blocks need between them, so that they do not become one.
fn needed(before: &Unit, next: &Unit) -> usize {
    let is_field = |unit: &Unit| unit.kind == Kind::FrontMatter;
    let is_list = before.kind == Kind::Item && next.kind == Kind::Item;
    let is_table = before.is_row() && next.is_row() && next.kind != Kind::Header;
    let is_line = |unit: &Unit| matches!(unit.kind, Kind::Colons | Kind::Marker);
    if is_list || is_table || is_field(next) || is_line(next) || is_line(before) { 1 } else { 2 }
}
