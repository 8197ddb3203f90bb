//! Goes over the events once, and hands each to the pass that writes it.

use std::ops::Range;

use pulldown_cmark::{Event as Markdown, Tag, TagEnd};

use crate::config::{BaseUrl, RawHtml};
use crate::diag::Diagnostic;
use crate::document::{Format, state};
use crate::markdown::events::Event;
use crate::markdown::footnotes::FootnoteIds;
use crate::model::body::Body;
use crate::model::kinds::template::Question;
use crate::model::link::Target;
use crate::render::html::blocks::OpenBlock;
use crate::render::html::footnotes::Notes;
use crate::render::html::links::Links;
use crate::render::html::tables::Table;
use crate::render::html::terms::Mentions;
use crate::render::html::{
    HtmlContext, blocks, callouts, clean, code, fields, footnotes, headings, images, inline, is_document, links, raw,
    tables, tasks,
};

/// Where the HTML will be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Medium<'a> {
    /// On the page itself.
    Page,
    /// In a feed, far from the site and without its style sheets.
    Feed(&'a BaseUrl),
    /// In a file on somebody's disk, with a style sheet of its own and nothing else around it.
    File(Option<&'a BaseUrl>),
}

/// The HTML so far, and what the passes remember from one event to the next.
pub struct Writer<'a> {
    /// The page, the site and the project.
    pub context: &'a HtmlContext<'a>,
    /// The body that is written.
    pub body: &'a Body,
    /// Its events.
    pub events: &'a [(Event<'a>, Range<usize>)],
    /// Where it will be read.
    pub medium: Medium<'a>,
    /// Whether the body is the document of a template.
    pub is_document: bool,
    /// The bytes of the marks of the document's boxes.
    pub boxes: Vec<usize>,
    /// The questions of the document, whose placeholders are fields.
    pub questions: &'a [Question],
    /// By how many levels its headings are moved down.
    pub level_shift: u8,
    /// The HTML of the innermost open `:::` block, else of the body.
    pub out: String,
    /// The faults that only writing finds.
    pub diagnostics: Vec<Diagnostic>,
    /// What the links mean.
    pub links: Links<'a>,
    /// The footnotes.
    pub notes: Notes,
    /// The tables.
    pub table: Table<'a>,
    /// The `:::` blocks that are open, outermost first.
    pub open_blocks: Vec<OpenBlock<'a>>,
    /// The HTML of blocks that must not be cleaned with the rest.
    pub kept: Vec<String>,
    /// The terms that are still to be mentioned; `None` where none are explained.
    pub mentions: Option<Mentions<'a>>,
    /// How many things are open in which no term is explained: headings, links.
    pub quiet: usize,
    /// The id of the heading that is open; empty if none is.
    pub open_heading: &'a str,
    /// Whether raw HTML was written that must be cleaned.
    pub is_soiled: bool,
}

impl<'a> Writer<'a> {
    /// Makes a writer that has written nothing.
    pub fn new(
        context: &'a HtmlContext<'a>,
        body: &'a Body,
        targets: &'a [Target],
        events: &'a [(Event<'a>, Range<usize>)],
        medium: Medium<'a>,
    ) -> Self {
        let is_document = is_document(context, body);
        let ids = if is_document { FootnoteIds::of_document() } else { FootnoteIds::default() };
        let is_explained = medium == Medium::Page && !is_document && context.project.config.markdown.terms;
        Writer {
            context,
            body,
            events,
            medium,
            is_document,
            boxes: if is_document { boxes(body) } else { Vec::new() },
            questions: if is_document { fields::questions(context, medium) } else { &[] },
            level_shift: if matches!(medium, Medium::File(_)) { 0 } else { body.level_shift() },
            out: String::with_capacity(body.span.len() + body.span.len() / 2 + 64),
            diagnostics: Vec::new(),
            links: Links::new(&body.links, targets),
            notes: Notes::new(events, ids),
            table: Table::default(),
            open_blocks: Vec::new(),
            kept: Vec::new(),
            mentions: is_explained.then(|| context.shared.terms.mentions(context)).flatten(),
            quiet: 0,
            open_heading: "",
            is_soiled: false,
        }
    }

    /// Writes all events, the footnotes after them.
    pub fn write_all(&mut self) {
        self.write(0..self.events.len());
        blocks::end_all(self);
        footnotes::section(self);
        if !self.is_feed() && self.raw_html() == RawHtml::Sanitise {
            let html = std::mem::take(&mut self.out);
            self.out = clean::finished(self, html);
        }
    }

    /// Writes some events.
    pub fn write(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.event(at);
        }
    }

    /// Begins a line unless one has just begun.
    pub fn begin_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Whether the HTML is read in a feed.
    pub fn is_feed(&self) -> bool {
        matches!(self.medium, Medium::Feed(_))
    }

    /// Whether the HTML is read in a file on somebody's disk.
    pub fn is_file(&self) -> bool {
        matches!(self.medium, Medium::File(_))
    }

    /// How raw HTML is taken. What runs or loads something is of no use in a file.
    pub fn raw_html(&self) -> RawHtml {
        match self.context.project.config.markdown.html {
            RawHtml::Allow if self.is_file() => RawHtml::Sanitise,
            html => html,
        }
    }

    /// Returns the number of the event that ends what the event `at` starts.
    pub fn end_of(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (offset, (event, _)) in self.events[at..].iter().enumerate() {
            match event {
                Event::Markdown(Markdown::Start(_)) => depth += 1,
                Event::Markdown(Markdown::End(_)) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return at + offset;
            }
        }
        self.events.len().saturating_sub(1).max(at)
    }

    /// Writes what begins with the event `at`, and returns the number of the next.
    fn event(&mut self, at: usize) -> usize {
        let (event, span) = &self.events[at];
        match event {
            Event::Markdown(event) => return self.markdown(at, event, span),
            Event::StartHeading { level, id, classes } => headings::start(self, *level, id, classes),
            Event::EndHeading { level } => headings::end(self, *level),
            Event::StartCallout { kind, title } => callouts::start(self, kind, title.as_deref()),
            Event::EndCallout => callouts::end(self),
            Event::StartBlock { name, attributes } => blocks::start(self, name, attributes, span),
            Event::EndBlock { .. } => blocks::end(self),
        }
        at + 1
    }

    fn markdown(&mut self, at: usize, event: &'a Markdown<'a>, span: &Range<usize>) -> usize {
        match event {
            Markdown::Start(tag) => return self.start(at, tag, span),
            Markdown::End(tag) => self.end(*tag),
            Markdown::Text(_) if !self.questions.is_empty() => return fields::text(self, at),
            Markdown::Text(text) => inline::text(self, text),
            Markdown::Code(text) => inline::code(self, text),
            Markdown::InlineMath(tex) => inline::math(self, tex),
            Markdown::DisplayMath(tex) => inline::display_math(self, tex),
            Markdown::Html(html) | Markdown::InlineHtml(html) => raw::inline(self, html, span),
            Markdown::FootnoteReference(label) => footnotes::reference(self, label),
            Markdown::SoftBreak => self.out.push('\n'),
            Markdown::HardBreak => self.out.push_str("<br>\n"),
            Markdown::Rule => {
                self.begin_line();
                self.out.push_str("<hr>\n");
            }
            Markdown::TaskListMarker(is_done) => return tasks::marker(self, at, *is_done),
        }
        at + 1
    }

    fn start(&mut self, at: usize, tag: &'a Tag<'a>, span: &Range<usize>) -> usize {
        match tag {
            Tag::Paragraph => return self.paragraph(at),
            Tag::CodeBlock(kind) => return code::block(self, at, kind, span),
            Tag::HtmlBlock => return raw::block(self, at),
            Tag::FootnoteDefinition(_) => return self.end_of(at) + 1,
            Tag::Link { .. } => return links::start(self, at, tag, span),
            Tag::Image { .. } => return images::image(self, at, tag, span),
            Tag::List(start) => self.open_list(*start),
            Tag::Item => tasks::item(self, at),
            Tag::Table(alignments) => tables::start(self, alignments),
            Tag::TableHead => tables::start_head(self),
            Tag::TableRow => tables::start_row(self),
            Tag::TableCell => tables::start_cell(self),
            Tag::BlockQuote(_) => self.open("<blockquote>\n"),
            Tag::DefinitionList => self.open("<dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>"),
            Tag::DefinitionListDefinition => self.open("<dd>"),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Heading { level, .. } => headings::start(self, *level as u8, "", &[]),
            Tag::MetadataBlock(_) => return self.end_of(at) + 1,
        }
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        let close = match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => return links::end(self),
            TagEnd::Table => return tables::end(self),
            TagEnd::TableHead => return tables::end_head(self),
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => return tables::end_cell(self),
            TagEnd::Heading(level) => return headings::end(self, level as u8),
            TagEnd::Image
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::MetadataBlock(_) => return,
        };
        self.out.push_str(close);
    }

    /// A paragraph that is only a picture or a formula becomes more than a paragraph.
    fn paragraph(&mut self, at: usize) -> usize {
        if let Some(next) = images::figure(self, at).or_else(|| inline::formula(self, at)) {
            return next;
        }
        self.open("<p>");
        at + 1
    }

    fn open_list(&mut self, start: Option<u64>) {
        match start {
            None => self.open("<ul>\n"),
            Some(1) => self.open("<ol>\n"),
            Some(start) => self.open(&format!("<ol start=\"{start}\">\n")),
        }
    }

    fn open(&mut self, tag: &str) {
        self.begin_line();
        self.out.push_str(tag);
    }
}

/// The bytes of the marks of the boxes of a document.
fn boxes(body: &Body) -> Vec<usize> {
    state::boxes(&body.text, Format::Markdown).into_iter().map(|place| place.at).collect()
}
