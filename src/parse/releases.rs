//! The released versions of a template: made of the files in `versions/`, whose names are checked against the template's
//! own `version`.

use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::markdown::events::Reading;
use crate::model::kinds::template::Template;
use crate::model::release::Release;
use crate::model::source::Source;
use crate::parse::address::layout::{Layout, Place};
use crate::parse::front_matter;
use crate::parse::learn::{self, Text};
use crate::parse::page::Document;

/// Finds the files in `versions/` of all templates, sorted by folder.
pub fn files<'a>(layout: &'a Layout, sources: &'a [Source]) -> Vec<Document<'a>> {
    let versions = layout.places.iter().zip(sources).filter_map(|(place, source)| match place {
        Place::Version(folder) => Some(Document { folder, source }),
        Place::Page(_) | Place::Document(_) | Place::Elsewhere => None,
    });
    let mut versions: Vec<Document<'a>> = versions.collect();
    versions.sort_by_key(|version| version.folder);
    versions
}

/// Returns those of one folder.
pub fn of_folder<'f, 'a>(files: &'f [Document<'a>], folder: &str) -> &'f [Document<'a>] {
    let start = files.partition_point(|file| file.folder.as_str() < folder);
    let end = files.partition_point(|file| file.folder.as_str() <= folder);
    &files[start..end]
}

/// Makes the releases of a template, oldest first. A file whose name is not that of a released version is reported and
/// left out, and so is a version that is not there.
pub fn make(
    project: &Project,
    page: &Source,
    document: &Document<'_>,
    template: &Template,
    files: &[Document<'_>],
) -> Reported<Vec<Release>> {
    let mut diagnostics = Vec::new();
    let mut releases: Vec<Release> = Vec::new();
    for file in files.iter().map(|file| file.source) {
        match number(document, template, file) {
            Ok(number) => releases.push(release(project, number, file)),
            Err(fault) => diagnostics.push(*fault),
        }
    }
    releases.sort_by_key(|release| release.number);
    releases.dedup_by(|late, first| {
        let is_same = late.number == first.number;
        if is_same {
            let message = format!("{} is version {} already", first.body.source, first.number);
            let fault = Diagnostic::about(Code::BadVersionFile, &late.body.source, message);
            diagnostics.push(fault.help("keep the one that was published"));
        }
        is_same
    });
    diagnostics.extend(current(page, document, template, &releases));
    Reported::new(releases, diagnostics)
}

/// Returns the number of the version that a file holds, or what is wrong with its name.
fn number(document: &Document<'_>, template: &Template, file: &Source) -> Result<u32, Box<Diagnostic>> {
    let folder = format!("{}/versions", document.source.path.folder());
    let bad = |message: String, help: String| {
        Box::new(Diagnostic::about(Code::BadVersionFile, &file.path, message).help(help))
    };
    if file.path.folder() != folder {
        let message =
            format!("`{}` lies below {folder}/, which holds versions and nothing else", file.path.file_name());
        return Err(bad(message, "move it to another folder".to_string()));
    }
    let extension = document.source.path.extension();
    let written = file.path.stem().parse::<u32>().ok().filter(|number| *number > 0);
    let Some(number) = written.filter(|number| number.to_string() == file.path.stem()) else {
        let message = format!("`{}` is not called after the number of a version", file.path.file_name());
        let help = match written {
            Some(number) => format!("rename it to {number}.{extension}"),
            None => format!("give it a name such as 1.{extension}, or move it to another folder"),
        };
        return Err(bad(message, help));
    };
    if file.path.is_markdown() != document.source.path.is_markdown() {
        let message = format!("version {number} is a .{} and the template a .{extension}", file.path.extension());
        return Err(bad(message, "move it to another folder".to_string()));
    }
    match template.version.filter(|version| i64::from(number) > *version) {
        Some(version) => {
            let message = format!("version {number} is there, and the template says that it is version {version}");
            Err(bad(message, format!("write `version: {number}` in the template's page, or remove the file")))
        }
        None => Ok(number),
    }
}

/// Reports that the version a template says it is has no file, or that it does not say which version it is.
fn current(page: &Source, document: &Document<'_>, template: &Template, releases: &[Release]) -> Option<Diagnostic> {
    let newest = releases.last().map(|release| release.number);
    let Some(version) = template.version else {
        let message = "the template has versions and does not say which one it is".to_string();
        let help = format!("write `version: {}` below `template:`", newest?);
        return Some(Diagnostic::about(Code::MissingField, &page.path, message).help(help));
    };
    if newest.is_some_and(|newest| i64::from(newest) == version) {
        return None;
    }
    let path = &document.source.path;
    let file = format!("{}/versions/{version}.{}", path.folder(), path.extension());
    let message = format!("the template says that it is version {version}, and {file} is not there");
    let help = format!("copy {path} to it when the version is released");
    Some(Diagnostic::about(Code::MissingVersion, &page.path, message).help(help))
}

/// Makes a release. What is wrong in a snapshot is not reported: it was published so, and stays.
fn release(project: &Project, number: u32, file: &Source) -> Release {
    if !file.path.is_markdown() {
        return Release::new(number, learn::empty(file, 0..file.text.len()));
    }
    let text = Text { source: file, span: front_matter::body(&file.text), is_document: true };
    Release::new(number, learn::learn(project, &text, &Reading::of_document(project.config.markdown, &[])).value)
}
