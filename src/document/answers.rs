//! Finds what a person put where a template had placeholders.

use std::collections::BTreeMap;

use crate::document::placeholders::{Answers, find_in};
use crate::document::units::{Unit, cells_of};
use crate::document::{Format, cells};

/// What stands in a fork for each placeholder: by vote over all blocks, where those count first that have one placeholder
/// and are otherwise as they were. A placeholder that stands unfilled everywhere has no answer.
pub fn of_pairs<'a>(pairs: impl Iterator<Item = (&'a Unit, &'a Unit)>, format: Format) -> Answers {
    let pairs: Vec<(String, String)> = pairs.flat_map(|(base, mine)| lines(base, mine, format)).collect();
    let mut answers = Answers::new();
    // An answer that is known makes the others in its block certain; so each round can add to the one before.
    for only_certain in [true, true, false] {
        let mut votes: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for (base, mine) in &pairs {
            let Some(local) = capture(base, mine, &answers, only_certain) else { continue };
            for (id, value) in local.into_iter().filter(|(id, _)| !answers.contains_key(id)) {
                *votes.entry(id).or_default().entry(value).or_default() += 1;
            }
        }
        for (id, values) in votes {
            let best = values.into_iter().filter(|(value, _)| is_answer(value)).max_by_key(|(_, votes)| *votes);
            if let Some((value, _)) = best {
                answers.insert(id, value);
            }
        }
    }
    answers
}

/// What stands in `mine` for the placeholders of `base`, if `mine` is `base` filled in; else the answers given, as far as
/// they are in the block.
pub fn of_unit(base: &Unit, mine: &Unit, answers: &Answers, format: Format) -> Answers {
    let mut found = Answers::new();
    for (base, mine) in lines(base, mine, format) {
        found.extend(capture(&base, &mine, answers, false).unwrap_or_else(|| {
            // A placeholder that still stands there was not filled in, whatever else stands in the block.
            let is_open = |id: &String| mine.contains(&format!("{{{{{id}}}}}"));
            let ids = find_in(&base).into_iter().map(|placeholder| placeholder.id).filter(|id| !is_open(id));
            let known = ids.filter_map(|id| answers.get(&id).cloned().map(|answer| (id, answer)));
            known.filter(|(_, answer)| mine.contains(answer.as_str())).collect()
        }));
    }
    found
}

/// What is read against what: the cells of a row, else the block in one line.
fn lines(base: &Unit, mine: &Unit, format: Format) -> Vec<(String, String)> {
    if base.blanks.is_empty() {
        return Vec::new();
    }
    let cells = |unit: &Unit| -> Vec<String> {
        let value = |cell: &str| match format {
            Format::Markdown => cell.trim().replace("\\|", "|"),
            Format::Csv => cells::unquote(cell),
        };
        cells_of(&unit.text, format).into_iter().map(|cell| value(&unit.text[cell])).collect()
    };
    if base.is_row() {
        let (base, mine) = (cells(base), cells(mine));
        if base.len() == mine.len() {
            return base.into_iter().zip(mine).filter(|(base, _)| !find_in(base).is_empty()).collect();
        }
    }
    vec![(base.line(), mine.line())]
}

fn is_answer(value: &str) -> bool {
    !value.is_empty() && find_in(value).is_empty()
}

/// Reads the values out of a line, first with the answers that are known, then without. Asked for certain ones, it gives
/// none where two different placeholders are open in one line.
fn capture(base: &str, mine: &str, known: &Answers, only_certain: bool) -> Option<Answers> {
    let read = |known: &Answers| {
        let pattern = Pattern::of(base, known);
        let is_certain = pattern.open().len() <= 1;
        if only_certain && !is_certain { None } else { pattern.read(mine) }
    };
    read(known).or_else(|| read(&Answers::new()))
}

/// A line with holes: what stands before each placeholder and behind the last one.
struct Pattern {
    holes: Vec<(String, String)>,
    end: String,
    known: Answers,
}

impl Pattern {
    fn of(base: &str, known: &Answers) -> Self {
        let mut pattern = Pattern { holes: Vec::new(), end: String::new(), known: Answers::new() };
        let mut at = 0;
        for placeholder in find_in(base) {
            pattern.end.push_str(&base[at..placeholder.span.start]);
            at = placeholder.span.end;
            match known.get(&placeholder.id) {
                Some(value) => {
                    pattern.end.push_str(value);
                    pattern.known.insert(placeholder.id, value.clone());
                }
                None => pattern.holes.push((std::mem::take(&mut pattern.end), placeholder.id)),
            }
        }
        pattern.end.push_str(&base[at..]);
        pattern
    }

    /// The ids of the holes, each once.
    fn open(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.holes.iter().map(|(_, id)| id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Reads a line from left to right; each hole takes as little as it can, and the same in all its places.
    fn read(&self, mine: &str) -> Option<Answers> {
        let mut values = self.known.clone();
        let Some((first, _)) = self.holes.first() else {
            return (mine == self.end).then_some(values);
        };
        let mut rest = mine.strip_prefix(first.as_str())?;
        for (index, (_, id)) in self.holes.iter().enumerate() {
            let after = self.holes.get(index + 1).map(|(before, _)| before.as_str());
            let length = match (values.get(id), after) {
                (Some(value), _) => rest.starts_with(value.as_str()).then_some(value.len())?,
                (None, Some(after)) => rest.find(after).filter(|length| *length > 0 || !after.is_empty())?,
                (None, None) => rest.strip_suffix(self.end.as_str())?.len(),
            };
            values.entry(id.clone()).or_insert_with(|| rest[..length].to_string());
            rest = rest[length..].strip_prefix(after.unwrap_or(&self.end))?;
        }
        rest.is_empty().then_some(values)
    }
}

#[cfg(test)]
mod tests {
    use super::{Answers, capture, of_pairs};
    use crate::document::Format;
    use crate::document::units::Units;

    fn check(base: &str, mine: &str, expected: Option<&[(&str, &str)]>) {
        let expected =
            expected.map(|pairs| pairs.iter().map(|(id, value)| (id.to_string(), value.to_string())).collect());
        assert_eq!(capture(base, mine, &Answers::new(), false), expected, "{base:?} {mine:?}");
    }

    #[test]
    fn values_are_read_out_of_lines() {
        check("With {{v}}", "With Acme Corp", Some(&[("v", "Acme Corp")]));
        check("{{v}}: {{p}}.", "Acme: logs.", Some(&[("p", "logs"), ("v", "Acme")]));
        check("{{v}} and {{v}}", "A and A", Some(&[("v", "A")]));
        check("{{v}} and {{v}}", "A and B", None);
        check("With {{v}} now", "Without Acme now", None);
        check("{{v}}{{p}}", "ab", None);
        check("{{v}}", "", Some(&[("v", "")]));
    }

    #[test]
    fn certain_answers_decide_the_others() {
        let base = Units::of("# {{v}}\n\nWe use {{p}} for {{v}} here.\n", Format::Markdown);
        let mine = Units::of("# Acme\n\nWe use tools for logs for Acme here.\n", Format::Markdown);
        let answers = of_pairs(base.list.iter().zip(&mine.list), Format::Markdown);
        assert_eq!((answers["v"].as_str(), answers["p"].as_str()), ("Acme", "tools for logs"));
    }
}
