//! Finds where the keys and items of a YAML text stand, without understanding the values.
//!
//! It follows block maps, block lists, flow collections and block scalars by indentation and quotes. What it does not
//! find costs a less exact place in a message, nothing else.

use std::collections::HashMap;
use std::ops::Range;

/// One step of the way to a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into a map.
    Key(String),
    /// Into a list.
    Item(usize),
}

/// The bytes of a key and of its value.
type KeyAndValue = (Range<usize>, Range<usize>);

/// Where the keys and values of a text stand; a key written twice has two places.
#[derive(Debug, Default)]
pub struct Places {
    found: HashMap<Vec<Step>, Vec<KeyAndValue>>,
}

impl Places {
    /// Returns the bytes of the key at the end of `path`, for its occurrence number `repeat`.
    pub fn key(&self, path: &[Step], repeat: usize) -> Option<Range<usize>> {
        self.found.get(path)?.get(repeat).map(|(key, _)| key.clone())
    }

    /// Returns the bytes of the value at the end of `path`, for its occurrence number `repeat`.
    pub fn value(&self, path: &[Step], repeat: usize) -> Option<Range<usize>> {
        self.found.get(path)?.get(repeat).map(|(_, value)| value.clone())
    }
}

/// Scans a YAML text.
pub fn scan(text: &str) -> Places {
    let mut scanner = Scanner { text, places: Places::default(), open: Vec::new() };
    let mut at = 0;
    while at < text.len() {
        at = scanner.line(at);
    }
    scanner.places
}

/// Splits a text into the parts that begin at a line with a key in the first column.
pub fn top_level_chunks(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begins = !line.starts_with([' ', '\t', '#', '-', ']', '}', '\r', '\n']);
        if begins && at > 0 && key_end(line).is_some() {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).filter(|chunk| !chunk.is_empty()).collect()
}

/// A map or list that is open, with the column its keys or dashes stand in.
struct Open {
    column: usize,
    step: Step,
}

struct Scanner<'a> {
    text: &'a str,
    places: Places,
    open: Vec<Open>,
}

impl Scanner<'_> {
    /// Reads the line at `at` with everything that belongs to its value, and returns where the next one begins.
    fn line(&mut self, at: usize) -> usize {
        let end = self.end_of_line(at);
        let line = &self.text[at..end];
        let indent = line.len() - line.trim_start_matches(' ').len();
        let content = &line[indent..];
        if content.trim().is_empty() || content.starts_with('#') || content.starts_with("---") {
            return end + 1;
        }
        self.content(at + indent, indent, end)
    }

    fn content(&mut self, mut at: usize, mut column: usize, end: usize) -> usize {
        loop {
            let rest = &self.text[at..end];
            let is_item = rest.starts_with("- ") || rest.trim_end() == "-";
            if !is_item {
                break;
            }
            let value_at = at + 1 + (rest.len() - 1 - rest[1..].trim_start_matches(' ').len());
            self.open_item(column);
            self.record(at..at + 1, value_at..self.end_of_value(value_at, end));
            column += value_at - at;
            at = value_at;
            if at >= end {
                return end + 1;
            }
        }
        let rest = &self.text[at..end];
        let Some(key_length) = key_end(rest) else {
            return self.value(at, end, column);
        };
        let written = &rest[..key_length];
        let after = &rest[key_length + 1..];
        let value_at = at + key_length + 1 + (after.len() - after.trim_start().len());
        self.open_key(column, unquote(written));
        self.record(at..at + key_length, value_at..self.end_of_value(value_at, end));
        self.value(value_at, end, column)
    }

    /// Passes over a value that may go on for several lines, and looks into flow collections.
    fn value(&mut self, at: usize, end: usize, column: usize) -> usize {
        let rest = self.text[at..end].trim_end();
        if rest.starts_with(['|', '>']) {
            return self.end_of_block_scalar(end + 1, column);
        }
        if rest.starts_with(['[', '{']) {
            let mut path: Vec<Step> = self.open.iter().map(|open| open.step.clone()).collect();
            let close = self.flow(at, &mut path);
            return self.end_of_line(close) + 1;
        }
        if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
            return self.end_of_line(self.end_of_quoted(at, quote)) + 1;
        }
        end + 1
    }

    /// Reads a flow collection that opens at `at`, records what is in it and returns where it ends.
    fn flow(&mut self, at: usize, path: &mut Vec<Step>) -> usize {
        let is_map = self.text.as_bytes()[at] == b'{';
        let mut index = 0;
        let mut at = at + 1;
        loop {
            at = self.skip_blanks(at);
            match self.text.as_bytes().get(at) {
                None => return self.text.len(),
                Some(b']' | b'}') => return at + 1,
                Some(b',') => {
                    at += 1;
                    continue;
                }
                Some(_) => {}
            }
            let mut key = at..at;
            if is_map {
                let key_close = self.end_of_flow_scalar(at, true);
                key = at..at + self.text[at..key_close].trim_end().len();
                at = self.skip_blanks(key_close);
                if self.text[at..].starts_with(':') {
                    at = self.skip_blanks(at + 1);
                }
            }
            let step = match is_map {
                true => Step::Key(unquote(&self.text[key.clone()])),
                false => Step::Item(index),
            };
            index += 1;
            path.push(step);
            let close = match self.text.as_bytes().get(at) {
                Some(b'[' | b'{') => self.flow(at, path),
                Some(_) => self.end_of_flow_scalar(at, false),
                None => at,
            };
            let value = at..at + self.text[at..close].trim_end().len();
            self.places.found.entry(path.clone()).or_default().push((key, value));
            path.pop();
            at = close.max(at);
            if self.text[at..].starts_with(':') {
                at += 1;
            }
        }
    }

    fn end_of_flow_scalar(&self, at: usize, is_key: bool) -> usize {
        if let Some(quote @ ('"' | '\'')) = self.text[at..].chars().next() {
            return self.end_of_quoted(at, quote);
        }
        let bytes = self.text.as_bytes();
        let ends = |at: &usize| match bytes[*at] {
            b',' | b']' | b'}' | b'\n' => true,
            b':' => is_key && bytes.get(at + 1).is_none_or(|next| next.is_ascii_whitespace()),
            _ => false,
        };
        (at..bytes.len()).find(ends).unwrap_or(bytes.len())
    }

    fn skip_blanks(&self, at: usize) -> usize {
        let mut at = at;
        loop {
            at += self.text[at..].len() - self.text[at..].trim_start().len();
            if !self.text[at..].starts_with('#') {
                return at;
            }
            at = self.end_of_line(at);
        }
    }

    fn end_of_quoted(&self, at: usize, quote: char) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = at + 1;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if quote == '"' => at += 1,
                b if b == quote as u8 => match bytes.get(at + 1) {
                    Some(b'\'') if quote == '\'' => at += 1,
                    _ => return at + 1,
                },
                _ => {}
            }
            at += 1;
        }
        self.text.len()
    }

    fn end_of_block_scalar(&self, mut at: usize, column: usize) -> usize {
        while at < self.text.len() {
            let end = self.end_of_line(at);
            let line = &self.text[at..end];
            let indent = line.len() - line.trim_start_matches(' ').len();
            if !line.trim().is_empty() && indent <= column {
                return at;
            }
            at = end + 1;
        }
        at
    }

    /// The end of a value on its own line, without a comment and blanks behind it.
    fn end_of_value(&self, at: usize, end: usize) -> usize {
        let at = at.min(end);
        let rest = &self.text[at..end];
        let close = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => (self.end_of_quoted(at, quote) - at).min(rest.len()),
            _ if rest.starts_with('#') => 0,
            _ => rest.find(" #").unwrap_or(rest.len()),
        };
        at + rest[..close].trim_end().len()
    }

    fn end_of_line(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        self.text[at..].find('\n').map_or(self.text.len(), |length| at + length)
    }

    fn open_key(&mut self, column: usize, key: String) {
        self.open.retain(|open| open.column < column || (open.column == column && matches!(open.step, Step::Item(_))));
        // A list may stand in the column of the key it belongs to; a key there ends the list.
        while self.open.last().is_some_and(|open| open.column == column) {
            self.open.pop();
        }
        self.open.push(Open { column, step: Step::Key(key) });
    }

    fn open_item(&mut self, column: usize) {
        self.open.retain(|open| open.column <= column);
        match self.open.last_mut() {
            Some(Open { column: at, step: Step::Item(index) }) if *at == column => *index += 1,
            _ => self.open.push(Open { column, step: Step::Item(0) }),
        }
    }

    fn record(&mut self, key: Range<usize>, value: Range<usize>) {
        let path = self.open.iter().map(|open| open.step.clone()).collect();
        self.places.found.entry(path).or_default().push((key, value));
    }
}

/// The length of the key at the start of a line, if it begins with `key:`.
fn key_end(line: &str) -> Option<usize> {
    let line = line.trim_end();
    if let Some(quote @ ('"' | '\'')) = line.chars().next() {
        let close = line[1..].find(quote)? + 2;
        return line[close..].starts_with(':').then_some(close);
    }
    if line.starts_with(['[', '{', '#', '&', '*', '!', '|', '>', '%', '@', '`']) {
        return None;
    }
    let colon = line.match_indices(':').map(|(at, _)| at);
    let mut ends = colon.filter(|at| line[at + 1..].is_empty() || line[at + 1..].starts_with([' ', '\t']));
    ends.next().filter(|at| *at > 0)
}

fn unquote(key: &str) -> String {
    let key = key.trim();
    let inner = key.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.or_else(|| key.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''))).unwrap_or(key).to_string()
}
