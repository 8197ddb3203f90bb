//! Former addresses of pages, and the identities that feeds know them by.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::model::page::{Page, PageId};
use crate::model::site::Redirect;

/// Makes a redirect of every alias. An alias that is taken is for the plan of the outputs to report.
pub fn collect(pages: &[Arc<Page>], feeding: &[PageId]) -> Reported<Vec<Redirect>> {
    let mut redirects = Vec::new();
    let mut diagnostics = repeated_ids(pages);
    let feeding: HashSet<PageId> = feeding.iter().copied().collect();
    for (id, page) in (0..).map(PageId).zip(pages) {
        let mut own = HashSet::new();
        let mut first = None;
        for (from, span) in &page.meta.aliases {
            if *from == page.url || !own.insert(from) {
                continue;
            }
            first = first.or(Some((from, span)));
            redirects.push(Redirect { from: from.clone(), to: id });
        }
        if let Some((from, span)) = first
            && page.meta.id.is_none()
            && feeding.contains(&id)
        {
            let message = "this page moved and has no `id:`, so feed readers would show it as new";
            let help = format!("add `id:` with the address it was first published at, ending in {from}");
            diagnostics.push(Diagnostic::at(Code::AliasWithoutId, &page.source, span.clone(), message).help(help));
        }
    }
    Reported::new(redirects, diagnostics)
}

fn repeated_ids(pages: &[Arc<Page>]) -> Vec<Diagnostic> {
    let mut seen: HashMap<&str, &Page> = HashMap::new();
    let mut diagnostics = Vec::new();
    for page in pages {
        let Some(id) = &page.meta.id else { continue };
        let first = *seen.entry(id).or_insert(page);
        if !std::ptr::eq(first, &**page) {
            let message = format!("the `id: {id}` of this page is also that of {}", first.source);
            let help = "give each page an `id:` of its own; keep it on the page that was published first";
            diagnostics.push(Diagnostic::about(Code::RepeatedId, &page.source, message).help(help));
        }
    }
    diagnostics
}
