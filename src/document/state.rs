//! What a person put into a document: ticks and answers. They are data, apart from the text.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::blocks::{self, Kind};
use crate::document::placeholders::{Answers, fill};
use crate::document::units::{Unit, Units};
use crate::document::{Format, align, answers};

/// What is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The boxes in the order of the document.
    pub ticks: Vec<Tick>,
    /// The answers to the questions.
    pub answers: Answers,
}

/// A box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The words of its item in one line, with placeholders where the template has them.
    pub item: String,
    /// Whether it is ticked.
    pub is_ticked: bool,
}

/// Lifts the state out of a fork, against the version it came from. A box of the template that the fork has no more is
/// not in it; a box that the person added is.
pub fn lift(base: &str, mine: &str, format: Format) -> State {
    let (base, mine) = (Units::of(base, format), Units::of(mine, format));
    let places = align::align(&base.list, &mine.list);
    let matched = || places.iter().enumerate().filter_map(|(base, mine)| Some((base, (*mine)?)));
    let answers = answers::of_pairs(matched().map(|(at, place)| (&base.list[at], &mine.list[place])), format);
    let base_of: HashMap<usize, usize> = matched().map(|(at, place)| (place, at)).collect();
    let boxes = mine.list.iter().enumerate().filter_map(|(at, unit)| {
        let written = base_of.get(&at).map_or(unit, |at| &base.list[*at]);
        Some(Tick { item: written.line(), is_ticked: unit.is_ticked()? })
    });
    State { ticks: boxes.collect(), answers }
}

/// Puts a state into a version of the template: answers into placeholders, ticks to the items with the same words, and
/// what is left by order-keeping similarity. The ticks that found no item are given back.
pub fn set(text: &str, state: &State, format: Format) -> (String, Vec<Tick>) {
    let units = Units::of(text, format);
    let boxes: Vec<usize> = (0..units.list.len()).filter(|at| units.list[*at].tick.is_some()).collect();
    let items: Vec<Unit> = boxes.iter().map(|at| units.list[*at].clone()).collect();
    let wanted: Vec<Unit> =
        state.ticks.iter().map(|tick| Unit::new(Kind::Item, "", &format!("- {}", tick.item), format)).collect();
    let places = align::align(&wanted, &items);
    let mut ticked: HashMap<usize, bool> = HashMap::new();
    let mut left = Vec::new();
    for (tick, place) in state.ticks.iter().zip(places) {
        match place {
            Some(place) => {
                ticked.insert(boxes[place], tick.is_ticked);
            }
            None if tick.is_ticked => left.push(tick.clone()),
            None => {}
        }
    }
    let mut out = String::with_capacity(text.len());
    for (at, unit) in units.list.iter().enumerate() {
        out.push_str(&unit.gap);
        out.push_str(&ticked.get(&at).map_or_else(|| unit.text.clone(), |is_ticked| unit.with_tick(*is_ticked)));
    }
    out.push_str(&units.tail);
    (fill(&out, &state.answers, format), left)
}

/// A box and where it stands in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The byte of its mark: the blank or `x` between the brackets.
    pub at: usize,
    /// What it is.
    pub tick: Tick,
}

/// Finds the boxes of a document, in the order written.
pub fn boxes(text: &str, format: Format) -> Vec<Place> {
    let mut found = Vec::new();
    let mut start = 0;
    for unit in Units::of(text, format).list {
        start += unit.gap.len();
        if let (Some(at), Some(is_ticked)) = (unit.tick, unit.is_ticked()) {
            found.push(Place { at: start + at, tick: Tick { item: unit.line(), is_ticked } });
        }
        start += unit.text.len();
    }
    found
}

/// Returns a document without its advice, the `> [!GUIDE]` blocks, and without the blank lines behind each.
pub fn without_guides(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for guide in guides(text) {
        out.push_str(&text[at..guide.start]);
        at = guide.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Finds what a document without its advice does not have: the guides, and the blank lines behind each.
pub fn guides(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut is_behind = false;
    let blocks = blocks::split(text, Format::Markdown);
    let last = blocks.iter().rposition(|block| block.kind != Kind::Blank && block.kind != Kind::Guide);
    for (index, block) in blocks.into_iter().enumerate() {
        let is_dropped = block.kind == Kind::Guide || (is_behind && block.kind == Kind::Blank);
        is_behind = is_dropped;
        // What stood before a guide at the end would leave a blank line there.
        let is_end = block.kind == Kind::Blank && last.is_some_and(|last| index > last);
        if is_dropped || is_end {
            match found.last_mut().filter(|found| found.end == block.span.start) {
                Some(found) => found.end = block.span.end,
                None => found.push(block.span),
            }
        }
    }
    found
}

/// Returns whether a fork was made without advice: its base has some, and it has none.
pub fn has_no_guides(base: &str, mine: &str) -> bool {
    let guides = |text: &str| blocks::split(text, Format::Markdown).iter().any(|block| block.kind == Kind::Guide);
    guides(base) && !guides(mine)
}

#[cfg(test)]
mod tests {
    use super::{boxes, guides};
    use crate::document::Format;

    #[test]
    fn boxes_are_where_their_marks_stand() {
        let text = "# A\n\n- [ ] one\n  two\n  1. [X] {{three}}\n\n> - [ ] advice\n\n```\n- [ ] code\n```\n";
        let found: Vec<_> = boxes(text, Format::Markdown)
            .into_iter()
            .map(|place| (text[place.at..=place.at].to_string(), place.tick.item, place.tick.is_ticked))
            .collect();
        let expected = [(" ", "one two", false), ("X", "{{three}}", true)];
        assert_eq!(found, expected.map(|(mark, item, is_ticked)| (mark.to_string(), item.to_string(), is_ticked)));
    }

    #[test]
    fn guides_go_with_the_blanks_behind_them() {
        let text = "a\n\n> [!GUIDE]\n> b\n\n- c\n\n> [!GUIDE]\n> d\n";
        let found: Vec<&str> = guides(text).into_iter().map(|guide| &text[guide]).collect();
        assert_eq!(found, ["> [!GUIDE]\n> b\n\n", "\n> [!GUIDE]\n> d\n"]);
    }
}
