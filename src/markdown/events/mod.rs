//! The events of a piece of Markdown, after all passes.

use std::ops::Range;

use crate::base::path::SourcePath;
use crate::config::Markdown;
use crate::diag::Reported;
use crate::diag::span::floor;
use crate::markdown::{autolinks, callouts, containers, fences, headings, nesting, parser, questions};
use crate::model::kinds::Kind;

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
    pub markdown: Markdown,
    /// Whether paragraphs that are wholly bold are questions (an interview).
    pub questions: bool,
    /// The title, so that a first H1 that says the same is left out; `None` keeps every H1.
    pub title: Option<&'a str>,
    /// Ids that are taken already: those of the page's body when the document of a template is read.
    pub taken: &'a [String],
}

impl<'a> Reading<'a> {
    /// Returns how the body of a page is read.
    pub fn of_body(markdown: Markdown, kind: Kind, title: &'a str) -> Self {
        Reading { markdown, questions: kind == Kind::Interview, title: Some(title), taken: &[] }
    }

    /// Returns how the document of a template is read; `taken` are the ids of its page's body.
    pub fn of_document(markdown: Markdown, taken: &'a [String]) -> Self {
        Reading { markdown, questions: false, title: None, taken }
    }
}

/// The events with their bytes in the file, in order.
pub type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// Reads the Markdown in the bytes `span` of the file `path` with the text `text`.
///
/// All spans, those of the faults too, are bytes of the whole file. It never panics, whatever the text.
pub fn read<'a>(path: &SourcePath, text: &'a str, span: Range<usize>, reading: &Reading<'_>) -> Reported<Events<'a>> {
    let span = within(text, span);
    let mut diagnostics = Vec::new();
    let deep = nesting::deep_markers(&text[span.clone()]);
    let fences = fences::find(&parser::mask(&text[span.clone()], &[], &deep));
    let events = parser::parse(text, span.clone(), &reading.markdown, (&fences, &deep));
    let events = containers::apply(path, events, fences, span.start).take(&mut diagnostics);
    let events = callouts::apply(path, events).take(&mut diagnostics);
    let events = nesting::apply(path, events, &deep, span.start).take(&mut diagnostics);
    let events = if reading.questions { questions::apply(text, events) } else { events };
    let events = headings::apply(text, events, reading);
    let events = autolinks::apply(text, events);
    Reported::new(events, diagnostics)
}

/// Finds the definitions of references in the Markdown in the bytes `span` of `text`: their bytes in the file, each by the
/// label that is looked for.
pub fn definitions(
    text: &str,
    span: Range<usize>,
    markdown: &Markdown,
    labels: &[String],
) -> Vec<Option<Range<usize>>> {
    let span = within(text, span);
    let body = &text[span.clone()];
    let deep = nesting::deep_markers(body);
    let fences = fences::find(&parser::mask(body, &[], &deep));
    let found = parser::definitions(&parser::mask(body, &fences, &deep), markdown, labels);
    found.into_iter().map(|found| found.map(|found| span.start + found.start..span.start + found.end)).collect()
}

/// Returns the text of the first heading of the Markdown in the bytes `span` of `text`. It reads no further than that.
pub fn first_heading(text: &str, span: Range<usize>, markdown: &Markdown) -> Option<String> {
    let span = within(text, span);
    parser::first_heading(&text[span], markdown)
}

/// Returns the first heading of level 1 of the Markdown in the bytes `span` of `text`, whether or not it says the title.
pub fn first_h1(text: &str, span: Range<usize>, markdown: &Markdown) -> Option<FirstHeading> {
    let span = within(text, span);
    let found = parser::first_h1(&text[span.clone()], markdown)?;
    Some(FirstHeading { span: span.start + found.span.start..span.start + found.span.end, ..found })
}

/// The first heading of level 1 of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstHeading {
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// Its id: the author's, else by GitHub's rule.
    pub id: String,
}

/// The nearest bytes that lie in the text and on the boundaries of characters.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let start = floor(text, span.start);
    start..floor(text, span.end).max(start)
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
