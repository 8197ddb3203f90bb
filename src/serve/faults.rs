//! Faults as the browser shows them.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::base::path::{SourcePath, UrlPath};
use crate::config::project::Project;
use crate::diag::levels::Severity;
use crate::diag::render::{Texts, show};
use crate::diag::{Diagnostic, Report};
use crate::model::site::Site;

/// A fault as the browser shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How grave it is.
    pub severity: Severity,
    /// The name of its code: `broken-link`.
    pub code: &'static str,
    /// What is wrong, in a sentence.
    pub message: String,
    /// Where it is: `content/guides/costs.md:12:5`.
    pub place: Option<String>,
    /// The source line with carets below it; empty if it is not about a line.
    pub excerpt: String,
    /// What to type to mend it.
    pub help: Option<String>,
    /// The address that opens the place in the author's editor.
    pub editor_url: Option<String>,
    /// The path of the page that is made of the file, decoded: `/guides/costs/`.
    pub page: Option<String>,
}

impl Fault {
    /// Makes a fault of what the machine refused, so that there is no new site.
    pub fn of_trouble(message: String) -> Self {
        Fault {
            severity: Severity::Error,
            code: "trouble",
            message,
            place: None,
            excerpt: String::new(),
            help: Some("what was built last is still served; save again when this is mended".to_string()),
            editor_url: None,
            page: None,
        }
    }
}

/// Prepares the errors and warnings of a report for the browser. `site` is what came of the run, if anything did.
pub fn faults(project: &Project, report: &Report, texts: &Texts<'_>, site: Option<&Site>) -> Vec<Fault> {
    let pages: HashMap<&SourcePath, &UrlPath> = match site {
        Some(site) if !report.entries().is_empty() => {
            site.all_pages().map(|(_, page)| (&page.source, &page.url)).collect()
        }
        _ => HashMap::new(),
    };
    let entries = report.entries().iter().filter(|(severity, _)| *severity != Severity::Note);
    entries.map(|(severity, diagnostic)| fault(project, (*severity, diagnostic), texts, &pages)).collect()
}

impl Fault {
    /// Returns it as the script in the browser reads it.
    pub fn to_json(&self) -> Value {
        json!({
            "severity": self.severity.to_string(),
            "code": self.code,
            "message": self.message,
            "place": self.place,
            "excerpt": self.excerpt,
            "help": self.help,
            "editor": self.editor_url,
        })
    }
}

fn fault(
    project: &Project,
    (severity, diagnostic): (Severity, &Diagnostic),
    texts: &Texts<'_>,
    pages: &HashMap<&SourcePath, &UrlPath>,
) -> Fault {
    let shown = show(diagnostic, texts);
    let path = diagnostic.place.as_ref().map(|place| &place.path);
    let editor_url = path.zip(project.config.editor.as_ref()).map(|(path, editor)| {
        let (line, column) = shown.start.map_or((1, 1), |start| (start.line, start.column));
        editor.url(&path.on_disk(&project.root), line, column)
    });
    Fault {
        severity,
        code: diagnostic.code.name(),
        message: diagnostic.message.clone(),
        place: shown.place,
        excerpt: shown.excerpt,
        help: diagnostic.help.clone(),
        editor_url,
        page: path.and_then(|path| pages.get(path)).map(|url| url.as_str().to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::editor::Editor;
    use crate::model::source::Sources;
    use crate::pipeline;

    #[test]
    fn faults_are_shown_with_their_lines() {
        let mut project = Project::in_memory("X");
        project.root = "/home/x".into();
        project.config.editor = Editor::parse("vscode");
        let sources = Sources::from_texts([("index.md", "# Home\n"), ("a b.md", "# A\n\nSee [it](nowhere.md).\n")]);
        let outcome = pipeline::compile(&project, sources).unwrap();
        let texts = |path: &SourcePath| outcome.texts.get(path).cloned();
        let found = faults(&project, &outcome.report, &texts, Some(&outcome.site));
        let fault = found.iter().find(|fault| fault.code == "broken-link").unwrap();
        assert_eq!(fault.place.as_deref(), Some("a b.md:3:10"));
        assert_eq!(fault.excerpt, "3 | See [it](nowhere.md).\n  |          ^^^^^^^^^^\n");
        assert_eq!(fault.editor_url.as_deref(), Some("vscode://file/home/x/a%20b.md:3:10"));
        assert_eq!(fault.page.as_deref(), Some("/a-b/"));
        assert!(fault.message.contains("nowhere.md") && fault.help.is_some());
        assert!(found.iter().all(|fault| fault.severity != Severity::Note));
    }
}
