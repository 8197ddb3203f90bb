//! Finds templates whose document has changed since its newest version.

use std::ops::Range;
use std::sync::Arc;

use crate::base::path::SourcePath;
use crate::check::subject::Subject;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::body::Body;
use crate::model::kinds::Details;
use crate::model::page::Page;
use crate::pipeline::Texts;

/// Reports the documents that differ from the newest file in their `versions/`. Without one there is nothing to compare.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject.site.all_pages().filter_map(|(_, page)| of_page(page, subject.texts)).collect()
}

fn of_page(page: &Page, texts: &Texts) -> Option<Diagnostic> {
    let document = page.document.as_ref()?;
    let (number, path, text) = newest(document, texts)?;
    let span = first_difference(&document.text, text)?;
    let declared = match &page.meta.details {
        Details::Template(template) => template.version.and_then(|version| u64::try_from(version).ok()),
        Details::Interview(_) | Details::Meeting(_) | Details::Chapter(_) | Details::None => None,
    };
    let next = declared.unwrap_or(0).max(number.saturating_add(1));
    let message = format!("the template \"{}\" has changed since {path}", page.title());
    let folder = path.folder();
    let extension = path.extension();
    let help =
        format!("copy it to {folder}/{next}.{extension}, write `version: {next}`, and what changed under `notes:`");
    Some(Diagnostic::at(Code::UnreleasedChange, &document.source, span, message).help(help))
}

/// The version of a document with the highest number.
fn newest<'a>(document: &Body, texts: &'a Texts) -> Option<(u64, &'a SourcePath, &'a Arc<str>)> {
    let folder = SourcePath::new(&format!("{}/versions/", document.source.folder()));
    let versions = texts.range(folder.clone()..).take_while(|(path, _)| path.as_str().starts_with(folder.as_str()));
    let numbered = versions.filter_map(|(path, text)| {
        let is_beside = format!("{}/", path.folder()) == folder.as_str();
        let is_alike = path.extension().eq_ignore_ascii_case(document.source.extension());
        let number = path.stem().parse().ok()?;
        (is_beside && is_alike).then_some((number, path, text))
    });
    numbered.max_by_key(|(number, ..)| *number)
}

/// The bytes of the first line of `text` that is not in the same place of `other`; `None` when both say the same.
/// Line endings, blanks at the end of a line, empty lines at the end and a byte order mark make no difference.
fn first_difference(text: &str, other: &str) -> Option<Range<usize>> {
    let (mut lines, mut others) = (lines_of(text), lines_of(other));
    loop {
        match (lines.next(), others.next()) {
            (None, None) => return None,
            (Some((_, line)), Some((_, other))) if line == other => {}
            (Some((at, line)), _) => return Some(at..at + line.len()),
            (None, Some(_)) => return Some(text.len()..text.len()),
        }
    }
}

/// The lines of a text in normal form, with the byte each begins at.
fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let lines = text.trim_end()[start.min(text.trim_end().len())..].split('\n');
    lines.scan(start, |at, line| {
        let begin = *at;
        *at += line.len() + 1;
        Some((begin, line.trim_end()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, other: &str, expected: Option<&str>) {
        let found = first_difference(text, other).map(|span| &text[span]);
        assert_eq!(found, expected, "{text:?} and {other:?}");
    }

    #[test]
    fn what_makes_a_difference() {
        check("a\nb\n", "a\nb\n", None);
        check("\u{feff}a  \r\nb\r\n\r\n", "a\nb", None);
        check("a\nc\n", "a\nb\n", Some("c"));
        check("a\nb\nc\n", "a\nb\n", Some("c"));
        check("a\n", "a\nb\n", Some(""));
        check("", "\u{feff}\n", None);
        check(" a", "a", Some(" a"));
    }
}
