//! Finds templates that are too long to be handed to a repository's host in an address.

use crate::check::subject::Subject;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::page::Page;

/// The bytes of an address that GitHub takes.
const LONGEST: usize = 8_191;

/// The bytes kept for the host, the names of repository and file, and the lines that say where a copy comes from.
const AROUND: usize = 500;

/// Reports the templates whose document, unfilled, is longer than that in an address.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject.site.all_pages().filter_map(|(_, page)| of_page(page)).collect()
}

fn of_page(page: &Page) -> Option<Diagnostic> {
    let document = page.document.as_ref().filter(|document| document.source.is_markdown())?;
    let length = AROUND + document.text.bytes().map(width).sum::<usize>();
    if length <= LONGEST {
        return None;
    }
    let message =
        format!("in an address this template takes {length} bytes, more than the {LONGEST} that GitHub takes");
    let help =
        "its page copies it for a new file or issue instead of filling that in; a shorter template needs no pasting";
    Some(Diagnostic::about(Code::LongTemplate, &document.source, message).help(help))
}

/// The bytes that a byte takes in the query of an address, as forms write it.
fn width(byte: u8) -> usize {
    match byte {
        b' ' | b'*' | b'-' | b'.' | b'_' => 1,
        byte if byte.is_ascii_alphanumeric() => 1,
        _ => 3,
    }
}
