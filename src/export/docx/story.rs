//! Goes over the events once, and writes each as paragraphs and runs.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event as Markdown, LinkType, Tag, TagEnd};

use crate::document::provenance;
use crate::export::docx::lists::{Lists, STEP};
use crate::export::docx::notes::{self, Notes};
use crate::export::docx::paragraphs::{Frame, Paragraph};
use crate::export::docx::parts::Part;
use crate::export::docx::runs::Look;
use crate::export::docx::tables::Table;
use crate::export::docx::{package, tables};
use crate::export::{Document, words};
use crate::markdown::events::Event;
use crate::markdown::text;

/// A text, in parts.
pub struct Story {
    /// The main part and its relations.
    pub text: Vec<u8>,
    /// The relations of the main part.
    pub text_relations: Vec<u8>,
    /// The footnotes.
    pub notes: Vec<u8>,
    /// The relations of the footnotes.
    pub notes_relations: Vec<u8>,
    /// What lists look like.
    pub numbering: Vec<u8>,
    /// The answers to the questions of the document.
    pub answers: Vec<u8>,
}

/// The text so far, and what is remembered from one event to the next.
pub struct Writer<'a> {
    /// The document that is written.
    pub document: &'a Document<'a>,
    /// The part that is written to.
    pub part: Part,
    /// What the next paragraph stands in, outermost first.
    pub frames: Vec<Frame>,
    /// The paragraph that is open.
    pub paragraph: Paragraph,
    /// The look of the next run.
    pub look: Look,
    /// The links that are open, and whether each is written as one.
    pub links: Vec<bool>,
    /// The lists so far.
    pub lists: Lists,
    /// The footnotes.
    pub notes: Notes,
    /// The table that is open.
    pub table: Table,
    /// The number of each heading by its id.
    pub headings: HashMap<&'a str, usize>,
    /// How many content controls there are.
    pub controls: usize,
}

/// Writes the text of a document.
pub fn write(document: &Document<'_>) -> Story {
    let headings = document.events.iter().filter_map(|(event, _)| match event {
        Event::StartHeading { id, .. } => Some(id.as_str()),
        _ => None,
    });
    let mut writer = Writer {
        document,
        part: Part::new("w:document"),
        frames: Vec::new(),
        paragraph: Paragraph::default(),
        look: Look::default(),
        links: Vec::new(),
        lists: Lists::default(),
        notes: Notes::new(document.events),
        table: Table::default(),
        headings: headings.enumerate().map(|(number, id)| (id, number)).collect(),
        controls: 0,
    };
    writer.part.xml.open("w:body", &[]);
    if !document.has_title() {
        writer.styled("Title", document.title);
    }
    writer.events(0..document.events.len());
    writer.provenance();
    writer.page();
    let (notes, notes_relations) = notes::finish(&mut writer);
    let (text, text_relations) = writer.part.finish(&[&package::BESIDE[..], &[package::STORE]].concat());
    let answers = package::answers(document);
    Story { text, text_relations, notes, notes_relations, numbering: writer.lists.finish(), answers }
}

impl<'a> Writer<'a> {
    /// Writes some events.
    pub fn events(&mut self, range: Range<usize>) {
        let document = self.document;
        let mut at = range.start;
        while at < range.end {
            at = match &document.events[at].0 {
                Event::Markdown(event) => self.markdown(at, event),
                event => self.own(at, event),
            };
        }
        self.end_paragraph();
    }

    /// Writes a paragraph of plain text in a style.
    pub fn styled(&mut self, style: &'static str, text: &str) {
        self.end_paragraph();
        self.paragraph.style = Some(style);
        self.begin_paragraph();
        if !text.is_empty() {
            self.run(text);
        }
        self.end_paragraph();
    }

    /// Returns the number of the event that ends what the event `at` starts.
    pub fn end_of(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (offset, (event, _)) in self.document.events[at..].iter().enumerate() {
            match event {
                Event::Markdown(Markdown::Start(_)) => depth += 1,
                Event::Markdown(Markdown::End(_)) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return at + offset;
            }
        }
        self.document.events.len().saturating_sub(1).max(at)
    }

    /// Writes one of our own events, and returns the number of the next.
    fn own(&mut self, at: usize, event: &'a Event<'a>) -> usize {
        self.end_paragraph();
        match event {
            Event::StartHeading { level, id, .. } => {
                self.paragraph.style = Some(HEADINGS[usize::from(level.clamp(&1, &6) - 1)]);
                self.begin_paragraph();
                self.bookmark(id);
            }
            Event::StartCallout { kind, title } => {
                self.mark_item();
                self.frames.push(Frame::Callout { is_guide: *kind == "guide" });
                let name = || kind[..1].to_uppercase() + &kind[1..];
                self.bold(&title.clone().unwrap_or_else(name));
            }
            Event::StartBlock { name, attributes } => {
                self.mark_item();
                let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
                let is_set_apart = matches!(name.as_str(), "aside" | "pullquote");
                self.frames.push(Frame::Block { is_set_apart, by: value("by") });
                if let Some(title) = value("title").or_else(|| value("summary")) {
                    self.bold(&title);
                }
            }
            Event::EndCallout => {
                self.frames.pop();
                self.styled("Gap", "");
            }
            Event::EndBlock { .. } => {
                if let Some(Frame::Block { by: Some(by), .. }) = self.frames.last() {
                    self.run(&format!("— {by}"));
                }
                self.end_paragraph();
                self.frames.pop();
            }
            Event::EndHeading { .. } | Event::Markdown(_) => {}
        }
        at + 1
    }

    fn markdown(&mut self, at: usize, event: &'a Markdown<'a>) -> usize {
        match event {
            Markdown::Start(tag) => return self.start(at, tag),
            Markdown::End(tag) => self.end(*tag),
            Markdown::Text(_) => return self.texts(at),
            Markdown::Code(code) | Markdown::InlineMath(code) | Markdown::DisplayMath(code) => self.code(code),
            Markdown::Html(html) | Markdown::InlineHtml(html) if words::is_break(html) => self.line_break(),
            Markdown::Html(_) | Markdown::InlineHtml(_) => {}
            Markdown::FootnoteReference(label) => notes::reference(self, label),
            Markdown::SoftBreak => self.run(" "),
            Markdown::HardBreak => self.line_break(),
            Markdown::Rule => self.styled("Rule", ""),
            Markdown::TaskListMarker(is_done) => self.tick_box(*is_done),
        }
        at + 1
    }

    fn start(&mut self, at: usize, tag: &'a Tag<'a>) -> usize {
        if !is_inline(tag) {
            self.end_paragraph();
        }
        match tag {
            Tag::CodeBlock(_) => return self.code_block(at),
            Tag::HtmlBlock => return self.html_block(at),
            Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => return self.end_of(at) + 1,
            Tag::Image { dest_url, .. } => return self.image(at, dest_url),
            Tag::Link { dest_url, link_type, .. } => match link_type {
                LinkType::Email if !dest_url.starts_with("mailto:") => self.open_link(&format!("mailto:{dest_url}")),
                _ => self.open_link(dest_url),
            },
            Tag::List(start) => {
                self.mark_item();
                let level = self.frames.iter().filter(|frame| matches!(frame, Frame::List(_))).count();
                let number = self.lists.begin(level, *start);
                self.frames.push(Frame::List(number));
            }
            Tag::Item => self.frames.push(Frame::Item { is_begun: false, is_task: self.is_task(at) }),
            Tag::BlockQuote(_) => {
                self.mark_item();
                self.frames.push(Frame::Quote);
            }
            Tag::DefinitionListDefinition => self.frames.push(Frame::Definition),
            Tag::DefinitionListTitle | Tag::Strong => self.look.bold += 1,
            Tag::Emphasis => self.look.italic += 1,
            Tag::Strikethrough => self.look.strike += 1,
            Tag::Superscript => self.look.raised += 1,
            Tag::Subscript => self.look.lowered += 1,
            Tag::Table(alignments) => tables::start(self, at, alignments),
            Tag::TableHead | Tag::TableRow => tables::start_row(self, *tag == Tag::TableHead),
            Tag::TableCell => tables::start_cell(self),
            Tag::Paragraph | Tag::DefinitionList | Tag::Heading { .. } => {}
        }
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.look.italic -= 1,
            TagEnd::Strong => self.look.bold -= 1,
            TagEnd::Strikethrough => self.look.strike -= 1,
            TagEnd::Superscript => self.look.raised -= 1,
            TagEnd::Subscript => self.look.lowered -= 1,
            TagEnd::Link => self.close_link(),
            TagEnd::Image => {}
            TagEnd::TableCell => tables::end_cell(self),
            TagEnd::TableHead | TagEnd::TableRow => self.part.xml.close(),
            TagEnd::Table => tables::end(self),
            TagEnd::DefinitionListTitle => {
                self.end_paragraph();
                self.look.bold -= 1;
            }
            TagEnd::Item => {
                self.mark_item();
                self.end_paragraph();
                self.frames.pop();
            }
            TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::DefinitionListDefinition => {
                self.end_paragraph();
                self.frames.pop();
            }
            _ => self.end_paragraph(),
        }
    }

    fn bold(&mut self, text: &str) {
        self.look.bold += 1;
        self.run(text);
        self.look.bold -= 1;
        self.end_paragraph();
    }

    /// The box of a task is the first thing in its item, or in the item's first paragraph.
    fn is_task(&self, at: usize) -> bool {
        let event = |at: usize| self.document.events.get(at).map(|(event, _)| event);
        let first = match event(at + 1) {
            Some(Event::Markdown(Markdown::Start(Tag::Paragraph))) => event(at + 2),
            first => first,
        };
        matches!(first, Some(Event::Markdown(Markdown::TaskListMarker(_))))
    }

    fn code_block(&mut self, at: usize) -> usize {
        let end = self.end_of(at);
        let code = text::plain(&self.document.events[at + 1..end]);
        self.mark_item();
        self.paragraph.style = Some("Code");
        self.begin_paragraph();
        for (number, line) in code.trim_end_matches('\n').split('\n').enumerate() {
            if number > 0 {
                self.line_break();
            }
            self.plain_run(line);
        }
        self.end_paragraph();
        end + 1
    }

    fn html_block(&mut self, at: usize) -> usize {
        let end = self.end_of(at);
        let mut html = String::new();
        for (event, _) in &self.document.events[at + 1..end] {
            if let Event::Markdown(Markdown::Html(part) | Markdown::Text(part)) = event {
                html.push_str(part);
            }
        }
        for line in words::of_html(&html).lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.run(line);
            self.end_paragraph();
        }
        end + 1
    }

    /// A picture is its words, with a link to where it can be seen.
    fn image(&mut self, at: usize, address: &str) -> usize {
        let end = self.end_of(at);
        let alt = text::plain(&self.document.events[at + 1..end]);
        self.open_link(if self.links.contains(&true) { "" } else { address });
        self.run(if alt.trim().is_empty() { address } else { &alt });
        self.close_link();
        end + 1
    }

    fn provenance(&mut self) {
        let Some(provenance) = self.document.provenance else {
            return;
        };
        self.paragraph.style = Some("Provenance");
        self.run("Forked from ");
        self.open_link(&provenance::address(provenance));
        self.run(&provenance::label(provenance));
        self.close_link();
        if let Some(license) = &provenance.license {
            self.run(&format!(" ({license})"));
        }
        self.end_paragraph();
    }

    /// A page is A4, with margins of 23 mm.
    fn page(&mut self) {
        let xml = &mut self.part.xml;
        xml.open("w:sectPr", &[]);
        xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
        let sides = ["w:top", "w:right", "w:bottom", "w:left"].map(|side| (side, "1304"));
        let attributes = [&sides[..], &[("w:header", "709"), ("w:footer", "709"), ("w:gutter", "0")]].concat();
        xml.empty("w:pgMar", &attributes);
        xml.close();
    }

    /// How far what comes next is moved in by lists and definitions, in twentieths of a point.
    pub fn indent(&self) -> usize {
        let is_step = |frame: &&Frame| matches!(frame, Frame::Item { .. } | Frame::Definition);
        STEP * self.frames.iter().filter(is_step).count()
    }
}

const HEADINGS: [&str; 6] = ["Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6"];

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
    )
}
