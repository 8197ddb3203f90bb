//! Byte ranges to lines and columns.

use std::ops::Range;

/// A line and a column as people count them: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Returns the line and column of a byte of `text`; one past the end is the end.
pub fn locate(text: &str, at: usize) -> LineColumn {
    let at = floor(text, at);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1;
    LineColumn { line, column: text[start..at].trim_start_matches('\u{feff}').chars().count() + 1 }
}

/// Returns the bytes of the line that holds byte `at`, without its line ending.
pub fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = floor(text, at);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    start..end
}

/// The nearest character boundary at or before `at`.
pub fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        let text = "\u{feff}a\r\nbé x";
        assert_eq!(locate(text, text.find('x').expect("there")), LineColumn { line: 2, column: 4 });
        assert_eq!(locate(text, 3), LineColumn { line: 1, column: 1 });
        assert_eq!(&text[line_around(text, 3)], "\u{feff}a");
        assert_eq!(locate(text, 1000).line, 2);
    }
}
