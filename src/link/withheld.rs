//! Keeps the names of what is not in this build out of what was learned of the pages that link to it.
//!
//! The words of a link that has none of its own are the name of what it leads to, and they are in the plain texts that
//! were made of the page before anybody knew where its links lead.

use std::sync::Arc;

use crate::link::resolve::PageLinks;
use crate::model::body::Body;
use crate::model::link::{Link, LinkForm, Target};
use crate::model::page::Page;

/// Takes the plain texts away from pages that would name what is withheld, and the names out of their headings.
pub fn keep_secret(pages: &mut [Arc<Page>], links: &[Arc<PageLinks>]) {
    for (page, links) in pages.iter_mut().zip(links) {
        let body = names(&page.body, &links.resolved.links);
        let document = page.document.as_ref().map_or_else(Vec::new, |body| names(body, &links.resolved.document_links));
        if body.is_empty() && document.is_empty() {
            continue;
        }
        let mut changed = Page::clone(page);
        forget(&mut changed.body, &body);
        if let Some(body) = &mut changed.document {
            forget(body, &document);
        }
        *page = Arc::new(changed);
    }
}

/// The names that stand in a body only because a link to what is withheld shows them.
fn names(body: &Body, targets: &[Target]) -> Vec<String> {
    let withheld = body.links.iter().zip(targets).filter(|(_, target)| **target == Target::Withheld);
    withheld.filter(|(link, _)| shows_name(body, link)).map(|(link, _)| link.destination.clone()).collect()
}

/// Whether the words of a link are its destination.
fn shows_name(body: &Body, link: &Link) -> bool {
    let source = body.text.get(link.span.clone()).unwrap_or_default();
    match link.form {
        LinkForm::Wiki => !source.contains('|'),
        LinkForm::Image => source.starts_with("![[") && !source.contains('|'),
        LinkForm::Markdown => !source.starts_with('['),
        LinkForm::Html | LinkForm::HtmlSource | LinkForm::FrontMatter => false,
    }
}

fn forget(body: &mut Body, names: &[String]) {
    if names.is_empty() {
        return;
    }
    body.summary.clear();
    body.definitions.clear();
    for link in &mut body.links {
        link.sentence = Arc::default();
    }
    for heading in &mut body.headings {
        for name in names {
            heading.text = heading.text.replace(name, "…");
        }
    }
}
