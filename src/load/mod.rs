//! Reads everything later stages need into memory, not yet understood.

mod assets;
mod themes;
mod walk;

use std::collections::BTreeSet;

use anyhow::Result;
use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::base::fs::{self, Found, write};
use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::load::walk::{FoundFile, FoundFiles};
use crate::model::asset::File;
use crate::model::source::{Source, Sources, Touched};

/// The largest page that is read, in bytes.
const LARGEST_TEXT: u64 = 256 * 1024 * 1024;

/// Reads the content, the files beside it, the static files and the theme of a project.
///
/// `former` are the sources as they were read before, if they were, and `touched` what may have changed since. A file
/// of the same size and time that was not touched is not read again.
///
/// # Errors
/// When a folder or file that must be there cannot be read.
pub fn load(project: &Project, former: Option<&Reported<Sources>>, touched: &Touched) -> Result<Reported<Sources>> {
    if let (Some(former), Touched::Files(touched)) = (former, touched)
        && let Some(sources) = patch(project, former, touched)?
    {
        return Ok(sources);
    }
    let mut diagnostics = Vec::new();
    let FoundFiles { texts, files, has_links } = walk::walk(project)?.take(&mut diagnostics);
    let former = former.map(|former| &former.value);
    let is_touched = |path: &SourcePath| matches!(touched, Touched::Files(touched) if touched.contains(path));
    let read = |(path, found): &(SourcePath, Found)| match former.and_then(|former| former.text(path)) {
        Some(known) if known.stamp == found.stamp && known.is_exact && !is_touched(path) => {
            Ok(Reported::clean(Some(known.clone())))
        }
        _ => read_text(path, found),
    };
    let read: Vec<Reported<Option<Source>>> = texts.par_iter().map(read).collect::<Result<_>>()?;
    let texts = read.into_iter().filter_map(|source| source.take(&mut diagnostics)).collect();
    let describe = |file: FoundFile| match former.and_then(|former| former.file(&file.path)) {
        Some(known) if known.stamp == file.found.stamp && !is_touched(&file.path) => {
            // Without a configuration the static folder is one like any other.
            File { is_static: file.is_static, ..known.clone() }
        }
        _ => assets::describe(file.path, file.found, file.is_static),
    };
    let files = files.into_par_iter().map(describe).collect();
    let theme = themes::load(project)?.take(&mut diagnostics);
    Ok(Reported::new(Sources { texts, files, theme, has_links }, diagnostics))
}

/// Reads what was touched into the sources as they were, without going over the folders. `None` when that could miss
/// something: a file that is new or gone, or one that has other names.
fn patch(
    project: &Project,
    former: &Reported<Sources>,
    touched: &BTreeSet<SourcePath>,
) -> Result<Option<Reported<Sources>>> {
    if former.value.has_links {
        return Ok(None);
    }
    let mut sources = former.value.clone();
    for path in touched {
        let Some(at) = sources.text_number(path).filter(|at| sources.texts[*at].is_exact) else {
            return Ok(None);
        };
        let disk = path.on_disk(&project.root);
        let Ok(stamp) = write::stamp(&disk) else {
            return Ok(None);
        };
        let found = Found { path: disk, relative: path.to_string(), stamp };
        match read_text(path, &found)? {
            Reported { value: Some(source), diagnostics } if diagnostics.is_empty() => sources.texts[at] = source,
            _ => return Ok(None),
        }
    }
    Ok(Some(Reported::new(sources, former.diagnostics.clone())))
}

impl Sources {
    /// Makes sources of texts that are in memory, by their path, with the default theme.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let source = |(path, text): (&str, &str)| Source::new(SourcePath::new(path), text);
        let mut texts: Vec<Source> = texts.into_iter().map(source).collect();
        texts.sort_by(|a, b| a.path.cmp(&b.path));
        Sources { texts, files: Vec::new(), theme: themes::default_theme(), has_links: false }
    }

    /// Returns a text by its path.
    pub fn text(&self, path: &SourcePath) -> Option<&Source> {
        self.text_number(path).map(|at| &self.texts[at])
    }

    fn text_number(&self, path: &SourcePath) -> Option<usize> {
        self.texts.binary_search_by(|source| source.path.cmp(path)).ok()
    }

    fn file(&self, path: &SourcePath) -> Option<&File> {
        let at = self.files.binary_search_by(|file| file.path.cmp(path)).ok()?;
        Some(&self.files[at])
    }
}

/// Reads one text; a file that has vanished since it was found is none.
fn read_text(path: &SourcePath, found: &Found) -> Result<Reported<Option<Source>>> {
    if found.stamp.size > LARGEST_TEXT {
        let message = format!("the file is {} MiB large, too much for a page", found.stamp.size / (1024 * 1024));
        let diagnostic = Diagnostic::about(Code::TooLarge, path, message).help("split it into several pages");
        return Ok(Reported::new(None, vec![diagnostic]));
    }
    let Some(bytes) = fs::read_if_there(&found.path)? else {
        return Ok(Reported::clean(None));
    };
    let mut diagnostics = Vec::new();
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let at = error.utf8_error().valid_up_to();
        let diagnostic = Diagnostic::at(Code::NotUtf8, path, at..at + 3, "the file is not UTF-8 here")
            .help("save it as UTF-8; an editor shows the encoding in its status line");
        diagnostics.push(diagnostic);
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    });
    let digest = Digest::of(text.as_bytes());
    let is_exact = diagnostics.is_empty();
    let source = Source { path: path.clone(), text: text.into(), digest, stamp: found.stamp, is_exact };
    Ok(Reported::new(Some(source), diagnostics))
}
