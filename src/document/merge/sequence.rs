//! Merges the order of the blocks: mine, with what upstream took away, moved and put in.

use std::collections::HashSet;

use crate::document::align::moved;
use crate::document::blocks::Kind;
use crate::document::merge::chain::{Chain, START};
use crate::document::merge::outline::Outline;
use crate::document::merge::sides::Sides;
use crate::document::units::Unit;

/// A block of the outcome and where it stands in each document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its place in the base.
    pub base: Option<usize>,
    /// Its place in mine.
    pub mine: Option<usize>,
    /// Its place in theirs.
    pub theirs: Option<usize>,
}

/// The order of the outcome.
#[derive(Debug, Default)]
pub struct Sequence {
    /// The blocks in order.
    pub nodes: Vec<Node>,
    /// The blocks of mine that upstream took away and in which something is mine, in my order.
    pub homeless: Vec<usize>,
    /// The blocks of theirs that I deleted, or that upstream put into what I deleted.
    pub deleted: Vec<usize>,
    /// The blocks of theirs that upstream put in.
    pub inserted: Vec<usize>,
    /// The blocks of theirs that upstream moved.
    pub moved: Vec<usize>,
    /// The blocks of mine that upstream took away and in which nothing is mine.
    pub removed: Vec<usize>,
}

/// Arranges the blocks. With `keeps_place`, what upstream took away and I changed stays where it is.
pub fn arrange(sides: &Sides, keeps_place: bool) -> Sequence {
    let mut sequence = Sequence::default();
    let mut chain = Chain::new();
    let mut link_of_mine = vec![START; sides.mine.list.len()];
    let mut last = START;
    for (mine, fate) in fates(sides).into_iter().enumerate() {
        match fate {
            Fate::Homeless if !keeps_place => sequence.homeless.push(mine),
            Fate::Removed => sequence.removed.push(mine),
            Fate::Stays | Fate::Homeless => {
                let (base, theirs) = (sides.base_of_mine[mine], sides.theirs_of_mine(mine));
                last = chain.insert(last, Node { base, mine: Some(mine), theirs });
                link_of_mine[mine] = last;
            }
        }
    }
    let gone = gone(sides);
    let (theirs_moved, mine_moved) = (moved(&sides.theirs_of_base), moved(&sides.mine_of_base));
    let mut before = START;
    for (theirs, is_gone) in gone.into_iter().enumerate() {
        let base = sides.base_of_theirs[theirs];
        if let Some(mine) = sides.mine_of_theirs(theirs) {
            let link = link_of_mine[mine];
            if base.is_some_and(|base| theirs_moved[base] && !mine_moved[base]) {
                take_along(&mut chain, sides, link, before);
                sequence.moved.push(theirs);
            }
            before = link;
        } else if is_gone {
            sequence.deleted.push(theirs);
        } else {
            let place = place_behind(&chain, sides, before, &sides.theirs.list[theirs]);
            before = chain.insert(place, Node { base: None, mine: None, theirs: Some(theirs) });
            sequence.inserted.push(theirs);
        }
    }
    sequence.nodes = chain.behind(START).map(|link| *chain.node(link)).collect();
    sequence
}

/// Moves a block behind another one, with what I wrote below it.
fn take_along(chain: &mut Chain, sides: &Sides, link: usize, before: usize) {
    let indent = sides.unit(chain.node(link)).indent;
    let is_below = |link: &usize| is_own(chain.node(*link)) && sides.unit(chain.node(*link)).indent > indent;
    let last = chain.behind(link).take_while(is_below).last().unwrap_or(link);
    let place = place_behind(chain, sides, before, sides.unit(chain.node(link)));
    chain.shift(link, last, place);
}

/// The link behind which a block goes that follows another: behind what I wrote below that one, and behind the rest of a
/// table or list that I made longer.
fn place_behind(chain: &Chain, sides: &Sides, before: usize, unit: &Unit) -> usize {
    if before == START {
        return START;
    }
    let neighbour = sides.unit(chain.node(before));
    let binds = |link: &usize| {
        let own = sides.unit(chain.node(*link));
        let is_below = own.indent > neighbour.indent && unit.indent <= neighbour.indent;
        let is_same_table = own.is_row() && neighbour.is_row() && !unit.is_row();
        let is_list = own.kind == Kind::Item && neighbour.kind == Kind::Item;
        let is_same_list = is_list && unit.kind != Kind::Item && unit.indent == 0;
        is_own(chain.node(*link)) && (is_below || is_same_table || is_same_list)
    };
    chain.behind(before).take_while(binds).last().unwrap_or(before)
}

fn is_own(node: &Node) -> bool {
    node.base.is_none() && node.theirs.is_none()
}

/// What becomes of a block of mine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Stays,
    Homeless,
    Removed,
}

/// The fate of each block of mine. What I wrote into something that upstream took away goes with it.
fn fates(sides: &Sides) -> Vec<Fate> {
    let outline = Outline::of(&sides.mine.list);
    let mut fates: Vec<Fate> = Vec::new();
    for mine in 0..sides.mine.list.len() {
        let above = outline.container(mine).map(|container| fates[container]);
        fates.push(match (sides.base_of_mine[mine], sides.theirs_of_mine(mine)) {
            (None, None) if above.is_some_and(|fate| fate != Fate::Stays) => Fate::Homeless,
            (None, _) | (_, Some(_)) => Fate::Stays,
            (Some(_), None) if sides.is_touched(mine) || has_own_below(sides, mine) => Fate::Homeless,
            (Some(_), None) => Fate::Removed,
        });
    }
    fates
}

/// Whether I wrote something directly below an item.
fn has_own_below(sides: &Sides, mine: usize) -> bool {
    let unit = &sides.mine.list[mine];
    let next = sides.mine.list.get(mine + 1).filter(|_| !unit.is_row());
    next.is_some_and(|next| next.indent > unit.indent && sides.base_of_mine[mine + 1].is_none())
}

/// Which blocks of theirs I deleted, or were put into something that I deleted: a table, an item, or a whole section.
fn gone(sides: &Sides) -> Vec<bool> {
    let units = &sides.theirs.list;
    let outline = Outline::of(units);
    let is_there = |at: usize| sides.mine_of_theirs(at).is_some();
    let is_deleted = |at: usize| sides.base_of_theirs[at].is_some() && !is_there(at);
    // Sections of which something is left.
    let alive: HashSet<usize> =
        (0..units.len()).filter(|at| is_there(*at)).filter_map(|at| outline.heading[at]).collect();
    let is_in_deleted = |at: usize| match (units[at].kind, outline.container(at), outline.heading[at]) {
        (Kind::Header | Kind::Heading, _, _) => false,
        (_, Some(container), _) => is_deleted(container),
        (_, None, Some(heading)) => is_deleted(heading) && !alive.contains(&heading),
        (_, None, None) => false,
    };
    (0..units.len()).map(|at| !is_there(at) && (is_deleted(at) || is_in_deleted(at))).collect()
}
