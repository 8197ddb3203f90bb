//! The cells of a row, of a Markdown table and of a file of values between commas.

use std::ops::Range;

/// Finds the cells of a row of a Markdown table; a row may do without its outer bars. Spans hold the blanks around the
/// values. A bar behind a backslash is text.
pub fn markdown(row: &str) -> Vec<Range<usize>> {
    let end = row.trim_end().len();
    let start = row.len() - row.trim_start().len();
    let mut at = start.min(end);
    if row[at..end].starts_with('|') {
        at += 1;
    }
    let mut cells = Vec::new();
    let mut is_escaped = false;
    for (place, byte) in row.bytes().enumerate().take(end).skip(at) {
        if byte == b'|' && !is_escaped {
            cells.push(at..place);
            at = place + 1;
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    if at < end || cells.is_empty() {
        cells.push(at..end);
    }
    cells
}

/// Finds the cells of a record of a CSV file, quotes included.
pub fn csv(record: &str) -> Vec<Range<usize>> {
    let start = if record.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let end = record.trim_end_matches(['\r', '\n']).len().max(start);
    let mut cells = Vec::new();
    let mut at = start;
    let mut is_quoted = false;
    for (place, byte) in record.bytes().enumerate().take(end).skip(start) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => {
                cells.push(at..place);
                at = place + 1;
            }
            _ => {}
        }
    }
    cells.push(at..end);
    cells
}

/// Returns the end of the record that begins at `at`, its line ending included. Quotes may hold line endings; a quote
/// that is never closed ends with its line.
pub fn end_of_record(text: &str, at: usize) -> usize {
    let mut is_quoted = false;
    let mut first_line = None;
    for (place, byte) in text.bytes().enumerate().skip(at) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => return place + 1,
            b'\n' => first_line = first_line.or(Some(place + 1)),
            _ => {}
        }
    }
    first_line.filter(|_| is_quoted).unwrap_or(text.len())
}

/// Returns the value of a cell of a CSV file.
pub fn unquote(cell: &str) -> String {
    match cell.trim().strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').unwrap_or(rest).replace("\"\"", "\""),
        None => cell.trim().to_string(),
    }
}

/// Writes a value as a cell of a CSV file, in quotes where it needs them.
pub fn quote(value: &str) -> String {
    if value.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_string()
    }
}
