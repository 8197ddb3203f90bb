//! What an update changed, in numbers and in a sentence.

use std::fmt;

/// How many blocks upstream changed, and what became of mine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Blocks that upstream worded anew.
    pub reworded: usize,
    /// Blocks that upstream put in.
    pub inserted: usize,
    /// Blocks that upstream moved.
    pub moved: usize,
    /// Blocks that upstream took away.
    pub removed: usize,
    /// Blocks of mine that moved to the last section.
    pub kept: usize,
    /// Blocks that I deleted and that stay so.
    pub deleted: usize,
    /// Places where both changed the same words.
    pub conflicts: usize,
}

impl fmt::Display for Summary {
    /// Writes what is not nothing: `2 reworded, 1 inserted; 1 conflict`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.reworded, "reworded"),
            (self.inserted, "inserted"),
            (self.moved, "moved"),
            (self.removed, "removed"),
            (self.kept, "kept in the last section"),
            (self.deleted, "deleted by you and left out"),
            (self.conflicts, if self.conflicts == 1 { "conflict" } else { "conflicts" }),
        ];
        let words: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        formatter.write_str(if words.is_empty() { "nothing changed" } else { "" })?;
        formatter.write_str(&words.join(", "))
    }
}
