//! Splits the text of a block into words: what is compared, and what stands before each of them.
//!
//! Blanks and line breaks inside a paragraph are no words, so that wrapping it anew changes nothing. Where a line break
//! has a meaning (code, a new item inside a quote, a hard break) the word behind it remembers it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use crate::base::digest::Digest;
use crate::document::Format;
use crate::document::blocks::{self, Kind};

/// A word and where it stands in the text of its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The bytes between the word before and this one.
    pub space: Range<usize>,
    /// Its bytes.
    pub text: Range<usize>,
    /// Whether the line break before it has a meaning.
    pub is_hard: bool,
    /// Equal for equal words, composed or not.
    pub key: Digest,
    /// Whether it has a letter or a digit.
    pub is_significant: bool,
}

/// Splits running text that begins at `start`.
pub fn of_text(text: &str, start: usize) -> Vec<Word> {
    let mut reader = Reader::new(text, start);
    let mut is_hard = false;
    for line in lines(text, start) {
        reader.running(line.clone(), is_hard);
        let written = text[line].trim_end_matches(['\r', '\n']);
        is_hard = written.ends_with("  ") || written.ends_with('\\');
    }
    reader.words
}

/// Splits text whose line breaks all have a meaning.
pub fn of_fields(text: &str) -> Vec<Word> {
    let mut reader = Reader::new(text, 0);
    for line in lines(text, 0) {
        reader.running(line, true);
    }
    reader.words
}

/// Splits text whose lines are kept as they are: each line is a word.
pub fn of_lines(text: &str) -> Vec<Word> {
    let mut reader = Reader::new(text, 0);
    for line in lines(text, 0) {
        let length = text[line.clone()].trim_end().len();
        reader.push(line.start..line.start + length, true);
    }
    reader.words
}

/// Splits a block quote; `start` is behind the mark of its first line. The marks of further lines are no words.
pub fn of_quote(text: &str, start: usize) -> Vec<Word> {
    let mut contents = Vec::new();
    let mut inner = String::new();
    for line in lines(text, 0) {
        let content = line.start + quote_mark(&text[line.clone()]);
        let content = content.max(start.min(line.end))..line.end;
        inner.push_str(&text[content.clone()]);
        contents.push(content);
    }
    let inner_blocks = blocks::split(&inner, Format::Markdown);
    let mut begins = inner_blocks.iter().filter(|block| block.kind != Kind::Blank).peekable();
    let mut reader = Reader::new(text, start);
    let mut at = 0;
    let mut is_code = false;
    for content in contents {
        let next = begins.next_if(|block| block.span.start <= at);
        is_code = next.map_or(is_code, |block| block.kind == Kind::Code);
        at += content.len();
        reader.running(content, next.is_some() || is_code);
    }
    reader.words
}

/// Splits the row of a table into the words of its cells, with the characters between them.
pub fn of_cells(text: &str, cells: &[Range<usize>]) -> Vec<Word> {
    let start = cells.first().map_or(0, |cell| cell.start);
    let mut reader = Reader::new(text, start);
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            reader.push(cell.start - 1..cell.start, false);
        }
        reader.running(cell.clone(), false);
    }
    reader.words
}

/// Puts words together with single blanks where there were blanks, breaks or marks of a quote.
pub fn collapsed(text: &str, words: &[Word]) -> String {
    let mut out = String::with_capacity(text.len());
    for word in words {
        if !word.space.is_empty() && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&text[word.text.clone()]);
    }
    out
}

/// The bytes that open a line of a quote: up to three blanks, `>` and a blank.
fn quote_mark(line: &str) -> usize {
    let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
    match line[blanks..].strip_prefix('>') {
        Some(rest) => blanks + 1 + usize::from(rest.starts_with([' ', '\t'])),
        None => 0,
    }
}

fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = start;
    text[start..].split_inclusive('\n').map(move |line| {
        at += line.len();
        at - line.len()..at
    })
}

struct Reader<'a> {
    text: &'a str,
    end: usize,
    words: Vec<Word>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, start: usize) -> Self {
        Reader { text, end: start, words: Vec::new() }
    }

    fn push(&mut self, span: Range<usize>, is_hard: bool) {
        let written = &self.text[span.clone()];
        let key = match written.is_ascii() {
            true => Digest::of(written.as_bytes()),
            false => Digest::of(written.nfc().collect::<String>().as_bytes()),
        };
        let is_significant = written.contains(char::is_alphanumeric);
        self.words.push(Word { space: self.end..span.start, text: span.clone(), is_hard, key, is_significant });
        self.end = span.end;
    }

    /// Reads a line or a cell; `is_hard` is for its first word.
    fn running(&mut self, span: Range<usize>, mut is_hard: bool) {
        let mut at = span.start;
        for chunk in self.text[span].split_inclusive(char::is_whitespace) {
            let written = chunk.trim_end();
            if !written.is_empty() {
                self.chunk(at..at + written.len(), is_hard);
                is_hard = false;
            }
            at += chunk.len();
        }
    }

    /// Splits what stands between blanks: punctuation at its ends is cut off, so that `1,000` is one word and the comma
    /// behind it another. Scripts without blanks between words are split by character.
    fn chunk(&mut self, span: Range<usize>, mut is_hard: bool) {
        let written = &self.text[span.clone()];
        let is_edge = |c: char| !c.is_alphanumeric() && !matches!(c, '{' | '}');
        let start = written.find(|c| !is_edge(c)).unwrap_or(written.len());
        let end = written
            .rfind(|c| !is_edge(c))
            .map_or(start, |at| at + written[at..].chars().next().map_or(0, char::len_utf8));
        let mut begin = 0;
        for (at, c) in written.char_indices() {
            let after = at + c.len_utf8();
            let is_alone = at < start || at >= end || is_ideograph(c);
            let ends_here = is_alone || after == end || written[after..].starts_with(is_ideograph);
            if ends_here {
                self.push(span.start + begin..span.start + after, is_hard);
                is_hard = false;
                begin = after;
            }
        }
    }
}

/// Whether a character is a word of its own, in scripts that write without blanks.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::{of_quote, of_text};

    fn check(text: &str, expected: &[&str]) {
        let words: Vec<&str> = of_text(text, 0).into_iter().map(|word| &text[word.text]).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn words_keep_what_belongs_together() {
        check("Ask for 1,000.50, twice.", &["Ask", "for", "1,000.50", ",", "twice", "."]);
        check("({{vendor}}), **bold**", &["(", "{{vendor}}", ")", ",", "*", "*", "bold", "*", "*"]);
        check("due 2026-01-05\n  -- Acme's", &["due", "2026-01-05", "-", "-", "Acme's"]);
        check("我们 ok", &["我", "们", "ok"]);
        check("", &[]);
    }

    #[test]
    fn a_break_with_a_meaning_is_remembered() {
        let hard = |text: &str| of_text(text, 0).iter().filter(|word| word.is_hard).count();
        assert_eq!((hard("a\nb"), hard("a  \nb"), hard("a\\\nb")), (0, 1, 1));
        let text = "> [!GUIDE]\n> one\n> two\n>\n> - three\n";
        let words = of_quote(text, 2);
        let hard: Vec<&str> = words.iter().filter(|word| word.is_hard).map(|word| &text[word.text.clone()]).collect();
        assert_eq!(hard, ["[", "-"]);
    }
}
