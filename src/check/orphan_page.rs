//! Finds pages that only the list of their section leads to.

use crate::check::subject::Subject;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::kinds::Kind;
use crate::model::link::Target;
use crate::model::page::{Page, PageId};
use crate::model::site::Site;

/// Reports the pages that no link, relation or entry of the menu leads to.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let is_named = named(subject.site);
    let graph = &subject.site.graph;
    let is_orphan = |(id, page): &(PageId, &Page)| {
        let at = id.0 as usize;
        page.kind != Kind::Chapter && !is_named[at] && graph.backlinks[at].is_empty() && graph.related[at].is_empty()
    };
    subject.articles().filter(is_orphan).map(|(_, page)| report(page)).collect()
}

/// Whether each page is in the menu or among the works that another page names in its front matter.
fn named(site: &Site) -> Vec<bool> {
    let mut named = vec![false; site.pages.len()];
    for entry in &site.menu {
        if let Target::Page(id, _) = entry.target {
            named[id.0 as usize] = true;
        }
    }
    for (number, resolved) in site.resolved.iter().enumerate() {
        for target in resolved.see_also.iter().flatten() {
            if let Target::Page(id, _) = target {
                named[id.0 as usize] |= id.0 as usize != number;
            }
        }
    }
    named
}

fn report(page: &Page) -> Diagnostic {
    let message = format!("no link leads to \"{}\", only the list of its section", page.title());
    let help = "link to it from a page where it helps, or name it in that page's `related:`";
    Diagnostic::about(Code::OrphanPage, &page.source, message).help(help)
}
