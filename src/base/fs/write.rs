//! The half of [`crate::base::fs`] that writes: whole files, renames, removals, locks.
//!
//! Nothing here follows a symbolic link at the path it is given: a link is looked at, replaced or removed itself.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context as _, Result, bail};
use walkdir::WalkDir;

/// What tells a file that was touched from one that was not, without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970; negative before.
    pub modified: i128,
}

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Nothing.
    Nothing,
    /// A file.
    File(Stamp),
    /// A folder.
    Folder,
    /// A symbolic link, whatever it leads to.
    Link,
    /// A socket, a device or the like.
    Special,
}

/// A lock that other processes see. It ends with this value, and with the process that holds it.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a child that was just started may still have it open for a moment.
        let _ = self.file.unlock();
    }
}

/// Looks at what is at a path.
///
/// # Errors
/// When it cannot be looked at.
pub fn look(path: &Path) -> Result<Entry> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(Entry::File(stamp_of(&metadata))),
        Ok(metadata) if metadata.is_dir() => Ok(Entry::Folder),
        Ok(metadata) if metadata.is_symlink() => Ok(Entry::Link),
        Ok(_) => Ok(Entry::Special),
        Err(error) if is_absence(&error) => Ok(Entry::Nothing),
        Err(error) => Err(error).with_context(|| format!("looking at {}", path.display())),
    }
}

/// Returns the stamp of a file, through links.
///
/// # Errors
/// When there is no such file.
pub fn stamp(path: &Path) -> Result<Stamp> {
    let metadata = fs::metadata(path).with_context(|| format!("looking at {}", path.display()))?;
    Ok(stamp_of(&metadata))
}

/// Returns an absolute path to the same place, with the links on the way to it resolved as far as it is there.
///
/// # Errors
/// When a part of the way is a link to nothing or cannot be entered.
pub fn resolve(path: &Path) -> Result<PathBuf> {
    let context = || format!("finding the way to {}", path.display());
    let absolute = std::path::absolute(path).with_context(context)?;
    for ancestor in absolute.ancestors() {
        match ancestor.canonicalize() {
            Ok(mut real) => {
                for part in absolute.strip_prefix(ancestor).unwrap_or(Path::new("")).components() {
                    match part {
                        Component::ParentDir => drop(real.pop()),
                        part => real.push(part),
                    }
                }
                return Ok(real);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && look(ancestor)? != Entry::Link => {}
            Err(error) => return Err(error).with_context(context),
        }
    }
    Ok(absolute)
}

/// Returns whether two paths lie on the same file system, as far as the system tells.
pub fn is_same_disk(one: &Path, other: &Path) -> bool {
    match (disk_of(one), disk_of(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// Writes a file that is not there yet.
///
/// # Errors
/// When the disk refuses, or when there is something at the path.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<Stamp> {
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.metadata()
    };
    let metadata = write().with_context(|| format!("writing {}", path.display()))?;
    Ok(stamp_of(&metadata))
}

/// Copies the bytes of a file, not its permissions, to a file that is not there yet.
///
/// # Errors
/// When the disk refuses, or when there is something at the path.
pub fn copy_new(from: &Path, to: &Path) -> Result<Stamp> {
    let copy = || {
        let mut source = File::open(from)?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(to)?;
        io::copy(&mut source, &mut file)?;
        file.metadata()
    };
    let metadata = copy().with_context(|| format!("copying {} to {}", from.display(), to.display()))?;
    Ok(stamp_of(&metadata))
}

/// Puts a file of these bytes at a path as a whole: written beside it, on the disk, then renamed.
///
/// # Errors
/// When the disk refuses.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    remove_file(&beside)?;
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    if let Err(error) = write() {
        // What is left of it is in nobody's way; the first error is the one that tells.
        let _ = fs::remove_file(&beside);
        return Err(error).with_context(|| format!("writing {}", path.display()));
    }
    Ok(())
}

/// Puts other bytes in the place of a file's as a whole, if it still has those it is `known` to have, and says whether it
/// did. The file keeps its permissions.
///
/// # Errors
/// When the disk refuses; the file is then as it was.
pub fn exchange(path: &Path, known: &[u8], bytes: &[u8]) -> Result<bool> {
    let context = || format!("writing {}", path.display());
    // A hidden name is no page, should this process die before it is done.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.fieldbook-new"));
    remove_file(&beside)?;
    let write = || -> io::Result<bool> {
        let permissions = fs::metadata(path)?.permissions();
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(bytes)?;
        file.set_permissions(permissions)?;
        file.sync_all()?;
        let is_known = has_bytes(path, known);
        if is_known {
            fs::rename(&beside, path)?;
        }
        Ok(is_known)
    };
    let written = write();
    if !matches!(written, Ok(true)) {
        // What is left of it is in nobody's way; the first error is the one that tells.
        let _ = fs::remove_file(&beside);
    }
    written.with_context(context)
}

/// Returns whether a file may not be written by anybody.
pub fn is_read_only(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}

/// Moves a file to a path, in place of the file that may be there.
///
/// Across file systems it is copied to `spare`, a path in the same folder, and renamed from there.
///
/// # Errors
/// When the disk refuses.
pub fn rename(from: &Path, to: &Path, spare: &Path) -> Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            remove_file(spare)?;
            if let Err(error) = copy_new(from, spare) {
                let _ = fs::remove_file(spare);
                return Err(error);
            }
            fs::rename(spare, to).with_context(|| format!("renaming {} to {}", spare.display(), to.display()))?;
            remove_file(from)
        }
        result => result.with_context(|| format!("renaming {} to {}", from.display(), to.display())),
    }
}

/// Makes a folder and those it lies in.
///
/// # Errors
/// When the disk refuses.
pub fn make_folders(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("making the folder {}", path.display()))
}

/// Makes the folders of the relative path `below` in `root`, and follows no link on the way.
///
/// # Errors
/// When the disk refuses, or when something that is not a folder is in the way.
pub fn make_folders_below(root: &Path, below: &Path) -> Result<()> {
    let mut folder = root.to_path_buf();
    for part in below {
        folder.push(part);
        let context = || format!("making the folder {}", folder.display());
        match look(&folder)? {
            Entry::Folder => {}
            Entry::Nothing => match fs::create_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                result => result.with_context(context)?,
            },
            _ => bail!("{} is in the way: it is not a folder", folder.display()),
        }
    }
    Ok(())
}

/// Removes a file or a link, if it is there.
///
/// # Errors
/// When the disk refuses, or when it is a folder.
pub fn remove_file(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if !is_absence(&error) => Err(error).with_context(|| format!("removing {}", path.display())),
        _ => Ok(()),
    }
}

/// Removes a folder with all that is in it, if it is there. Of a link only the link is removed.
///
/// # Errors
/// When the disk refuses.
pub fn remove_tree(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if !is_absence(&error) => Err(error).with_context(|| format!("removing {}", path.display())),
        _ => Ok(()),
    }
}

/// Removes a folder if there is nothing in it, and says whether it did.
pub fn remove_if_empty(folder: &Path) -> bool {
    fs::remove_dir(folder).is_ok()
}

/// Removes the folders at and below a path, as long as there is no file in them.
pub fn remove_empty_folders(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty_folders(&entry.path());
        }
    }
    remove_if_empty(folder);
}

/// Lists everything at and below a folder that is not a folder, by its path from there, sorted.
///
/// # Errors
/// When a folder cannot be read.
pub fn list_files(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("reading the folder {}", folder.display()))?;
        if !entry.file_type().is_dir() {
            let parts = entry.path().strip_prefix(folder).unwrap_or(entry.path()).iter();
            let parts: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
            files.push(parts.join("/"));
        }
    }
    Ok(files)
}

/// Returns whether a file has exactly these bytes. One that cannot be read has not.
pub fn has_bytes(path: &Path, bytes: &[u8]) -> bool {
    let has = || -> io::Result<bool> {
        let mut file = File::open(path)?;
        has_same(&mut file, &mut &*bytes)
    };
    has().unwrap_or(false)
}

/// Returns whether two files have the same bytes. One that cannot be read has not.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let same = || has_same(&mut File::open(one)?, &mut File::open(other)?);
    same().unwrap_or(false)
}

/// Takes a lock, or returns `None` if another process has it. On disks that know no locks it is always free.
///
/// # Errors
/// When the file of the lock cannot be opened.
pub fn lock(path: &Path) -> Result<Option<Lock>> {
    let context = || format!("locking {}", path.display());
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(path).with_context(context)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Some(Lock { file })),
        Err(TryLockError::Error(error)) => Err(error).with_context(context),
    }
}

fn has_same(one: &mut impl io::Read, other: &mut impl io::Read) -> io::Result<bool> {
    const PIECE: u64 = 64 * 1024;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    loop {
        left.clear();
        right.clear();
        one.by_ref().take(PIECE).read_to_end(&mut left)?;
        other.by_ref().take(PIECE).read_to_end(&mut right)?;
        if left != right {
            return Ok(false);
        }
        if left.is_empty() {
            return Ok(true);
        }
    }
}

pub(super) fn stamp_of(metadata: &fs::Metadata) -> Stamp {
    let modified = metadata.modified().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i128::try_from(since.as_nanos()).unwrap_or(i128::MAX),
        Err(before) => -i128::try_from(before.duration().as_nanos()).unwrap_or(i128::MAX),
    });
    Stamp { size: metadata.len(), modified }
}

/// Nothing is there, or a part of the way is a file.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(unix)]
fn disk_of(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(path).ok().map(|metadata| metadata.dev())
}

#[cfg(not(unix))]
fn disk_of(_: &Path) -> Option<u64> {
    None
}
