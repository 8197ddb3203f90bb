//! Gives headings their ids by GitHub's rule, and leaves out a first H1 that says the title again.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event as Theirs, HeadingLevel, Tag, TagEnd};

use crate::base::slug::{HeadingIds, heading_id, outside_theme};
use crate::config::RawHtml;
use crate::markdown::events::{Event, Events, Reading};
use crate::markdown::footnotes::FootnoteIds;
use crate::markdown::{raw_html, text};

/// Replaces the headings of Markdown by ours.
pub fn apply<'a>(text: &str, events: Events<'a>, reading: &Reading<'_>) -> Events<'a> {
    let mut ids = HeadingIds::default();
    for id in reading.taken {
        ids.reserve(id);
    }
    reserve_others(&mut ids, &events, reading);
    // An id that the author wrote is the author's, even if an earlier heading would come to the same.
    let mut explicit: HashMap<usize, String> = HashMap::new();
    for (index, (event, _)) in events.iter().enumerate() {
        if let Event::Markdown(Theirs::Start(Tag::Heading { id: Some(id), .. })) = event
            && !id.is_empty()
        {
            explicit.insert(index, ids.claim(&outside_theme(id)));
        }
    }
    let left_out = repeated_title(text, &events, reading.title);
    let mut given: HashMap<usize, String> = HashMap::new();
    for (index, (event, _)) in events.iter().enumerate() {
        if let Event::Markdown(Theirs::Start(Tag::Heading { .. })) = event {
            let id = explicit.remove(&index).unwrap_or_else(|| ids.next(&heading_text(text, &events[index..])));
            given.insert(index, id);
        }
    }
    let mut out = Vec::with_capacity(events.len());
    for (index, (event, span)) in events.into_iter().enumerate() {
        if left_out.as_ref().is_some_and(|left_out| left_out.contains(&index)) {
            continue;
        }
        let event = match event {
            Event::Markdown(Theirs::Start(Tag::Heading { level, classes, .. })) => Event::StartHeading {
                level: level as u8,
                id: given.remove(&index).unwrap_or_default(),
                classes: classes.iter().map(|class| class.to_string()).collect(),
            },
            Event::Markdown(Theirs::End(TagEnd::Heading(level))) => Event::EndHeading { level: level as u8 },
            event => event,
        };
        out.push((event, span));
    }
    out
}

/// Keeps the ids of footnotes, blocks and raw HTML from headings.
fn reserve_others(ids: &mut HeadingIds, events: &Events<'_>, reading: &Reading<'_>) {
    let mut footnotes = [FootnoteIds::default(), FootnoteIds::of_document()];
    for (event, _) in events {
        match event {
            Event::Markdown(Theirs::FootnoteReference(label)) => {
                for (reference, note) in footnotes.iter_mut().map(|footnotes| footnotes.refer(label)) {
                    ids.reserve(&reference);
                    ids.reserve(&note);
                }
            }
            Event::Markdown(Theirs::Html(html) | Theirs::InlineHtml(html))
                if reading.markdown.html != RawHtml::Deny =>
            {
                raw_html::ids(html).iter().for_each(|id| ids.reserve(id));
            }
            Event::StartBlock { attributes, .. } => {
                attributes.iter().filter(|(key, _)| key == "id").for_each(|(_, id)| ids.reserve(id));
            }
            _ => {}
        }
    }
}

/// Whether two titles say the same: case and punctuation do not matter.
fn say_the_same(one: &str, other: &str) -> bool {
    let (a, b) = (heading_id(&text::one_line(one)), heading_id(&text::one_line(other)));
    match a.is_empty() && b.is_empty() {
        true => one.trim() == other.trim(),
        false => a == b,
    }
}

/// The events of the first H1 if it says the title.
fn repeated_title(text: &str, events: &Events<'_>, title: Option<&str>) -> Option<Range<usize>> {
    let title = title?;
    let is_first = |event: &Event<'_>| {
        matches!(event, Event::Markdown(Theirs::Start(Tag::Heading { level: HeadingLevel::H1, .. })))
    };
    let start = events.iter().position(|(event, _)| is_first(event))?;
    let length = heading_length(&events[start..]);
    let says = |said: &str| say_the_same(said, title);
    let inside = &events[start..start + length];
    let repeats = says(&heading_text(text, inside)) || says(&text::plain(inside));
    repeats.then_some(start..start + length)
}

/// How many events a heading has that the events begin with.
fn heading_length(events: &[(Event<'_>, Range<usize>)]) -> usize {
    let is_end = |event: &Event<'_>| matches!(event, Event::Markdown(Theirs::End(TagEnd::Heading(_))));
    events.iter().position(|(event, _)| is_end(event)).map_or(events.len(), |end| end + 1)
}

/// The text of a heading that the events begin with, before smart punctuation.
fn heading_text(text: &str, events: &[(Event<'_>, Range<usize>)]) -> String {
    text::as_written(text, 0, &events[..heading_length(events)])
}
