//! Finds pages that lead nowhere.

use crate::check::subject::Subject;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::kinds::{Details, Kind};
use crate::model::link::{Link, LinkForm, Target};
use crate::model::page::{Page, PageId};
use crate::model::site::Site;

/// Reports the pages that link to nothing and are related to nothing.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let site = subject.site;
    let is_dead_end = |(id, page): &(PageId, &Page)| {
        let has_related = !site.graph.related[id.0 as usize].is_empty();
        page.kind != Kind::Chapter && !has_related && !has_link(site, *id, page)
    };
    subject.articles().filter(is_dead_end).map(|(_, page)| report(page)).collect()
}

/// Whether a page has a link that leads elsewhere. A broken one was meant to, and is reported as such.
fn has_link(site: &Site, id: PageId, page: &Page) -> bool {
    let resolved = site.resolved(id);
    let leads_on = |target: &Target| match target {
        Target::Page(other, _) => *other != id,
        Target::Fragment(_) => false,
        Target::Section(_)
        | Target::Generated(..)
        | Target::File(_)
        | Target::External(_)
        | Target::Broken
        | Target::Withheld => true,
    };
    let is_link = |link: &Link| !matches!(link.form, LinkForm::Image | LinkForm::HtmlSource);
    let document = page.document.iter().flat_map(|document| &document.links).zip(&resolved.document_links);
    let mut in_text = page.body.links.iter().zip(&resolved.links).chain(document);
    let has_person = match &page.meta.details {
        Details::Interview(interview) => interview.person.iter().any(|person| !person.links.is_empty()),
        Details::Meeting(_) | Details::Template(_) | Details::Chapter(_) | Details::None => false,
    };
    has_person
        || in_text.any(|(link, target)| is_link(link) && leads_on(target))
        || resolved.see_also.iter().flatten().any(leads_on)
}

fn report(page: &Page) -> Diagnostic {
    let message = format!("\"{}\" links to nothing and has no related pages", page.title());
    let help = "link to what its readers want next, or add `related: [...]`";
    Diagnostic::about(Code::DeadEnd, &page.source, message).help(help)
}
