//! Splits a file into front matter and body, and reads the front matter into a tree.

mod remedy;

use std::ops::Range;

use crate::base::fence::{self, Split, Style};
use crate::base::path::SourcePath;
use crate::base::tree::{Entry, Fault, LIMITS, Node, Value};
use crate::base::{toml, yaml};
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};

/// What stands before the body of a page, read as far as it can be.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// The keys with their values; an empty map if there are none.
    pub node: Node,
    /// The byte of the file that byte 0 of the tree's spans is.
    pub offset: usize,
    /// The bytes of the body in the file.
    pub body: Range<usize>,
    /// Whether something that could not be read may have said that the page is not for everybody yet.
    pub may_be_hidden: bool,
}

/// Keys that keep a page from readers; when they stand in what cannot be read, the page counts as a draft.
pub const HIDING: [&str; 5] = ["draft", "publish_on", "expires", "audience", "date"];

/// The same of other generators, in lower case.
const FOREIGN: [&str; 5] = ["publishdate", "pubdate", "published", "expirydate", "unpublishdate"];

/// Reads the front matter of a file.
pub fn read(path: &SourcePath, text: &str) -> Reported<FrontMatter> {
    let mut diagnostics = Vec::new();
    let front_matter = match fence::split(text) {
        Split::None { body } => none(body, false),
        Split::Unclosed { fence, body } => {
            let mark = text[fence.clone()].to_string();
            let may_be_hidden = text[body.clone()].lines().take(200).any(begins_with_hiding_key);
            let message =
                format!("front matter is opened with `{mark}` here and never closed{}", consequence(may_be_hidden));
            let help = format!("write `{mark}` on a line of its own behind the last key");
            diagnostics.push(Diagnostic::at(Code::UnclosedFrontMatter, path, fence, message).help(help));
            none(body, may_be_hidden)
        }
        Split::Found { style, fence, inner, body, is_late } => {
            if is_late {
                let message = "blank lines stand before the front matter";
                let help = "delete them, so that it begins on the first line";
                diagnostics.push(Diagnostic::at(Code::LateFrontMatter, path, fence, message).help(help));
            }
            let (node, may_be_hidden) = parse(path, text, (style, inner.clone())).take(&mut diagnostics);
            FrontMatter { node, offset: inner.start, body, may_be_hidden }
        }
    };
    Reported::new(front_matter, diagnostics)
}

/// Returns the bytes of a file that follow its front matter, if any; nothing is reported.
pub fn body(text: &str) -> Range<usize> {
    match fence::split(text) {
        Split::None { body } | Split::Unclosed { body, .. } | Split::Found { body, .. } => body,
    }
}

fn none(body: Range<usize>, may_be_hidden: bool) -> FrontMatter {
    FrontMatter { node: Node::empty_map(0..0), offset: body.start, body, may_be_hidden }
}

/// What the messages add when the page is withheld.
fn consequence(may_be_hidden: bool) -> &'static str {
    if may_be_hidden { "; it may have hidden the page, so the page is not published" } else { "" }
}

fn begins_with_hiding_key(line: &str) -> bool {
    let key = line.split([':', '=']).next().unwrap_or("").trim().trim_matches(['"', '\'']);
    key.len() < line.len() && is_hiding(key)
}

/// Reads the text between the fences; what of it cannot be read is reported, the rest is kept.
fn parse(path: &SourcePath, text: &str, (style, inner): (Style, Range<usize>)) -> Reported<(Node, bool)> {
    let written = &text[inner.clone()];
    let read = match style {
        Style::Yaml => yaml::parse(written, LIMITS),
        Style::Toml => toml::parse(written, LIMITS),
    };
    let fault = match read {
        Ok(node) => match node.value {
            Value::Map(_) => return Reported::clean((node, false)),
            Value::Null => return Reported::clean((Node::empty_map(0..0), false)),
            _ => Fault { message: format!("it is {}, not `key: value` lines", node.describe()), span: 0..0 },
        },
        Err(fault) => fault,
    };
    let (node, mut faults) = match style {
        Style::Yaml => yaml::parse_by_key(written, LIMITS),
        Style::Toml => (Node::empty_map(0..0), Vec::new()),
    };
    if faults.is_empty() {
        faults.push(fault);
    }
    let may_be_hidden = mentions_hiding_key(written, &node);
    let consequence = consequence(may_be_hidden);
    let report = |fault: &Fault| {
        let message = format!("front matter cannot be read: {}{consequence}", remedy::message(fault, written));
        let span = inner.start + fault.span.start..inner.start + fault.span.end;
        Diagnostic::at(Code::BadFrontMatter, path, span, message).maybe_help(remedy::help(fault, written, style))
    };
    let diagnostics = faults.iter().map(report).collect();
    Reported::new((node, may_be_hidden), diagnostics)
}

/// Whether what is left of the text without the keys that could be read mentions a key that hides a page.
fn mentions_hiding_key(written: &str, node: &Node) -> bool {
    let Value::Map(entries) = &node.value else {
        return true;
    };
    let mut read: Vec<Range<usize>> = entries.iter().map(bytes_of).collect();
    read.sort_by_key(|span| span.start);
    let mut at = 0;
    let mut rest = String::new();
    for span in read {
        rest.push_str(written.get(at..span.start).unwrap_or(""));
        at = at.max(span.end);
    }
    rest.push_str(written.get(at..).unwrap_or(""));
    let rest = rest.to_lowercase();
    // `date` is a part of too many words.
    HIDING.iter().any(|key| *key != "date" && rest.contains(key)) || words(&rest).any(is_hiding)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// Whether a word is a key that hides, ours or another generator's, in any case.
fn is_hiding(word: &str) -> bool {
    HIDING.iter().chain(&FOREIGN).any(|key| key.eq_ignore_ascii_case(word))
}

/// The bytes of a key and of everything that belongs to its value.
fn bytes_of(entry: &Entry) -> Range<usize> {
    fn end(node: &Node) -> usize {
        let inner = match &node.value {
            Value::List(items) => items.iter().map(end).max(),
            Value::Map(entries) => entries.iter().map(|entry| end(&entry.value)).max(),
            _ => None,
        };
        inner.unwrap_or(0).max(node.span.end)
    }
    entry.key_span.start..end(&entry.value).max(entry.key_span.end)
}

#[cfg(test)]
mod tests;
