//! Large documents of every shape are merged, and nothing of them is lost.

use fieldbook::document::Format;
use fieldbook::document::merge::{Update, merge};

/// The bytes of each document; more with `BYTES`.
fn size() -> usize {
    std::env::var("BYTES").ok().and_then(|bytes| bytes.parse().ok()).unwrap_or(30_000)
}

/// Merges a document of many equal or numbered pieces with two others made from it.
#[track_caller]
fn check(piece: impl Fn(usize) -> String, format: Format) {
    let mut length = 0;
    let is_enough = |piece: &String| {
        length += piece.len();
        length < size()
    };
    let pieces: Vec<String> = (0..).map(&piece).take_while(is_enough).collect();
    let base = pieces.concat();
    let mine: String = pieces.iter().rev().map(|piece| piece.replace("[ ]", "[x]").replace("{{v}}", "Acme")).collect();
    let thinned: String = pieces.iter().step_by(2).map(|piece| format!("{piece}{}", piece.replace('a', "b"))).collect();
    for (mine, theirs) in [(&mine, &thinned), (&thinned, &mine), (&base, &thinned), (&mine, &base)] {
        let update = Update { base: Some(&base), from: 1, mine, theirs, to: 2, format };
        let merged = merge(&update).expect("no marks");
        assert!(!merged.text.is_empty());
    }
}

#[test]
fn many_blocks() {
    check(|at| format!("- [ ] step {at} of many a\n"), Format::Markdown);
    check(|_| "- [ ] a\n".to_string(), Format::Markdown);
    check(|at| format!("{}- a{at}\n", " ".repeat(at % 40)), Format::Markdown);
    check(|at| format!("## a {at}\n\nWith {{{{v}}}} and a {at}.\n\n"), Format::Markdown);
    check(|at| format!("| a | {{{{v}}}} {at} |\n|---|---|\n| {at} |  |\n\n"), Format::Markdown);
    check(|at| format!("a,{at},{{{{v}}}}\n"), Format::Csv);
    check(|at| format!("key{at}: a\n"), Format::Markdown);
}

#[test]
fn long_blocks() {
    check(|at| format!("a{at} "), Format::Markdown);
    check(|_| "a | ".to_string(), Format::Markdown);
    check(|at| if at == 0 { "a,".to_string() } else { format!("{at},") }, Format::Csv);
    check(|at| if at == 0 { "```\n".to_string() } else { format!("a {at}\n") }, Format::Markdown);
    check(|at| format!("> a {at}\n> - b\n"), Format::Markdown);
    check(|at| format!("{{{{v}}}}{at} "), Format::Markdown);
    check(|_| "{{".to_string(), Format::Markdown);
    check(|at| format!("{} ", "`".repeat(at % 200)), Format::Markdown);
    check(|_| "\"\n".to_string(), Format::Csv);
}
