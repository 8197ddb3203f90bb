//! Finds pages that nobody keeps true.

use crate::check::subject::Subject;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::page::{Page, PageId};

/// Reports the pages of kinds that feed which have no owner, once any page of the site has one.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if subject.site.pages.iter().all(|page| page.meta.owner.is_none()) {
        return Vec::new();
    }
    let kinds = &subject.project.config.feeds.kinds;
    let lacks_owner =
        |(_, page): &(PageId, &Page)| page.meta.owner.is_none() && kinds.iter().any(|kind| kind == page.kind.name());
    subject.articles().filter(lacks_owner).map(|(_, page)| report(page)).collect()
}

fn report(page: &Page) -> Diagnostic {
    let message = format!("the {} \"{}\" has no owner", page.kind.name(), page.title());
    let help = "add `owner:` with the team or person who keeps it true";
    Diagnostic::about(Code::MissingOwner, &page.source, message).help(help)
}
