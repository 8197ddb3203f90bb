//! Gathers the plain text of one block after another: words, the summary, definitions, and the sentences around links.

use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};

use crate::markdown::text::{one_line, shorten};
use crate::model::link::Link;
use crate::parse::learn::sentence;

/// How many characters a summary has at most.
const SUMMARY: usize = 300;

/// The text of the block that is being read, and what came of those before it.
#[derive(Debug, Default)]
pub struct Blocks {
    /// The words so far.
    pub words: u32,
    text: String,
    /// The first paragraphs under headings, if they are wanted.
    definitions: Option<Vec<(usize, String)>>,
    /// The links of the block by their number in the body, with the bytes of their text in it.
    links: Vec<(usize, Range<usize>)>,
    /// How many lists, quotations and the like are open.
    depth: usize,
    in_paragraph: bool,
    /// The first paragraph that stands in nothing else.
    first: Option<String>,
    /// The first paragraph anywhere.
    first_inside: Option<String>,
}

impl Blocks {
    /// Makes blocks whose first paragraphs under headings are kept.
    pub fn of_glossary() -> Self {
        Blocks { definitions: Some(Vec::new()), ..Blocks::default() }
    }

    /// Hands over the first paragraph under each heading, by the heading's number.
    pub fn take_definitions(&mut self) -> Vec<(usize, String)> {
        self.definitions.take().unwrap_or_default()
    }

    /// Adds text.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Returns how much text the block has so far.
    pub fn length(&self) -> usize {
        self.text.len()
    }

    /// Returns the text of the block from a byte on.
    pub fn since(&self, start: usize) -> &str {
        self.text.get(start..).unwrap_or("")
    }

    /// Takes the text of the block from a byte on away: the description of an image is not read as part of a sentence.
    pub fn forget(&mut self, start: usize) {
        self.text.truncate(start);
    }

    /// Returns the text of the heading that is being read.
    pub fn heading(&self) -> String {
        one_line(&self.text)
    }

    /// Adds a link whose text begins at a byte of the block and ends here.
    pub fn link(&mut self, index: usize, start: usize) {
        self.links.push((index, start..self.text.len()));
    }

    /// Notes that an element begins.
    pub fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.in_paragraph = true,
            tag if is_block(tag) => self.enter(),
            _ => {}
        }
    }

    /// Notes that an element ends.
    pub fn end(&mut self, end: &TagEnd) {
        match end {
            TagEnd::Paragraph => self.in_paragraph = false,
            end if is_block_end(end) => self.leave(),
            _ => {}
        }
    }

    /// Goes into something in which paragraphs are no summary.
    pub fn enter(&mut self) {
        self.depth += 1;
    }

    /// Leaves it.
    pub fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Ends the block; `headings` is how many headings came before it.
    pub fn flush(&mut self, links: &mut [Link], headings: usize) {
        for (index, span) in self.links.drain(..) {
            let end = span.end.min(self.text.len());
            links[index].sentence = sentence::around(&self.text, span.start.min(end)..end).into();
        }
        if self.text.is_empty() {
            return;
        }
        self.words = self.words.saturating_add(count_words(&self.text));
        if self.in_paragraph && !self.text.trim().is_empty() {
            if self.depth == 0 && self.first.is_none() {
                self.first = Some(self.text.clone());
            }
            self.first_inside.get_or_insert_with(|| self.text.clone());
            if let Some(definitions) = &mut self.definitions
                && headings > 0
                && definitions.last().is_none_or(|(heading, _)| heading + 1 != headings)
            {
                definitions.push((headings - 1, one_line(&self.text)));
            }
        }
        self.text.clear();
    }

    /// Returns the first paragraph, cut where it is too long.
    pub fn summary(&self) -> String {
        let first = self.first.as_ref().or(self.first_inside.as_ref());
        first.map_or_else(String::new, |first| shorten(&one_line(first), SUMMARY))
    }
}

/// Whether an element is a block rather than a part of a line.
pub fn is_block(tag: &Tag<'_>) -> bool {
    is_block_end(&tag.to_end())
}

/// Whether the end is that of a block.
pub fn is_block_end(end: &TagEnd) -> bool {
    match end {
        TagEnd::Emphasis
        | TagEnd::Strong
        | TagEnd::Strikethrough
        | TagEnd::Superscript
        | TagEnd::Subscript
        | TagEnd::Link
        | TagEnd::Image => false,
        TagEnd::Paragraph
        | TagEnd::Heading(_)
        | TagEnd::BlockQuote(_)
        | TagEnd::CodeBlock
        | TagEnd::HtmlBlock
        | TagEnd::List(_)
        | TagEnd::Item
        | TagEnd::FootnoteDefinition
        | TagEnd::DefinitionList
        | TagEnd::DefinitionListTitle
        | TagEnd::DefinitionListDefinition
        | TagEnd::Table
        | TagEnd::TableHead
        | TagEnd::TableRow
        | TagEnd::TableCell
        | TagEnd::MetadataBlock(_) => true,
    }
}

/// Counts words: what stands between blanks, and each character of the scripts that have no blanks.
fn count_words(text: &str) -> u32 {
    let is_wide =
        |c: char| matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff);
    let mut count = 0_u32;
    let mut in_word = false;
    for c in text.chars() {
        if is_wide(c) {
            count += 1;
            in_word = false;
        } else if c.is_whitespace() {
            in_word = false;
        } else if c.is_alphanumeric() && !in_word {
            count += 1;
            in_word = true;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::count_words;

    #[test]
    fn words() {
        assert_eq!(count_words("Don't count – dashes, twice-over 3.5"), 5);
        assert_eq!(count_words("日本語 text"), 4);
    }
}
