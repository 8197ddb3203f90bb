//! Makes links of bare addresses, by the rules of GitHub Flavored Markdown, section 6.9, and gives e-mail addresses in
//! angle brackets their `mailto:`.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event as Theirs, LinkType, Tag, TagEnd};

use crate::markdown::addresses::{self, Found};
use crate::markdown::events::{Event, Events};
use crate::markdown::text::is_verbatim;

/// Replaces bare addresses in text by links. Code, links, images and raw `<a>` elements are left alone.
pub fn apply<'a>(text: &'a str, events: Events<'a>) -> Events<'a> {
    if !events.iter().any(|(event, _)| may_hold_address(event)) {
        return events;
    }
    let mut pass = Pass { text, out: Vec::with_capacity(events.len() + 16), closed: 0, in_anchor: false };
    let mut at = 0;
    let mut from = 0;
    while at < events.len() {
        let (event, span) = &events[at];
        if let Event::Markdown(Theirs::Text(written)) = event
            && pass.closed == 0
            && !pass.in_anchor
            && let Some(link) = pass.next_link(&events[at..], from.max(span.start))
        {
            pass.push_part(written, span, from.max(span.start)..link.span.start);
            let inside = link.span.clone();
            pass.push_link(link);
            while events.get(at).is_some_and(|(event, span)| is_part(event) && is_within(span, &inside)) {
                at += 1;
            }
            from = inside.end;
            continue;
        }
        pass.push(event, span, from);
        at += 1;
    }
    pass.out
}

/// Whether an event can be swallowed by an address.
fn is_part(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Markdown(
            Theirs::Text(_)
                | Theirs::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
                | Theirs::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
        )
    )
}

/// Whether an event ends with an address at the latest; the first text begins before it.
fn is_within(span: &Range<usize>, address: &Range<usize>) -> bool {
    span.end <= address.end && span.end > address.start
}

fn may_hold_address(event: &Event<'_>) -> bool {
    match event {
        Event::Markdown(Theirs::Text(text)) => {
            text.contains('@') || text.contains("://") || text.contains("www.") || text.contains("WWW.")
        }
        Event::Markdown(Theirs::Start(Tag::Link { link_type: LinkType::Email, .. })) => true,
        _ => false,
    }
}

struct Pass<'a> {
    text: &'a str,
    out: Events<'a>,
    /// How many elements are open in which no address is a link.
    closed: usize,
    /// Whether a raw `<a>` is open.
    in_anchor: bool,
}

impl<'a> Pass<'a> {
    /// Pushes an event as it is; of a text only what begins at byte `from`.
    fn push(&mut self, event: &Event<'a>, span: &Range<usize>, from: usize) {
        match event {
            Event::Markdown(Theirs::Text(written)) => {
                self.push_part(written, span, from.max(span.start)..span.end);
                return;
            }
            Event::Markdown(Theirs::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, id })) => {
                self.closed += 1;
                let dest_url = CowStr::from(format!("mailto:{dest_url}"));
                let (title, id) = (title.clone(), id.clone());
                let tag = Tag::Link { link_type: LinkType::Autolink, dest_url, title, id };
                self.out.push((Event::Markdown(Theirs::Start(tag)), span.clone()));
                return;
            }
            Event::Markdown(Theirs::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_))) => {
                self.closed += 1
            }
            Event::Markdown(Theirs::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock)) => {
                self.closed = self.closed.saturating_sub(1);
            }
            Event::Markdown(Theirs::InlineHtml(html)) => {
                let is = |tag: &str| html.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
                self.in_anchor = !is("</a") && (self.in_anchor || is("<a ") || is("<a\n") || is("<a>"));
            }
            Event::Markdown(Theirs::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell)) => {
                self.in_anchor = false
            }
            _ => {}
        }
        self.out.push((event.clone(), span.clone()));
    }

    /// Pushes the bytes `part` of a text; all of it or nothing if it is not written in the source as it reads.
    fn push_part(&mut self, written: &CowStr<'a>, span: &Range<usize>, part: Range<usize>) {
        if part.is_empty() {
            return;
        }
        let text = match part == *span {
            true => written.clone(),
            false => CowStr::Borrowed(&self.text[part.clone()]),
        };
        self.out.push((Event::Markdown(Theirs::Text(text)), part));
    }

    fn push_link(&mut self, link: Found) {
        let Found { span, destination } = link;
        let tag = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: destination.into(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        };
        let text = CowStr::Borrowed(&self.text[span.clone()]);
        self.out.push((Event::Markdown(Theirs::Start(tag)), span.clone()));
        self.out.push((Event::Markdown(Theirs::Text(text)), span.clone()));
        self.out.push((Event::Markdown(Theirs::End(TagEnd::Link)), span));
    }

    /// Finds the first address that begins in the text that the events begin with, at or behind byte `from`.
    fn next_link(&self, events: &[(Event<'a>, Range<usize>)], from: usize) -> Option<Found> {
        let (Event::Markdown(Theirs::Text(written)), span) = events.first()? else {
            return None;
        };
        if from >= span.end || !is_verbatim(self.text, span, written) {
            return None;
        }
        let mut from = from;
        while let Some(start) = addresses::candidate(self.text, from..span.end, span.start) {
            // What has no domain is none, however far it goes: this keeps a text full of `http://(` cheap.
            let near = addresses::read(self.text, start, span.end);
            let found = match start.may_go_on() {
                true => near.and_then(|_| addresses::read(self.text, start, reach(self.text, events, start.at))),
                false => near,
            };
            if let Some(found) = found {
                let end = whole_events(self.text, events, &found);
                let found = if end == found.span.end { Some(found) } else { addresses::read(self.text, start, end) };
                if let Some(found) = found.filter(|found| found.span.end <= end) {
                    return Some(found);
                }
            }
            from = start.next;
        }
        None
    }
}

/// How far an address that begins in the first of the events can go: over the texts that follow directly, and over
/// emphasis that pulldown-cmark saw in it.
fn reach(text: &str, events: &[(Event<'_>, Range<usize>)], start: usize) -> usize {
    let mut end = events[0].1.end;
    if has_blank(text, start..end) {
        return end;
    }
    for (event, span) in &events[1..] {
        match event {
            Event::Markdown(Theirs::Text(_)) if span.start == end => {
                end = span.end;
                if has_blank(text, span.clone()) {
                    return end;
                }
            }
            Event::Markdown(Theirs::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)) if span.start == end => {
                end = end.max(span.start + marks(text, span));
            }
            Event::Markdown(Theirs::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough))
                if span.start >= start =>
            {
                end = span.end;
            }
            _ => return end,
        }
    }
    end
}

/// The end of an address, before any event that is not wholly in it.
fn whole_events(text: &str, events: &[(Event<'_>, Range<usize>)], found: &Found) -> usize {
    let mut end = found.span.end;
    for (event, span) in &events[1..] {
        if span.start >= end {
            break;
        }
        let can_be_cut = matches!(event, Event::Markdown(Theirs::Text(written)) if is_verbatim(text, span, written));
        let is_end = matches!(event, Event::Markdown(Theirs::End(_)));
        if span.end > end && !can_be_cut && !is_end {
            end = span.start;
        }
    }
    end
}

/// How many bytes the marks of an element take at its start.
fn marks(text: &str, span: &Range<usize>) -> usize {
    let bytes = &text.as_bytes()[span.clone()];
    let length = bytes.iter().take(2).take_while(|byte| Some(*byte) == bytes.first()).count();
    length.max(1)
}

fn has_blank(text: &str, span: Range<usize>) -> bool {
    text.get(span).is_none_or(|text| text.contains(|c: char| c.is_whitespace() || c == '<'))
}
