//! Placeholders: `{{vendor}}` in the text of a template, where the answer to a question goes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::document::blocks::{self, Kind};
use crate::document::{Format, cells};

/// What a person answered, by the id of the question.
pub type Answers = BTreeMap<String, String>;

/// A placeholder and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The id between the braces.
    pub id: String,
    /// Its bytes with the braces.
    pub span: Range<usize>,
}

/// Finds the placeholders of a document in the order written; what stands in code is code.
pub fn find(text: &str, format: Format) -> Vec<Placeholder> {
    let mut found = Vec::new();
    for block in blocks::split(text, format).into_iter().filter(|block| block.kind != Kind::Code) {
        let start = block.span.start;
        found.extend(find_in(&text[block.span]).into_iter().map(|placeholder| Placeholder {
            span: placeholder.span.start + start..placeholder.span.end + start,
            ..placeholder
        }));
    }
    found
}

/// Puts the answers in; placeholders without one stay. An answer is one line: its breaks become blanks. In the row of a
/// table it is written so that it stays in its cell.
pub fn fill(text: &str, answers: &Answers, format: Format) -> String {
    let mut out = String::with_capacity(text.len());
    for block in blocks::split(text, format) {
        out.push_str(&fill_in(&text[block.span], block.kind, answers, format));
    }
    out
}

/// Finds the placeholders in the text of one block.
pub fn find_in(text: &str) -> Vec<Placeholder> {
    let mut found = Vec::new();
    if !text.contains("{{") {
        return found;
    }
    let code = code_spans(text);
    for (at, _) in text.match_indices("{{") {
        let is_code = code.partition_point(|span| span.end <= at) < code.len()
            && code[code.partition_point(|span| span.end <= at)].start <= at;
        let rest = &text[at + 2..];
        let id = &rest[..rest.find(|c: char| !is_inner(c)).unwrap_or(rest.len())];
        if !is_code && is_id(id) && rest[id.len()..].starts_with("}}") {
            found.push(Placeholder { id: id.to_string(), span: at..at + id.len() + 4 });
        }
    }
    found
}

/// Fills the text of one block.
pub fn fill_in(text: &str, kind: Kind, answers: &Answers, format: Format) -> String {
    if kind == Kind::Code || !text.contains("{{") {
        return text.to_string();
    }
    if format == Format::Csv {
        return fill_record(text, answers);
    }
    let is_row = matches!(kind, Kind::Header | Kind::Row);
    replace(text, answers, |value| if is_row { value.replace('|', "\\|") } else { value })
}

/// Returns whether this may be the id of a question: a small letter, then letters, digits, `_` and `-`.
pub fn is_id(written: &str) -> bool {
    written.starts_with(|c: char| c.is_ascii_lowercase()) && written.chars().all(is_inner)
}

fn is_inner(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-')
}

fn replace(text: &str, answers: &Answers, write: impl Fn(String) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for placeholder in find_in(text) {
        if let Some(answer) = answers.get(&placeholder.id) {
            out.push_str(&text[at..placeholder.span.start]);
            out.push_str(&write(one_line(answer)));
            at = placeholder.span.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

fn fill_record(record: &str, answers: &Answers) -> String {
    let mut out = String::with_capacity(record.len());
    let mut at = 0;
    for cell in cells::csv(record) {
        out.push_str(&record[at..cell.start]);
        let value = cells::unquote(&record[cell.clone()]);
        let filled = replace(&value, answers, |value| value);
        if filled == value {
            out.push_str(&record[cell.clone()]);
        } else {
            out.push_str(&cells::quote(&filled));
        }
        at = cell.end;
    }
    out.push_str(&record[at..]);
    out
}

fn one_line(answer: &str) -> String {
    answer.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The code spans of a block: from a run of backticks to the next one of the same length.
fn code_spans(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    let mut spans = Vec::new();
    // Lengths that no further run has: without this a hostile text is searched over and over.
    let mut spent = BTreeSet::new();
    let mut index = 0;
    while index < runs.len() {
        let open = &runs[index];
        let is_escaped = text[..open.start].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        let start = open.start + usize::from(is_escaped);
        let length = open.end - start;
        let close = match length == 0 || spent.contains(&length) {
            true => None,
            false => runs[index + 1..].iter().position(|run| run.len() == length).map(|offset| index + 1 + offset),
        };
        match close {
            Some(close) => {
                spans.push(start..runs[close].end);
                index = close + 1;
            }
            None => {
                spent.insert(length);
                index += 1;
            }
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::{Answers, fill, find};
    use crate::document::Format;

    fn answers() -> Answers {
        [("vendor", "Acme | Sons"), ("x", "a,\n\"b\"")].map(|(id, value)| (id.into(), value.into())).into()
    }

    #[test]
    fn code_is_code() {
        let text = "---\ntitle: {{vendor}}\n---\n# With {{vendor}}\n\n`{{vendor}}` \\`{{vendor}} {{Vendor}} {{ vendor }}\n\n\
            ```\n{{vendor}}\n```\n\n    {{vendor}}\n";
        let found = find(text, Format::Markdown);
        assert!(found.iter().all(|placeholder| &text[placeholder.span.clone()] == "{{vendor}}"));
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn an_answer_stays_in_its_cell() {
        let filled = fill("{{vendor}}\n\n| a |\n|---|\n| {{vendor}} {{y}} |\n", &answers(), Format::Markdown);
        assert_eq!(filled, "Acme | Sons\n\n| a |\n|---|\n| Acme \\| Sons {{y}} |\n");
        assert_eq!(fill("k,v\r\n1,{{x}}\r\n", &answers(), Format::Csv), "k,v\r\n1,\"a, \"\"b\"\"\"\r\n");
    }
}
