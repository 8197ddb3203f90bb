//! Files of a person that no one else on the machine should read.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::base::fs::write;

/// Puts a file of these bytes at a path as a whole, and makes the folders it lies in. On Unix only its owner may read it,
/// and enter the folders that are new.
///
/// # Errors
/// When the disk refuses; the file that was there is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let context = || format!("writing {}", path.display());
    if let Some(folder) = path.parent() {
        folders().create(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    write::remove_file(beside)?;
    let mut file = options().open(beside).with_context(context)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| std::fs::rename(beside, path));
    if written.is_err() {
        // What is left of it is in nobody's way; the first error is the one that tells.
        let _ = write::remove_file(beside);
    }
    written.with_context(context)
}

fn folders() -> DirBuilder {
    let mut folders = DirBuilder::new();
    folders.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
    folders
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
