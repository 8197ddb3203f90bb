//! Which block belongs to which: rows to the header of their table, what is indented to its item, all to their heading.

use crate::document::blocks::Kind;
use crate::document::units::Unit;

/// What the blocks of a document belong to, by their places.
pub struct Outline {
    /// The header of the table that a row stands in; a header is its own.
    pub header: Vec<Option<usize>>,
    /// The heading above a block; a heading is its own.
    pub heading: Vec<Option<usize>>,
    parent: Vec<Option<usize>>,
}

impl Outline {
    /// Finds them.
    pub fn of(units: &[Unit]) -> Self {
        let mut outline = Outline { header: Vec::new(), heading: Vec::new(), parent: Vec::new() };
        let (mut header, mut heading) = (None, None);
        // The blocks that later ones may stand below, each deeper than the one before.
        let mut open: Vec<usize> = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            header = match unit.kind {
                Kind::Header => Some(at),
                _ => header.filter(|_| unit.is_row()),
            };
            heading = if unit.kind == Kind::Heading { Some(at) } else { heading };
            while open.last().is_some_and(|above| units[*above].indent >= unit.indent) {
                open.pop();
            }
            outline.header.push(header);
            outline.heading.push(heading);
            outline.parent.push(open.last().copied().filter(|above| units[*above].kind == Kind::Item));
            open.push(at);
        }
        outline
    }

    /// The header of a row's table, or the item that a block stands below.
    pub fn container(&self, at: usize) -> Option<usize> {
        match self.header[at] {
            Some(header) => Some(header).filter(|header| *header != at),
            None => self.parent[at],
        }
    }
}
