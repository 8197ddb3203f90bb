//! Finds the lines that open and close the front matter of a Markdown file.

use std::ops::Range;

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Between `---`.
    Yaml,
    /// Between `+++`.
    Toml,
}

/// A file, split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split {
    /// All of it is the body.
    None {
        /// The bytes of the body.
        body: Range<usize>,
    },
    /// The fence that opens is there, the one that closes is not.
    Unclosed {
        /// The bytes of the fence.
        fence: Range<usize>,
        /// The bytes of the body: everything.
        body: Range<usize>,
    },
    /// Both fences are there.
    Found {
        /// How it is written.
        style: Style,
        /// The bytes of the opening fence.
        fence: Range<usize>,
        /// The bytes between the fences.
        inner: Range<usize>,
        /// The bytes behind the closing fence.
        body: Range<usize>,
        /// Whether blank lines stand before it.
        is_late: bool,
    },
}

/// Splits a file. Front matter begins on its first line; behind blank lines it is only seen when it has a key and an
/// end. A byte order mark and either form of line ending are understood.
pub fn split(text: &str) -> Split {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let all = start..text.len();
    let trimmed = text[start..].trim_start_matches([' ', '\t', '\r', '\n']);
    let blank = &text[start..text.len() - trimmed.len()];
    // Blanks on the line of the fence itself would make it another thing.
    let begin = start + blank.rfind('\n').map_or(0, |newline| newline + 1);
    let is_late = begin > start;
    let Some((style, mark)) = opening(&text[begin..]) else {
        return Split::None { body: all };
    };
    let fence = begin..begin + mark.len();
    let inner_start = begin + line_length(&text[begin..]);
    let closing = lines(&text[inner_start..]).find(|(_, line)| closes(line, style));
    let Some((length, line)) = closing else {
        let looks_so = !is_late && lines(&text[inner_start..]).take(3).any(|(_, line)| is_key(line, style));
        return if looks_so { Split::Unclosed { fence, body: all } } else { Split::None { body: all } };
    };
    let inner = inner_start..inner_start + length;
    let has_key = lines(&text[inner.clone()]).any(|(_, line)| is_key(line, style));
    let is_empty = lines(&text[inner.clone()]).all(|(_, line)| line.trim().is_empty() || line.starts_with('#'));
    // Text between two thematic breaks is no front matter.
    if !has_key && (is_late || !is_empty) {
        return Split::None { body: all };
    }
    Split::Found { style, fence, body: inner.end + line.len()..text.len(), inner, is_late }
}

fn opening(text: &str) -> Option<(Style, &str)> {
    let line = &text[..line_length(text)];
    match line.trim_end() {
        mark @ "---" => Some((Style::Yaml, mark)),
        mark @ "+++" => Some((Style::Toml, mark)),
        _ => None,
    }
}

fn closes(line: &str, style: Style) -> bool {
    matches!((line.trim_end(), style), ("---" | "...", Style::Yaml) | ("+++", Style::Toml))
}

/// Whether a line begins with a key: `title:`, `"title": x`, `title = x`, `[extra]`.
fn is_key(line: &str, style: Style) -> bool {
    let line = line.trim_end();
    let name_end = match line.strip_prefix(['"', '\'']) {
        Some(rest) => rest.find(['"', '\'']).map_or(0, |close| close + 2),
        None => line.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')).unwrap_or(line.len()),
    };
    let rest = &line[name_end..];
    match style {
        Style::Yaml => {
            let value = rest.trim_start().strip_prefix(':');
            name_end > 0 && value.is_some_and(|value| value.is_empty() || value.starts_with([' ', '\t']))
        }
        Style::Toml => (name_end > 0 && rest.trim_start().starts_with('=')) || line.starts_with('['),
    }
}

/// The lines of a text with their endings, each with the byte it begins at.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

fn line_length(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |newline| newline + 1)
}
