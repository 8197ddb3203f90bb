//! Keeps nesting within reason: what is deeper than a hundred levels is flattened and reported, so that nothing that
//! follows meets a tree of unbounded depth.

use pulldown_cmark::{Event as Theirs, Tag};

use crate::base::path::SourcePath;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::markdown::events::{Event, Events};

/// How many elements that can be nested in themselves may be open at once.
const MOST: usize = 100;

/// How far a marker may be indented, in columns, and still nest.
const WIDEST: usize = 1000;

/// Finds the markers of quotations, lists and footnotes that stand on one line behind a hundred others, or beyond all
/// reason to the right. The first of each line is enough: with a letter in its place those behind it are text.
pub fn deep_markers(body: &str) -> Vec<usize> {
    // Lines that end in a carriage return alone are rare, and looking for them is slow.
    match body.contains('\r') {
        true => deep_markers_in(body.split_inclusive(['\n', '\r'])),
        false => deep_markers_in(body.split_inclusive('\n')),
    }
}

fn deep_markers_in<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut deep = Vec::new();
    let mut at = 0;
    for line in lines {
        if line.len() > MOST {
            deep.extend(deep_marker(line).map(|offset| at + offset));
        }
        at += line.len();
    }
    deep
}

fn deep_marker(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let (mut at, mut column, mut markers) = (0, 0, 0);
    loop {
        while let Some(blank @ (b' ' | b'\t')) = bytes.get(at) {
            column += if *blank == b'\t' { 4 } else { 1 };
            at += 1;
        }
        let length = marker_length(&bytes[at..])?;
        markers += 1;
        if markers > MOST || column > WIDEST {
            return (!is_rule(&line[at..])).then_some(at);
        }
        at += length;
        column += length;
    }
}

/// The length of the marker that a text begins with, without the blank behind it.
fn marker_length(bytes: &[u8]) -> Option<usize> {
    let is_blank = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    match bytes.first()? {
        b'>' => Some(1),
        b'-' | b'+' | b'*' | b':' if is_blank(1) => Some(1),
        b'0'..=b'9' => {
            let digits = bytes.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            (matches!(bytes.get(digits), Some(b'.' | b')')) && is_blank(digits + 1)).then_some(digits + 1)
        }
        b'[' if bytes.get(1) == Some(&b'^') => {
            let close = bytes.iter().take(200).position(|byte| *byte == b']')?;
            (bytes.get(close + 1) == Some(&b':')).then_some(close + 2)
        }
        _ => None,
    }
}

/// Whether the rest of a line is one of `-`, `*` again and again: a thematic break, however long.
fn is_rule(rest: &str) -> bool {
    let is_of = |mark: char| rest.chars().all(|c| c == mark || c.is_whitespace());
    is_of('-') || is_of('*')
}

/// Drops the starts and ends of what is too deep, keeps what is in it, and reports the first place. `deep` are markers
/// that were hidden, from byte `base`.
pub fn apply<'a>(path: &SourcePath, mut events: Events<'a>, deep: &[usize], base: usize) -> Reported<Events<'a>> {
    let mut first = hidden(&events, deep, base);
    let mut pass = Pass::default();
    events.retain(|(event, span)| {
        let is_kept = pass.keeps(event);
        if !is_kept {
            first = Some(first.map_or(span.start, |first| first.min(span.start)));
        }
        is_kept
    });
    let report = |at: usize| {
        let message = format!("more than {MOST} levels are nested here; what is deeper is shown flat");
        Diagnostic::at(Code::TooDeep, path, at..at, message).help("take some of the levels away")
    };
    Reported::new(events, first.map(report).into_iter().collect())
}

/// The first marker that was hidden and is not part of code, where hiding it changes nothing.
fn hidden(events: &Events<'_>, deep: &[usize], base: usize) -> Option<usize> {
    let mut deep = deep.iter().map(|at| base + at).peekable();
    deep.peek()?;
    for (event, span) in events {
        if let Event::Markdown(Theirs::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)) = event {
            if deep.peek().is_some_and(|at| *at < span.start) {
                break;
            }
            while deep.next_if(|at| *at < span.end).is_some() {}
        }
    }
    deep.next()
}

/// What is open, and how much of it counts.
#[derive(Default)]
struct Pass {
    open: Vec<Open>,
    depth: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Nests, and is kept.
    Counted,
    /// Cannot be nested in itself.
    Uncounted,
    /// Too deep.
    Dropped,
}

impl Pass {
    fn keeps(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::StartCallout { .. } | Event::StartBlock { .. } => self.start(true),
            Event::EndCallout | Event::EndBlock { .. } => self.end(),
            Event::Markdown(Theirs::Start(tag)) => match tag {
                Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.part(),
                tag => self.start(can_nest(tag)),
            },
            Event::Markdown(Theirs::End(_)) => self.end(),
            _ => true,
        }
    }

    fn start(&mut self, counts: bool) -> bool {
        let open = match counts {
            true if self.depth >= MOST => Open::Dropped,
            true => Open::Counted,
            false => Open::Uncounted,
        };
        self.depth += usize::from(open == Open::Counted);
        self.open.push(open);
        open != Open::Dropped
    }

    /// An item goes with its list.
    fn part(&mut self) -> bool {
        let open = match self.open.last() {
            Some(Open::Dropped) => Open::Dropped,
            _ => Open::Uncounted,
        };
        self.open.push(open);
        open != Open::Dropped
    }

    fn end(&mut self) -> bool {
        let open = self.open.pop();
        self.depth -= usize::from(open == Some(Open::Counted));
        open != Some(Open::Dropped)
    }
}

fn can_nest(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::BlockQuote(_)
        | Tag::List(_)
        | Tag::DefinitionList
        | Tag::FootnoteDefinition(_)
        | Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough
        | Tag::Superscript
        | Tag::Subscript
        | Tag::Link { .. }
        | Tag::Image { .. } => true,
        Tag::Paragraph
        | Tag::Heading { .. }
        | Tag::CodeBlock(_)
        | Tag::HtmlBlock
        | Tag::Item
        | Tag::DefinitionListTitle
        | Tag::DefinitionListDefinition
        | Tag::Table(_)
        | Tag::TableHead
        | Tag::TableRow
        | Tag::TableCell
        | Tag::MetadataBlock(_) => false,
    }
}
