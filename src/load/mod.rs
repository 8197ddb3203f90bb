//! Reads everything later stages need into memory, not yet understood.

mod assets;
mod themes;
mod walk;

use anyhow::Result;
use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::base::fs;
use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::model::source::{Source, Sources};

/// The largest page that is read, in bytes.
const LARGEST_TEXT: u64 = 256 * 1024 * 1024;

/// Reads the content, the files beside it, the static files and the theme of a project.
///
/// # Errors
/// When a folder or file that must be there cannot be read.
pub fn load(project: &Project) -> Result<Reported<Sources>> {
    let mut diagnostics = Vec::new();
    let found = walk::walk(project)?.take(&mut diagnostics);
    let read: Vec<Reported<Option<Source>>> = found.texts.par_iter().map(read_text).collect::<Result<_>>()?;
    let texts = read.into_iter().filter_map(|source| source.take(&mut diagnostics)).collect();
    let files =
        found.files.into_par_iter().map(|file| assets::describe(file.path, file.found, file.is_static)).collect();
    let theme = themes::load(project)?.take(&mut diagnostics);
    Ok(Reported::new(Sources { texts, files, theme }, diagnostics))
}

impl Sources {
    /// Makes sources of texts that are in memory, by their path, with the default theme.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let source = |(path, text): (&str, &str)| Source {
            path: SourcePath::new(path),
            text: text.into(),
            digest: Digest::of(text.as_bytes()),
        };
        let mut texts: Vec<Source> = texts.into_iter().map(source).collect();
        texts.sort_by(|a, b| a.path.cmp(&b.path));
        Sources { texts, files: Vec::new(), theme: themes::default_theme() }
    }
}

/// Reads one text; a file that has vanished since it was found is none.
fn read_text((path, found): &(SourcePath, fs::Found)) -> Result<Reported<Option<Source>>> {
    if found.size > LARGEST_TEXT {
        let message = format!("the file is {} MiB large, too much for a page", found.size / (1024 * 1024));
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
    Ok(Reported::new(Some(Source { path: path.clone(), text: text.into(), digest }), diagnostics))
}
