//! A piece of Markdown and what was learned from it. The text itself is gone over again when the page is made.

use std::ops::Range;
use std::sync::Arc;

use crate::base::path::SourcePath;
use crate::model::link::Link;

/// A piece of Markdown and what was learned from it.
#[derive(Clone, Debug)]
pub struct Body {
    /// The file it stands in.
    pub source: SourcePath,
    /// The whole text of the file.
    pub text: Arc<str>,
    /// The bytes of the Markdown in the file: what follows the front matter.
    pub span: Range<usize>,
    /// The headings in order, the questions of an interview among them. A first H1 that says the title is not here.
    pub headings: Vec<Heading>,
    /// The ids that links may name: those of headings, of footnotes and of raw HTML.
    pub ids: Vec<String>,
    /// The links in order of their place.
    pub links: Vec<Link>,
    /// How many tables it has.
    pub tables: usize,
    /// The words of the text, code left out.
    pub words: u32,
    /// The first paragraph as plain text, at most about 300 characters; empty if there is none.
    pub summary: String,
    /// In a glossary: the first paragraph under each heading, as plain text, by the heading's number.
    pub definitions: Vec<(usize, String)>,
    /// Whether the body holds a first H1 that repeats the title and is not shown.
    pub repeats_title: bool,
    /// The id of that H1, if nothing else of the body has it; it is among `ids`.
    pub title_id: Option<String>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id on the page.
    pub id: String,
    /// Its text without marks.
    pub text: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

impl Body {
    /// Makes a body of a whole text of which nothing is learned yet.
    pub fn unread(source: SourcePath, text: Arc<str>) -> Self {
        Body {
            source,
            span: 0..text.len(),
            text,
            headings: Vec::new(),
            ids: Vec::new(),
            links: Vec::new(),
            tables: 0,
            words: 0,
            summary: String::new(),
            definitions: Vec::new(),
            repeats_title: false,
            title_id: None,
        }
    }

    /// Returns by how many levels the headings are moved down on the page, whose title is the only one of the first
    /// level: 1 if the body has one of its own, else 0.
    pub fn level_shift(&self) -> u8 {
        u8::from(self.headings.iter().any(|heading| heading.level == 1))
    }
}
