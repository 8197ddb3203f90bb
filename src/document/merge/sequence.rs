//! Merges the order of the blocks: mine, with what upstream took away, moved and put in.

use crate::document::align::moved;
use crate::document::blocks::Kind;
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
    let gone = Gone::of(sides);
    for mine in 0..sides.mine.list.len() {
        let base = sides.base_of_mine[mine];
        let node = Node { base, mine: Some(mine), theirs: sides.theirs_of_mine(mine) };
        match gone.0[mine] {
            Fate::Stays => sequence.nodes.push(node),
            Fate::Homeless if keeps_place => sequence.nodes.push(node),
            Fate::Homeless => sequence.homeless.push(mine),
            Fate::Removed => sequence.removed.push(mine),
        }
    }
    let theirs_moved = moved(&sides.theirs_of_base);
    let mine_moved = moved(&sides.mine_of_base);
    let mut before: Option<usize> = None;
    for theirs in 0..sides.theirs.list.len() {
        let base = sides.base_of_theirs[theirs];
        if let Some(mine) = sides.mine_of_theirs(theirs) {
            if base.is_some_and(|base| theirs_moved[base] && !mine_moved[base]) {
                sequence.take_along(sides, mine, before);
                sequence.moved.push(theirs);
            }
            before = Some(theirs);
        } else if base.is_some() || is_in_deleted(sides, theirs) {
            sequence.deleted.push(theirs);
        } else {
            let at = sequence.place_behind(sides, before, &sides.theirs.list[theirs]);
            sequence.nodes.insert(at, Node { base: None, mine: None, theirs: Some(theirs) });
            sequence.inserted.push(theirs);
            before = Some(theirs);
        }
    }
    sequence
}

impl Sequence {
    /// Moves a block behind another one, with what I wrote below it.
    fn take_along(&mut self, sides: &Sides, mine: usize, before: Option<usize>) {
        let Some(from) = self.nodes.iter().position(|node| node.mine == Some(mine)) else { return };
        let indent = sides.mine.list[mine].indent;
        let is_below = |node: &&Node| is_own(node) && sides.unit(node).indent > indent;
        let count = 1 + self.nodes[from + 1..].iter().take_while(is_below).count();
        let taken: Vec<Node> = self.nodes.drain(from..from + count).collect();
        let at = self.place_behind(sides, before, &sides.mine.list[mine]);
        self.nodes.splice(at..at, taken);
    }

    /// The place for a block behind another: behind what I wrote below that one, and behind the rest of a table or list
    /// that I made longer.
    fn place_behind(&self, sides: &Sides, before: Option<usize>, unit: &Unit) -> usize {
        let Some(before) = before else { return 0 };
        let Some(at) = self.nodes.iter().rposition(|node| node.theirs == Some(before)) else { return self.nodes.len() };
        let neighbour = sides.unit(&self.nodes[at]);
        let is_below = |own: &Unit| own.indent > neighbour.indent && unit.indent <= neighbour.indent;
        let is_same_table = |own: &Unit| own.is_row() && neighbour.is_row() && !unit.is_row();
        let is_same_list = |own: &Unit| {
            own.kind == Kind::Item && neighbour.kind == Kind::Item && unit.kind != Kind::Item && unit.indent == 0
        };
        let binds = |node: &&Node| {
            let own = sides.unit(node);
            is_own(node) && (is_below(own) || is_same_table(own) || is_same_list(own))
        };
        at + 1 + self.nodes[at + 1..].iter().take_while(binds).count()
    }
}

/// What becomes of a block of mine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Stays,
    Homeless,
    Removed,
}

/// The fate of each block of mine.
struct Gone(Vec<Fate>);

impl Gone {
    fn of(sides: &Sides) -> Self {
        let mut fates = Vec::new();
        for (mine, unit) in sides.mine.list.iter().enumerate() {
            let is_own = sides.base_of_mine[mine].is_none();
            let container = if is_own { container(&sides.mine.list, mine) } else { None };
            let parent = container.and_then(|at| fates.get(at).copied());
            let fate = match (sides.base_of_mine[mine], sides.theirs_of_mine(mine)) {
                (None, _) if parent.is_some_and(|fate| fate != Fate::Stays) => Fate::Homeless,
                (None, _) | (_, Some(_)) => Fate::Stays,
                (Some(_), None) if sides.is_touched(mine) || has_own_below(sides, mine, unit) => Fate::Homeless,
                (Some(_), None) => Fate::Removed,
            };
            fates.push(fate);
        }
        Gone(fates)
    }
}

/// Whether I wrote something below an item or into a table.
fn has_own_below(sides: &Sides, mine: usize, unit: &Unit) -> bool {
    if unit.is_row() {
        return false;
    }
    let next = sides.mine.list.get(mine + 1);
    next.is_some_and(|next| next.indent > unit.indent && sides.base_of_mine[mine + 1].is_none())
}

fn is_own(node: &Node) -> bool {
    node.base.is_none() && node.theirs.is_none()
}

/// The block that another belongs to: the header of its table, or the item it stands below.
fn container(units: &[Unit], at: usize) -> Option<usize> {
    let unit = &units[at];
    let mut before = (0..at).rev();
    if unit.is_row() {
        return before.take_while(|at| units[*at].is_row()).find(|at| units[*at].kind == Kind::Header);
    }
    if unit.indent == 0 {
        return None;
    }
    before.find(|at| units[*at].indent < unit.indent).filter(|at| units[*at].kind == Kind::Item)
}

/// Whether upstream put a block into something that I deleted: a table, an item, or a whole section.
fn is_in_deleted(sides: &Sides, theirs: usize) -> bool {
    let units = &sides.theirs.list;
    let is_deleted = |at: usize| sides.base_of_theirs[at].is_some() && sides.mine_of_theirs(at).is_none();
    if units[theirs].kind == Kind::Header || units[theirs].kind == Kind::Heading {
        return false;
    }
    if let Some(container) = container(units, theirs) {
        return is_deleted(container);
    }
    let is_heading = |at: &usize| units[*at].kind == Kind::Heading;
    let Some(heading) = (0..theirs).rev().find(is_heading).filter(|at| is_deleted(*at)) else { return false };
    let end = (theirs..units.len()).find(is_heading).unwrap_or(units.len());
    (heading..end).all(|at| sides.mine_of_theirs(at).is_none())
}
