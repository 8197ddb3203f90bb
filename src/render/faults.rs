//! What the template engine says is wrong, as diagnostics at the place in the template.

use std::ops::Range;

use tera::{Error, ErrorKind, ReportError};

use crate::base::did_you_mean::nearest;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::diag::span::floor;
use crate::model::theme::Theme;

/// What stands between a fault and the page it was found with.
const WHILE: &str = ", while rendering ";

/// A fault in a template.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TemplateFault {
    /// The name of the template.
    pub template: String,
    /// Its bytes in the template.
    pub span: (usize, usize),
    /// One clause without a full stop.
    pub message: String,
    /// What to type.
    pub help: String,
}

impl TemplateFault {
    /// Makes a diagnostic of it; `page` is what was being rendered, if anything was.
    pub fn to_diagnostic(&self, theme: &Theme, page: Option<&str>) -> Diagnostic {
        let message = match page {
            Some(page) => format!("{}{WHILE}{page}", self.message),
            None => self.message.clone(),
        };
        match theme.templates.iter().find(|template| template.name == self.template) {
            Some(template) => {
                let end = floor(&template.text, self.span.1);
                let start = floor(&template.text, self.span.0).min(end);
                Diagnostic::at(Code::TemplateError, &template.path, start..end, message)
            }
            None => Diagnostic::general(Code::TemplateError, message),
        }
        .help(self.help.clone())
    }
}

/// Returns whether two diagnostics are about the same fault, whatever page each was found with.
pub fn same_fault(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.code == b.code && a.place == b.place && without_page(&a.message) == without_page(&b.message)
}

/// The message of a fault without the page it was found with.
fn without_page(message: &str) -> &str {
    message.rsplit_once(WHILE).map_or(message, |(fault, _)| fault)
}

/// Reads an error of the engine; `template` is the template that was to be added or rendered.
pub fn read(error: &Error, template: &str, theme: &Theme) -> Vec<TemplateFault> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => vec![from_report(report)],
        ErrorKind::MissingParent { current, parent } => {
            let names = theme.templates.iter().map(|template| template.name.as_str());
            let help = nearest(parent, names).map(|name| format!("did you mean `{name}`?"));
            vec![TemplateFault {
                template: current.clone(),
                span: place_of(theme, current, parent),
                message: format!("it extends `{parent}`, which is not there"),
                help: help.unwrap_or_else(|| "write the name of a template of the theme: `base.html`".to_string()),
            }]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => vec![circle(theme, tpl, inheritance_chain)],
        ErrorKind::CircularInclude { tpl, include_chain } => vec![circle(theme, tpl, include_chain)],
        ErrorKind::Msg(message) => from_text(message, template, theme),
        other => vec![TemplateFault {
            template: template.to_string(),
            span: (0, 0),
            message: first_line(&other.to_string()),
            help: "look at the template's tags and names".to_string(),
        }],
    }
}

fn from_report(report: &ReportError) -> TemplateFault {
    let Range { start, end } = report.span().range;
    let (message, help) = explain(report.message());
    TemplateFault { template: report.filename().to_string(), span: (start, end), message, help }
}

fn circle(theme: &Theme, template: &str, chain: &[String]) -> TemplateFault {
    let next = chain.iter().find(|name| *name != template).map_or(template, String::as_str);
    TemplateFault {
        template: template.to_string(),
        span: place_of(theme, template, next),
        message: format!("it leads back to itself: {}", chain.join(" -> ")),
        help: "take one `extends` or `include` of the circle out".to_string(),
    }
}

/// Reads the faults that the engine finds when it has all templates; they come as one text of several reports.
fn from_text(text: &str, template: &str, theme: &Theme) -> Vec<TemplateFault> {
    let mut faults = Vec::new();
    let mut message = None;
    for line in text.lines() {
        if let Some(found) = line.strip_prefix("error: ") {
            message = Some(found);
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && let Some(fault) = message.take()
            && let Some((name, line, column)) = read_place(place)
        {
            let (message, help) = explain(fault);
            faults.push(TemplateFault {
                span: span_at(theme, name, line, column),
                template: name.to_string(),
                message,
                help,
            });
        }
    }
    if faults.is_empty() {
        let named = theme.templates.iter().rev().find(|template| text.contains(&format!("`{}`", template.name)));
        let template = named.map_or(template, |template| &template.name);
        let (message, help) = explain(text);
        faults.push(TemplateFault { template: template.to_string(), span: (0, 0), message, help });
    }
    faults
}

fn read_place(place: &str) -> Option<(&str, usize, usize)> {
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next()?.trim().parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((parts.next()?, line, column))
}

/// The bytes of the word at a line and column, both from 1.
fn span_at(theme: &Theme, name: &str, line: usize, column: usize) -> (usize, usize) {
    let Some(template) = theme.templates.iter().find(|template| template.name == name) else {
        return (0, 0);
    };
    let text = &*template.text;
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or("");
    let at = start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    let rest = text.get(at..).unwrap_or("");
    let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '}')).unwrap_or(rest.len());
    (at, at + length)
}

/// The bytes of the first mention of a name in a template.
fn place_of(theme: &Theme, template: &str, name: &str) -> (usize, usize) {
    let text = theme.templates.iter().find(|found| found.name == template).map_or("", |found| &found.text);
    text.find(name).map_or((0, 0), |at| (at, at + name.len()))
}

/// Splits what the engine says into a clause and a help line.
fn explain(text: &str) -> (String, String) {
    let text = first_line(text);
    let (clause, names) = match text.split_once(". Available ") {
        Some((clause, list)) => (clause.to_string(), list.split_once(": ").map_or("", |(_, names)| names).to_string()),
        None => (text.trim_end_matches('.').to_string(), String::new()),
    };
    let wanted = clause.split('`').nth(1).unwrap_or("");
    let help = match nearest(wanted, names.split(", ").filter(|name| !name.is_empty())) {
        Some(name) if !wanted.is_empty() => format!("did you mean `{name}`?"),
        _ if !names.is_empty() => format!("known here: {names}"),
        _ => "docs/templates.md lists what a template may use".to_string(),
    };
    (lower_first(&clause), help)
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or("").trim_start_matches("error: ").to_string()
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
