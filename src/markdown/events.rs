//! The events of a piece of Markdown, after all passes.

use std::ops::Range;

use crate::diag::Reported;

/// An event: one of pulldown-cmark's, or one of ours in its place.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'a> {
    /// As pulldown-cmark gives it. Headings, callouts (block quotes with `[!KIND]`) and `:::` lines never come so. A wiki
    /// link comes as `Tag::Link` with `LinkType::WikiLink`; a bare URL as a link of `LinkType::Autolink`.
    Markdown(pulldown_cmark::Event<'a>),
    /// A heading begins; an interview's question is one too.
    StartHeading {
        /// 1 to 6.
        level: u8,
        /// Its id on the page.
        id: String,
        /// Classes from `{.name}` behind it.
        classes: Vec<String>,
    },
    /// The heading ends.
    EndHeading {
        /// 1 to 6.
        level: u8,
    },
    /// A callout begins.
    StartCallout {
        /// `note`, `tip`, `important`, `warning`, `caution` or `guide`.
        kind: &'static str,
        /// The words behind `[!NOTE]`, if any.
        title: Option<String>,
    },
    /// The callout ends.
    EndCallout,
    /// A `:::` block begins.
    StartBlock {
        /// Its name: `details`.
        name: String,
        /// Its attributes in the order written.
        attributes: Vec<(String, String)>,
    },
    /// The block ends.
    EndBlock {
        /// Its name.
        name: String,
    },
}

/// What the passes must know of the page.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The settings of Markdown.
    pub markdown: crate::config::Markdown,
    /// Whether paragraphs that are wholly bold are questions (an interview).
    pub questions: bool,
    /// The title, so that a first H1 that says the same is left out; `None` keeps every H1.
    pub title: Option<&'a str>,
    /// Ids that are taken already: those of the page's body when the document of a template is read.
    pub taken: &'a [String],
}

/// The events with their bytes in the file, in order, and the faults of the passes.
pub type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// Reads the Markdown in the bytes `span` of the file `path` with the text `text`.
///
/// All spans, those of the faults too, are bytes of the whole file. It never panics, whatever the text.
pub fn read<'a>(
    path: &crate::base::path::SourcePath,
    text: &'a str,
    span: Range<usize>,
    reading: &Reading<'_>,
) -> Reported<Events<'a>> {
    let _ = (path, text, span, reading);
    todo!()
}
