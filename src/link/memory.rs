//! What the stage remembers for the next build: what the links of each page mean, for as long as nothing has changed
//! that a link could lead to.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::link::names::Known;
use crate::link::resolve::{PageLinks, Resolver};
use crate::link::suggest::Suggestions;
use crate::model::page::{Page, PageId};

/// What is remembered.
#[derive(Default)]
pub struct Memory {
    /// Of all that a link could lead to.
    world: Digest,
    /// The links of each page, by its number, with the digest of the page.
    links: Vec<(Digest, Arc<PageLinks>)>,
    /// What was found for what led nowhere.
    pub(super) suggestions: Suggestions,
}

impl Memory {
    /// Resolves the links of all pages, but for those that would come to the same as before.
    pub(super) fn renew(&self, resolver: &Resolver<'_>) -> Memory {
        let world = world(&resolver.known);
        let is_same = world == self.world && self.links.len() == resolver.known.pages.len();
        let links = resolver.known.pages.par_iter().enumerate().map(|(number, page)| {
            let known = self.links.get(number).filter(|(digest, _)| is_same && *digest == page.digest);
            let resolve = || (page.digest, Arc::new(resolver.page_links(PageId(number as u32))));
            known.cloned().unwrap_or_else(resolve)
        });
        let suggestions = if is_same { self.suggestions.clone() } else { Suggestions::default() };
        Memory { world, links: links.collect(), suggestions }
    }

    /// Returns the links of all pages, by their number.
    pub(super) fn links(&self) -> Vec<Arc<PageLinks>> {
        self.links.iter().map(|(_, links)| links.clone()).collect()
    }
}

/// Digests all that a link could lead to, and all that is said of it.
fn world(known: &Known<'_>) -> Digest {
    let Known { project, pages, left_out, sections, files, hidden, generated } = *known;
    let pages: Vec<Digest> = pages.par_iter().map(|page| outline(page)).collect();
    let left_out: Vec<_> = left_out.iter().map(|out| (outline(&out.page), out.reason.to_string())).collect();
    let sections: Vec<_> =
        sections.iter().map(|section| (&section.folder, &section.title, &section.url, section.page)).collect();
    let files: Vec<_> = files.iter().map(|file| (&file.file.path, &file.url, file.file.is_static)).collect();
    Digest::of_value(&(format!("{project:?}"), pages, left_out, sections, files, hidden, generated))
}

/// Digests what links can name of a page.
fn outline(page: &Page) -> Digest {
    let Page { source, meta, kind, role, section, url, body, document, .. } = page;
    let aliases: Vec<_> = meta.aliases.iter().map(|(alias, _)| alias).collect();
    let ids = (&body.ids, body.repeats_title, &body.title_id);
    let document = document.as_ref().map(|document| (&document.source, &document.ids));
    Digest::of_value(&(source, (&meta.title, &meta.also_called, aliases), (kind, role, section), url, ids, document))
}
