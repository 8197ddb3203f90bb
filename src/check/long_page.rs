//! Finds pages that hardly anybody will read to the end.

use crate::check::subject::Subject;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::page::Page;

/// The words that a page may have: over twenty minutes of reading.
const MOST_WORDS: u32 = 5_000;

/// Reports the pages with more words.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let long = subject.articles().filter(|(_, page)| page.body.words > MOST_WORDS);
    long.map(|(_, page)| report(page)).collect()
}

fn report(page: &Page) -> Diagnostic {
    let message = format!("\"{}\" has {} words, more than {MOST_WORDS}", page.title(), page.body.words);
    let help = "split it into several pages that link to each other, or make a book of it";
    Diagnostic::about(Code::LongPage, &page.source, message).help(help)
}
