//! Makes callouts of quotations that begin with `[!NOTE]`, as on GitHub, with a title behind it if there is one.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event as Theirs, Tag, TagEnd};

use crate::base::did_you_mean::nearest;
use crate::base::path::SourcePath;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::markdown::events::{Event, Events};
use crate::markdown::text;

/// The kinds of callout.
pub const KINDS: [&str; 6] = ["note", "tip", "important", "warning", "caution", "guide"];

/// Replaces the quotations that are callouts; one of an unknown kind is reported and stays a quotation.
pub fn apply<'a>(path: &SourcePath, events: Events<'a>) -> Reported<Events<'a>> {
    let mut diagnostics = Vec::new();
    let mut marks = HashMap::new();
    for (index, (event, _)) in events.iter().enumerate() {
        if matches!(event, Event::Markdown(Theirs::Start(Tag::BlockQuote(_))))
            && let Some(mark) = mark(&events[index + 1..], path, &mut diagnostics)
        {
            marks.insert(index, mark);
        }
    }
    if marks.is_empty() {
        return Reported::new(events, diagnostics);
    }
    Reported::new(replace(events, marks), diagnostics)
}

/// The first line of a callout.
struct Mark<'a> {
    kind: &'static str,
    title: Option<String>,
    /// How many events behind the start of the quotation the line takes.
    taken: usize,
    /// What begins the first paragraph after it; `None` when the paragraph is over.
    first: Option<Vec<(Event<'a>, Range<usize>)>>,
}

/// Reads the first line of a quotation.
fn mark<'a>(
    events: &[(Event<'a>, Range<usize>)],
    path: &SourcePath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Mark<'a>> {
    let [(Event::Markdown(Theirs::Start(Tag::Paragraph)), around), (Event::Markdown(Theirs::Text(line)), span), ..] =
        events
    else {
        return None;
    };
    let inner = line.strip_prefix("[!")?;
    let (word, behind) = inner.split_once(']')?;
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    // With a backslash before it the text begins later than the paragraph.
    if !is_word || around.start != span.start {
        return None;
    }
    let Some(kind) = KINDS.into_iter().find(|kind| kind.eq_ignore_ascii_case(word)) else {
        // `guide` has a meaning in the document of a template only.
        let offered: Vec<&str> = KINDS.into_iter().filter(|kind| *kind != "guide").collect();
        let help = match nearest(word, offered.iter().copied()) {
            Some(kind) => format!("did you mean `[!{}]`?", kind.to_uppercase()),
            None => format!("the kinds are {}", offered.join(", ")),
        };
        let span = span.start..span.start + word.len() + 3;
        let message = format!("no callout is of the kind `{word}`");
        diagnostics.push(Diagnostic::at(Code::UnknownCallout, path, span, message).help(help));
        return None;
    };
    let start = (Event::Markdown(Theirs::Start(Tag::Paragraph)), around.clone());
    let Some(end) = end_of_line(events) else {
        // Emphasis goes over the end of the line: all behind the mark stays text.
        let rest = behind.trim_start().to_string();
        let at = span.end - rest.len().min(span.len());
        let text = (Event::Markdown(Theirs::Text(CowStr::from(rest))), at..span.end);
        let first = if at < span.end { vec![start, text] } else { vec![start] };
        return Some(Mark { kind, title: None, taken: 2, first: Some(first) });
    };
    let title = text::plain(&events[2..end.max(2)]);
    let title = text::one_line(&format!("{behind}{title}"));
    let is_over = matches!(events[end].0, Event::Markdown(Theirs::End(_)));
    Some(Mark {
        kind,
        title: Some(title).filter(|title| !title.is_empty()),
        taken: end + 1,
        first: (!is_over).then(|| vec![start]),
    })
}

/// The event that ends the first line of a paragraph; `None` if something is still open there.
fn end_of_line(events: &[(Event<'_>, Range<usize>)]) -> Option<usize> {
    let mut depth = 0;
    for (index, (event, _)) in events.iter().enumerate().skip(1) {
        match event {
            Event::Markdown(Theirs::End(TagEnd::Paragraph)) => return Some(index),
            Event::Markdown(Theirs::SoftBreak | Theirs::HardBreak) => return (depth == 0).then_some(index),
            Event::Markdown(Theirs::Start(_)) => depth += 1,
            Event::Markdown(Theirs::End(_)) => depth -= 1,
            _ => {}
        }
    }
    None
}

fn replace<'a>(events: Events<'a>, mut marks: HashMap<usize, Mark<'a>>) -> Events<'a> {
    let mut out = Vec::with_capacity(events.len());
    let mut open = Vec::new();
    let mut skip = 0;
    for (index, (event, span)) in events.into_iter().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        match event {
            Event::Markdown(Theirs::Start(Tag::BlockQuote(_))) => {
                let mark = marks.remove(&index);
                open.push(mark.is_some());
                match mark {
                    Some(mark) => {
                        out.push((Event::StartCallout { kind: mark.kind, title: mark.title }, span));
                        out.extend(mark.first.into_iter().flatten());
                        skip = mark.taken;
                    }
                    None => out.push((event, span)),
                }
            }
            Event::Markdown(Theirs::End(TagEnd::BlockQuote(_))) => match open.pop() {
                Some(true) => out.push((Event::EndCallout, span)),
                _ => out.push((event, span)),
            },
            event => out.push((event, span)),
        }
    }
    out
}
