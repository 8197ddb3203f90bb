//! The tables of a document as values between commas (RFC 4180), for spreadsheets.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and a formula may send what is in the
//! sheet elsewhere. Such a cell is given a `'` before it, by which spreadsheets know a text. A plain number stays one.
//! A file with other characters than ASCII begins with a byte order mark, without which Excel misreads them.

use pulldown_cmark::{Event as Markdown, Tag, TagEnd};

use crate::document::cells::quote;
use crate::export::{Document, words};
use crate::markdown::events::Event;
use crate::markdown::text;

/// Writes the table with a number, from 0, in the order in which tables begin; empty if there is none.
pub fn write(document: &Document<'_>, number: usize) -> Vec<u8> {
    let is_start = |event: &Event<'_>| matches!(event, Event::Markdown(Markdown::Start(Tag::Table(_))));
    let starts = document.events.iter().enumerate().filter(|(_, (event, _))| is_start(event));
    let Some((start, _)) = starts.map(|(at, (event, _))| (at, event)).nth(number) else {
        return Vec::new();
    };
    let mut out = String::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    for (event, _) in &document.events[start..] {
        match event {
            Event::Markdown(Markdown::End(TagEnd::Table)) => break,
            Event::Markdown(Markdown::End(TagEnd::TableCell)) => row.push(safe(&std::mem::take(&mut cell))),
            Event::Markdown(Markdown::End(TagEnd::TableHead | TagEnd::TableRow)) => {
                out.push_str(&std::mem::take(&mut row).join(","));
                out.push_str("\r\n");
            }
            Event::Markdown(Markdown::InlineHtml(html)) if words::is_break(html) => cell.push('\n'),
            event => text::push(&mut cell, event),
        }
    }
    match out.is_ascii() {
        true => out.into_bytes(),
        false => format!("\u{feff}{out}").into_bytes(),
    }
}

/// Writes a value so that no spreadsheet runs it.
fn safe(value: &str) -> String {
    let value = value.trim();
    let is_formula = value.starts_with(['=', '+', '-', '@']) && !is_number(value);
    if is_formula { quote(&format!("'{value}")) } else { quote(value) }
}

/// Whether a value is a sign and digits, with at most one point among them.
fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_digits && digits.starts_with(|c: char| c.is_ascii_digit()) && digits.matches('.').count() <= 1
}

#[cfg(test)]
mod tests {
    use crate::export::testing::with_document;

    fn check(markdown: &str, number: usize, expected: &str) {
        let written = with_document(markdown, |document| super::write(document, number));
        assert_eq!(String::from_utf8(written).expect("UTF-8"), expected);
    }

    #[test]
    fn each_table_is_a_file() {
        let text = "| a | b |\n|---|---|\n| 1, 2 | **`\"x\"`** |\n| `c` |\n\nText.\n\n| z |\n|---|\n| one<br>two |\n";
        check(text, 0, "a,b\r\n\"1, 2\",\"\"\"x\"\"\"\r\nc,\r\n");
        check(text, 1, "z\r\n\"one\ntwo\"\r\n");
        check(text, 2, "");
        check("| ä |\n|---|\n", 0, "\u{feff}ä\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        let text = "| a |\n|---|\n| =1+1 |\n| @SUM(A1) |\n| -2.5 |\n| +cmd\\|x |\n| - |\n| -1-1 |\n| \\-x, y |\n";
        check(text, 0, "a\r\n'=1+1\r\n'@SUM(A1)\r\n-2.5\r\n'+cmd|x\r\n'-\r\n'-1-1\r\n\"'-x, y\"\r\n");
    }
}
