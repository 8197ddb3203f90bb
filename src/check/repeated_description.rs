//! Finds pages with one description.

use crate::check::repeats::{fold, repeats};
use crate::check::subject::{Subject, about_key};
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::page::Page;

/// Reports the pages whose description an earlier page has.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let repeats = repeats(subject.site, |page| page.meta.description.as_deref().map(fold));
    repeats.into_iter().map(|(page, first)| report(page, first)).collect()
}

fn report(page: &Page, first: &Page) -> Diagnostic {
    let message = format!("\"{}\" has the same description as {}", page.title(), first.source);
    let help = "write what this page alone is about";
    about_key(Code::RepeatedDescription, page, "description", message).help(help)
}
