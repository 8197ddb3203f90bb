//! A fork on disk: read with its provenance, written as a whole, and what it was before is kept.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use crate::base::fs;
use crate::base::fs::write::{self, Entry};
use crate::document::Format;
use crate::document::provenance::{self, Place, Provenance};
use crate::fork::LONGEST_TEXT;
use crate::fork::shelf::Shelf;

/// A fork.
#[derive(Clone, Debug)]
pub struct Fork {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// How it is written.
    pub format: Format,
    /// Where it comes from; none if it does not say.
    pub provenance: Option<Provenance>,
    /// The text of the file beside a sheet that says where it comes from.
    note: Option<String>,
}

impl Fork {
    /// Reads a document or sheet, whether or not it is a fork.
    ///
    /// # Errors
    /// When it is no text that can be read, or has more than 10 MB.
    pub fn read(path: &Path) -> Result<Self> {
        let format = match path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
            true => Format::Csv,
            false => Format::Markdown,
        };
        let text = text(path)?;
        let note = match format {
            Format::Markdown => None,
            Format::Csv => match write::look(&note_path(path))? {
                Entry::Nothing => None,
                _ => Some(self::text(&note_path(path))?),
            },
        };
        let read = |text: &String| provenance::read(text).map(|(provenance, _)| provenance);
        let provenance = match format {
            Format::Markdown => read(&text),
            Format::Csv => note.as_ref().and_then(read),
        };
        Ok(Fork { path: path.to_path_buf(), text, format, provenance, note })
    }

    /// Returns where it comes from.
    ///
    /// # Errors
    /// When it does not say; the way out is part of the message.
    pub fn origin(&self) -> Result<&Provenance> {
        self.provenance.as_ref().ok_or_else(|| {
            let shown = self.path.display();
            anyhow!("{shown} does not say which template it comes from; `fieldbook adopt {shown} <template>` finds out")
        })
    }

    /// Puts another text in its place, with its provenance, and keeps what it was on the shelf.
    ///
    /// # Errors
    /// When the disk refuses or the file has changed meanwhile. The file, and what was kept of it, are then as they were.
    pub fn replace(&self, text: &str, (provenance, place): (&Provenance, Place), shelf: &Shelf) -> Result<()> {
        match self.format {
            Format::Markdown => {
                let text = provenance::write(text, provenance, place);
                exchange(&self.path, &self.text, &text, shelf)
            }
            Format::Csv => {
                let path = note_path(&self.path);
                exchange(&self.path, &self.text, text, shelf)?;
                let noted = note_text(self.note.as_deref().unwrap_or_default(), provenance);
                let written = match &self.note {
                    Some(note) => exchange(&path, note, &noted, shelf),
                    None => write::write_new(&path, noted.as_bytes()).map(drop),
                };
                // A sheet without its note would be taken for the version it is no more.
                written.inspect_err(|_| drop(write::exchange(&self.path, text.as_bytes(), self.text.as_bytes())))
            }
        }
    }
}

/// Holds that a new fork can go to a path.
///
/// # Errors
/// When something is there that may not be replaced, or there is no such folder.
pub fn check_free(path: &Path, format: Format, existing: Existing) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !fs::is_folder(folder)) {
        bail!("there is no folder {}", folder.display());
    }
    let note = (format == Format::Csv).then(|| note_path(path));
    for path in [Some(path), note.as_deref()].into_iter().flatten() {
        let shown = path.display();
        match (write::look(path)?, existing) {
            (Entry::Nothing, _) | (Entry::File(_), Existing::Replace) => {}
            (Entry::File(_), Existing::Refuse) => {
                bail!("{shown} is there already; choose another path, or say --force to replace it")
            }
            (Entry::Folder, _) => bail!("{shown} is a folder"),
            (Entry::Link, _) => bail!("{shown} is a link; nothing is written through links"),
            (Entry::Special, _) => bail!("{shown} is no file"),
        }
    }
    Ok(())
}

/// Writes a new fork where [`check_free`] found nothing in the way; a sheet gets a file beside it that says where it
/// comes from.
///
/// # Errors
/// When something is there and is not to be replaced, or when the disk refuses.
pub fn create(path: &Path, text: &str, note: Option<&Provenance>, existing: Existing) -> Result<()> {
    let write = |path: &Path, text: &str| match (existing, fs::read_if_there(path)?) {
        (Existing::Replace, Some(before)) => write::exchange(path, &before, text.as_bytes()).map(drop),
        _ => write::write_new(path, text.as_bytes()).map(drop),
    };
    write(path, text)?;
    match note {
        Some(provenance) => write(&note_path(path), &note_text("", provenance)),
        None => Ok(()),
    }
}

/// What happens to a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and nothing is written.
    Refuse,
    /// It is replaced.
    Replace,
}

/// Puts back what an update replaced, and keeps what was there, so that doing it again takes it back.
///
/// # Errors
/// When nothing is kept of the file, or the disk refuses.
pub fn undo(path: &Path, shelf: &Shelf) -> Result<()> {
    let Some(former) = shelf.kept(path)? else {
        bail!("nothing is kept of {}: it was not updated here", path.display());
    };
    let mut files = vec![(path.to_path_buf(), former)];
    let note = note_path(path);
    if let Some(former) = shelf.kept(&note)? {
        files.push((note, former));
    }
    for (path, former) in files {
        check_writable(&path)?;
        match fs::read_if_there(&path)? {
            Some(now) => {
                shelf.keep(&path, &now)?;
                if !write::exchange(&path, &now, &former).inspect_err(|_| drop(shelf.keep(&path, &former)))? {
                    shelf.keep(&path, &former)?;
                    bail!("{} changed while it was put back; try again", path.display());
                }
            }
            None => write::write_new(&path, &former).map(drop)?,
        }
    }
    Ok(())
}

/// Returns the path of the file beside a sheet that says where the sheet comes from: `ratio.csv.md`.
pub fn note_path(path: &Path) -> PathBuf {
    let mut note = path.as_os_str().to_owned();
    note.push(".md");
    PathBuf::from(note)
}

fn note_text(note: &str, provenance: &Provenance) -> String {
    provenance::write(note, provenance, Place::LastLine)
}

fn text(path: &Path) -> Result<String> {
    match write::look(path)? {
        Entry::File(stamp) if stamp.size > LONGEST_TEXT => {
            bail!("{} has more than {} MB", path.display(), LONGEST_TEXT / (1024 * 1024))
        }
        Entry::File(_) => {}
        Entry::Nothing => bail!("there is no file {}", path.display()),
        Entry::Link => bail!("{} is a link; name the file that it leads to", path.display()),
        Entry::Folder | Entry::Special => bail!("{} is no file", path.display()),
    }
    String::from_utf8(fs::read(path)?).map_err(|_| anyhow!("{} is no Markdown and no sheet: not UTF-8", path.display()))
}

fn exchange(path: &Path, before: &str, after: &str, shelf: &Shelf) -> Result<()> {
    check_writable(path)?;
    let kept = shelf.kept(path)?;
    shelf.keep(path, before.as_bytes())?;
    let restore = || match &kept {
        Some(kept) => shelf.keep(path, kept),
        None => shelf.forget(path),
    };
    match write::exchange(path, before.as_bytes(), after.as_bytes()) {
        Ok(true) => Ok(()),
        Ok(false) => {
            restore()?;
            bail!("{} changed while it was being worked on; nothing is written", path.display())
        }
        Err(error) => {
            // The first error is the one that tells.
            let _ = restore();
            Err(error)
        }
    }
}

fn check_writable(path: &Path) -> Result<()> {
    if matches!(write::look(path)?, Entry::Link | Entry::Special | Entry::Folder) {
        bail!("{} is a link or no file; nothing is written through links", path.display());
    }
    if write::is_read_only(path) {
        bail!("{} may not be written: it is read-only", path.display());
    }
    Ok(())
}
