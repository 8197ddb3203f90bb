//! Finds what has to go before the new files can be put in place, what goes after, and what is in the way.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use anyhow::{Result, bail};
use rayon::prelude::*;

use crate::base::fs;
use crate::base::fs::write::{self as disk, Entry};
use crate::base::path::OutputPath;
use crate::emit::folder::WORKING_FOLDER;
use crate::emit::manifest::Manifest;
use crate::model::output::Output;

/// The files of the last build that no longer belong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ways {
    /// Those whose place is needed: a file where a folder will be, a file in a folder where a file will be, and a name
    /// that differs from a new one in case only, which many disks take for the same.
    pub(super) first: Vec<OutputPath>,
    /// All others.
    pub(super) last: Vec<OutputPath>,
    /// The new names that differ from one of `first` in case only, in lower case.
    recased: HashSet<String>,
}

impl Ways {
    /// Compares the new outputs with those of the last build and with what is on the disk.
    ///
    /// # Errors
    /// When something that is not ours is in the way: a folder with files, a file or a link where a folder must be.
    pub(super) fn find(out: &Path, outputs: &[Output], old: &Manifest) -> Result<Self> {
        let files: HashSet<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
        let folders: HashSet<&str> = files.iter().flat_map(|path| folders_of(path)).collect();
        check_plan(&files, &folders)?;
        let mut ways = Ways::default();
        let gone: Vec<&OutputPath> = old.records.keys().filter(|path| !files.contains(path.as_str())).collect();
        if !gone.is_empty() {
            let lower: HashSet<String> = files.iter().map(|path| path.to_lowercase()).collect();
            for path in gone {
                let text = path.as_str();
                let is_recased = lower.contains(&text.to_lowercase());
                if is_recased {
                    ways.recased.insert(text.to_lowercase());
                }
                match is_recased || folders.contains(text) || folders_of(text).any(|folder| files.contains(folder)) {
                    true => ways.first.push(path.clone()),
                    false => ways.last.push(path.clone()),
                }
            }
        }
        if fs::is_folder(out) {
            let first: BTreeSet<&str> = ways.first.iter().map(OutputPath::as_str).collect();
            folders.par_iter().try_for_each(|folder| check_folder(out, folder, &first))?;
            outputs.par_iter().try_for_each(|output| check_file(out, output.path.as_str(), &first))?;
        }
        Ok(ways)
    }

    /// Returns whether the place of an output is cleared first, so that nothing there can stay.
    pub(super) fn is_cleared(&self, output: &Output) -> bool {
        !self.recased.is_empty() && self.recased.contains(&output.path.as_str().to_lowercase())
    }
}

/// Returns the folders a file lies in, the innermost first: `a/b` and `a` for `a/b/c`.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

fn check_plan(files: &HashSet<&str>, folders: &HashSet<&str>) -> Result<()> {
    let both: BTreeSet<&&str> = files.intersection(folders).collect();
    if let Some(path) = both.first() {
        bail!("the site has a file {path} and files in a folder {path}; no disk can hold both");
    }
    if files.contains(WORKING_FOLDER) || folders.contains(WORKING_FOLDER) {
        bail!("the site has something at {WORKING_FOLDER}, where Fieldbook keeps its own files");
    }
    Ok(())
}

/// Sees to it that a folder of the site is a folder, or can become one.
fn check_folder(out: &Path, folder: &str, first: &BTreeSet<&str>) -> Result<()> {
    let path = out.join(folder);
    match disk::look(&path)? {
        Entry::Folder | Entry::Nothing => Ok(()),
        _ if first.contains(folder) => Ok(()),
        Entry::Link => {
            bail!("{} is a link; Fieldbook follows none inside the output folder: remove it", path.display())
        }
        _ => {
            bail!("{} is in the way of a folder of the site, and Fieldbook did not make it: remove it", path.display())
        }
    }
}

/// Sees to it that where a file of the site belongs there is no folder with files that are not ours.
fn check_file(out: &Path, file: &str, first: &BTreeSet<&str>) -> Result<()> {
    let path = out.join(file);
    if disk::look(&path)? != Entry::Folder {
        return Ok(());
    }
    for relative in disk::list_files(&path)? {
        if !first.contains(format!("{file}/{relative}").as_str()) {
            bail!(
                "{} is in the way of a file of the site, and Fieldbook did not make {relative} in it: remove it",
                path.display()
            );
        }
    }
    Ok(())
}
