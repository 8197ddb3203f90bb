//! Diagnostics as people, scripts and GitHub read them. Spans become lines and columns here and nowhere else.

use std::fmt::Write as _;
use std::ops::Range;

use serde_json::json;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::base::path::SourcePath;
use crate::diag::levels::Severity;
use crate::diag::span::{LineColumn, line_around, locate};
use crate::diag::{Diagnostic, Report};

/// The form of the messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With the source line, carets and help.
    #[default]
    Human,
    /// One line each.
    Short,
    /// One JSON object a line; `docs/diagnostics.md` describes it.
    Json,
    /// Annotations of GitHub Actions.
    Github,
}

/// Gives the text of a source file, for the lines that messages show.
pub type Texts<'a> = dyn Fn(&SourcePath) -> Option<std::sync::Arc<str>> + 'a;

/// Writes a report in a form. Colours are always written as ANSI codes in [`Format::Human`] when `is_coloured`.
pub fn render(report: &Report, texts: &Texts<'_>, format: Format, is_coloured: bool) -> String {
    let mut out = String::new();
    for (severity, diagnostic) in report.entries() {
        let text = diagnostic.place.as_ref().and_then(|place| texts(&place.path));
        let spot = Spot::find(diagnostic, text.as_deref());
        match format {
            Format::Human => human(&mut out, *severity, diagnostic, &spot, Style { is_coloured }),
            Format::Short => {
                line(
                    &mut out,
                    &format!("{}{severity}[{}]: {}", spot.prefix(), diagnostic.code.name(), diagnostic.message),
                );
            }
            Format::Json => line(&mut out, &json(*severity, diagnostic, &spot)),
            Format::Github => line(&mut out, &github(*severity, diagnostic, &spot)),
        }
    }
    out
}

/// What a message shows beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Where it is: `content/x.md:12:5`; the file alone if it is about no line.
    pub place: Option<String>,
    /// Its line and column, if it is about a line.
    pub start: Option<LineColumn>,
    /// The source line with carets below it; empty if it is about no line.
    pub excerpt: String,
}

/// Returns what people are shown of a diagnostic beside its words, without colours.
pub fn show(diagnostic: &Diagnostic, texts: &Texts<'_>) -> Shown {
    let text = diagnostic.place.as_ref().and_then(|place| texts(&place.path));
    let spot = Spot::find(diagnostic, text.as_deref());
    let place = spot.prefix().trim_end_matches(": ").to_string();
    let mut lines = String::new();
    if let (Some(span), Some(start), Some(text)) = (&spot.span, spot.start, spot.text) {
        excerpt(&mut lines, text, span, start.line, (Style { is_coloured: false }, ""));
    }
    Shown { place: (!place.is_empty()).then_some(place), start: spot.start, excerpt: lines }
}

/// Where a diagnostic is, as people count.
struct Spot<'a> {
    path: Option<&'a SourcePath>,
    text: Option<&'a str>,
    span: Option<Range<usize>>,
    start: Option<LineColumn>,
    end: Option<LineColumn>,
    fix: Option<(LineColumn, LineColumn)>,
}

impl<'a> Spot<'a> {
    fn find(diagnostic: &'a Diagnostic, text: Option<&'a str>) -> Self {
        let Some(place) = &diagnostic.place else {
            return Spot { path: None, text, span: None, start: None, end: None, fix: None };
        };
        let both = |(span, text): (&Range<usize>, &str)| (locate(text, span.start), locate(text, span.end));
        let (start, end) = place.span.as_ref().zip(text).map(both).unzip();
        let fix = diagnostic.fix.as_ref().map(|fix| &fix.span).zip(text).map(both);
        Spot { path: Some(&place.path), text, span: place.span.clone(), start, end, fix }
    }

    /// `content/x.md:12:5: `, or nothing.
    fn prefix(&self) -> String {
        match (self.path, self.start) {
            (Some(path), Some(LineColumn { line, column })) => format!("{path}:{line}:{column}: "),
            (Some(path), None) => format!("{path}: "),
            (None, _) => String::new(),
        }
    }
}

#[derive(Clone, Copy)]
struct Style {
    is_coloured: bool,
}

impl Style {
    fn paint(self, codes: &str, text: &str) -> String {
        match self.is_coloured {
            true => format!("\u{1b}[{codes}m{text}\u{1b}[0m"),
            false => text.to_string(),
        }
    }
}

fn human(out: &mut String, severity: Severity, diagnostic: &Diagnostic, spot: &Spot<'_>, style: Style) {
    let colour = match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Note => "1;36",
    };
    let label = style.paint(colour, &format!("{severity}[{}]", diagnostic.code.name()));
    line(out, &format!("{}{label}: {}", spot.prefix(), style.paint("1", &plain(&diagnostic.message))));
    if let (Some(span), Some(start), Some(text)) = (&spot.span, spot.start, spot.text) {
        excerpt(out, text, span, start.line, (style, colour));
    }
    if let Some(help) = &diagnostic.help {
        line(out, &format!("{}: {}", style.paint("1;32", "help"), plain(help)));
    }
    out.push('\n');
}

/// The source line with carets under the span; a long line is cut to a window around it.
fn excerpt(out: &mut String, text: &str, span: &Range<usize>, number: usize, (style, colour): (Style, &str)) {
    let around = line_around(text, span.start);
    let source = text[around.clone()].trim_start_matches('\u{feff}');
    let shift = around.len() - source.len();
    let from = span.start.saturating_sub(around.start + shift).min(source.len());
    let to = span.end.saturating_sub(around.start + shift).clamp(from, source.len());
    let (from, to) = (crate::diag::span::floor(source, from), crate::diag::span::floor(source, to));
    let window = Window::around(source, from..to);
    let before = window.show(&source[window.range.start..from], window.cut_start);
    let marked = window.show(&source[from..to.min(window.range.end).max(from)], false);
    let shown = window.show(&source[window.range.clone()], window.cut_start);
    let margin = number.to_string();
    let bar = style.paint("1;34", &format!("{margin} |"));
    let end = if window.cut_end { "…" } else { "" };
    line(out, format!("{bar} {shown}{end}").trim_end());
    let carets = "^".repeat(marked.width().max(1));
    let bar = style.paint("1;34", &format!("{} |", " ".repeat(margin.len())));
    line(out, &format!("{bar} {}{}", " ".repeat(before.width()), style.paint(colour, &carets)));
}

/// The part of a line that is shown.
struct Window {
    range: Range<usize>,
    cut_start: bool,
    cut_end: bool,
}

impl Window {
    const WIDEST: usize = 120;

    fn around(line: &str, span: Range<usize>) -> Self {
        if line.len() <= Self::WIDEST {
            return Window { range: 0..line.len(), cut_start: false, cut_end: false };
        }
        let start = crate::diag::span::floor(line, span.start.saturating_sub(Self::WIDEST / 3));
        let end = crate::diag::span::floor(line, (start + Self::WIDEST).min(line.len()));
        Window { range: start..end.max(start), cut_start: start > 0, cut_end: end < line.len() }
    }

    /// Tabs become spaces and control characters are replaced, so that columns agree and no terminal is fooled.
    fn show(&self, part: &str, is_cut: bool) -> String {
        let mut shown = String::from(if is_cut { "…" } else { "" });
        for c in part.chars() {
            match c {
                '\t' => shown.push_str("    "),
                c if c.width().is_none() => shown.push('\u{fffd}'),
                c => shown.push(c),
            }
        }
        shown
    }
}

fn json(severity: Severity, diagnostic: &Diagnostic, spot: &Spot<'_>) -> String {
    let position = |at: Option<LineColumn>| at.map(|at| json!({"line": at.line, "column": at.column}));
    let fix = diagnostic.fix.as_ref().map(|fix| {
        let (start, end) = spot.fix.unzip();
        let bytes = [fix.span.start, fix.span.end];
        json!({"text": fix.text, "start": position(start), "end": position(end), "bytes": bytes})
    });
    json!({
        "code": diagnostic.code.name(),
        "severity": severity.to_string(),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "file": spot.path.map(SourcePath::as_str),
        "start": position(spot.start),
        "end": position(spot.end),
        "bytes": spot.span.as_ref().map(|span| [span.start, span.end]),
        "fix": fix,
    })
    .to_string()
}

/// A workflow command, escaped as GitHub's documentation of workflow commands asks.
fn github(severity: Severity, diagnostic: &Diagnostic, spot: &Spot<'_>) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let command = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut out = format!("::{command} title={}", property(diagnostic.code.name()));
    if let Some(path) = spot.path {
        write!(out, ",file={}", property(path.as_str())).expect("writing to a string does not fail");
    }
    if let (Some(start), Some(end)) = (spot.start, spot.end) {
        write!(out, ",line={},col={}", start.line, start.column).expect("writing to a string does not fail");
        if end.line == start.line && end.column > start.column {
            write!(out, ",endColumn={}", end.column).expect("writing to a string does not fail");
        }
    }
    let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {help}"));
    format!("{out}::{}", data(&format!("{}{help}", diagnostic.message)))
}

/// A message on one line without control characters, whatever the author's words hold.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::code::Code;
    use crate::diag::levels::Levels;

    fn show(format: Format) -> String {
        let path = SourcePath::new("content/guides/onboarding.md");
        let text = "---\ntitle: x\n---\n\tSee [[Pairing guide]] first.\n";
        let start = text.find("[[").expect("there");
        let diagnostic =
            Diagnostic::at(Code::BrokenLink, &path, start..start + 17, "no page is called \"Pairing guide\"")
                .help("did you mean \"Pair programming\"?");
        let report = Report::new(vec![diagnostic.clone(), diagnostic], &Levels::default());
        render(&report, &|_| Some(text.into()), format, false)
    }

    #[test]
    fn people_see_the_line() {
        let expected = "content/guides/onboarding.md:4:6: error[broken-link]: no page is called \"Pairing guide\"\n\
            4 |     See [[Pairing guide]] first.\n  |         ^^^^^^^^^^^^^^^^^\nhelp: did you mean \"Pair programming\"?\n\n";
        assert_eq!(show(Format::Human), expected);
    }

    #[test]
    fn scripts_see_fields() {
        let value: serde_json::Value = serde_json::from_str(&show(Format::Json)).expect("one object");
        assert_eq!(value["start"]["line"], 4);
        assert!(
            show(Format::Github)
                .starts_with("::error title=broken-link,file=content/guides/onboarding.md,line=4,col=6,endColumn=23::")
        );
        assert!(show(Format::Short).ends_with("first.\n") || show(Format::Short).lines().count() == 1);
    }
}
