//! Makes headings of the questions of an interview: the paragraphs that are wholly bold.

use std::ops::Range;

use pulldown_cmark::{Event as Theirs, HeadingLevel, Tag, TagEnd};

use crate::markdown::events::{Event, Events};

/// Replaces each question that stands in no list or quotation by a heading one level below the last that is none,
/// level 2 at least.
pub fn apply<'a>(text: &str, events: Events<'a>) -> Events<'a> {
    let is_question: Vec<bool> = (0..events.len()).map(|index| is_bold_paragraph(text, &events[index..])).collect();
    let mut out: Events<'a> = Vec::with_capacity(events.len());
    let mut above = 1;
    let mut depth = 0_usize;
    let mut open: Option<HeadingLevel> = None;
    for (index, (event, span)) in events.into_iter().enumerate() {
        match &event {
            Event::Markdown(Theirs::Start(Tag::Paragraph)) if depth == 0 && is_question[index] => {
                let level = level(above + 1);
                open = Some(level);
                let tag = Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() };
                out.push((Event::Markdown(Theirs::Start(tag)), span));
                depth += 1;
                continue;
            }
            Event::Markdown(Theirs::Start(Tag::Strong)) if depth == 1 && open.is_some() => {
                depth += 1;
                continue;
            }
            Event::Markdown(Theirs::End(TagEnd::Strong)) if depth == 2 && open.is_some() => {
                depth -= 1;
                continue;
            }
            Event::Markdown(Theirs::End(TagEnd::Paragraph)) if depth == 1 && open.is_some() => {
                depth -= 1;
                out.extend(open.take().map(|level| (Event::Markdown(Theirs::End(TagEnd::Heading(level))), span)));
                continue;
            }
            Event::Markdown(Theirs::Start(tag)) => {
                if let (Tag::Heading { level, .. }, 0) = (tag, depth) {
                    above = *level as u8;
                }
                depth += 1;
            }
            Event::Markdown(Theirs::End(_)) | Event::EndCallout => depth = depth.saturating_sub(1),
            Event::StartCallout { .. } => depth += 1,
            _ => {}
        }
        out.push((event, span));
    }
    out
}

/// Whether the events begin with a paragraph that is one piece of bold text.
fn is_bold_paragraph(text: &str, events: &[(Event<'_>, Range<usize>)]) -> bool {
    let [
        (Event::Markdown(Theirs::Start(Tag::Paragraph)), paragraph),
        (Event::Markdown(Theirs::Start(Tag::Strong)), strong),
        ..,
    ] = events
    else {
        return false;
    };
    let rest = text.get(strong.end..paragraph.end);
    strong.start == paragraph.start && rest.is_some_and(|rest| rest.trim().is_empty())
}

fn level(level: u8) -> HeadingLevel {
    HeadingLevel::try_from(usize::from(level.clamp(2, 6))).unwrap_or(HeadingLevel::H6)
}
