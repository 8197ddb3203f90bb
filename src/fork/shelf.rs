//! Where the file that an update replaced is kept: in a folder of the person's own, by the path of the file, so that
//! nothing lies beside their documents. One former file is kept for each.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::base::digest::sha256_hex;
use crate::base::fs::{self, private, write};

/// The folder of former files.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// Makes the shelf in a folder, which need not be there yet.
    pub fn new(folder: PathBuf) -> Self {
        Shelf { folder }
    }

    /// Keeps the bytes of a file in place of those that were kept of it before.
    ///
    /// # Errors
    /// When the disk refuses; what was kept before is then still there.
    pub fn keep(&self, file: &Path, bytes: &[u8]) -> Result<()> {
        let place = self.place(file)?;
        private::write(&place, bytes).context("keeping the file as it was")
    }

    /// Returns what is kept of a file.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn kept(&self, file: &Path) -> Result<Option<Vec<u8>>> {
        fs::read_if_there(&self.place(file)?).context("looking for the file as it was")
    }

    /// Keeps nothing of a file any more.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget(&self, file: &Path) -> Result<()> {
        write::remove_file(&self.place(file)?)
    }

    /// `<digits of the path>-<name>`, so that a person who looks there sees whose it is.
    fn place(&self, file: &Path) -> Result<PathBuf> {
        let real = write::resolve(file)?;
        let mut name = sha256_hex(real.as_os_str().as_encoded_bytes());
        name.truncate(16);
        let shown: String = file.file_name().unwrap_or_default().to_string_lossy().chars().take(60).collect();
        Ok(self.folder.join(format!("{name}-{shown}")))
    }
}
