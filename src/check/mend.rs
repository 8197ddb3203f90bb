//! Applies what is certain: the fixes that diagnostics carry, in the files they are about.
//!
//! A file is written only if it is the very one that was read: at its own path below the content folder, not through a
//! link, and byte for byte the same. All else of it stays as it is.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::base::fs;
use crate::base::fs::write::{exchange, is_read_only, resolve};
use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::diag::Fix;
use crate::diag::span::{LineColumn, locate};
use crate::pipeline::Outcome;

/// What was done.
#[derive(Clone, Debug, Default)]
pub struct Mended {
    /// The replacements, those of each run in order of their place.
    pub done: Vec<Replaced>,
    /// The files that the last run left alone, each with why, in one clause.
    pub left: Vec<(SourcePath, &'static str)>,
}

/// One replacement that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The file.
    pub path: SourcePath,
    /// Where it begins.
    pub at: LineColumn,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// Applies the fixes of a run, adds to `mended` what was done, and returns how many replacements that were. Of two fixes
/// that overlap the first is applied; the other has to wait for another run.
///
/// # Errors
/// When the disk refuses; the files before that one are mended then, that one is as it was.
pub fn mend<T>(project: &Project, outcome: &Outcome<T>, mended: &mut Mended) -> Result<usize> {
    let before = mended.done.len();
    mended.left.clear();
    for (path, fixes) in by_file(outcome) {
        let Some(text) = outcome.texts.get(path) else { continue };
        let fixes = apart(text, fixes);
        if fixes.is_empty() {
            continue;
        }
        match write(project, path, (text, &apply(text, &fixes)))? {
            Ok(()) => mended.done.extend(fixes.iter().map(|fix| replaced(path, text, fix))),
            Err(reason) => mended.left.push((path.clone(), reason)),
        }
    }
    Ok(mended.done.len() - before)
}

/// The fixes of each file, sorted by their place.
fn by_file<T>(outcome: &Outcome<T>) -> BTreeMap<&SourcePath, Vec<&Fix>> {
    let mut files: BTreeMap<&SourcePath, Vec<&Fix>> = BTreeMap::new();
    for (_, diagnostic) in outcome.report.entries() {
        if let (Some(place), Some(fix)) = (&diagnostic.place, &diagnostic.fix) {
            files.entry(&place.path).or_default().push(fix);
        }
    }
    for fixes in files.values_mut() {
        fixes.sort_by_key(|fix| (fix.span.start, fix.span.end, &fix.text));
    }
    files
}

/// Those of sorted fixes that do not overlap one before them. The same fix may be that of several faults.
fn apart<'a>(text: &str, fixes: Vec<&'a Fix>) -> Vec<&'a Fix> {
    let mut chosen: Vec<&Fix> = Vec::with_capacity(fixes.len());
    for fix in fixes {
        let is_free = chosen.last().is_none_or(|last| last.span.end <= fix.span.start && last.span != fix.span);
        if is_free && text.get(fix.span.clone()).is_some() {
            chosen.push(fix);
        }
    }
    chosen
}

fn apply(text: &str, fixes: &[&Fix]) -> String {
    let mut text = text.to_string();
    for fix in fixes.iter().rev() {
        text.replace_range(fix.span.clone(), &fix.text);
    }
    text
}

/// Writes a file, or says why it is left alone.
fn write(project: &Project, path: &SourcePath, (old, new): (&str, &str)) -> Result<Result<(), &'static str>> {
    let Some(below) = path.below(&project.content) else {
        return Ok(Err("it is not in the content folder"));
    };
    let file = resolve(&project.content_folder())?.join(below);
    if resolve(&file)? != file {
        return Ok(Err("it is reached through a link"));
    }
    if is_read_only(&file) {
        return Ok(Err("it is read-only"));
    }
    match fs::read_if_there(&file)? {
        Some(bytes) if std::str::from_utf8(&bytes).is_err() => return Ok(Err("it is not UTF-8")),
        Some(_) if exchange(&file, old.as_bytes(), new.as_bytes())? => return Ok(Ok(())),
        _ => {}
    }
    Ok(Err("it changed while it was checked"))
}

fn replaced(path: &SourcePath, text: &str, fix: &Fix) -> Replaced {
    Replaced {
        path: path.clone(),
        at: locate(text, fix.span.start),
        before: text[fix.span.clone()].to_string(),
        after: fix.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_two_that_overlap_is_applied() {
        let fix = |start, end, text: &str| Fix { span: start..end, text: text.into() };
        let check = |fixes: &[Fix], expected: &str| {
            let chosen = apart("aébcdef", fixes.iter().collect());
            assert_eq!(apply("aébcdef", &chosen), expected);
        };
        check(&[fix(0, 1, "x"), fix(3, 5, "")], "xédef");
        check(&[fix(0, 1, "x"), fix(0, 1, "x")], "xébcdef");
        check(&[fix(0, 3, "x"), fix(1, 4, "y"), fix(4, 5, "z")], "xbzdef");
        check(&[fix(0, 2, "x"), fix(90, 91, "y")], "aébcdef");
    }
}
