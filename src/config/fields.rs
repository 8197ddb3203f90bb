//! Reads typed values out of a tree of keys, and reports what has the wrong type, what is unknown and what is written
//! twice, each at its own line. Front matter and the configuration are both read through this.

use std::ops::Range;

use crate::base::date::{DateFault, Moment, Period};
use crate::base::did_you_mean::nearest;
use crate::base::path::SourcePath;
use crate::base::tree::{Entry, Node, Value};
use crate::diag::Diagnostic;
use crate::diag::code::Code;

/// A value with its bytes in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// A value is there and cannot be read; it is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread;

/// The keys of one map, each taken once.
pub struct Fields<'a> {
    path: &'a SourcePath,
    offset: usize,
    span: Range<usize>,
    entries: Vec<&'a Entry>,
    known: Vec<&'a str>,
    /// Where the map is, for messages: `""` or `template.`.
    prefix: String,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Opens a map that was read from `path`, where its text begins at byte `offset`. What is not a map is reported.
    pub fn open(path: &'a SourcePath, node: &'a Node, offset: usize) -> Self {
        Self::open_below(path, node, offset, String::new())
    }

    fn open_below(path: &'a SourcePath, node: &'a Node, offset: usize, prefix: String) -> Self {
        let span = node.span.start + offset..node.span.end + offset;
        let mut fields =
            Fields { path, offset, span, entries: Vec::new(), known: Vec::new(), prefix, diagnostics: Vec::new() };
        match &node.value {
            Value::Map(entries) => fields.add(entries),
            Value::Null => {}
            _ => {
                let name = fields.prefix.trim_end_matches('.').to_string();
                fields.wrong_type(&name, node, "a map of keys");
            }
        }
        fields
    }

    fn add(&mut self, entries: &'a [Entry]) {
        for entry in entries {
            if let Some(first) = self.entries.iter_mut().find(|found| found.key == entry.key) {
                let message = format!("the key `{}{}` stands twice; the last one counts", self.prefix, entry.key);
                let span = entry.key_span.start + self.offset..entry.key_span.end + self.offset;
                self.diagnostics
                    .push(Diagnostic::at(Code::DuplicateKey, self.path, span, message).help("delete one of them"));
                *first = entry;
            } else {
                self.entries.push(entry);
            }
        }
    }

    /// Takes the value of a key as it is; `null` counts as not there.
    pub fn node(&mut self, key: &'a str) -> Option<&'a Node> {
        self.known.push(key);
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (entry.value.value != Value::Null).then_some(&entry.value)
    }

    /// Returns the bytes of a key in the file, if it is there.
    pub fn key_span(&self, key: &str) -> Option<Range<usize>> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(entry.key_span.start + self.offset..entry.key_span.end + self.offset)
    }

    /// Returns the bytes of the whole map in the file.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Takes a text; a number or a flag is taken as it is written. An empty text counts as not there.
    pub fn text(&mut self, key: &'a str) -> Option<String> {
        self.spanned_text(key).map(|text| text.value)
    }

    /// Takes a text with its place.
    pub fn spanned_text(&mut self, key: &'a str) -> Option<Spanned<String>> {
        let node = self.node(key)?;
        match scalar(node) {
            Some(text) => (!text.trim().is_empty())
                .then(|| Spanned { value: text.trim().to_string(), span: self.file_span(node) }),
            None => {
                self.wrong_type(key, node, "a text");
                None
            }
        }
    }

    /// Takes `true` or `false`; quoted ones are understood.
    pub fn flag(&mut self, key: &'a str) -> Option<bool> {
        let node = self.node(key)?;
        match flag(node) {
            Some(flag) => Some(flag),
            None => {
                self.wrong_type(key, node, "true or false");
                None
            }
        }
    }

    /// Takes a whole number; `08` and `"8"` are understood.
    pub fn whole(&mut self, key: &'a str) -> Option<i64> {
        let node = self.node(key)?;
        let number = scalar(node).and_then(|text| text.trim().parse::<i64>().ok());
        if number.is_none() {
            self.wrong_type(key, node, "a whole number");
        }
        number
    }

    /// Takes a list of texts; a single text is a list of one. What is no text in it is reported and left out.
    pub fn texts(&mut self, key: &'a str) -> Vec<Spanned<String>> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let items = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match scalar(item) {
                Some(text) if text.trim().is_empty() => {}
                Some(text) => texts.push(Spanned { value: text.trim().to_string(), span: self.file_span(item) }),
                None if item.value == Value::Null => {}
                None => self.wrong_type(key, item, "a list of texts"),
            }
        }
        texts
    }

    /// Takes a date, with or without a time.
    pub fn moment(&mut self, key: &'a str) -> Option<Moment> {
        self.moment_or(key, "").unwrap_or(None)
    }

    /// Takes a date; what is none is reported with what follows from it, and makes an error.
    ///
    /// # Errors
    /// [`Unread`] when something is there that is not a date.
    pub fn moment_or(&mut self, key: &'a str, consequence: &str) -> Result<Option<Moment>, Unread> {
        let Some(node) = self.node(key) else {
            return Ok(None);
        };
        let Some(text) = scalar(node) else {
            let message = format!("`{}{key}` is {}, not a date{consequence}", self.prefix, node.describe());
            self.report(Code::BadValue, self.file_span(node), message, Some("write a date".to_string()));
            return Err(Unread);
        };
        if text.trim().is_empty() {
            return Ok(None);
        }
        Moment::parse(&text).map(Some).map_err(|fault| {
            let help = match &fault {
                DateFault::American(iso) => format!("write `{key}: {iso}`"),
                DateFault::Impossible | DateFault::Form => {
                    format!("write `{key}: 2026-01-05`, or `2026-01-05 07:00:00 -0700` with a time")
                }
            };
            let message = format!("`{}{key}: {}` is not a date: {fault}{consequence}", self.prefix, text.trim());
            self.report(Code::BadDate, self.file_span(node), message, Some(help));
            Unread
        })
    }

    /// Takes a length of time: `12 months`.
    pub fn period(&mut self, key: &'a str) -> Option<Period> {
        let text = self.spanned_text(key)?;
        let period = Period::parse(&text.value);
        if period.is_none() {
            let message = format!("`{}{key}: {}` is not a length of time", self.prefix, text.value);
            self.report(
                Code::BadValue,
                text.span,
                message,
                Some(format!("write `{key}: 12 months`, `1 year` or `90 days`")),
            );
        }
        period
    }

    /// Takes one of several words.
    pub fn choice<T: Copy>(&mut self, key: &'a str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.spanned_text(key)?;
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text.value) {
            return Some(*value);
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let help = format!("write one of {}", words.join(", "));
        self.report(
            Code::BadValue,
            text.span,
            format!("`{}{key}` cannot be `{}`", self.prefix, text.value),
            Some(help),
        );
        None
    }

    /// Takes a map inside this one. Give it back to [`Fields::close`] when it is read.
    pub fn inner(&mut self, key: &'a str) -> Option<Fields<'a>> {
        let node = self.node(key)?;
        Some(Fields::open_below(self.path, node, self.offset, format!("{}{key}.", self.prefix)))
    }

    /// Takes a list of maps (or one map). Give each back to [`Fields::close`]. What is a text in the list becomes no
    /// map: it is given to `text`, which says whether it understood it.
    pub fn inner_list(&mut self, key: &'a str) -> Vec<&'a Node> {
        match self.node(key) {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => items.iter().collect(),
            Some(node) => vec![node],
        }
    }

    /// Opens one of the items of a list as a map.
    pub fn open_item(&self, key: &str, node: &'a Node) -> Fields<'a> {
        Fields::open_below(self.path, node, self.offset, format!("{}{key}[].", self.prefix))
    }

    /// Reports the keys of an inner map that nobody asked for, and keeps its faults.
    pub fn close(&mut self, inner: Fields<'a>) {
        self.diagnostics.extend(inner.finish());
    }

    /// Returns the keys that nobody has asked for so far, each with the known one that is nearest to it.
    pub fn unknown(&self) -> Vec<(&'a Entry, Option<&'a str>)> {
        let is_unknown = |entry: &&&'a Entry| !self.known.contains(&entry.key.as_str());
        let near = |entry: &'a Entry| (entry, nearest(&entry.key, self.known.iter().copied()));
        self.entries.iter().filter(is_unknown).map(|entry| near(entry)).collect()
    }

    /// Reports the keys that nobody asked for, with a suggestion, and returns all faults.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        for entry in std::mem::take(&mut self.entries) {
            if self.known.contains(&entry.key.as_str()) {
                continue;
            }
            let help = match nearest(&entry.key, self.known.iter().copied()) {
                Some(key) => format!("did you mean `{key}`?"),
                None if self.prefix.is_empty() => "put keys of your own under `extra:`".to_string(),
                None => format!("the keys here are {}", self.known.join(", ")),
            };
            let span = entry.key_span.start + self.offset..entry.key_span.end + self.offset;
            self.report(
                Code::UnknownKey,
                span,
                format!("the key `{}{}` is not known", self.prefix, entry.key),
                Some(help),
            );
        }
        self.diagnostics
    }

    /// Adds a fault about some bytes of the file.
    pub fn report(&mut self, code: Code, span: Range<usize>, message: String, help: Option<String>) {
        self.diagnostics.push(Diagnostic::at(code, self.path, span, message).maybe_help(help));
    }

    /// Returns the bytes of a node in the file.
    pub fn file_span(&self, node: &Node) -> Range<usize> {
        node.span.start + self.offset..node.span.end + self.offset
    }

    fn wrong_type(&mut self, key: &str, node: &Node, wanted: &str) {
        let name = format!("{}{key}", self.prefix);
        let message = match name.is_empty() {
            true => format!("this is {}, not {wanted}", node.describe()),
            false => format!("`{name}` is {}, not {wanted}", node.describe()),
        };
        let help = format!("write {wanted}");
        self.report(Code::BadValue, self.file_span(node), message, Some(help));
    }
}

/// Returns a text, number or flag as written; `None` for lists, maps and nothing.
pub fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        // Control characters cannot stand in HTML or XML, and no author means them.
        Value::Text(text) | Value::Number(text) => Some(text.replace(is_control, "")),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// Whether a character can stand in no text of a page: control characters but tab and line ends, and U+FFFE/FFFF.
fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Returns `true` or `false`, quoted or not; `None` for anything else.
pub fn flag(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Bool(flag) => Some(*flag),
        Value::Text(text) if text == "true" => Some(true),
        Value::Text(text) if text == "false" => Some(false),
        _ => None,
    }
}
