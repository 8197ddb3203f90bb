//! Footnotes: where they are defined, and their ids: `fn-…` for a note, `fnref-…` for the references to it.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event as Markdown, Tag, TagEnd};

use crate::base::slug::HeadingIds;
use crate::markdown::events::Event;

/// Finds the events of each definition by its label in lower case; of two with the same label the first counts.
pub fn definitions(events: &[(Event<'_>, Range<usize>)]) -> HashMap<String, Range<usize>> {
    let mut definitions = HashMap::new();
    let mut open = Vec::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Markdown(Markdown::Start(Tag::FootnoteDefinition(label))) => open.push((label, at + 1)),
            Event::Markdown(Markdown::End(TagEnd::FootnoteDefinition)) => {
                if let Some((label, start)) = open.pop() {
                    definitions.entry(label.to_lowercase()).or_insert(start..at);
                }
            }
            _ => {}
        }
    }
    definitions
}

/// Gives the footnotes of a body their ids in the order in which they are first referred to.
#[derive(Clone, Debug, Default)]
pub struct FootnoteIds {
    given: HashMap<String, (String, usize)>,
    ids: HeadingIds,
    prefix: &'static str,
}

impl FootnoteIds {
    /// Makes the ids for the document of a template, which shares its page with the page's own footnotes.
    pub fn of_document() -> Self {
        FootnoteIds { prefix: "doc-", ..FootnoteIds::default() }
    }

    /// Counts a reference to the note with a label, and returns its id and the note's: `fnref-1-2`, `fn-1`.
    pub fn refer(&mut self, label: &str) -> (String, String) {
        let FootnoteIds { given, ids, prefix } = self;
        let id = || (ids.next(&format!("{prefix}{label}")), 0);
        let (id, count) = given.entry(label.to_lowercase()).or_insert_with(id);
        *count += 1;
        let reference = match count {
            1 => format!("fnref-{id}"),
            count => format!("fnref-{id}-{count}"),
        };
        (reference, format!("fn-{id}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        let mut ids = FootnoteIds::default();
        assert_eq!(ids.refer("Big note"), ("fnref-big-note".into(), "fn-big-note".into()));
        assert_eq!(ids.refer("big Note"), ("fnref-big-note-2".into(), "fn-big-note".into()));
        assert_eq!(FootnoteIds::of_document().refer("1").1, "fn-doc-1");
    }
}
