//! Counts needless conflicts, ours beside those of a line-based merge, over generated edits and over the real history of
//! the bundled templates. `UPDATE=1 cargo test --test suite merge::table` measures anew and writes the table into the
//! manual; that needs git.

use std::fs;
use std::path::Path;
use std::process::Command;

use fieldbook::document::Format;
use fieldbook::document::placeholders::{Answers, fill, find};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::generate::{Edit, Line, Sort, WORDS, apply, write};
use super::update;

const PAGE: &str = "docs/merge.md";
const MARK: &str = "<!-- measured: UPDATE=1 cargo test merge::table -->\n";
const UPDATES: usize = 200;
const HEADER: &str = "
| the person | the new version | updates | conflicts: git | git with answers | Fieldbook | right: git | git with answers | Fieldbook |
|---|---|--:|--:|--:|--:|--:|--:|--:|
";

/// Three documents, and what should come out where only one thing can.
struct Case {
    base: String,
    mine: String,
    theirs: String,
    expected: Option<String>,
}

/// The numbers of the steps that somebody works on.
type Places = (usize, usize, usize);

/// Who does what, in how many documents.
type Kind = (&'static str, &'static str, Vec<Case>);

/// What came out of a kind of edits.
#[derive(Default)]
struct Count {
    conflicts: usize,
    right: usize,
}

impl Count {
    fn add(&mut self, case: &Case, outcome: &str, has_conflict: bool) {
        self.conflicts += usize::from(has_conflict);
        self.right += usize::from(case.expected.as_deref() == Some(outcome));
    }
}

#[test]
fn needless_conflicts_are_counted() {
    let text = fs::read_to_string(PAGE).expect("the page");
    let (head, written) = text.split_once(MARK).expect("the mark of the table");
    let is_update = std::env::var_os("UPDATE").is_some();
    let rows: Vec<[String; 9]> = kinds().iter().map(|kind| row(kind, is_update)).collect();
    if is_update {
        let lines: String = rows.iter().map(|row| format!("| {} |\n", row.join(" | "))).collect();
        fs::write(PAGE, format!("{head}{MARK}{HEADER}{lines}")).expect("written");
        return;
    }
    let in_manual: Vec<Vec<&str>> = written.lines().skip(3).map(|line| line.split(" | ").collect()).collect();
    assert_eq!(in_manual.len(), rows.len());
    for (row, in_manual) in rows.iter().zip(in_manual) {
        // What git does is measured when the table is written, and only then.
        for column in [0, 1, 2, 5, 8] {
            assert_eq!(row[column], in_manual[column].trim_matches(['|', ' ']), "{row:?}");
        }
        assert_eq!(row[5], "0 %", "{row:?}");
    }
}

/// Measures a kind of edits.
fn row((mine, theirs, cases): &Kind, with_git: bool) -> [String; 9] {
    let mut counts = [Count::default(), Count::default(), Count::default()];
    for case in cases {
        let merged = update(&case.base, &case.mine, &case.theirs);
        counts[2].add(case, &merged.text, !merged.conflicts.is_empty());
        if with_git {
            let (outcome, has_conflict) = git(&case.base, &case.mine, &case.theirs);
            counts[0].add(case, &outcome, has_conflict);
            let (outcome, has_conflict) = git(&filled(&case.base), &case.mine, &filled(&case.theirs));
            counts[1].add(case, &outcome, has_conflict);
        }
    }
    let share = |count: usize| match (count * 1000).div_ceil(cases.len()) {
        whole if whole % 10 == 0 => format!("{} %", whole / 10),
        tenths => format!("{}.{} %", tenths / 10, tenths % 10),
    };
    let has_expected = cases.iter().all(|case| case.expected.is_some());
    let right = |count: &Count| if has_expected { share(count.right) } else { "–".to_string() };
    let [git, filled, own] = &counts;
    let conflicts = [git, filled, own].map(|count| share(count.conflicts));
    let right = [git, filled, own].map(right);
    let mut row =
        [mine.to_string(), theirs.to_string(), cases.len().to_string()].into_iter().chain(conflicts).chain(right);
    std::array::from_fn(|_| row.next().expect("nine columns"))
}

fn kinds() -> Vec<Kind> {
    let state = "ticks and fills in";
    let all = "rewords, inserts and moves";
    let generated = |theirs: &'static str, new: fn() -> BoxedStrategy<Vec<Edit>>| (state, theirs, by_state(new));
    let mut kinds = vec![
        generated("rewords 2 of 15 steps", || vec(reword(), 2).boxed()),
        generated("inserts 2 steps", || vec(insert(), 2).boxed()),
        generated("moves 2 steps", || vec(shift(), 2).boxed()),
        generated(all, || (reword(), insert(), shift(), reword()).prop_map(vec_of).boxed()),
        ("also rewrites, adds and deletes steps", "rewords and inserts, elsewhere", apart()),
    ];
    for (name, versions) in [("contract-negotiation-checklist", 1..4), ("business-review", 1..3), ("tech-spec", 1..2)] {
        let name: &'static str = name;
        let cases = versions.flat_map(|version| real(name, version)).collect();
        kinds.push((state, name, cases));
    }
    kinds
}

fn vec_of((one, two, three, four): (Edit, Edit, Edit, Edit)) -> Vec<Edit> {
    vec![one, two, three, four]
}

fn reword() -> impl Strategy<Value = Edit> {
    (any::<Index>(), any::<Index>(), 1..3_usize).prop_map(|(at, word, count)| Edit::Reword(at, word, count))
}

fn insert() -> impl Strategy<Value = Edit> {
    let step = Sort::Step { is_ticked: false, is_nested: false };
    (any::<Index>(), 4..8_usize).prop_map(move |(at, count)| Edit::Insert(at, step, count))
}

fn shift() -> impl Strategy<Value = Edit> {
    (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Edit::Move(from, to))
}

fn ticks() -> impl Strategy<Value = Vec<Edit>> {
    vec(any::<Index>().prop_map(Edit::Tick), 1..8)
}

/// Fifteen steps in a list, five of which have a field; the questions are asked above.
fn template() -> impl Strategy<Value = Vec<Line>> {
    let words = vec(select(WORDS.to_vec()).prop_map(str::to_string), 6..12);
    vec(words, 15).prop_map(|steps| {
        let step = |(at, mut words): (usize, Vec<String>)| {
            if at % 3 == 0 {
                words.insert(3, format!("{{{{field{}}}}}", at / 3));
            }
            Line { sort: Sort::Step { is_ticked: false, is_nested: false }, words }
        };
        steps.into_iter().enumerate().map(step).collect()
    })
}

/// The fields that stand above the steps, so that a reworded step does not take an answer with it.
fn whole(lines: &[Line]) -> String {
    let fields: String = (0..5).map(|at| format!("Field {at}: {{{{field{at}}}}}\n\n")).collect();
    format!("# Checklist\n\n{fields}{}", write(lines))
}

fn answers(text: &str) -> Answers {
    let ids = find(text, Format::Markdown).into_iter().map(|placeholder| placeholder.id);
    ids.map(|id| (id.clone(), format!("the answer to {id}"))).collect()
}

fn filled(text: &str) -> String {
    fill(text, &answers(text), Format::Markdown)
}

fn take<T: std::fmt::Debug>(count: usize, strategy: impl Strategy<Value = T>) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).expect("a value").current()).collect()
}

/// A person who ticks and fills in.
fn by_state(new: fn() -> BoxedStrategy<Vec<Edit>>) -> Vec<Case> {
    let cases = take(UPDATES, (template(), ticks(), new()));
    let case = |(base, own, new): (Vec<Line>, Vec<Edit>, Vec<Edit>)| {
        let ticked = apply(&base, &own, 'p');
        let expected = Some(filled(&whole(&apply(&ticked, &new, 'u'))));
        Case { mine: filled(&whole(&ticked)), theirs: whole(&apply(&base, &new, 'u')), base: whole(&base), expected }
    };
    cases.into_iter().map(case).collect()
}

/// A person who also works on steps with an even number, and a version that works on those with an odd one.
fn apart() -> Vec<Case> {
    let places = || (0..7_usize, 0..7_usize, 0..7_usize);
    let cases = take(UPDATES, (template(), ticks(), places(), places()));
    let case = |(base, own, mine, theirs): (Vec<Line>, Vec<Edit>, Places, Places)| {
        let step = |words: &str| Line {
            sort: Sort::Step { is_ticked: false, is_nested: false },
            words: words.split(' ').map(str::to_string).collect(),
        };
        let mut own = apply(&base, &own, 'p');
        own[mine.0 * 2].words[0] = "p1".to_string();
        own.remove(mine.1 * 2);
        own.insert(mine.2 * 2, step("a step of my own"));
        let mut new = base.clone();
        new[theirs.0 * 2 + 1].words[0] = "u1".to_string();
        new[theirs.1 * 2 + 1].words[5] = "u2".to_string();
        new.insert(theirs.2 * 2 + 1, step("u3 u4 u5 u6"));
        Case { base: whole(&base), mine: filled(&whole(&own)), theirs: whole(&new), expected: None }
    };
    cases.into_iter().map(case).collect()
}

/// A step in the history of a bundled template, with a person who ticks and fills in fields and empty cells.
fn real(name: &str, version: usize) -> Vec<Case> {
    let read = |version: usize| {
        let path = Path::new("content/templates").join(name).join(format!("versions/{version}.md"));
        fs::read_to_string(path).expect("a version")
    };
    let (base, theirs) = (read(version), read(version + 1));
    let person = |seeds: Vec<Index>| {
        let mut mine = filled(&base);
        for seed in seeds {
            for (empty, full) in [("- [ ] ", "- [x] "), ("|  |", "| something typed |")] {
                let places: Vec<usize> = mine.match_indices(empty).map(|(at, _)| at).collect();
                if !places.is_empty() {
                    let at = *seed.get(&places);
                    mine.replace_range(at..at + empty.len(), full);
                }
            }
        }
        Case { base: base.clone(), mine, theirs: theirs.clone(), expected: None }
    };
    take(UPDATES, vec(any::<Index>(), 1..8)).into_iter().map(person).collect()
}

/// Merges by lines: the text, and whether it has conflicts.
fn git(base: &str, mine: &str, theirs: &str) -> (String, bool) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("base", base), ("mine", mine), ("theirs", theirs)] {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let output = Command::new("git")
        .args(["merge-file", "-p", "mine", "base", "theirs"])
        .current_dir(folder.path())
        .output()
        .expect("git");
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code() != Some(0))
}
