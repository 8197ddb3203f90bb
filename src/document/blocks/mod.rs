//! Splits a document into blocks of whole lines, which put together again give the document to the byte.
//!
//! It is no Markdown parser: it finds the units that people move, tick, fill in and rewrite. An item of a list is a block
//! of its own, and so is each row of a table; what stands inside an item under blank lines is a block with its
//! indentation.

pub mod lines;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::base::fence;
use crate::document::{Format, cells};
pub use lines::{Marker, indentation};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Lines with nothing but blanks.
    Blank,
    /// The front matter with its fences.
    FrontMatter,
    /// A heading of either form.
    Heading,
    /// Lines of text, also below an item.
    Paragraph,
    /// An item of a list without the items below it.
    Item,
    /// The first row of a table, with the row of dashes below it.
    Header,
    /// A further row of a table.
    Row,
    /// Code, between fences or indented.
    Code,
    /// A block quote.
    Quote,
    /// Advice: a block quote that begins with `[!GUIDE]`.
    Guide,
    /// A block of HTML.
    Html,
    /// A thematic break.
    Break,
    /// A line that opens or closes a `:::` block.
    Colons,
    /// A line that a merge has written to mark a conflict.
    Marker,
}

/// A block: whole lines of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its bytes, the last line ending included.
    pub span: Range<usize>,
}

/// Splits a document. The spans follow each other without a hole, from the first byte to the last.
pub fn split(text: &str, format: Format) -> Vec<Block> {
    match format {
        Format::Markdown => split_markdown(text),
        Format::Csv => split_csv(text),
    }
}

fn split_markdown(text: &str) -> Vec<Block> {
    let mut splitter = Splitter::default();
    if let fence::Split::Found { body, .. } = fence::split(text) {
        splitter.blocks.push(Block { kind: Kind::FrontMatter, span: 0..body.start });
        splitter.at = body.start;
    }
    let mut lines = text[splitter.at..].split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let seen = if splitter.at == 0 { line.trim_start_matches('\u{feff}') } else { line };
        splitter.line(seen, lines.peek().copied(), line.len());
    }
    splitter.blocks
}

fn split_csv(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = cells::end_of_record(text, at);
        let is_blank = text[at..end].trim_matches('\u{feff}').trim().is_empty();
        let has_header = blocks.iter().any(|block| block.kind == Kind::Header);
        let kind = match (is_blank, has_header) {
            (true, _) => Kind::Blank,
            (false, false) => Kind::Header,
            (false, true) => Kind::Row,
        };
        match blocks.last_mut() {
            Some(last) if is_blank && last.kind == Kind::Blank => last.span.end = end,
            _ => blocks.push(Block { kind, span: at..end }),
        }
        at = end;
    }
    blocks
}

/// What the next line may still belong to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Open {
    #[default]
    Nothing,
    /// A paragraph or an item: text goes on, even without indentation.
    Text,
    /// A block quote; text goes on when the last line held some.
    Quote {
        is_text: bool,
    },
    Fence {
        mark: u8,
        length: usize,
    },
    Html(lines::HtmlEnd),
    /// A table; the row of dashes goes with its header.
    Table {
        is_header: bool,
    },
    Indented,
}

#[derive(Default)]
struct Splitter {
    blocks: Vec<Block>,
    at: usize,
    open: Open,
    /// The columns in which the text of the open items begins, the outermost first.
    columns: Vec<usize>,
    is_in_conflict: bool,
}

impl Splitter {
    /// Takes the next line, which is `length` bytes long in the document.
    fn line(&mut self, line: &str, next: Option<&str>, length: usize) {
        let (columns, bytes) = indentation(line);
        let content = line[bytes..].trim_end();
        let begun = if self.goes_on(content) { None } else { self.begin(columns, content, next) };
        let end = self.at + length;
        match (begun, self.blocks.last_mut()) {
            (None, Some(last)) => last.span.end = end,
            (kind, _) => {
                let kind = kind.unwrap_or(Kind::Paragraph);
                match self.blocks.last_mut() {
                    Some(last) if kind == Kind::Blank && last.kind == Kind::Blank => last.span.end = end,
                    _ => self.blocks.push(Block { kind, span: self.at..end }),
                }
            }
        }
        self.at = end;
    }

    /// Whether the line belongs to what is open, whatever it looks like.
    fn goes_on(&mut self, content: &str) -> bool {
        match self.open {
            Open::Table { is_header: true } => {
                self.open = Open::Table { is_header: false };
                true
            }
            Open::Fence { mark, length } => {
                if lines::closes_fence(content, mark, length) {
                    self.open = Open::Nothing;
                }
                true
            }
            Open::Html(end) => {
                let is_end = end.is_at(content);
                if is_end {
                    self.open = Open::Nothing;
                }
                !(is_end && content.is_empty())
            }
            _ => false,
        }
    }

    /// Begins a block with this line and gives its kind, or none if the line continues the one before.
    fn begin(&mut self, columns: usize, content: &str, next: Option<&str>) -> Option<Kind> {
        if content.is_empty() {
            self.open = Open::Nothing;
            return Some(Kind::Blank);
        }
        if let Some(kind) = self.conflict_marker(columns, content) {
            return Some(kind);
        }
        let depth = self.columns.iter().take_while(|column| columns >= **column).count();
        let inside = columns - depth.checked_sub(1).map_or(0, |last| self.columns[last]);
        let is_code = inside >= 4;
        if is_code && matches!(self.open, Open::Nothing | Open::Indented) {
            self.columns.truncate(depth);
            let is_new = self.open != Open::Indented;
            self.open = Open::Indented;
            return is_new.then_some(Kind::Code);
        }
        let begun = if is_code { None } else { self.structure(columns, depth, content) };
        if let Some(kind) = begun {
            return (kind != Kind::Blank).then_some(kind);
        }
        self.text(depth, content, next)
    }

    /// Lines whose first characters say what they are. A setext underline and a further line of a quote continue the
    /// block before, which is told by [`Kind::Blank`].
    fn structure(&mut self, columns: usize, depth: usize, content: &str) -> Option<Kind> {
        let is_paragraph = self.open == Open::Text;
        if is_paragraph
            && lines::is_setext_underline(content)
            && let Some(last) = self.blocks.last_mut().filter(|last| last.kind == Kind::Paragraph)
        {
            last.kind = Kind::Heading;
            self.open = Open::Nothing;
            return Some(Kind::Blank);
        }
        if let Some((mark, length)) = lines::opens_fence(content) {
            return self.close(depth, Open::Fence { mark, length }, Kind::Code);
        }
        if lines::is_heading(content) {
            return self.close(depth, Open::Nothing, Kind::Heading);
        }
        if lines::is_break(content) {
            return self.close(depth, Open::Nothing, Kind::Break);
        }
        if content.starts_with(":::") {
            return self.close(depth, Open::Nothing, Kind::Colons);
        }
        if let Some(rest) = content.strip_prefix('>') {
            let was_quote = matches!(self.open, Open::Quote { .. });
            let kind = if lines::is_guide(rest) { Kind::Guide } else { Kind::Quote };
            let is_text = lines::is_quoted_text(rest);
            let kind = if was_quote { Kind::Blank } else { kind };
            return self.close(depth, Open::Quote { is_text }, kind);
        }
        if let Some(marker) = Marker::of(content) {
            let is_list = self.blocks.last().is_some_and(|last| last.kind == Kind::Item) || depth > 0;
            if !is_paragraph || is_list || marker.may_interrupt() {
                return self.item(columns, depth, content, &marker);
            }
        }
        let end = lines::html_start(content, !is_paragraph)?;
        let open = if end.is_at(content) { Open::Nothing } else { Open::Html(end) };
        self.close(depth, open, Kind::Html)
    }

    fn close(&mut self, depth: usize, open: Open, kind: Kind) -> Option<Kind> {
        self.columns.truncate(depth);
        self.open = open;
        Some(kind)
    }

    fn item(&mut self, columns: usize, depth: usize, content: &str, marker: &Marker) -> Option<Kind> {
        self.columns.truncate(depth);
        self.columns.push(columns + marker.columns);
        self.open = match lines::opens_fence(content[marker.bytes..].trim_start()) {
            Some((mark, length)) => Open::Fence { mark, length },
            None => Open::Text,
        };
        Some(Kind::Item)
    }

    /// Text: a table, or words that may continue what is open.
    fn text(&mut self, depth: usize, content: &str, next: Option<&str>) -> Option<Kind> {
        if matches!(self.open, Open::Table { .. }) {
            return Some(Kind::Row);
        }
        let begins_table = content.contains('|')
            && next.is_some_and(|next| lines::delimiter_columns(next) == Some(cells::markdown(content).len()));
        if begins_table {
            return self.close(depth, Open::Table { is_header: true }, Kind::Header);
        }
        match self.open {
            Open::Text | Open::Quote { is_text: true } => None,
            _ => self.close(depth, Open::Text, Kind::Paragraph),
        }
    }

    fn conflict_marker(&mut self, columns: usize, content: &str) -> Option<Kind> {
        let is_middle = self.is_in_conflict && content == "=======";
        let opens = content.starts_with("<<<<<<< ");
        let closes = self.is_in_conflict && content.starts_with(">>>>>>> ");
        if columns > 0 || !(is_middle || opens || closes) {
            return None;
        }
        self.is_in_conflict = !closes;
        self.close(0, Open::Nothing, Kind::Marker)
    }
}
