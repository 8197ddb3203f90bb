//! Blocks in an order that changes: each knows its neighbours, so that putting one in takes no longer in a long document.

use crate::document::merge::sequence::Node;

/// The link before the first block.
pub const START: usize = 0;

/// The blocks of an outcome in the making.
pub struct Chain {
    /// The first is no block but the place before all.
    links: Vec<Link>,
}

struct Link {
    node: Node,
    before: usize,
    next: Option<usize>,
}

impl Chain {
    /// Makes a chain without blocks.
    pub fn new() -> Self {
        let node = Node { base: None, mine: None, theirs: None };
        Chain { links: vec![Link { node, before: START, next: None }] }
    }

    /// Puts a block behind a link and gives its own.
    pub fn insert(&mut self, behind: usize, node: Node) -> usize {
        let link = self.links.len();
        self.links.push(Link { node, before: START, next: None });
        self.join(behind, link, link);
        link
    }

    /// Takes the links from `first` to `last` out and puts them behind another one.
    pub fn shift(&mut self, first: usize, last: usize, behind: usize) {
        let (before, next) = (self.links[first].before, self.links[last].next);
        self.links[before].next = next;
        if let Some(next) = next {
            self.links[next].before = before;
        }
        self.join(behind, first, last);
    }

    /// The block of a link.
    pub fn node(&self, link: usize) -> &Node {
        &self.links[link].node
    }

    /// The links behind one, in order.
    pub fn behind(&self, link: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.links[link].next, |link| self.links[*link].next)
    }

    fn join(&mut self, behind: usize, first: usize, last: usize) {
        let next = self.links[behind].next.replace(first);
        self.links[first].before = behind;
        self.links[last].next = next;
        if let Some(next) = next {
            self.links[next].before = last;
        }
    }
}
