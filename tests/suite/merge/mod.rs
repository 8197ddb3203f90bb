//! Brings forks up to date: what the person did stays, what upstream did comes in.

mod cases;
mod examples;
mod generate;
mod hostile;
mod properties;
mod state;
mod table;

use fieldbook::document::Format;
use fieldbook::document::merge::{Merged, Update, merge};

/// Merges three Markdown texts, from version 3 to version 4.
#[track_caller]
fn update(base: &str, mine: &str, theirs: &str) -> Merged {
    let update = Update { base: Some(base), from: 3, mine, theirs, to: 4, format: Format::Markdown };
    merge(&update).expect("a base and no marks of a conflict")
}
