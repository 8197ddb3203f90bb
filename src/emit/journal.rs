//! What a commit does, step by step, written down before it begins, so that any later run can complete it.

use std::fmt::Write as _;
use std::mem;
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;

use crate::base::fs;
use crate::base::fs::write::{self as disk, Entry};
use crate::base::path::OutputPath;
use crate::emit::folder::Work;
use crate::model::output::Rank;

const FIRST_LINE: &str = "fieldbook journal 1";
const LAST_LINE: &str = "end";
/// The manifest of a build waits under this name among the staged files.
const NEXT_MANIFEST: &str = "manifest";

/// The steps of a commit in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    pub(super) steps: Vec<Step>,
}

/// One step. Each can be done again when it was already done, or done in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A file of the last build goes, and the folders that are empty without it.
    Remove(OutputPath),
    /// The staged file of this number is put in its place.
    Put(Rank, usize, OutputPath),
}

impl Journal {
    /// Reads a journal that was written to its end; `None` if there is none, or none that holds.
    pub(super) fn read(path: &Path) -> Result<Option<Self>> {
        let Some(bytes) = fs::read_if_there(path)? else { return Ok(None) };
        Ok(String::from_utf8(bytes).ok().and_then(|text| Self::parse(&text)))
    }

    /// Writes the journal as a whole, to the disk itself.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        disk::replace(path, self.to_text().as_bytes())
    }

    /// Does what is left of a commit: all steps, the new manifest, and last the journal and the staged files go.
    ///
    /// Steps of one kind that stand together are done in parallel.
    pub(super) fn play(&self, work: &Work) -> Result<()> {
        let is_same_kind = |one: &Step, other: &Step| match (one, other) {
            (Step::Put(one, ..), Step::Put(other, ..)) => one == other,
            _ => mem::discriminant(one) == mem::discriminant(other),
        };
        disk::make_folders(&work.out)?;
        for steps in self.steps.chunk_by(is_same_kind) {
            steps.par_iter().try_for_each(|step| step.act(work))?;
        }
        finish(work)
    }

    fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for step in &self.steps {
            let line = match step {
                Step::Remove(path) => writeln!(text, "remove 0 {path}"),
                Step::Put(Rank::Asset, number, path) => writeln!(text, "asset {number} {path}"),
                Step::Put(Rank::Page, number, path) => writeln!(text, "page {number} {path}"),
            };
            line.expect("writing to a string does not fail");
        }
        text + LAST_LINE
    }

    fn parse(text: &str) -> Option<Self> {
        let body = text.strip_prefix(FIRST_LINE)?.strip_suffix(LAST_LINE)?;
        let steps: Option<Vec<Step>> = body.lines().filter(|line| !line.is_empty()).map(step).collect();
        Some(Journal { steps: steps? })
    }
}

impl Step {
    pub(super) fn act(&self, work: &Work) -> Result<()> {
        match self {
            Step::Remove(path) => remove(&work.out, path),
            Step::Put(_, number, path) => put(work, *number, path),
        }
    }
}

/// Completes the commit of a run that was stopped in the middle of it, and drops what a run left that never began one.
pub(super) fn recover(work: &Work) -> Result<()> {
    match Journal::read(&work.journal())? {
        Some(journal) => journal
            .play(work)
            .with_context(|| format!("completing the last build of {}, which was interrupted", work.out.display())),
        None => {
            disk::remove_file(&work.journal())?;
            drop_staging(work)
        }
    }
}

/// Drops the staged files.
pub(super) fn drop_staging(work: &Work) -> Result<()> {
    disk::remove_tree(&work.staging())
}

/// Where the manifest of a build waits for the end of its commit.
pub(super) fn next_manifest(work: &Work) -> std::path::PathBuf {
    work.staging().join(NEXT_MANIFEST)
}

/// The last part of a commit. When the staged manifest is gone it is in its place already.
pub(super) fn finish(work: &Work) -> Result<()> {
    let next = next_manifest(work);
    if matches!(disk::look(&next)?, Entry::File(_)) {
        disk::rename(&next, &work.manifest(), &next.with_extension("spare"))?;
    }
    disk::remove_file(&work.journal())?;
    drop_staging(work)
}

/// Puts a staged file in its place. When it no longer waits, it is there already.
fn put(work: &Work, number: usize, path: &OutputPath) -> Result<()> {
    let staged = work.staged(number);
    let target = path.on_disk(&work.out);
    let spare = target.with_file_name(format!(".fieldbook-{number}"));
    let (folder, _) = path.as_str().rsplit_once('/').unwrap_or_default();
    disk::make_folders_below(&work.out, Path::new(folder))?;
    let Err(error) = disk::rename(&staged, &target, &spare) else { return Ok(()) };
    if disk::look(&staged)? == Entry::Nothing {
        return Ok(());
    }
    if disk::look(&target)? != Entry::Folder {
        return Err(error);
    }
    disk::remove_empty_folders(&target);
    disk::rename(&staged, &target, &spare)
}

fn remove(out: &Path, path: &OutputPath) -> Result<()> {
    let mut folder = out.to_path_buf();
    let mut way = vec![folder.clone()];
    let (below, _) = path.as_str().rsplit_once('/').unwrap_or_default();
    for part in Path::new(below) {
        folder.push(part);
        match disk::look(&folder)? {
            Entry::Folder => way.push(folder.clone()),
            // The file itself is gone; the folders above it may still have to go.
            Entry::Nothing => break,
            // Somebody put something else there, and what is behind it is not ours.
            _ => return Ok(()),
        }
    }
    let target = path.on_disk(out);
    if disk::look(&target)? != Entry::Folder {
        disk::remove_file(&target)?;
    }
    for folder in way.iter().skip(1).rev() {
        if !disk::remove_if_empty(folder) && disk::look(folder)? != Entry::Nothing {
            break;
        }
    }
    Ok(())
}

fn step(line: &str) -> Option<Step> {
    let mut fields = line.splitn(3, ' ');
    let (kind, number, path) = (fields.next()?, fields.next()?.parse().ok()?, fields.next()?);
    let path = OutputPath::parse(path).ok()?;
    match kind {
        "remove" => Some(Step::Remove(path)),
        "asset" => Some(Step::Put(Rank::Asset, number, path)),
        "page" => Some(Step::Put(Rank::Page, number, path)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_is_read_as_it_was_written() {
        let path = |text| OutputPath::parse(text).expect("a path");
        let steps = vec![
            Step::Remove(path("a")),
            Step::Put(Rank::Asset, 3, path("x y.png")),
            Step::Put(Rank::Page, 0, path("end")),
            Step::Remove(path("b/index.html")),
        ];
        let journal = Journal { steps };
        assert_eq!(Journal::parse(&journal.to_text()), Some(journal));
        assert_eq!(Journal::parse(&Journal::default().to_text()), Some(Journal::default()));
    }

    #[test]
    fn half_a_journal_is_none() {
        assert_eq!(Journal::parse("fieldbook journal 1\npage 0 a\n"), None);
        assert_eq!(Journal::parse("fieldbook journal 1\npage 0 ../a\nend"), None);
        assert_eq!(Journal::parse(""), None);
    }
}
