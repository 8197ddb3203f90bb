//! The only part that touches the disk. Every error says what we were doing and to which path.
#![allow(clippy::disallowed_methods, reason = "this is the one part that touches the disk")]

pub mod private;
pub mod write;

use std::fs;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use walkdir::WalkDir;

use crate::base::fs::write::{Stamp, stamp_of};

/// A file found by [`walk`].
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it is on disk.
    pub path: PathBuf,
    /// Its path from the root that was walked, with `/` between the parts.
    pub relative: String,
    /// Its size and when it was last changed; those of what it leads to, if it is a link.
    pub stamp: Stamp,
}

/// What [`walk`] found.
#[derive(Debug, Default)]
pub struct Walked {
    /// The files, sorted by path.
    pub found: Vec<Found>,
    /// What was passed over.
    pub passed: Vec<Passed>,
    /// Whether a symbolic link is among the files or on the way to one.
    pub has_links: bool,
}

/// Something that [`walk`] passed over, and why.
#[derive(Clone, Debug)]
pub struct Passed {
    /// Its path from the root that was walked; what is not UTF-8 in it is replaced.
    pub relative: String,
    /// One clause without a full stop.
    pub reason: String,
}

/// Lists the files below `root`, sorted by path, following symbolic links that stay inside it.
///
/// `is_wanted` is asked for each folder and file with its path from the root; a folder that is not wanted is not
/// entered. Links that leave the root or run in a circle, names that are not UTF-8 and folders that cannot be read are
/// passed over and listed. A file that vanishes meanwhile is as if it had never been there.
///
/// # Errors
/// When `root` itself cannot be read.
pub fn walk(root: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<Walked> {
    let real_root = root.canonicalize().with_context(|| format!("reading the folder {}", root.display()))?;
    let Walked { mut found, mut passed, mut has_links } = Walked::default();
    let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                if error.io_error().is_none_or(|io| io.kind() != io::ErrorKind::NotFound)
                    || is_dangling_link(error.path())
                {
                    passed.push(Passed {
                        relative: relative_lossy(root, error.path().unwrap_or(root)),
                        reason: why_passed(&error),
                    });
                }
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        let is_folder = entry.file_type().is_dir();
        let Some(relative) = relative_text(root, entry.path()) else {
            passed
                .push(Passed { relative: relative_lossy(root, entry.path()), reason: "its name is not UTF-8".into() });
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        };
        if !is_wanted(&relative) {
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        if entry.path_is_symlink() && !entry.path().canonicalize().is_ok_and(|real| real.starts_with(&real_root)) {
            passed.push(Passed { relative, reason: "it is a link that leads out of the folder".into() });
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        has_links |= entry.path_is_symlink();
        if entry.file_type().is_file() {
            let stamp = entry.metadata().map(|metadata| stamp_of(&metadata)).unwrap_or_default();
            found.push(Found { path: entry.into_path(), relative, stamp });
        }
    }
    Ok(Walked { found, passed, has_links })
}

/// Lists the names of what is in a folder, sorted; nothing if there is no such folder. What is not UTF-8 in a name is
/// replaced.
///
/// # Errors
/// When it is there and cannot be read, or is a file.
pub fn names_in(folder: &Path) -> Result<Vec<String>> {
    let read = || {
        let names = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        names.collect::<io::Result<Vec<String>>>()
    };
    match read() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        names => {
            let mut names = names.with_context(|| format!("reading the folder {}", folder.display()))?;
            names.sort();
            Ok(names)
        }
    }
}

/// Reads a whole file.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

/// Reads a whole file, or `None` if there is none (any more).
///
/// # Errors
/// When it is there and cannot be read.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
    }
}

/// Reads at most the first `most` bytes of a file; nothing if it cannot be read.
pub fn read_head(path: &Path, most: u64) -> Vec<u8> {
    let mut head = Vec::new();
    if let Ok(file) = fs::File::open(path) {
        // A file that breaks off while it is read is as good as a short one here.
        let _ = file.take(most).read_to_end(&mut head);
    }
    head
}

/// Reads some bytes of a file; fewer if it has become shorter.
///
/// # Errors
/// When it cannot be read.
pub fn read_part(path: &Path, part: Range<u64>) -> Result<Vec<u8>> {
    let read = || {
        let mut file = fs::File::open(path)?;
        file.seek(SeekFrom::Start(part.start))?;
        let mut bytes = Vec::new();
        file.take(part.end.saturating_sub(part.start)).read_to_end(&mut bytes)?;
        Ok::<_, io::Error>(bytes)
    };
    read().with_context(|| format!("reading {}", path.display()))
}

/// Returns whether there is a file at a path.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Returns whether there is a folder at a path.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

fn relative_text(root: &Path, path: &Path) -> Option<String> {
    let relative = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

fn relative_lossy(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

fn is_dangling_link(path: Option<&Path>) -> bool {
    path.is_some_and(|path| path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()))
}

fn why_passed(error: &walkdir::Error) -> String {
    if error.loop_ancestor().is_some() {
        return "it is a link in a circle".into();
    }
    match error.io_error().map(io::Error::kind) {
        Some(io::ErrorKind::NotFound) => "it is a link to nothing".into(),
        Some(io::ErrorKind::PermissionDenied) => "there is no permission to read it".into(),
        _ => "it cannot be read".into(),
    }
}
