//! Gives each path of the site to the first that wants it, and reports the others.

use std::collections::HashMap;
use std::ops::Range;

use crate::base::path::SourcePath;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::model::output::{Origin, Output, Recipe};

/// The outputs that have their path.
#[derive(Default)]
pub struct Claims {
    outputs: Vec<Output>,
    /// By path in lower case: which output has it.
    files: HashMap<String, usize>,
    /// By path in lower case: an output that needs it to be a folder.
    folders: HashMap<String, usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Claims {
    /// Gives an output its path, or reports who has it.
    pub fn claim(&mut self, output: Output) {
        let path = output.path.as_str().to_lowercase();
        let parents: Vec<usize> = path.match_indices('/').map(|(at, _)| at).collect();
        let in_the_way = parents.iter().find_map(|end| self.files.get(&path[..*end])).copied();
        if let Some(holder) = self.files.get(&path).copied() {
            self.report_same(holder, &output);
        } else if let Some(holder) = self.folders.get(&path).copied() {
            self.report_folder(holder, &output, output.path.as_str().to_string());
        } else if let Some(holder) = in_the_way {
            let folder = self.outputs[holder].path.as_str().to_string();
            self.report_folder(holder, &output, folder);
        } else {
            let number = self.outputs.len();
            for end in parents {
                if !self.folders.contains_key(&path[..end]) {
                    self.folders.insert(path[..end].to_string(), number);
                }
            }
            self.files.insert(path, number);
            self.outputs.push(output);
        }
    }

    /// Returns whether a path is taken, in any case.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(&path.to_lowercase())
    }

    /// Returns the outputs that have their path so far, in the order in which they came.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// Returns all outputs that have their path, sorted by it.
    pub fn finish(self) -> Reported<Vec<Output>> {
        let mut outputs = self.outputs;
        outputs.sort_by(|a, b| a.path.cmp(&b.path));
        Reported::new(outputs, self.diagnostics)
    }

    fn report_same(&mut self, holder: usize, late: &Output) {
        let first = &self.outputs[holder];
        let (a, b) = (describe(first), describe(late));
        let message = match first.path == late.path {
            true => format!("{b} and {a} both want {}", late.path.to_url()),
            false => {
                format!(
                    "{b} wants {} and {a} wants {}, which differ only in case",
                    late.path.to_url(),
                    first.path.to_url()
                )
            }
        };
        self.report(holder, late, message);
    }

    fn report_folder(&mut self, holder: usize, late: &Output, folder: String) {
        let first = &self.outputs[holder];
        let (a, b) = (describe(first), describe(late));
        let message = match folder == late.path.as_str() {
            true => format!("{b} wants a file /{folder} where {a} needs a folder"),
            false => format!("{b} needs a folder /{folder} where {a} is a file"),
        };
        self.report(holder, late, message);
    }

    fn report(&mut self, holder: usize, late: &Output, message: String) {
        let first = &self.outputs[holder];
        let diagnostic = match source(late).or_else(|| source(first)) {
            Some((path, Some(span))) => Diagnostic::at(Code::Collision, path, span, message),
            Some((path, None)) => Diagnostic::about(Code::Collision, path, message),
            None => Diagnostic::general(Code::Collision, message),
        };
        let help = reserved(first)
            .or_else(|| reserved(late))
            .or_else(|| remedy(late))
            .or_else(|| remedy(first))
            .unwrap_or_else(|| "rename one of the two".to_string());
        let diagnostic = diagnostic.help(help);
        self.diagnostics.push(diagnostic.always_error());
    }
}

fn source(output: &Output) -> Option<(&SourcePath, Option<Range<usize>>)> {
    match &output.origin {
        Origin::Source(path, span) => Some((path, span.clone())),
        Origin::Generated(_) => None,
    }
}

/// What an output is, in the author's words.
fn describe(output: &Output) -> String {
    match output.recipe {
        Recipe::RedirectPage(_) => format!("an alias of {}", output.origin),
        Recipe::Document(_) => format!("the document {}", output.origin),
        Recipe::Snapshot(..) => format!("the version {}", output.origin),
        _ => output.origin.to_string(),
    }
}

/// What to do instead of writing a file by hand that Fieldbook writes, whose name is fixed.
fn reserved(output: &Output) -> Option<String> {
    let instead = match output.recipe {
        Recipe::Redirects => "list former addresses under `aliases:` of the pages",
        Recipe::Headers => "add to the policy by `security: {csp: […]}`",
        _ => return None,
    };
    Some(format!("Fieldbook writes {} itself: {instead}, and remove the file", output.path))
}

/// What to do so that an output wants another path.
fn remedy(output: &Output) -> Option<String> {
    let (path, _) = source(output)?;
    Some(match output.recipe {
        Recipe::RedirectPage(_) => format!("take the alias out of {path}"),
        Recipe::Copy(_) => format!("rename {path}"),
        _ => format!("give {path} another name, or another `slug:` or `url:`"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::OutputPath;
    use crate::model::asset::FileId;
    use crate::model::output::Rank;

    fn check(paths: &[&str], kept: &[&str], message: Option<&str>) {
        let mut claims = Claims::default();
        for (number, path) in paths.iter().enumerate() {
            claims.claim(Output {
                path: OutputPath::parse(path).expect("a path"),
                origin: Origin::Source(SourcePath::new(&format!("{number}.md")), None),
                rank: Rank::Asset,
                recipe: Recipe::Copy(FileId(0)),
            });
        }
        let Reported { value, diagnostics } = claims.finish();
        assert_eq!(value.iter().map(|output| output.path.as_str()).collect::<Vec<_>>(), kept);
        let messages: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(messages, message.into_iter().collect::<Vec<_>>());
        assert!(diagnostics.iter().all(|diagnostic| diagnostic.always.is_some() && diagnostic.help.is_some()));
    }

    #[test]
    fn the_first_keeps_its_path() {
        check(&["b", "a"], &["a", "b"], None);
        check(&["a/index.html", "a/index.html"], &["a/index.html"], Some("1.md and 0.md both want /a/"));
        check(
            &["A.css", "a.css"],
            &["A.css"],
            Some("1.md wants /a.css and 0.md wants /A.css, which differ only in case"),
        );
    }

    #[test]
    fn a_file_where_a_folder_is_needed() {
        check(&["a", "a/b/c"], &["a"], Some("1.md needs a folder /a where 0.md is a file"));
        check(&["a/b/c", "a"], &["a/b/c"], Some("1.md wants a file /a where 0.md needs a folder"));
    }
}
