//! Finds pages of one kind with one title.

use crate::check::repeats::{fold, repeats};
use crate::check::subject::{Subject, about_key};
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::page::Page;

/// Reports the pages whose title an earlier page of the same kind has.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let repeats = repeats(subject.site, |page| Some((page.kind, fold(page.title()))));
    repeats.into_iter().map(|(page, first)| report(page, first)).collect()
}

fn report(page: &Page, first: &Page) -> Diagnostic {
    let message = format!("\"{}\" is also the title of {}", page.title(), first.source);
    let help = "say in the title of one what the other is not about";
    about_key(Code::RepeatedTitle, page, "title", message).help(help)
}
