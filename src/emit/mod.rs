//! Writes what changed, removes what is gone, and leaves everything else alone.
//!
//! A build goes in two moves. [`stage`] makes all bytes and puts those that differ from what is there into a working
//! folder; the site is not touched. [`Staged::commit`] writes a journal of what it is about to do, renames the staged
//! files into place (assets, then pages), removes what is gone, and puts the new manifest in the place of the old.
//! A run that is killed before the journal is there leaves the old site; one that is killed after it is completed by
//! the next run, which finds the journal. Every file gets to its place by a rename, so none is ever half written.
//!
//! Only journal and manifest are forced to the disk; a process that dies loses nothing by that. After a power cut a
//! file may be short or old: the next build sees it by size and time, compares its bytes and writes it again.

pub mod folder;
mod journal;
mod manifest;
pub mod memory;
mod sink;
#[cfg(test)]
mod tests;
mod ways;

use anyhow::Result;

use crate::emit::folder::{OutputFolder, Work};
use crate::emit::journal::{Journal, Step};
use crate::emit::manifest::Manifest;
use crate::emit::sink::Sunk;
use crate::emit::ways::Ways;
use crate::model::output::{Content, Output, Rank};

/// Makes the bytes of outputs on demand.
pub type Make<'a> = dyn Fn(&Output) -> Content + Sync + 'a;

/// Outputs whose bytes were made and staged, and not yet put in place. While it lives, no other build may write there.
#[derive(Debug)]
#[must_use = "nothing is put in place before `commit`"]
pub struct Staged {
    work: Work,
    journal: Journal,
    old: Manifest,
    new: Manifest,
    written: Written,
}

/// What a build did to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// All outputs of the site.
    pub outputs: usize,
    /// Those that were new or had other bytes than before.
    pub written: usize,
    /// Files of the last build that no longer belong and were removed.
    pub removed: usize,
    /// The bytes of all outputs.
    pub bytes: u64,
}

/// Makes the bytes of all outputs in parallel and stages those that changed beside the output folder.
///
/// The bytes of an output are in memory only until they are staged. What a run before this one left unfinished is
/// completed first.
///
/// # Errors
/// When the disk refuses, another build has the folder, or something that is not ours is in the way of an output; the
/// output folder is then as it was.
pub fn stage(out: &OutputFolder, outputs: &[Output], make: &Make<'_>) -> Result<Staged> {
    let work = Work::open(out)?;
    journal::recover(&work)?;
    let old = Manifest::read(&work.manifest())?;
    let ways = Ways::find(&work.out, outputs, &old)?;
    let sunk = sink::sink_all(&work, outputs, make, (&old, &ways)).inspect_err(|_| {
        // The next run drops what is left; the first error is the one that tells.
        let _ = journal::drop_staging(&work);
    })?;
    let written = Written {
        outputs: outputs.len(),
        written: sunk.iter().filter(|sunk| sunk.is_staged).count(),
        removed: ways.first.len() + ways.last.len(),
        bytes: sunk.iter().map(|sunk| sunk.record.stamp.size).sum(),
    };
    let journal = journal_of(outputs, &sunk, &ways);
    let records = outputs.iter().zip(&sunk).map(|(output, sunk)| (output.path.clone(), sunk.record)).collect();
    Ok(Staged { work, journal, old, new: Manifest { records }, written })
}

impl Staged {
    /// Returns what the commit will do.
    pub fn written(&self) -> &Written {
        &self.written
    }

    /// Puts the staged files in place: assets, then pages, then removals, each by rename.
    ///
    /// # Errors
    /// When the disk refuses; the next run completes what was begun.
    pub fn commit(self) -> Result<Written> {
        if self.journal.steps.is_empty() {
            if self.new != self.old {
                self.new.write(&self.work.manifest())?;
            }
            journal::drop_staging(&self.work)?;
            return Ok(self.written);
        }
        self.begin()?;
        self.journal.play(&self.work)?;
        Ok(self.written)
    }

    /// Drops the staged files and leaves the folder as it is.
    ///
    /// # Errors
    /// When the staged files cannot be removed.
    pub fn discard(self) -> Result<()> {
        journal::drop_staging(&self.work)
    }

    /// Writes down what is to be done. From here on the new site will come to be, in this run or the next.
    fn begin(&self) -> Result<()> {
        self.new.write(&journal::next_manifest(&self.work))?;
        self.journal.write(&self.work.journal())
    }
}

/// What is in the way of new files goes first; everything else that is gone goes when nothing leads there any more.
fn journal_of(outputs: &[Output], sunk: &[Sunk], ways: &Ways) -> Journal {
    let mut steps: Vec<Step> = ways.first.iter().cloned().map(Step::Remove).collect();
    for rank in [Rank::Asset, Rank::Page] {
        let staged = outputs.iter().zip(sunk).enumerate();
        let staged = staged.filter(|(_, (output, sunk))| sunk.is_staged && output.rank == rank);
        steps.extend(staged.map(|(number, (output, _))| Step::Put(rank, number, output.path.clone())));
    }
    steps.extend(ways.last.iter().cloned().map(Step::Remove));
    Journal { steps }
}
