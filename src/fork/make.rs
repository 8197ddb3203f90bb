//! Makes the text of a new fork.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::base::fs;
use crate::document::Format;
use crate::document::blocks::{self, Kind};
use crate::document::placeholders::{self, Answers};
use crate::document::provenance::{self, Provenance};
use crate::document::state;
use crate::fork::template::{Template, Version, extension};

pub use crate::document::provenance::Place;

/// How a fork is to look.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether the advice of the template is left out.
    pub drops_guides: bool,
    /// Where the provenance of a document goes.
    pub place: Place,
}

/// A fork that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its text.
    pub text: String,
    /// What the file beside a sheet is to say; a document says it itself.
    pub note: Option<Provenance>,
    /// The ids of the questions that are still open, in the order of the text.
    pub open: Vec<String>,
}

/// Makes a fork of a version whose text is given.
pub fn make(template: &Template, version: &Version, text: &str, answers: &Answers, options: Options) -> Made {
    let text = match template.format {
        Format::Markdown if options.drops_guides => state::without_guides(text),
        Format::Markdown | Format::Csv => text.to_string(),
    };
    let mut open: Vec<String> = Vec::new();
    let ids = placeholders::find(&text, template.format).into_iter().map(|placeholder| placeholder.id);
    for id in ids.filter(|id| !answers.contains_key(id)) {
        if !open.contains(&id) {
            open.push(id);
        }
    }
    let text = placeholders::fill(&text, answers, template.format);
    if template.format == Format::Csv {
        return Made { text, note: Some(origin(template, version, None)), open };
    }
    let title = match options.place {
        Place::FrontMatter => heading(&text),
        Place::LastLine => None,
    };
    let text = provenance::write(&text, &origin(template, version, title), options.place);
    Made { text, note: None, open }
}

/// Returns where a fork of a version comes from. Without a title it has that of the template.
pub fn origin(template: &Template, version: &Version, title: Option<String>) -> Provenance {
    Provenance {
        title: Some(title.unwrap_or_else(|| template.title.clone())),
        forked_from: template.address.clone(),
        version: version.number,
        hash: Some(version.hash.clone()),
        license: template.license.as_deref().map(license_name),
    }
}

/// Returns the path of a new fork: the one that was said, with the suggested name if it is a folder.
///
/// # Errors
/// When the suggested name is none, or the path has an extension of something else.
pub fn path(template: &Template, said: Option<&Path>, current: &Path) -> Result<PathBuf> {
    let path = match said {
        Some(path) if !fs::is_folder(&current.join(path)) => path.to_path_buf(),
        Some(folder) => folder.join(file_name(template)?),
        None => PathBuf::from(file_name(template)?),
    };
    let is_sheet = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    match (template.format, is_sheet) {
        (Format::Csv, false) => bail!("\"{}\" is a sheet; give the copy a name that ends in .csv", template.title),
        (Format::Markdown, true) => bail!("\"{}\" is a document, no sheet; give the copy another name", template.title),
        _ => Ok(path),
    }
}

/// The suggested name. It comes from the site, so it must be a plain name.
fn file_name(template: &Template) -> Result<String> {
    let extension = extension(template.format);
    let Some(name) = &template.file else { return Ok(format!("{}.{extension}", template.slug())) };
    let is_plain = !name.contains(['/', '\\', ':']) && !name.contains(char::is_control);
    if !is_plain || name.starts_with(['.', '-']) || name.trim().is_empty() || name.len() > 200 {
        let name = name.replace(char::is_control, "");
        bail!("the template suggests the name \"{name}\" for a copy, which is no plain name; give a path");
    }
    let is_right = Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(extension));
    Ok(if is_right { name.clone() } else { format!("{name}.{extension}") })
}

/// The first heading in plain words.
fn heading(text: &str) -> Option<String> {
    let block = blocks::split(text, Format::Markdown).into_iter().find(|block| block.kind == Kind::Heading)?;
    let line = text[block.span].lines().next()?.trim().trim_start_matches('#').trim().trim_end_matches('#').trim();
    (!line.is_empty() && !line.contains("{{")).then(|| line.to_string())
}

/// `CC BY 4.0` of `CC-BY-4.0`; others as they are.
fn license_name(license: &str) -> String {
    let rest = license.strip_prefix("CC-").and_then(|rest| rest.rsplit_once('-'));
    rest.map_or_else(|| license.to_string(), |(terms, version)| format!("CC {terms} {version}"))
}
