//! Goes over the events of a text once and learns what later stages want to know of it without reading it again.

mod block;
mod destination;
mod images;
mod notes;
mod policy;
mod sentence;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event as Theirs, LinkType, Tag};

use crate::base::html::opening_tags;
use crate::config::project::Project;
use crate::config::{Config, RawHtml};
use crate::diag::code::Code;
use crate::diag::span::floor;
use crate::diag::{Diagnostic, Reported};
use crate::markdown::events::{Event, Reading, definitions, first_h1, read};
use crate::markdown::footnotes::FootnoteIds;
use crate::markdown::raw_html;
use crate::model::body::{Body, Heading};
use crate::model::link::{Link, LinkForm};
use crate::model::source::Source;
use block::Blocks;
use images::Images;
use notes::Notes;

/// A text to learn from.
pub struct Text<'a> {
    /// Its file.
    pub source: &'a Source,
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// Whether it is the document of a template.
    pub is_document: bool,
}

/// Returns a body of which nothing is known but its text.
pub fn empty(source: &Source, span: Range<usize>) -> Body {
    Body { span, ..Body::unread(source.path.clone(), source.text.clone()) }
}

/// Learns from a text, and reports what is wrong in it.
pub fn learn(project: &Project, text: &Text<'_>, reading: &Reading<'_>) -> Reported<Body> {
    let Text { source, span, is_document } = text;
    let mut diagnostics = Vec::new();
    let events = read(&source.path, &source.text, span.clone(), reading).take(&mut diagnostics);
    let footnotes = if *is_document { FootnoteIds::of_document() } else { FootnoteIds::default() };
    let is_glossary = source.path.stem().eq_ignore_ascii_case("glossary");
    let mut pass = Pass {
        config: &project.config,
        source,
        body: empty(source, span.clone()),
        blocks: if is_glossary { Blocks::of_glossary() } else { Blocks::default() },
        images: Images::default(),
        open: Vec::new(),
        references: Vec::new(),
        heading: None,
        footnotes,
        notes: Notes::default(),
        ids: BTreeSet::new(),
        in_code: false,
        diagnostics,
    };
    for (event, span) in &events {
        pass.event(event, span);
    }
    pass.finish(reading)
}

/// A link whose end was not met yet.
struct OpenLink {
    /// Its number in the body.
    index: usize,
    link_type: LinkType,
    /// Where its text begins in the block.
    text_start: usize,
    /// The last byte of its content.
    content_end: usize,
    is_image: bool,
}

/// How many bytes `[^label]` has at most.
const LONGEST_LABEL: usize = 200;

struct Pass<'a> {
    config: &'a Config,
    source: &'a Source,
    body: Body,
    blocks: Blocks,
    images: Images,
    open: Vec<OpenLink>,
    /// The links whose destination stands in a definition: their number in the body, and the label.
    references: Vec<(usize, String)>,
    heading: Option<Heading>,
    footnotes: FootnoteIds,
    notes: Notes,
    ids: BTreeSet<String>,
    in_code: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Pass<'_> {
    fn event(&mut self, event: &Event<'_>, span: &Range<usize>) {
        match event {
            Event::StartHeading { level, id, .. } => {
                self.flush();
                let heading = Heading { level: *level, id: id.clone(), text: String::new(), span: span.clone() };
                self.heading = Some(heading);
            }
            Event::EndHeading { .. } => {
                if let Some(mut heading) = self.heading.take() {
                    heading.text = self.blocks.heading();
                    self.ids.insert(heading.id.clone());
                    self.body.headings.push(heading);
                }
                self.flush();
            }
            Event::StartBlock { attributes, .. } => {
                self.flush();
                let ids = attributes.iter().filter(|(key, _)| key == "id").map(|(_, id)| id.clone());
                self.ids.extend(ids);
            }
            Event::StartCallout { .. } => {
                self.flush();
                self.blocks.enter();
            }
            Event::EndCallout => {
                self.flush();
                self.blocks.leave();
            }
            Event::EndBlock { .. } => self.flush(),
            Event::Markdown(event) => self.markdown(event, span),
        }
    }

    fn markdown(&mut self, event: &Theirs<'_>, span: &Range<usize>) {
        match event {
            Theirs::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                self.refer(*link_type, id);
                return self.start_link(span, dest_url, (*link_type, false));
            }
            Theirs::Start(Tag::Image { link_type, dest_url, id, .. }) => {
                self.refer(*link_type, id);
                return self.start_link(span, dest_url, (*link_type, true));
            }
            Theirs::End(end) => {
                if matches!(end, pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image) {
                    self.end_link();
                } else if block::is_block_end(end) {
                    self.flush();
                    self.in_code = false;
                }
                if matches!(end, pulldown_cmark::TagEnd::FootnoteDefinition) {
                    self.notes.end();
                }
                self.blocks.end(end);
            }
            Theirs::Start(tag) => {
                if block::is_block(tag) {
                    self.flush();
                    self.in_code = matches!(tag, Tag::CodeBlock(_));
                }
                self.body.tables += usize::from(matches!(tag, Tag::Table(_)));
                if let Tag::FootnoteDefinition(label) = tag {
                    self.notes.start(label, span);
                }
                self.blocks.start(tag);
            }
            Theirs::Text(text) if !self.in_code => {
                self.blocks.push(text);
                self.missing_footnotes(text, span);
            }
            Theirs::Text(_) => {}
            Theirs::Code(text) | Theirs::InlineMath(text) | Theirs::DisplayMath(text) => self.blocks.push(text),
            Theirs::SoftBreak | Theirs::HardBreak => self.blocks.push(" "),
            Theirs::Html(html) | Theirs::InlineHtml(html) => self.html(html, span),
            Theirs::FootnoteReference(label) => {
                self.notes.refer(label);
                let (reference, note) = self.footnotes.refer(label);
                self.ids.extend([reference, note]);
            }
            Theirs::Rule => self.flush(),
            Theirs::TaskListMarker(_) => {}
        }
        if let Some(open) = self.open.last_mut() {
            open.content_end = open.content_end.max(span.end.min(self.body.links[open.index].span.end));
        }
    }

    /// Remembers the label of the link that is about to begin, if it is a reference.
    fn refer(&mut self, link_type: LinkType, label: &str) {
        if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            self.references.push((self.body.links.len(), label.to_string()));
        }
    }

    fn start_link(&mut self, span: &Range<usize>, destination: &str, (link_type, is_image): (LinkType, bool)) {
        let form = match link_type {
            _ if is_image => LinkForm::Image,
            LinkType::WikiLink { .. } => LinkForm::Wiki,
            _ => LinkForm::Markdown,
        };
        if let Some(outer) = self.open.last_mut() {
            outer.content_end = outer.content_end.max(span.end);
        }
        if destination.trim().is_empty() {
            let message = if is_image { "this image has no address" } else { "this link leads nowhere" };
            let help = "write where it leads between the parentheses";
            self.report(Code::EmptyLink, span.clone(), message.into(), help);
        }
        let marks = if is_image { 2 } else { 1 };
        self.open.push(OpenLink {
            index: self.body.links.len(),
            link_type,
            text_start: self.blocks.length(),
            content_end: (span.start + marks).min(span.end),
            is_image,
        });
        self.body.links.push(Link {
            span: span.clone(),
            destination_span: span.clone(),
            definition: None,
            form,
            destination: destination.to_string(),
            sentence: Arc::default(),
        });
    }

    fn end_link(&mut self) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let text = &self.source.text;
        let link = &mut self.body.links[open.index];
        let content_end = floor(text, open.content_end);
        link.destination_span = destination::span(text, link.span.clone(), open.link_type, content_end);
        if open.is_image {
            let alt = self.blocks.since(open.text_start).trim().to_string();
            let image = self.images.add(&self.source.path, link, alt);
            self.diagnostics.extend(image);
            if self.open.is_empty() {
                self.blocks.forget(open.text_start);
            }
        }
        self.blocks.link(open.index, open.text_start);
    }

    fn html(&mut self, html: &str, span: &Range<usize>) {
        let at = |inner: &Range<usize>| {
            let start = floor(&self.source.text, span.start + inner.start);
            start..floor(&self.source.text, span.start + inner.end).max(start)
        };
        if self.config.markdown.html == RawHtml::Deny {
            if html.starts_with("</") {
                return;
            }
            let help = "write it as Markdown, or set `markdown.html: allow`";
            self.report(Code::RawHtml, span.clone(), "raw HTML is not allowed on this site".into(), help);
            return;
        }
        for tag in opening_tags(html) {
            let mut links = Vec::new();
            raw_html::links_of(&tag, &mut links);
            for link in links {
                let index = self.body.links.len();
                let start = span.start + link.span.start;
                let place = at(&link.span);
                self.body.links.push(Link {
                    span: start..place.end.max(start),
                    destination_span: place,
                    definition: None,
                    form: link.form,
                    destination: link.destination,
                    sentence: Arc::default(),
                });
                self.blocks.link(index, self.blocks.length());
            }
            if tag.is("img") && tag.attribute("alt").is_none() && tag.attribute("role").is_none() {
                self.diagnostics.push(images::missing_alt(&self.source.path, at(&tag.span)));
            }
            if self.config.markdown.html == RawHtml::Allow {
                for blocked in policy::blocked(&tag, self.config) {
                    let message =
                        format!("browsers will block {}: the site's security policy forbids it", blocked.what);
                    let place = at(&blocked.span);
                    self.report(Code::BlockedByPolicy, place, message, blocked.help);
                }
            }
        }
        self.ids.extend(raw_html::ids(html));
    }

    /// Reports what looks like a reference to a footnote and stayed text, since nothing defines it.
    fn missing_footnotes(&mut self, text: &str, span: &Range<usize>) {
        let mut from = 0;
        while let Some(open) = text[from..].find("[^").map(|at| from + at) {
            let near = &text[open..floor(text, open + LONGEST_LABEL)];
            let Some(length) = near.find(']') else {
                from = open + 2;
                continue;
            };
            let label = &text[open + 2..open + length];
            let is_escaped = self.source.text[..floor(&self.source.text, span.start + open)].ends_with('\\');
            let is_label = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[' || c == '^');
            if is_label && !is_escaped {
                let start = floor(&self.source.text, span.start + open);
                let end = floor(&self.source.text, (start + length + 1).min(span.end)).max(start);
                let message = format!("the footnote `[^{label}]` is not defined");
                let help = format!("write `[^{label}]: …` on a line of its own, or `\\[^{label}]` for the characters");
                self.report(Code::MissingFootnote, start..end, message, &help);
            }
            from = open + length;
        }
    }

    fn report(&mut self, code: Code, span: Range<usize>, message: String, help: &str) {
        self.diagnostics.push(Diagnostic::at(code, &self.source.path, span, message).help(help));
    }

    /// Ends the block of text that was gathered.
    fn flush(&mut self) {
        self.blocks.flush(&mut self.body.links, self.body.headings.len());
    }

    /// Finds where the destinations of references stand.
    fn define(&mut self, reading: &Reading<'_>) {
        let (numbers, labels): (Vec<usize>, Vec<String>) = std::mem::take(&mut self.references).into_iter().unzip();
        if labels.is_empty() {
            return;
        }
        let text = &self.source.text;
        let found = definitions(text, self.body.span.clone(), &reading.markdown, &labels);
        for (number, found) in numbers.into_iter().zip(found) {
            self.body.links[number].definition = found.and_then(|span| destination::definition(text, span));
        }
    }

    fn finish(mut self, reading: &Reading<'_>) -> Reported<Body> {
        self.flush();
        self.define(reading);
        self.body.words = self.blocks.words;
        self.body.summary = self.blocks.summary();
        self.body.definitions = self.blocks.take_definitions();
        if reading.title.is_some()
            && let Some(first) = first_h1(&self.source.text, self.body.span.clone(), &reading.markdown)
            && self.body.headings.iter().all(|heading| heading.span.start != first.span.start)
        {
            self.body.repeats_title = true;
            if !first.id.is_empty() && self.ids.insert(first.id.clone()) {
                self.body.title_id = Some(first.id);
            }
        }
        self.diagnostics.extend(self.notes.unused(&self.source.path, &self.source.text));
        self.body.ids = self.ids.into_iter().collect();
        Reported::new(self.body, self.diagnostics)
    }
}
