//! Says in half a sentence what has changed between two versions: "two steps added, one reworded".

use std::collections::BTreeMap;

use crate::document::blocks::Kind;
use crate::document::diff::Change;

/// Sums up changes; empty when there is none.
pub fn summarise(changes: &[Change]) -> String {
    let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for change in changes {
        let (deed, kind) = match change {
            Change::Same(_) => continue,
            Change::Inserted(piece) => (0, piece.kind),
            Change::Deleted(piece) => (1, piece.kind),
            Change::Reworded { new, .. } => (2, new.kind),
            Change::Moved(piece) => (3, piece.kind),
        };
        *counts.entry((deed, rank(kind))).or_default() += 1;
    }
    let mut clauses = Vec::new();
    let mut before = None;
    for (deed, done) in DEEDS.iter().enumerate() {
        let of_deed: Vec<(usize, usize)> =
            counts.range((deed, 0)..(deed + 1, 0)).map(|((_, noun), count)| (*noun, *count)).collect();
        let named: Vec<String> = of_deed.iter().map(|(noun, count)| named(*noun, *count, before)).collect();
        if let [all @ .., last] = &named[..] {
            let list = if all.is_empty() { last.clone() } else { format!("{} and {last}", all.join(", ")) };
            clauses.push(format!("{list} {done}"));
            // What was named last needs no name again, if nothing else was.
            before = of_deed.first().filter(|_| of_deed.len() == 1).map(|(noun, _)| *noun);
        }
    }
    clauses.join(", ")
}

/// Returns a number in words, as far as people do.
pub fn in_words(number: usize) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| word.to_string())
}

/// Returns what a block is called: one, and several.
pub fn noun(kind: Kind) -> (&'static str, &'static str) {
    NOUNS[rank(kind)]
}

const DEEDS: [&str; 4] = ["added", "removed", "reworded", "moved"];

const NOUNS: [(&str, &str); 8] = [
    ("step", "steps"),
    ("heading", "headings"),
    ("paragraph", "paragraphs"),
    ("row", "rows"),
    ("piece of advice", "pieces of advice"),
    ("quotation", "quotations"),
    ("piece of code", "pieces of code"),
    ("block", "blocks"),
];

fn rank(kind: Kind) -> usize {
    match kind {
        Kind::Item => 0,
        Kind::Heading => 1,
        Kind::Paragraph => 2,
        Kind::Header | Kind::Row => 3,
        Kind::Guide => 4,
        Kind::Quote => 5,
        Kind::Code => 6,
        Kind::Blank | Kind::FrontMatter | Kind::Html | Kind::Break | Kind::Colons | Kind::Marker => 7,
    }
}

fn named(noun: usize, count: usize, before: Option<usize>) -> String {
    let number = in_words(count);
    match (before == Some(noun), NOUNS[noun]) {
        (true, _) => number,
        (false, (one, _)) if count == 1 => format!("{number} {one}"),
        (false, (_, several)) => format!("{number} {several}"),
    }
}

#[cfg(test)]
mod tests {
    use super::summarise;
    use crate::document::Format;
    use crate::document::diff::compare;

    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(summarise(&compare(old, new, Format::Markdown)), expected);
    }

    #[test]
    fn summaries() {
        let old = "# Talks\n\n- [ ] Ask for an offer in writing\n- [ ] Sign\n";
        check(old, "# Talks\n\n- [x] Ask for an offer in writing\n- [ ] Sign\n", "");
        let new = "# Talks\n\n- [ ] Ask them for an offer in writing\n- [ ] Read it\n- [ ] Wait a day\n- [ ] Sign\n";
        check(old, new, "two steps added, one reworded");
        check(old, "# Talks\n\nSay hello first.\n\n- [ ] Sign\n", "one paragraph added, one step removed");
        check("", "# A\n\n- b\n- c\n\nText.\n", "two steps, one heading and one paragraph added");
    }
}
