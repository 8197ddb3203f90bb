//! Shows what changed between two documents, block by block, for people at a terminal.

use crate::document::Format;
use crate::document::diff::{Change, Run, compare};
use crate::document::{placeholders, provenance, state};

/// Shows what a person changed: their fork against the version it came from, with their answers in it. Ticks and answers
/// are counted in a first line. Empty if the two are the same.
pub fn mine(base: &str, mine: &str, format: Format) -> String {
    let mine = if format == Format::Markdown { provenance::without(mine) } else { mine.to_string() };
    let is_short = format == Format::Markdown && state::has_no_guides(base, &mine);
    let base = if is_short { state::without_guides(base) } else { base.to_string() };
    let state = state::lift(&base, &mine, format);
    let ticked = state.ticks.iter().filter(|tick| tick.is_ticked).count();
    let mut out = String::new();
    if !state.ticks.is_empty() {
        out.push_str(&format!("ticked: {ticked} of {}\n", state.ticks.len()));
    }
    for (id, answer) in &state.answers {
        out.push_str(&format!("{id}: {answer}\n"));
    }
    let changes = changes(&placeholders::fill(&base, &state.answers, format), &mine, format);
    if !out.is_empty() && !changes.is_empty() {
        out.push('\n');
    }
    out + &changes
}

/// Shows the blocks that differ: `+` for those that came, `-` for those that went, `~` for those with other words, `>` for
/// those that moved. Of the words `[-these-]` went and `{+these+}` came.
pub fn changes(old: &str, new: &str, format: Format) -> String {
    let mut out = String::new();
    for change in compare(old, new, format) {
        match change {
            Change::Same(_) => {}
            Change::Inserted(piece) => push(&mut out, '+', &piece.text),
            Change::Deleted(piece) => push(&mut out, '-', &piece.text),
            Change::Moved(piece) => push(&mut out, '>', &piece.text),
            Change::Reworded { new, runs, is_moved, .. } => {
                let words: String = runs.iter().map(run).collect();
                push(&mut out, if is_moved { '>' } else { '~' }, &format!("{}{words}", mark(&new.text)));
            }
        }
    }
    out
}

/// What stands before the words of a block: a bullet and a box, the signs of a heading or a quote.
fn mark(text: &str) -> &str {
    let is_mark = |c: char| c.is_ascii_digit() || " \t#>-+*.)".contains(c);
    let bullet = text.len() - text.trim_start_matches(is_mark).len();
    let bullet = text[..bullet].rfind(' ').map_or(0, |at| at + 1);
    match text.get(bullet..bullet + 4) {
        Some("[ ] " | "[x] " | "[X] ") => &text[..bullet + 4],
        _ => &text[..bullet],
    }
}

fn run(run: &Run) -> String {
    let (words, open, close) = match run {
        Run::Same(words) => return words.clone(),
        Run::Deleted(words) => (words, "[-", "-]"),
        Run::Inserted(words) => (words, "{+", "+}"),
    };
    // The blanks between words stay outside, so that the line reads on.
    let inner = words.trim();
    let at = words.len() - words.trim_start().len();
    format!("{}{open}{inner}{close}{}", &words[..at], &words[at + inner.len()..])
}

fn push(out: &mut String, mark: char, text: &str) {
    for line in text.lines() {
        // What a terminal would obey is not shown.
        let line = line.replace(char::is_control, "");
        out.push_str(&format!("{mark} {line}\n"));
    }
}
