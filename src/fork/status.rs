//! How forks stand to their templates.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::base::fs;
use crate::document::diff;
use crate::fork::Near;
use crate::fork::file::{Fork, note_path};
use crate::fork::template::{Template, Version};
use crate::fork::update::{Base, base};
use crate::fork::upstream;

/// How a fork stands.
#[derive(Clone, Debug)]
pub struct Status {
    /// The file.
    pub path: PathBuf,
    /// The address of its template.
    pub forked_from: String,
    /// The number of the version it is at.
    pub version: u32,
    /// How that version stands to the newest one.
    pub standing: Standing,
    /// Whether the person changed words of it, beyond ticks and answers; none if nobody can tell.
    pub is_edited: Option<bool>,
}

/// How the version of a fork stands to the newest one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the newest.
    Current,
    /// These came after it, oldest first.
    Behind(Vec<Version>),
    /// It is not there, so that nothing can be merged.
    BaseMissing,
    /// It is not the text that the fork says it is.
    Altered,
    /// Its template could not be asked, and why.
    Unknown(String),
}

/// The templates of forks, each asked once.
#[derive(Debug, Default)]
pub struct Asked {
    templates: BTreeMap<String, Result<Template, String>>,
}

/// Finds the forks at and below a path, sorted. Hidden folders, and links that lead out, are passed over; so is
/// what cannot be read as a fork.
///
/// # Errors
/// When a folder cannot be read.
pub fn find(folder: &Path) -> Result<Vec<Fork>> {
    let is_wanted = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        !name.starts_with('.') && !["node_modules", "target"].contains(&name)
    };
    let walked = fs::walk(folder, is_wanted)?;
    let is_document = |name: &str| [".md", ".markdown", ".csv", ".txt"].iter().any(|end| name.ends_with(end));
    let found = walked.found.iter().filter(|found| is_document(&found.relative.to_lowercase()));
    let forks = found.filter_map(|found| Fork::read(&found.path).ok()).filter(|fork| fork.provenance.is_some());
    let mut forks: Vec<Fork> = forks.collect();
    let notes: Vec<PathBuf> = forks.iter().map(|fork| note_path(&fork.path)).collect();
    forks.retain(|fork| !notes.contains(&fork.path));
    forks.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(forks)
}

/// Says how a fork stands.
///
/// # Errors
/// When it does not say where it comes from.
pub fn status(fork: &Fork, from: Option<&str>, near: &Near, asked: &mut Asked) -> Result<Status> {
    let origin = fork.origin()?;
    let template = asked
        .templates
        .entry(origin.forked_from.clone())
        .or_insert_with(|| upstream::of_fork(origin, from, near).map_err(|error| format!("{error:#}")));
    let (standing, is_edited) = match template {
        Ok(template) => {
            standing(fork, template).unwrap_or_else(|error| (Standing::Unknown(format!("{error:#}")), None))
        }
        Err(error) => (Standing::Unknown(error.clone()), None),
    };
    Ok(Status {
        path: fork.path.clone(),
        forked_from: origin.forked_from.clone(),
        version: origin.version,
        standing,
        is_edited,
    })
}

fn standing(fork: &Fork, template: &Template) -> Result<(Standing, Option<bool>)> {
    let version = match base(fork.origin()?, template) {
        Base::Known(version) => version,
        Base::Missing => return Ok((Standing::BaseMissing, None)),
        Base::Altered(_) => return Ok((Standing::Altered, None)),
    };
    let Some(text) = template.text(version)? else {
        return Ok((Standing::BaseMissing, None));
    };
    let is_edited = diff::is_edited(&text, &fork.text, fork.format);
    let newer: Vec<Version> = template.versions.iter().filter(|newer| newer.number > version.number).cloned().collect();
    let standing = if newer.is_empty() { Standing::Current } else { Standing::Behind(newer) };
    Ok((standing, Some(is_edited)))
}
