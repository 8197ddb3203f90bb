//! Says in an author's words what is wrong with front matter and what to type.

use crate::base::fence::Style;
use crate::base::tree::Fault;

/// Returns what is wrong.
pub fn message(fault: &Fault, written: &str) -> String {
    let line = line_of(fault, written);
    let found = |part: &str| fault.message.contains(part);
    if found("mapping values are not allowed") {
        return "a value has a colon in it and no quotes around it".into();
    }
    if line.contains('\t') && line.starts_with([' ', '\t']) {
        return "a line is indented with a tab".into();
    }
    if found("found unexpected end of stream") || found("found unexpected document indicator") {
        return "a quote is opened and never closed".into();
    }
    if found("did not find expected ',' or") {
        return "a bracket is opened and never closed, or a comma is missing".into();
    }
    if found("cannot start any token") {
        return "a value begins with a character that needs quotes".into();
    }
    fault.message.clone()
}

/// Returns what to type, as far as that can be told.
pub fn help(fault: &Fault, written: &str, style: Style) -> Option<String> {
    if style == Style::Toml {
        return Some("write `key = \"value\"` lines, as TOML wants them".into());
    }
    let line = line_of(fault, written);
    let text = message(fault, written);
    let (key, value) = line.split_once(':').unwrap_or((line, ""));
    let (key, value) = (key.trim(), value.trim());
    let needs_quotes = text.contains("colon") || text.contains("needs quotes");
    let can_be_quoted = !key.is_empty() && !value.is_empty() && line.len() < 100 && !value.contains(['"', '[', '{']);
    Some(match () {
        () if needs_quotes && can_be_quoted => format!("put it in quotes: `{key}: \"{value}\"`"),
        () if needs_quotes => "put the value in double quotes".into(),
        () if text.contains("tab") => "indent with blanks".into(),
        () if text.contains("a quote is") => "close it on the same line".into(),
        () if text.contains("a bracket is") => "close it with `]` or `}`".into(),
        () if text.contains("longer than") => "move the text into the page".into(),
        () => "write `key: value` lines between the fences".into(),
    })
}

fn line_of<'a>(fault: &Fault, written: &'a str) -> &'a str {
    let at = fault.span.start.min(written.len());
    let before = written.get(..at).unwrap_or(written);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    written[start..].lines().next().unwrap_or("")
}
