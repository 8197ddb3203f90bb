//! Relations with their inverses, and backlinks.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::link::order::Order;
use crate::link::resolve::PageLinks;
use crate::link::sections::place_of;
use crate::model::graph::{Backlink, Graph};
use crate::model::link::{Link, LinkForm, Target};
use crate::model::page::{Page, PageId};

/// Connects the pages by what they say of each other and by the links between them.
pub fn connect(pages: &[Arc<Page>], links: &[Arc<PageLinks>], order: &Order) -> Graph {
    Graph { related: related(pages.len(), links, order), backlinks: backlinks(pages, links, order) }
}

/// What a page names comes first, in its order; what names it follows, by title.
fn related(count: usize, links: &[Arc<PageLinks>], order: &Order) -> Vec<Vec<PageId>> {
    let mut inverse: Vec<Vec<PageId>> = vec![Vec::new(); count];
    for (id, links) in (0..).map(PageId).zip(links) {
        for other in &links.related {
            inverse[other.0 as usize].push(id);
        }
    }
    let all = links.iter().zip(inverse).map(|(links, mut inverse)| {
        let named: HashSet<PageId> = links.related.iter().copied().collect();
        inverse.retain(|id| !named.contains(id));
        inverse.sort_by_key(|id| order.by_title[id.0 as usize]);
        links.related.iter().copied().chain(inverse).collect()
    });
    all.collect()
}

fn backlinks(pages: &[Arc<Page>], links: &[Arc<PageLinks>], order: &Order) -> Vec<Vec<Backlink>> {
    let mut from: Vec<u32> = (0..pages.len() as u32).collect();
    from.sort_by_key(|id| (place_of(pages[*id as usize].kind), order.by_title[*id as usize]));
    let outgoing = |id: &u32| {
        let at = *id as usize;
        (PageId(*id), first_links(PageId(*id), &pages[at], &links[at]))
    };
    let outgoing: Vec<(PageId, Vec<(PageId, &Link)>)> = from.par_iter().map(outgoing).collect();
    let mut counts = vec![0_usize; pages.len()];
    for (to, _) in outgoing.iter().flat_map(|(_, links)| links) {
        counts[to.0 as usize] += 1;
    }
    let mut backlinks: Vec<Vec<Backlink>> = counts.into_iter().map(Vec::with_capacity).collect();
    for (from, links) in outgoing {
        for (to, link) in links {
            backlinks[to.0 as usize].push(Backlink { from, sentence: link.sentence.clone() });
        }
    }
    backlinks
}

/// The first link of a page to each other page.
fn first_links<'a>(id: PageId, page: &'a Page, links: &PageLinks) -> Vec<(PageId, &'a Link)> {
    let body = page.body.links.iter().zip(&links.resolved.links);
    let document = page.document.iter().flat_map(|document| &document.links).zip(&links.resolved.document_links);
    let mut first: Vec<(PageId, &Link)> = body
        .chain(document)
        .filter(|(link, _)| !matches!(link.form, LinkForm::Image | LinkForm::HtmlSource))
        .filter_map(|(link, target)| match target {
            Target::Page(to, _) if *to != id => Some((*to, link)),
            _ => None,
        })
        .collect();
    // The sort is stable, so the first link to a page stays first; one with words around it is better than one without.
    first.sort_by_key(|(to, link)| (*to, Reverse(!link.sentence.is_empty())));
    first.dedup_by_key(|(to, _)| *to);
    first
}
