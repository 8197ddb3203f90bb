//! Finds the footnotes whose text no reader would see.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::base::path::SourcePath;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::diag::span::floor;

/// The footnotes of a text and what refers to them.
#[derive(Debug, Default)]
pub struct Notes {
    definitions: Vec<(String, Range<usize>)>,
    /// The note that is being read, innermost last.
    open: Vec<String>,
    /// By the note they stand in, `None` for the text itself, the labels that are referred to.
    references: HashMap<Option<String>, Vec<String>>,
}

impl Notes {
    /// Notes that a definition begins.
    pub fn start(&mut self, label: &str, span: &Range<usize>) {
        self.open.push(label.to_lowercase());
        self.definitions.push((label.to_string(), span.clone()));
    }

    /// Notes that it ends.
    pub fn end(&mut self) {
        self.open.pop();
    }

    /// Notes a reference.
    pub fn refer(&mut self, label: &str) {
        self.references.entry(self.open.last().cloned()).or_default().push(label.to_lowercase());
    }

    /// Reports the notes that nothing refers to but notes which are not shown either, and those that another one with
    /// the same label takes the place of.
    pub fn unused(self, path: &SourcePath, text: &str) -> Vec<Diagnostic> {
        let shown = self.shown();
        let mut defined = HashSet::new();
        let mut diagnostics = Vec::new();
        for (label, span) in &self.definitions {
            let key = label.to_lowercase();
            let is_shown = shown.contains(key.as_str());
            let is_first = defined.insert(key);
            let (message, help) = match (is_shown, is_first) {
                (true, true) => continue,
                (true, false) => (
                    format!("the footnote `[^{label}]` is defined a second time, and only the first is shown"),
                    "give one of them another label, or delete it".to_string(),
                ),
                (false, _) => (
                    format!("nothing that is shown refers to the footnote `[^{label}]`, so it is not shown either"),
                    format!("write `[^{label}]` in the text where it belongs, or delete the footnote"),
                ),
            };
            let end = floor(text, (span.start + label.len() + "[^]".len()).min(span.end)).max(span.start);
            diagnostics.push(Diagnostic::at(Code::UnusedFootnote, path, span.start..end, message).help(help));
        }
        diagnostics
    }

    /// The labels of the notes that the text leads to, if need be by way of other notes.
    fn shown(&self) -> HashSet<&str> {
        let mut shown = HashSet::new();
        let mut todo: Vec<&str> = self.references.get(&None).into_iter().flatten().map(String::as_str).collect();
        while let Some(label) = todo.pop() {
            if shown.insert(label) {
                let inner = self.references.get(&Some(label.to_string()));
                todo.extend(inner.into_iter().flatten().map(String::as_str));
            }
        }
        shown
    }
}
