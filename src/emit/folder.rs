//! Where a site is written, and the working folder beside it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::base::fs;
use crate::base::fs::write::{self as disk, Entry, Lock};

/// The name of the folder in which Fieldbook keeps what it must remember of an output folder.
pub const WORKING_FOLDER: &str = ".fieldbook";

/// A folder that a site may be written to. It need not be there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFolder {
    path: PathBuf,
}

/// The working folder of an output folder, locked for this process.
#[derive(Debug)]
pub(super) struct Work {
    /// The output folder.
    pub(super) out: PathBuf,
    folder: PathBuf,
    _lock: Lock,
}

impl OutputFolder {
    /// Takes a folder for the site, unless writing there could harm one of the folders `sources` that it is made from.
    ///
    /// # Errors
    /// When it is the root of the disk, a file, a working folder, or holds one of the sources.
    pub fn new(out: &Path, sources: &[PathBuf]) -> Result<Self> {
        let path = disk::resolve(out)?;
        if path.parent().is_none() {
            bail!("the site cannot be written to {}: it is the root of the disk", out.display());
        }
        if !matches!(disk::look(&path)?, Entry::Folder | Entry::Nothing) {
            bail!("the site cannot be written to {}: it is not a folder", out.display());
        }
        if path.iter().any(|part| part == WORKING_FOLDER) {
            bail!("the site cannot be written to {}: Fieldbook keeps its own files there", out.display());
        }
        for source in sources {
            // A source that cannot be found is not there to be harmed.
            if disk::resolve(source).is_ok_and(|source| source.starts_with(&path)) {
                bail!(
                    "the site cannot be written to {}: what it is made from is there ({}); choose a folder of its own",
                    out.display(),
                    source.display()
                );
            }
        }
        Ok(OutputFolder { path })
    }

    /// Returns the folder as an absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Work {
    /// Makes the working folder if need be and locks it.
    ///
    /// It is `.fieldbook/<name>` beside the output folder, so that nothing of it is ever published. Only where that
    /// cannot be (the output folder is a disk of its own, or nothing may be written beside it) it is `.fieldbook` in
    /// the output folder itself, since files can be renamed on one disk only.
    pub(super) fn open(out: &OutputFolder) -> Result<Self> {
        let out = out.path.clone();
        let folder = choose(&out).with_context(|| format!("preparing to write {}", out.display()))?;
        match disk::lock(&folder.join("lock"))? {
            Some(lock) => Ok(Work { out, folder, _lock: lock }),
            None => bail!("another build is writing to {}; wait until it has finished", out.display()),
        }
    }

    /// The folder of the files that wait to be put in place.
    pub(super) fn staging(&self) -> PathBuf {
        self.folder.join("staging")
    }

    /// The file that waits under a number.
    pub(super) fn staged(&self, number: usize) -> PathBuf {
        self.folder.join("staging").join(number.to_string())
    }

    /// What the last build wrote.
    pub(super) fn manifest(&self) -> PathBuf {
        self.folder.join("manifest")
    }

    /// What a commit does; it is there only during one.
    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join("journal")
    }
}

/// Chooses the working folder and makes it, following no link. One that is there already stays the one.
fn choose(out: &Path) -> Result<PathBuf> {
    let inside = out.join(WORKING_FOLDER);
    let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else { return Ok(inside) };
    let below = Path::new(WORKING_FOLDER).join(name);
    let beside = parent.join(&below);
    if !fs::is_file(&inside.join("lock")) && disk::is_same_disk(parent, out) {
        let made = disk::make_folders(parent).and_then(|()| disk::make_folders_below(parent, &below));
        let is_refused = made.is_err()
            && fs::is_folder(out)
            && disk::look(&beside)? == Entry::Nothing
            && matches!(disk::look(&parent.join(WORKING_FOLDER))?, Entry::Nothing | Entry::Folder);
        if !is_refused {
            return made.map(|()| beside);
        }
    }
    disk::make_folders_below(out, Path::new(WORKING_FOLDER))?;
    Ok(inside)
}
