//! Runs pulldown-cmark over a piece of text and gives its events with bytes of the whole file.
//!
//! Two things must be kept from it: the lines of `:::` blocks and markers nested beyond reason. They are overwritten in
//! a copy of the same length before it sees the text, and every text it borrows from the copy is borrowed from the
//! original instead.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, HeadingLevel, InlineStr, LinkType, Options, Parser, Tag, TagEnd};

use crate::base::slug::{heading_id, outside_theme};
use crate::config::Markdown;
use crate::markdown::events::{Event, Events, FirstHeading};
use crate::markdown::fences::Fence;
use crate::markdown::text;

/// Reads the bytes `span` of `text`, with the fences and the markers (both from the start of the span) hidden.
pub fn parse<'a>(
    text: &'a str,
    span: Range<usize>,
    markdown: &Markdown,
    (fences, deep): (&[Fence], &[usize]),
) -> Events<'a> {
    let body = &text[span.clone()];
    let mut collector = Collector { body, base: span.start, events: Vec::with_capacity(body.len() / 24), plain: false };
    match mask(body, fences, deep) {
        Cow::Borrowed(body) => {
            for (event, range) in Parser::new_ext(body, options(markdown)).into_offset_iter() {
                collector.push(event, range);
            }
        }
        Cow::Owned(copy) => {
            let origin = Origin { copy: &copy, body };
            for (event, range) in Parser::new_ext(&copy, options(markdown)).into_offset_iter() {
                collector.push(origin.event(event), range);
            }
        }
    }
    collector.events
}

/// Returns the bytes of the definitions of references, each by the label that is looked for; `None` for one that is not
/// defined.
pub fn definitions(body: &str, markdown: &Markdown, labels: &[String]) -> Vec<Option<Range<usize>>> {
    let parser = Parser::new_ext(body, options(markdown));
    let definitions = parser.reference_definitions();
    labels.iter().map(|label| definitions.get(label).map(|definition| definition.span.clone())).collect()
}

/// Returns the plain text of the first heading.
pub fn first_heading(body: &str, markdown: &Markdown) -> Option<String> {
    let mut events = Parser::new_ext(body, options(markdown)).into_offset_iter();
    events.find(|(event, _)| matches!(event, pulldown_cmark::Event::Start(Tag::Heading { .. })))?;
    Some(heading_text(body, events)).filter(|title| !title.is_empty())
}

/// Returns the first heading of level 1; most texts have none, and few lines look like one.
pub fn first_h1(body: &str, markdown: &Markdown) -> Option<FirstHeading> {
    let may_be_one = |line: &str| {
        let content = line.trim_start_matches([' ', '>', '-', '*', '+']);
        content.starts_with('=') || content.strip_prefix('#').is_some_and(|rest| !rest.starts_with('#'))
    };
    if !body.lines().any(may_be_one) {
        return None;
    }
    let mut events = Parser::new_ext(body, options(markdown)).into_offset_iter();
    let (id, span) = events.find_map(|(event, span)| match event {
        pulldown_cmark::Event::Start(Tag::Heading { level: HeadingLevel::H1, id, .. }) => Some((id, span)),
        _ => None,
    })?;
    let id = match id {
        Some(id) if !id.is_empty() => id.to_string(),
        _ => heading_id(&heading_text(body, events)),
    };
    let id = outside_theme(&id).into_owned();
    Some(FirstHeading { span, id })
}

/// The text of a heading whose start was just passed.
fn heading_text<'a>(body: &'a str, events: impl Iterator<Item = (pulldown_cmark::Event<'a>, Range<usize>)>) -> String {
    let inside = events.take_while(|(event, _)| !matches!(event, pulldown_cmark::Event::End(TagEnd::Heading(_))));
    let inside: Events<'_> = inside.map(|(event, range)| (Event::Markdown(event), range)).collect();
    text::as_written(body, 0, &inside)
}

/// What of pulldown-cmark is on. Its metadata blocks, which match anywhere, and its alerts, which have no titles, are not.
pub fn options(markdown: &Markdown) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS;
    options.set(Options::ENABLE_SMART_PUNCTUATION, markdown.smart_punctuation);
    options.set(Options::ENABLE_MATH, markdown.math);
    options.set(Options::ENABLE_DEFINITION_LIST, markdown.definition_lists);
    options
}

/// A copy in which each fence is a thematic break, which is a block of its own wherever it stands, and each marker that
/// is too deep is a letter.
pub fn mask<'a>(body: &'a str, fences: &[Fence], deep: &[usize]) -> Cow<'a, str> {
    if fences.is_empty() && deep.is_empty() {
        return Cow::Borrowed(body);
    }
    let mut bytes = body.as_bytes().to_vec();
    for fence in fences {
        bytes[fence.span.clone()].fill(b'*');
    }
    for at in deep {
        bytes[*at] = b'x';
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(body), Cow::Owned)
}

/// Gathers events, and joins neighbours that are one piece in the source.
struct Collector<'a> {
    body: &'a str,
    base: usize,
    events: Events<'a>,
    /// Whether the last event is a text or HTML that is written exactly so in the source.
    plain: bool,
}

impl<'a> Collector<'a> {
    fn push(&mut self, event: pulldown_cmark::Event<'a>, range: Range<usize>) {
        let is_plain = match &event {
            pulldown_cmark::Event::Text(text) | pulldown_cmark::Event::Html(text) => {
                text::is_verbatim(self.body, &range, text)
            }
            _ => false,
        };
        let event = without_backslash(event);
        let absolute = self.base + range.start..self.base + range.end;
        if is_plain && self.plain && self.join(&event, &range) {
            return;
        }
        self.plain = is_plain;
        self.events.push((Event::Markdown(event), absolute));
    }

    /// Makes the last event longer by one that follows it directly.
    fn join(&mut self, event: &pulldown_cmark::Event<'a>, range: &Range<usize>) -> bool {
        let Some((Event::Markdown(last), span)) = self.events.last_mut() else {
            return false;
        };
        let from = span.start - self.base;
        let touches = |gap: &str| self.body.get(span.end - self.base..range.start) == Some(gap);
        let whole = CowStr::Borrowed(&self.body[from..range.end.max(from)]);
        match (&last, event) {
            (pulldown_cmark::Event::Text(_), pulldown_cmark::Event::Text(_)) if touches("") => {
                *last = pulldown_cmark::Event::Text(whole);
            }
            (pulldown_cmark::Event::Html(_), pulldown_cmark::Event::Html(_)) if touches("") || touches("\r") => {
                *last = pulldown_cmark::Event::Html(whole);
            }
            _ => return false,
        }
        span.end = self.base + range.end;
        true
    }
}

/// In a table the bar of a wiki link is written `\\|`, and pulldown-cmark takes the backslash for a part of the name.
fn without_backslash(event: pulldown_cmark::Event<'_>) -> pulldown_cmark::Event<'_> {
    let trim = |name: CowStr<'_>| name.strip_suffix('\\').map(|name| CowStr::from(name.to_string()));
    match event {
        pulldown_cmark::Event::Start(Tag::Link { link_type: link_type @ WIKI, dest_url, title, id }) => {
            let dest_url = trim(dest_url.clone()).unwrap_or(dest_url);
            pulldown_cmark::Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        pulldown_cmark::Event::Start(Tag::Image { link_type: link_type @ WIKI, dest_url, title, id }) => {
            let dest_url = trim(dest_url.clone()).unwrap_or(dest_url);
            pulldown_cmark::Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        event => event,
    }
}

/// A wiki link with a label of its own.
const WIKI: LinkType = LinkType::WikiLink { has_pothole: true };

/// Where texts borrowed from the copy stand in the original.
struct Origin<'a, 'c> {
    copy: &'c str,
    body: &'a str,
}

impl<'a, 'c> Origin<'a, 'c> {
    fn text(&self, text: CowStr<'c>) -> CowStr<'a> {
        match text {
            CowStr::Boxed(text) => CowStr::Boxed(text),
            CowStr::Inlined(text) => CowStr::Inlined(text),
            CowStr::Borrowed(text) => {
                let at = (text.as_ptr() as usize).checked_sub(self.copy.as_ptr() as usize);
                let original = at.filter(|at| at + text.len() <= self.copy.len());
                let original = original.and_then(|at| self.body.get(at..at + text.len()));
                match (original, InlineStr::try_from(text)) {
                    (Some(original), _) => CowStr::Borrowed(original),
                    (None, Ok(short)) => CowStr::Inlined(short),
                    (None, Err(_)) => CowStr::Boxed(text.into()),
                }
            }
        }
    }

    fn event(&self, event: pulldown_cmark::Event<'c>) -> pulldown_cmark::Event<'a> {
        use pulldown_cmark::Event as Theirs;
        match event {
            Theirs::Start(tag) => Theirs::Start(self.tag(tag)),
            Theirs::End(end) => Theirs::End(end),
            Theirs::Text(text) => Theirs::Text(self.text(text)),
            Theirs::Code(text) => Theirs::Code(self.text(text)),
            Theirs::InlineMath(text) => Theirs::InlineMath(self.text(text)),
            Theirs::DisplayMath(text) => Theirs::DisplayMath(self.text(text)),
            Theirs::Html(text) => Theirs::Html(self.text(text)),
            Theirs::InlineHtml(text) => Theirs::InlineHtml(self.text(text)),
            Theirs::FootnoteReference(label) => Theirs::FootnoteReference(self.text(label)),
            Theirs::SoftBreak => Theirs::SoftBreak,
            Theirs::HardBreak => Theirs::HardBreak,
            Theirs::Rule => Theirs::Rule,
            Theirs::TaskListMarker(done) => Theirs::TaskListMarker(done),
        }
    }

    fn tag(&self, tag: Tag<'c>) -> Tag<'a> {
        match tag {
            Tag::Heading { level, id, classes, attrs } => Tag::Heading {
                level,
                id: id.map(|id| self.text(id)),
                classes: classes.into_iter().map(|class| self.text(class)).collect(),
                attrs: attrs
                    .into_iter()
                    .map(|(key, value)| (self.text(key), value.map(|value| self.text(value))))
                    .collect(),
            },
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(self.text(info))),
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(self.text(label)),
            Tag::Link { link_type, dest_url, title, id } => {
                Tag::Link { link_type, dest_url: self.text(dest_url), title: self.text(title), id: self.text(id) }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                Tag::Image { link_type, dest_url: self.text(dest_url), title: self.text(title), id: self.text(id) }
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => Tag::CodeBlock(CodeBlockKind::Indented),
            Tag::Table(alignments) => Tag::Table(alignments),
            Tag::List(start) => Tag::List(start),
            Tag::BlockQuote(kind) => Tag::BlockQuote(kind),
            Tag::MetadataBlock(kind) => Tag::MetadataBlock(kind),
            Tag::Paragraph => Tag::Paragraph,
            Tag::HtmlBlock => Tag::HtmlBlock,
            Tag::Item => Tag::Item,
            Tag::DefinitionList => Tag::DefinitionList,
            Tag::DefinitionListTitle => Tag::DefinitionListTitle,
            Tag::DefinitionListDefinition => Tag::DefinitionListDefinition,
            Tag::TableHead => Tag::TableHead,
            Tag::TableRow => Tag::TableRow,
            Tag::TableCell => Tag::TableCell,
            Tag::Emphasis => Tag::Emphasis,
            Tag::Strong => Tag::Strong,
            Tag::Strikethrough => Tag::Strikethrough,
            Tag::Superscript => Tag::Superscript,
            Tag::Subscript => Tag::Subscript,
        }
    }
}
