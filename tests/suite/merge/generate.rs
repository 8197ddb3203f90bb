//! Makes templates, what people do with them, and what upstream does.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// The words of a template. Words of a person begin with `p`, those of a new version with `u`, both with a number.
pub const WORDS: &[&str] = &[
    "ask", "the", "vendor", "for", "an", "offer", "in", "writing", "list", "price", "and", "discount", "check", "that",
    "we", "can", "get", "our", "data", "out", "find", "current", "contract", "with", "its", "end", "date", "of",
    "usage", "month", "by", "collect", "twelve", "months", "invoices", "agree", "on", "roles", "before", "first",
    "call", "sign", "thank", "people", "keep", "a", "note", "each", "record", "what", "was", "promised", "forecast",
    "length", "next", "legal", "review", "final", "text", "quarter",
];

/// The questions of every template.
pub const IDS: &[&str] = &["vendor", "product", "lead"];

/// What a line of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Heading,
    Step { is_ticked: bool, is_nested: bool },
    Point,
    Paragraph,
    Guide,
    Row,
}

/// A block of a document in the making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub sort: Sort,
    pub words: Vec<String>,
}

/// One thing that somebody does to a document. The places are taken modulo its length.
#[derive(Clone, Debug)]
pub enum Edit {
    Tick(Index),
    Reword(Index, Index, usize),
    Insert(Index, Sort, usize),
    Delete(Index),
    Move(Index, Index),
}

pub fn document() -> impl Strategy<Value = Vec<Line>> {
    let word = prop_oneof![12 => prop::sample::select(WORDS.to_vec()).prop_map(str::to_string),
        1 => prop::sample::select(IDS.to_vec()).prop_map(|id| format!("{{{{{id}}}}}"))];
    let line = (sort(), vec(word, 3..10)).prop_map(|(sort, words)| Line { sort, words });
    vec(line, 3..18).prop_map(|mut lines| {
        // Each answer can be found: every question is asked once in a line of its own.
        for (place, id) in IDS.iter().enumerate() {
            let words = vec![format!("Field{place}:"), format!("{{{{{id}}}}}")];
            lines.insert(place.min(lines.len()), Line { sort: Sort::Paragraph, words });
        }
        lines.insert(0, Line { sort: Sort::Heading, words: vec!["Contract".into(), "negotiation".into()] });
        lines
    })
}

/// A document in which no two lines are alike.
pub fn distinct() -> impl Strategy<Value = Vec<Line>> {
    document().prop_map(|mut lines| {
        for (number, line) in lines.iter_mut().enumerate() {
            line.words.insert(1, format!("n{number}"));
        }
        lines
    })
}

fn sort() -> impl Strategy<Value = Sort> {
    prop_oneof![
        2 => Just(Sort::Heading),
        8 => any::<bool>().prop_map(|is_nested| Sort::Step { is_ticked: false, is_nested }),
        2 => Just(Sort::Point),
        3 => Just(Sort::Paragraph),
        1 => Just(Sort::Guide),
        4 => Just(Sort::Row),
    ]
}

pub fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        4 => any::<Index>().prop_map(Edit::Tick),
        3 => (any::<Index>(), any::<Index>(), 1..4_usize).prop_map(|(at, word, count)| Edit::Reword(at, word, count)),
        3 => (any::<Index>(), sort(), 3..7_usize).prop_map(|(at, sort, count)| Edit::Insert(at, sort, count)),
        2 => any::<Index>().prop_map(Edit::Delete),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Edit::Move(from, to)),
    ];
    vec(edit, 0..most)
}

/// Does all edits, with words that begin with `mark`.
pub fn apply(lines: &[Line], edits: &[Edit], mark: char) -> Vec<Line> {
    let mut lines = lines.to_vec();
    let mut count = 0;
    let mut fresh = |many: usize| -> Vec<String> {
        (0..many)
            .map(|_| {
                count += 1;
                format!("{mark}{count}")
            })
            .collect()
    };
    for edit in edits {
        if lines.is_empty() {
            break;
        }
        match edit {
            Edit::Tick(at) => {
                if let Sort::Step { is_ticked, .. } = &mut at.get_mut(&mut lines).sort {
                    *is_ticked = mark == 'p';
                }
            }
            Edit::Reword(at, word, many) => {
                let words = &mut at.get_mut(&mut lines).words;
                let start = word.index(words.len());
                let end = (start + many).min(words.len());
                words.splice(start..end, fresh(*many));
            }
            Edit::Insert(at, sort, many) => {
                let at = at.index(lines.len()) + 1;
                lines.insert(at, Line { sort: *sort, words: fresh(*many) });
            }
            Edit::Delete(at) => {
                lines.remove(at.index(lines.len()));
            }
            Edit::Move(from, to) => {
                let line = lines.remove(from.index(lines.len()));
                lines.insert(to.index(lines.len() + 1), line);
            }
        }
    }
    lines
}

/// Writes a document as Markdown.
pub fn write(lines: &[Line]) -> String {
    let mut out = String::new();
    let mut last = None;
    for line in lines {
        let is_list = |sort: Sort| matches!(sort, Sort::Step { .. } | Sort::Point);
        let is_tight = last
            .is_some_and(|last| (is_list(last) && is_list(line.sort)) || (last == Sort::Row && line.sort == Sort::Row));
        if last.is_some() && !is_tight {
            out.push('\n');
        }
        let words = line.words.join(" ");
        out.push_str(&match line.sort {
            Sort::Heading => format!("## {words}\n"),
            Sort::Step { is_ticked, is_nested } => {
                let indentation = if is_nested && last.is_some_and(is_list) { "  " } else { "" };
                format!("{indentation}- [{}] {words}\n", if is_ticked { 'x' } else { ' ' })
            }
            Sort::Point => format!("- {words}\n"),
            Sort::Paragraph => format!("{words}\n"),
            Sort::Guide => format!("> [!GUIDE]\n> {words}\n"),
            Sort::Row if last == Some(Sort::Row) => format!("| {words} |  |\n"),
            Sort::Row => format!("| Who | What |\n|---|---|\n| {words} |  |\n"),
        });
        last = Some(line.sort);
    }
    out
}
