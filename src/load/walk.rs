//! Finds the files of a project and tells texts from files that are copied.

use std::collections::HashSet;

use anyhow::Result;

use crate::base::fs::{self, Found, Passed, Walked};
use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};

/// What was found, sorted by path.
pub struct FoundFiles {
    /// Texts that are read.
    pub texts: Vec<(SourcePath, Found)>,
    /// Files that are copied.
    pub files: Vec<FoundFile>,
    /// Whether a symbolic link is among them or on the way to one.
    pub has_links: bool,
}

/// A file that is copied.
pub struct FoundFile {
    /// Its path from the root.
    pub path: SourcePath,
    /// Where it was found.
    pub found: Found,
    /// Whether it is from the static folder.
    pub is_static: bool,
}

/// Lists the files of the content folder and of the static folder.
pub fn walk(project: &Project) -> Result<Reported<FoundFiles>> {
    let mut diagnostics = Vec::new();
    let Walked { found, passed, has_links } = fs::walk(&project.content_folder(), project.content_rule())?;
    let mut files = FoundFiles { texts: Vec::new(), files: Vec::new(), has_links };
    report_passed(&project.content, passed, &mut diagnostics);
    let found: Vec<(SourcePath, Found)> =
        found.into_iter().map(|found| (project.content_path(&found.relative), found)).collect();
    let indexes: HashSet<String> =
        found.iter().filter(|(path, _)| is_index(path)).map(|(path, _)| path.folder().to_string()).collect();
    for (path, found) in found {
        if path.extension().eq_ignore_ascii_case("mdx") {
            let message = format!("`{path}` was passed over: it is MDX, which only its own tools can read");
            diagnostics.push(Diagnostic::about(Code::PassedOver, &path, message).help("rename it to .md"));
            continue;
        }
        // Whether a sheet is a template's document is known later: until then it is a text and a file.
        if path.is_markdown() || template_of(&path).is_some_and(|folder| indexes.contains(folder)) {
            files.texts.push((path.clone(), found.clone()));
        }
        if !path.is_markdown() {
            files.files.push(FoundFile { path, found, is_static: false });
        }
    }
    let static_folder = project.root.join(project.static_folder());
    if project.has_config() && fs::is_folder(&static_folder) {
        let Walked { found, passed, has_links } = fs::walk(&static_folder, |path| !is_of_tools(path))?;
        files.has_links |= has_links;
        report_passed(project.static_folder(), passed, &mut diagnostics);
        files.files.extend(found.into_iter().map(|found| FoundFile {
            path: below(project.static_folder(), &found.relative),
            found,
            is_static: true,
        }));
    }
    // A folder was gone through as a whole before the file that follows it: `a/b` came before `a-b`.
    files.texts.sort_by(|(a, _), (b, _)| a.cmp(b));
    files.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Reported::new(files, diagnostics))
}

/// Returns the folder of the template that a file could belong to as a sheet: as its document, or as a version of it.
fn template_of(path: &SourcePath) -> Option<&str> {
    if path.extension() != "csv" {
        return None;
    }
    if path.stem() == "template" { Some(path.folder()) } else { path.folder().strip_suffix("/versions") }
}

/// Returns whether a file could be the page of a template.
fn is_index(path: &SourcePath) -> bool {
    path.is_markdown() && path.stem().eq_ignore_ascii_case("index")
}

/// Files with a dot, such as `.nojekyll`, are copied from the static folder like any other, but for what tools leave.
fn is_of_tools(path: &str) -> bool {
    matches!(path.rsplit('/').next().unwrap_or(path), ".git" | ".DS_Store")
}

fn report_passed(folder: &str, passed: Vec<Passed>, diagnostics: &mut Vec<Diagnostic>) {
    for passed in passed {
        let path = below(folder, &passed.relative);
        let message = format!("`{path}` was passed over: {}", passed.reason);
        diagnostics.push(Diagnostic::about(Code::PassedOver, &path, message).help("rename, move or remove it"));
    }
}

fn below(folder: &str, relative: &str) -> SourcePath {
    match folder.is_empty() {
        true => SourcePath::new(relative),
        false => SourcePath::new(&format!("{folder}/{relative}")),
    }
}
