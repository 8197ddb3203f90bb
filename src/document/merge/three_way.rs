//! Three versions of a list of words: mine with what theirs changed, or the finding that both changed the same words.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::base::digest::Digest;

/// A part of the outcome. The parts follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// These words of mine.
    Mine(Range<usize>),
    /// These words of theirs.
    Theirs(Range<usize>),
}

/// A stretch of the base and what one side made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The words of the base.
    pub base: Range<usize>,
    /// The words that stand there now.
    pub new: Range<usize>,
}

/// Merges three lists of words. Gives none if both sides changed the same words, or one put words into the middle of
/// those that the other rewrote. Words put in at the same place stand beside each other, mine first.
pub fn three_way(base: &[Digest], mine: &[Digest], theirs: &[Digest]) -> Option<Vec<Part>> {
    let own = changes(base, mine);
    let mut parts = Vec::new();
    let mut at = 0;
    for change in changes(base, theirs) {
        // Both lists rise, so only those that end behind its beginning and begin before its end can matter.
        let first = own.partition_point(|other| other.base.end < change.base.start);
        let last = own.partition_point(|other| other.base.start <= change.base.end);
        let same = || own[first..last].iter().filter(|other| is_same_place(&change, other));
        if same().any(|other| other.base == change.base && mine[other.new.clone()] == theirs[change.new.clone()]) {
            continue;
        }
        if same().any(|other| !(other.base.is_empty() && change.base.is_empty())) {
            return None;
        }
        let place = in_mine(&change.base, &own);
        parts.push(Part::Mine(at..place.start));
        parts.push(Part::Theirs(change.new));
        at = place.end;
    }
    parts.push(Part::Mine(at..mine.len()));
    Some(parts)
}

/// Finds what was changed between two lists. Few equal words between large changes are coincidence and go with them, and
/// so does everything where less than a third was kept: what was rewritten was rewritten as a whole.
pub fn changes(base: &[Digest], new: &[Digest]) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut kept = 0;
    for run in capture_diff_slices(Algorithm::Myers, base, new) {
        if run.tag() == DiffTag::Equal {
            kept += run.old_range().len();
            continue;
        }
        let change = Change { base: run.old_range(), new: run.new_range() };
        match changes.last_mut() {
            Some(last) if is_coincidence(last, &change) => {
                last.base.end = change.base.end;
                last.new.end = change.new.end;
            }
            _ => changes.push(change),
        }
    }
    if kept * 3 < base.len() {
        return vec![Change { base: 0..base.len(), new: 0..new.len() }];
    }
    changes
}

/// Whether two changes touch the same words, or one puts words into the middle of those the other touches.
fn is_same_place(one: &Change, other: &Change) -> bool {
    (one.base.start < other.base.end && other.base.start < one.base.end) || one.base == other.base
}

fn is_coincidence(one: &Change, next: &Change) -> bool {
    let between = next.base.start - one.base.end;
    let size = |change: &Change| change.base.len().max(change.new.len());
    between <= 2 && size(one).min(size(next)) > 2 * between
}

/// Where a stretch of the base that I left alone stands in mine: behind what I put in at its beginning, before what I put
/// in at its end.
fn in_mine(base: &Range<usize>, own: &[Change]) -> Range<usize> {
    let shifted = |at: usize, before: usize| {
        let last = before.checked_sub(1).map(|last| &own[last]);
        last.map_or(at, |change| change.new.end + (at - change.base.end))
    };
    let start = shifted(base.start, own.partition_point(|change| change.base.end <= base.start));
    if base.is_empty() {
        return start..start;
    }
    let is_before = |change: &Change| change.base.end <= base.end && change.base.start < base.end;
    start..shifted(base.end, own.partition_point(is_before))
}

#[cfg(test)]
mod tests {
    use super::{Part, three_way};
    use crate::base::digest::Digest;

    fn check(base: &str, mine: &str, theirs: &str, expected: Option<&str>) {
        let words = |text: &str| text.split_whitespace().map(str::to_string).collect::<Vec<_>>();
        let keys = |text: &str| words(text).iter().map(|word| Digest::of(word.as_bytes())).collect::<Vec<_>>();
        let (my_words, their_words) = (words(mine), words(theirs));
        let merged = three_way(&keys(base), &keys(mine), &keys(theirs)).map(|parts| {
            let part = |part: Part| match part {
                Part::Mine(range) => my_words[range].to_vec(),
                Part::Theirs(range) => their_words[range].to_vec(),
            };
            parts.into_iter().flat_map(part).collect::<Vec<_>>().join(" ")
        });
        assert_eq!(merged.as_deref(), expected, "{base} | {mine} | {theirs}");
    }

    #[test]
    fn each_side_changes_its_own_words() {
        check("a b c d", "a B c d", "a b c D", Some("a B c D"));
        check("a b c d", "a b c d e", "x a b c d", Some("x a b c d e"));
        check("a b c d", "a B c d", "a b C d", Some("a B C d"));
        check("a b c d", "b c d", "a b c", Some("b c"));
        check("a b", "a b", "", Some(""));
    }

    #[test]
    fn words_put_in_at_one_place_stand_beside_each_other() {
        check("a b", "a m b", "a t b", Some("a m t b"));
        check("a b c", "a m b c", "a B c", Some("a m B c"));
        check("a b c", "a b m c", "a B c", Some("a B m c"));
        check("a b", "a x b", "a x b", Some("a x b"));
        check("", "m", "t", Some("m t"));
    }

    #[test]
    fn the_same_words_are_a_conflict() {
        check("a b c d", "a x c d", "a y c d", None);
        check("a b c d", "a x c d", "a x c d", Some("a x c d"));
        check("a b c d e", "a x d e", "a b new c d e", None);
        check("p q r s t u", "one two three s four five six", "p q r S t u", None);
    }
}
