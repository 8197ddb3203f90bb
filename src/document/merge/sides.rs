//! The three documents of a merge, and which of their blocks are the same one.

use std::collections::HashMap;

use crate::base::digest::Digest;
use crate::document::Format;
use crate::document::align::align;
use crate::document::answers;
use crate::document::merge::sequence::Node;
use crate::document::placeholders::{Answers, fill_in, find_in};
use crate::document::units::{Unit, Units};

/// The same thing of all three documents.
#[derive(Clone, Debug, Default)]
pub struct Three<T> {
    /// Of what I started from.
    pub base: T,
    /// Of what I made of it.
    pub mine: T,
    /// Of what upstream made of it.
    pub theirs: T,
}

/// The three documents, base and theirs filled with the answers that stand in mine.
pub struct Sides {
    /// What I started from.
    pub base: Units,
    /// What I made of it.
    pub mine: Units,
    /// What upstream made of it.
    pub theirs: Units,
    /// For each block of the base, its place in mine.
    pub mine_of_base: Vec<Option<usize>>,
    /// For each block of the base, its place in theirs.
    pub theirs_of_base: Vec<Option<usize>>,
    /// For each block of mine, its place in the base.
    pub base_of_mine: Vec<Option<usize>>,
    /// For each block of theirs, its place in the base.
    pub base_of_theirs: Vec<Option<usize>>,
    /// Blocks that both sides put in, by their place in mine.
    pub both: HashMap<usize, usize>,
    /// The same, by their place in theirs.
    pub both_of_theirs: HashMap<usize, usize>,
}

impl Sides {
    /// Compares three documents, the base and theirs not yet filled.
    pub fn of(three: Three<Units>, known: &Answers, format: Format) -> Self {
        let Three { base, mine, theirs } = three;
        let first = align(&base.list, &mine.list);
        let theirs_of_base = align(&base.list, &theirs.list);
        let base_of_theirs = inverse(&theirs_of_base, theirs.list.len());
        let local: Vec<Answers> = (0..base.list.len())
            .map(|at| match first[at] {
                Some(place) => answers::of_unit(&base.list[at], &mine.list[place], known, format),
                None => known.clone(),
            })
            .collect();
        let ids = |unit: &Unit| find_in(&unit.text).into_iter().map(|placeholder| placeholder.id).collect();
        let asks: Vec<Vec<String>> = base.list.iter().map(ids).collect();
        let base = filled(base, format, |at| local[at].clone());
        let theirs = filled(theirs, format, |at| {
            let mut all = known.clone();
            if let Some(at) = base_of_theirs[at] {
                // What the block had before is filled as there, whatever is known from other blocks.
                all.retain(|id, _| !asks[at].contains(id));
                all.extend(local[at].clone());
            }
            all
        });
        let mine_of_base = if local.iter().all(Answers::is_empty) { first } else { align(&base.list, &mine.list) };
        let base_of_mine = inverse(&mine_of_base, mine.list.len());
        let mut sides = Sides {
            base,
            mine,
            theirs,
            mine_of_base,
            theirs_of_base,
            base_of_mine,
            base_of_theirs,
            both: HashMap::new(),
            both_of_theirs: HashMap::new(),
        };
        sides.pair_what_both_put_in();
        sides
    }

    /// The place in theirs of a block of mine.
    pub fn theirs_of_mine(&self, mine: usize) -> Option<usize> {
        let through_base = self.base_of_mine[mine].and_then(|base| self.theirs_of_base[base]);
        through_base.or_else(|| self.both.get(&mine).copied())
    }

    /// The place in mine of a block of theirs.
    pub fn mine_of_theirs(&self, theirs: usize) -> Option<usize> {
        let through_base = self.base_of_theirs[theirs].and_then(|base| self.mine_of_base[base]);
        through_base.or_else(|| self.both_of_theirs.get(&theirs).copied())
    }

    /// The unit a node stands for, mine first.
    pub fn unit(&self, node: &Node) -> &Unit {
        match (node.mine, node.theirs, node.base) {
            (Some(mine), _, _) => &self.mine.list[mine],
            (None, Some(theirs), _) => &self.theirs.list[theirs],
            (None, None, base) => &self.base.list[base.unwrap_or(0)],
        }
    }

    /// Whether I changed words or the tick of a block that was in the base.
    pub fn is_touched(&self, mine: usize) -> bool {
        let unit = &self.mine.list[mine];
        self.base_of_mine[mine].is_some_and(|base| {
            let base = &self.base.list[base];
            base.key != unit.key || base.is_ticked() != unit.is_ticked()
        })
    }

    /// A block that both sides put in with the same words is one block.
    fn pair_what_both_put_in(&mut self) {
        let mut places: HashMap<Digest, Vec<usize>> = HashMap::new();
        let is_new = |at: &usize| self.base_of_theirs[*at].is_none() && !self.theirs.list[*at].bag.is_empty();
        for at in (0..self.theirs.list.len()).rev().filter(is_new) {
            places.entry(self.theirs.list[at].key).or_default().push(at);
        }
        for (at, unit) in self.mine.list.iter().enumerate() {
            let has_theirs = self.base_of_mine[at].is_some_and(|base| self.theirs_of_base[base].is_some());
            if has_theirs {
                continue;
            }
            if let Some(theirs) = places.get_mut(&unit.key).and_then(Vec::pop) {
                self.both.insert(at, theirs);
                self.both_of_theirs.insert(theirs, at);
            }
        }
    }
}

/// Turns a list of places around.
fn inverse(places: &[Option<usize>], length: usize) -> Vec<Option<usize>> {
    let mut inverse = vec![None; length];
    for (at, place) in places.iter().enumerate() {
        if let Some(place) = place {
            inverse[*place] = Some(at);
        }
    }
    inverse
}

fn filled(units: Units, format: Format, answers: impl Fn(usize) -> Answers) -> Units {
    let fill = |(at, unit): (usize, Unit)| match unit.blanks.is_empty() {
        true => unit,
        false => {
            let text = fill_in(&unit.text, unit.kind, &answers(at), format);
            Unit::new(unit.kind, &unit.gap, &text, format)
        }
    };
    Units { list: units.list.into_iter().enumerate().map(fill).collect(), tail: units.tail }
}
