//! Finds pages whose review is overdue.

use crate::base::date::Day;
use crate::check::subject::{Subject, about_key};
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::page::Page;

/// Reports the pages whose `reviewed` lies longer ago than `review_every` allows.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let today = subject.project.selection.today;
    let pages = subject.site.all_pages().filter(|(_, page)| page.is_overdue(today));
    pages.filter_map(|(_, page)| Some(report(page, page.review_due()?, today))).collect()
}

fn report(page: &Page, due: Day, today: Day) -> Diagnostic {
    let owner = page.meta.owner.as_ref().map_or(String::new(), |owner| format!(" by {owner}"));
    let message = format!("\"{}\" should have been reviewed{owner} by {due}", page.title());
    let help = format!("read it again, mend what is no longer true, and write `reviewed: {today}`");
    about_key(Code::StalePage, page, "reviewed", message).help(help)
}
