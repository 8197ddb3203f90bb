//! A document as the merge and the comparison see it: blocks that hold something, each with the blank lines before it,
//! its mark, its tick and its words.

use std::ops::Range;

use crate::base::digest::Digest;
use crate::document::Format;
use crate::document::blocks::{self, Block, Kind, Marker, indentation};
use crate::document::cells;
use crate::document::placeholders;
use crate::document::words::{self, Word};

/// A document in units. The gaps and texts one after the other, and the tail, give it back to the byte.
#[derive(Clone, Debug, Default)]
pub struct Units {
    /// The units in order.
    pub list: Vec<Unit>,
    /// What stands behind the last one: line endings.
    pub tail: String,
}

/// A block with something in it.
#[derive(Clone, Debug)]
pub struct Unit {
    /// What it is.
    pub kind: Kind,
    /// What stands between the unit before and this one.
    pub gap: String,
    /// Its lines without the last line ending.
    pub text: String,
    /// The columns it is indented by.
    pub indent: usize,
    /// Where its tick stands in the text, if it has a box.
    pub tick: Option<usize>,
    /// Its mark: indentation, bullet, number, box, signs of a heading.
    pub mark: Range<usize>,
    /// Its words; marks are none.
    pub words: Vec<Word>,
    /// Equal for units with the same words, whatever their marks and ticks.
    pub key: Digest,
    /// The words with letters or digits, sorted; placeholders are not among them.
    pub bag: Vec<Digest>,
    /// The placeholders, sorted.
    pub blanks: Vec<Digest>,
}

impl Units {
    /// Splits a document or a part of one.
    pub fn of(text: &str, format: Format) -> Self {
        Units::of_blocks(text, blocks::split(text, format), format)
    }

    /// Takes the blocks of a text.
    pub fn of_blocks(text: &str, blocks: Vec<Block>, format: Format) -> Self {
        let mut units = Units::default();
        let mut end = 0;
        for block in blocks {
            if block.kind == Kind::Blank {
                continue;
            }
            let inner = text[block.span.clone()].trim_end_matches(['\r', '\n']);
            // A code block may hold blank lines at its end; they are a gap like others.
            let start = block.span.start;
            units.list.push(Unit::new(block.kind, &text[end..start], inner, format));
            end = start + inner.len();
        }
        units.tail = text[end..].to_string();
        units
    }
}

impl Unit {
    /// Makes a unit of the lines of a block.
    pub fn new(kind: Kind, gap: &str, text: &str, format: Format) -> Self {
        let (indent, blanks) = indentation(text);
        let mut mark = 0..mark_length(kind, text, blanks);
        let mut tick = None;
        if kind == Kind::Item {
            tick = box_at(&text[mark.end..]).map(|at| mark.end + at);
            mark.end = tick.map_or(mark.end, |at| at + 2 + blanks_at(&text[at + 2..]));
        }
        let words = words_of(kind, text, mark.end, format);
        let is_placeholder = |word: &&Word| !placeholders::find_in(&text[word.text.clone()]).is_empty();
        let sorted = |mut keys: Vec<Digest>| {
            keys.sort_unstable();
            keys
        };
        let has_placeholder = text.contains("{{");
        let (holes, plain): (Vec<&Word>, Vec<&Word>) =
            words.iter().partition(|word| has_placeholder && is_placeholder(word));
        let bag = sorted(plain.iter().filter(|word| word.is_significant).map(|word| word.key).collect());
        let holes = sorted(holes.iter().map(|word| word.key).collect());
        let key = key_of(kind, &words);
        Unit { kind, gap: gap.to_string(), text: text.to_string(), indent, tick, mark, words, key, bag, blanks: holes }
    }

    /// Returns whether its box is ticked; none if it has no box.
    pub fn is_ticked(&self) -> Option<bool> {
        self.tick.map(|at| !self.text[at..].starts_with(' '))
    }

    /// Returns its text with the tick as given. Without a box the text is as it was.
    pub fn with_tick(&self, is_ticked: bool) -> String {
        let mut text = self.text.clone();
        if let Some(at) = self.tick.filter(|_| self.is_ticked() != Some(is_ticked)) {
            text.replace_range(at..at + 1, if is_ticked { "x" } else { " " });
        }
        text
    }

    /// Returns the text for comparing: without tick, blanks at the ends of lines, and carriage returns.
    pub fn plain(&self) -> String {
        let text = self.with_tick(false);
        let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
        lines.join("\n")
    }

    /// Returns its words in one line.
    pub fn line(&self) -> String {
        words::collapsed(&self.text, &self.words)
    }

    /// Returns whether it is a row of a table.
    pub fn is_row(&self) -> bool {
        matches!(self.kind, Kind::Header | Kind::Row)
    }
}

/// The blocks that can be each other's rewording.
pub fn class(kind: Kind) -> u8 {
    match kind {
        // A person may begin a table with a row of their own.
        Kind::Header => Kind::Row as u8,
        kind => kind as u8,
    }
}

fn key_of(kind: Kind, words: &[Word]) -> Digest {
    let mut bytes = vec![class(kind)];
    for word in words {
        bytes.extend_from_slice(&word.key.0.to_le_bytes());
    }
    Digest::of(&bytes)
}

fn mark_length(kind: Kind, text: &str, blanks: usize) -> usize {
    let rest = &text[blanks..];
    let length = match kind {
        Kind::Item => Marker::of(rest.lines().next().unwrap_or(rest)).map_or(0, |marker| marker.bytes),
        Kind::Heading => {
            let signs = rest.len() - rest.trim_start_matches('#').len();
            signs + if signs > 0 { blanks_at(&rest[signs..]) } else { 0 }
        }
        Kind::Quote | Kind::Guide => usize::from(rest.starts_with('>')) + blanks_at(rest.get(1..).unwrap_or("")).min(1),
        Kind::Paragraph => 0,
        _ => return 0,
    };
    blanks + length
}

/// Where the character between the brackets of a box stands, if the text of an item begins with one.
fn box_at(text: &str) -> Option<usize> {
    let is_box = ["[ ]", "[x]", "[X]"].iter().any(|mark| text.starts_with(mark));
    let is_alone = text.len() == 3 || text.get(3..).is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r']));
    (is_box && is_alone).then_some(1)
}

fn blanks_at(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

fn words_of(kind: Kind, text: &str, start: usize, format: Format) -> Vec<Word> {
    match kind {
        Kind::Code | Kind::Html => words::of_lines(text),
        Kind::FrontMatter => words::of_fields(text),
        Kind::Quote | Kind::Guide => words::of_quote(text, start),
        Kind::Header | Kind::Row => words::of_cells(text, &cells_of(text, format)),
        Kind::Heading => words::of_text(&text[..text.len() - underline(text)], start),
        _ => words::of_text(text, start),
    }
}

/// Returns the cells of a row; the dashes below a header are none.
pub fn cells_of(text: &str, format: Format) -> Vec<Range<usize>> {
    match format {
        Format::Markdown => cells::markdown(text.lines().next().unwrap_or(text)),
        Format::Csv => cells::csv(text),
    }
}

/// The bytes of the line below a heading that makes it one.
fn underline(text: &str) -> usize {
    let last = text.rfind('\n').map_or("", |at| &text[at..]);
    let marks = last.trim();
    let is_underline = !marks.is_empty() && (marks.trim_matches('=').is_empty() || marks.trim_matches('-').is_empty());
    if is_underline { last.len() } else { 0 }
}
