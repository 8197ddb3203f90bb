//! Copies of templates: taking one, seeing how far it is behind, bringing it up to date, and releasing a new version.
//!
//! What is done to a text is in `document`; here it is fetched, kept and written. A fork is one file of a person: it is
//! never overwritten without being asked for, always written as a whole, and what it was before is kept.

pub mod adopt;
pub mod answers;
pub mod file;
pub mod front;
pub mod make;
pub mod release;
pub mod shelf;
pub mod show;
pub mod status;
pub mod template;
pub mod update;
pub mod upstream;

use std::path::PathBuf;

use crate::base::date::Day;

/// The most bytes that the text of a version, or a fork, may have.
pub const LONGEST_TEXT: u64 = 10 * 1024 * 1024;

/// The most bytes that a list of versions or of templates may have.
pub const LONGEST_LIST: u64 = 5 * 1024 * 1024;

/// Where and when a command is run.
#[derive(Clone, Debug)]
pub struct Near {
    /// The current folder, from which paths are meant.
    pub current: PathBuf,
    /// The day.
    pub today: Day,
}
