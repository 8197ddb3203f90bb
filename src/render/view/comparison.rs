//! What has changed between two versions of a template, as templates of the theme see it.

use serde::Serialize;

use crate::document::blocks::{Kind, Marker, indentation};
use crate::document::diff::{Change, Piece, Run};
use crate::document::summary::noun;
use crate::document::{Format, cells};
use crate::render::view::capitalise;

/// Blocks that follow each other and have all changed, or have all not.
#[derive(Serialize)]
pub struct PartView {
    is_unchanged: bool,
    /// The last heading among unchanged blocks: where in the document the next change is.
    heading: Option<String>,
    blocks: Vec<BlockView>,
}

/// A block of either version.
#[derive(Serialize)]
pub struct BlockView {
    change: &'static str,
    label: &'static str,
    what: String,
    kind: &'static str,
    is_moved: bool,
    runs: Vec<RunView>,
    markdown: Option<String>,
}

#[derive(Serialize)]
struct RunView {
    fate: &'static str,
    text: String,
}

/// Makes the view of changes. `secrets` are names that must not be said.
pub fn parts(changes: &[Change], format: Format, secrets: &[&str]) -> Vec<PartView> {
    let mut parts: Vec<PartView> = Vec::new();
    for change in changes {
        let block = block(change, format, secrets);
        let is_unchanged = matches!(change, Change::Same(_));
        let heading = match change {
            Change::Same(piece) if piece.kind == Kind::Heading => Some(words(piece, format, secrets)),
            _ => None,
        };
        match parts.last_mut().filter(|part| part.is_unchanged == is_unchanged) {
            Some(part) => {
                part.heading = heading.or(part.heading.take());
                part.blocks.push(block);
            }
            None => parts.push(PartView { is_unchanged, heading, blocks: vec![block] }),
        }
    }
    parts
}

fn block(change: &Change, format: Format, secrets: &[&str]) -> BlockView {
    let (name, label, piece) = match change {
        Change::Same(piece) => ("same", "Unchanged", piece),
        Change::Inserted(piece) => ("added", "Added", piece),
        Change::Deleted(piece) => ("removed", "Removed", piece),
        Change::Reworded { new, is_moved: false, .. } => ("reworded", "Reworded", new),
        Change::Reworded { new, is_moved: true, .. } => ("reworded", "Reworded and moved", new),
        Change::Moved(piece) => ("moved", "Moved", piece),
    };
    let whole = |fate| vec![RunView { fate, text: words(piece, format, secrets) }];
    let runs = match change {
        Change::Inserted(_) => whole("inserted"),
        Change::Deleted(_) => whole("deleted"),
        Change::Reworded { runs, .. } => runs.iter().map(|run| run_view(run, secrets)).collect(),
        Change::Same(_) | Change::Moved(_) => whole("same"),
    };
    let is_there = !matches!(change, Change::Same(_) | Change::Deleted(_));
    BlockView {
        change: name,
        label,
        what: capitalise(noun(piece.kind).0),
        kind: kind_name(piece.kind),
        is_moved: matches!(change, Change::Moved(_) | Change::Reworded { is_moved: true, .. }),
        runs,
        markdown: is_there.then(|| hushed(&piece.text, secrets)),
    }
}

fn run_view(run: &Run, secrets: &[&str]) -> RunView {
    let (fate, text) = match run {
        Run::Same(text) => ("same", text),
        Run::Deleted(text) => ("deleted", text),
        Run::Inserted(text) => ("inserted", text),
    };
    RunView { fate, text: hushed(&without_marks(text), secrets) }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Heading => "heading",
        Kind::Item => "item",
        Kind::Header | Kind::Row => "row",
        Kind::Code | Kind::Html | Kind::FrontMatter | Kind::Colons => "code",
        Kind::Quote | Kind::Guide => "quote",
        Kind::Paragraph | Kind::Break | Kind::Blank | Kind::Marker => "paragraph",
    }
}

/// The words of a block without the marks that say what it is.
fn words(piece: &Piece, format: Format, secrets: &[&str]) -> String {
    let text = piece.text.trim();
    let words = match piece.kind {
        Kind::Heading => text.lines().next().unwrap_or_default().trim_matches(['#', ' ']).to_string(),
        Kind::Item => item(text),
        Kind::Quote | Kind::Guide => quote(text),
        Kind::Header | Kind::Row => row(text, format),
        Kind::Code | Kind::Html | Kind::FrontMatter | Kind::Colons => return hushed(text, secrets),
        Kind::Paragraph | Kind::Break | Kind::Blank | Kind::Marker => text.to_string(),
    };
    hushed(&without_marks(&words), secrets)
}

fn item(text: &str) -> String {
    let content = &text[indentation(text).1..];
    let rest = Marker::of(content).map_or(content, |marker| &content[marker.bytes..]).trim_start();
    let boxes = ["[ ]", "[x]", "[X]"];
    boxes.iter().find_map(|ticked| rest.strip_prefix(ticked)).unwrap_or(rest).trim_start().to_string()
}

fn quote(text: &str) -> String {
    let lines = text.lines().map(|line| line.trim_start().trim_start_matches('>').trim());
    let kept: Vec<&str> = lines.filter(|line| !line.starts_with("[!")).collect();
    kept.join("\n").trim().to_string()
}

fn row(text: &str, format: Format) -> String {
    let values: Vec<String> = match format {
        Format::Markdown => {
            let line = text.lines().next().unwrap_or_default();
            cells::markdown(line).into_iter().map(|cell| line[cell].trim().replace("\\|", "|")).collect()
        }
        Format::Csv => cells::csv(text).into_iter().map(|cell| cells::unquote(&text[cell])).collect(),
    };
    values.join(" | ")
}

/// Leaves out the marks of emphasis, and the addresses of links.
fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (Some(open), Some(end)) = (rest[..at].rfind('['), rest[at..].find(')')) else { break };
        out.push_str(&rest[..open]);
        out.push_str(&rest[open + 1..at]);
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out.replace("**", "").replace("__", "").replace('`', "")
}

/// Takes names out of a text that must not be said.
fn hushed(text: &str, secrets: &[&str]) -> String {
    secrets.iter().fold(text.to_string(), |text, secret| text.replace(secret, "…"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::diff::compare;

    fn check(text: &str, format: Format, expected: &[&str]) {
        let changes = compare("", text, format);
        let parts = parts(&changes, format, &["Plan"]);
        let shown: Vec<String> = parts
            .iter()
            .flat_map(|part| &part.blocks)
            .map(|block| block.runs.iter().map(|run| run.text.as_str()).collect())
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_shown_of_blocks() {
        let text = "## The [[Plan]] #\n\n1. [x] Ask **them** [now](a.md)\n\n> [!GUIDE]\n> Be *kind*\n\n| a | b |\n|---|---|\n| `1` | 2 |\n";
        let shown = ["The [[…]]", "Ask them now", "Be *kind*", "a | b", "1 | 2"];
        check(text, Format::Markdown, &shown);
        check("a,b\n\"1, 2\",3\n", Format::Csv, &["a | b", "1, 2 | 3"]);
    }
}
