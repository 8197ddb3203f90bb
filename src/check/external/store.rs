//! Remembers on disk what sites answered, so that a good link is not asked for again on every run.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::base::fs;
use crate::base::fs::write as disk;
use crate::check::external::verdict::{Answer, Verdict, judge};
use crate::config::external::External;

/// For how many seconds an answer that is not good is remembered: while the author mends what can be mended.
const KEEP_BAD: i64 = 60 * 60;

const DAY: i64 = 24 * 60 * 60;

/// What sites answered, by address.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Store {
    answers: BTreeMap<String, Remembered>,
}

/// An answer and when it came, in seconds since 1970.
#[derive(Debug, Serialize, Deserialize)]
struct Remembered {
    at: i64,
    answer: Answer,
}

impl Store {
    /// Reads what was remembered; what cannot be read is as good as nothing.
    pub fn read(path: &Path) -> Self {
        let bytes = fs::read_if_there(path).ok().flatten();
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Forgets what is no longer taken for true `now`, in seconds since 1970.
    pub fn forget(&mut self, now: i64, settings: &External) {
        self.answers.retain(|_, remembered| {
            // An answer of the future was written by a clock that was wrong.
            (0..keep(&remembered.answer, settings)).contains(&now.saturating_sub(remembered.at))
        });
    }

    /// Returns what is remembered of an address.
    pub fn recall(&self, address: &str) -> Option<&Answer> {
        self.answers.get(address).map(|remembered| &remembered.answer)
    }

    /// Remembers an answer that came `now`, in seconds since 1970.
    pub fn remember(&mut self, address: &str, answer: Answer, now: i64) {
        self.answers.insert(address.to_string(), Remembered { at: now, answer });
    }

    /// Writes it as a whole, into a folder that is made if need be.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, path: &Path) -> Result<()> {
        if let (Some(folder), Some(above)) = (path.parent(), path.parent().and_then(Path::parent)) {
            let name = folder.file_name().unwrap_or_default();
            disk::make_folders_below(above, Path::new(name))?;
        }
        let json = serde_json::to_vec_pretty(self).unwrap_or_default();
        disk::replace(path, &json)
    }
}

/// For how many seconds an answer is taken for true. That there was none says as much of this machine's network.
fn keep(answer: &Answer, settings: &External) -> i64 {
    let may_pass = match answer {
        Answer::Failure(failure) => failure.may_pass(),
        Answer::Silent => true,
        Answer::Status { .. } | Answer::Busy => false,
    };
    match judge(answer, &settings.accept) {
        Verdict::Good | Verdict::Moved(_) => settings.keep * DAY,
        Verdict::Unsure(_) | Verdict::Broken(_) if may_pass => 0,
        Verdict::Unsure(_) | Verdict::Broken(_) => KEEP_BAD,
    }
}
