//! What to tell the author: diagnostics, collected, never thrown.

pub mod code;
pub mod levels;
pub mod render;
pub mod span;

use std::ops::Range;

use crate::base::path::SourcePath;
use crate::diag::code::Code;
use crate::diag::levels::{Levels, Severity};

/// One fault in what an author wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of fault it is.
    pub code: Code,
    /// Where it is; `None` when it is about no file at all.
    pub place: Option<Place>,
    /// One sentence in the author's words, without a full stop.
    pub message: String,
    /// What to type to mend it, without a full stop.
    pub help: Option<String>,
    /// What `check --fix` does about it; only where it is certain what the author means.
    pub fix: Option<Fix>,
    /// A severity that no configuration changes, for faults that would lose or overwrite something.
    pub always: Option<Severity>,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// The bytes in it; `None` when it is about the file as a whole.
    pub span: Option<Range<usize>>,
}

/// A replacement in the file of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The bytes that are replaced.
    pub span: Range<usize>,
    /// What stands there instead.
    pub text: String,
}

/// A value with everything that was wrong on the way to it.
#[derive(Clone, Debug)]
pub struct Reported<T> {
    /// The value: what could be made of the input.
    pub value: T,
    /// The faults, in any order.
    pub diagnostics: Vec<Diagnostic>,
}

/// The faults of a whole run, with their severities, sorted by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    entries: Vec<(Severity, Diagnostic)>,
}

impl Diagnostic {
    /// Makes a diagnostic about some bytes of a file.
    pub fn at(code: Code, path: &SourcePath, span: Range<usize>, message: impl Into<String>) -> Self {
        Self::with_place(code, Some(Place { path: path.clone(), span: Some(span) }), message)
    }

    /// Makes a diagnostic about a file as a whole.
    pub fn about(code: Code, path: &SourcePath, message: impl Into<String>) -> Self {
        Self::with_place(code, Some(Place { path: path.clone(), span: None }), message)
    }

    /// Makes a diagnostic about the site, not about a file.
    pub fn general(code: Code, message: impl Into<String>) -> Self {
        Self::with_place(code, None, message)
    }

    /// Adds the help line.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the help line, if there is one.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Adds what `check --fix` does about it, if that is certain.
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.or(self.fix);
        self
    }

    /// Makes it an error whatever the levels say.
    pub fn always_error(mut self) -> Self {
        self.always = Some(Severity::Error);
        self
    }

    /// What diagnostics are sorted by: file, place in it, code, message. Those about no file come first.
    fn sort_key(&self) -> (Option<&SourcePath>, Option<(usize, usize)>, &'static str, &str) {
        let span = self.place.as_ref().and_then(|place| place.span.as_ref()).map(|span| (span.start, span.end));
        (self.place.as_ref().map(|place| &place.path), span, self.code.name(), &self.message)
    }

    fn with_place(code: Code, place: Option<Place>, message: impl Into<String>) -> Self {
        Diagnostic { code, place, message: message.into(), help: None, fix: None, always: None }
    }
}

impl<T> Reported<T> {
    /// Makes a value with nothing to report.
    pub fn clean(value: T) -> Self {
        Reported { value, diagnostics: Vec::new() }
    }

    /// Makes a value with its faults.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Reported { value, diagnostics }
    }

    /// Hands over the value and moves its faults to `diagnostics`.
    pub fn take(self, diagnostics: &mut Vec<Diagnostic>) -> T {
        diagnostics.extend(self.diagnostics);
        self.value
    }
}

impl Report {
    /// Gives each fault its severity by the levels, drops those that are off, sorts by place and drops exact repeats.
    pub fn new(diagnostics: Vec<Diagnostic>, levels: &Levels) -> Self {
        let mut entries: Vec<(Severity, Diagnostic)> = diagnostics
            .into_iter()
            .filter_map(|diagnostic| {
                Some((diagnostic.always.or_else(|| levels.severity(diagnostic.code))?, diagnostic))
            })
            .collect();
        entries.sort_by(|(_, a), (_, b)| a.sort_key().cmp(&b.sort_key()));
        entries.dedup_by(|(_, a), (_, b)| a == b);
        Report { entries }
    }

    /// Returns the faults with their severities, sorted by place.
    pub fn entries(&self) -> &[(Severity, Diagnostic)] {
        &self.entries
    }

    /// Returns the report with nothing but its errors.
    pub fn errors_only(&self) -> Self {
        let errors = self.entries.iter().filter(|(severity, _)| *severity == Severity::Error);
        Report { entries: errors.cloned().collect() }
    }

    /// Hands over the faults without their severities.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.entries.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    /// Returns how many faults have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.entries.iter().filter(|(found, _)| *found == severity).count()
    }

    /// Returns how many faults have a certain fix.
    pub fn fixable(&self) -> usize {
        self.entries.iter().filter(|(_, diagnostic)| diagnostic.fix.is_some()).count()
    }

    /// Returns whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
}
