//! What the bytes of each output are made from, as a digest: as long as an output has the same key, it has the same
//! bytes. What is forgotten here is stale there, so a key rather holds too much than too little.

mod facts;

use std::mem::discriminant;

use crate::base::digest::Digest;
use crate::model::output::{FeedScope, Output, Recipe};
use crate::model::page::PageId;
use crate::model::section::SectionId;
use crate::render::Renderer;
use crate::render::address::list_pages;
use crate::render::feed::{Entry, entries};
use crate::render::versions::catalogue_url;
use crate::render::view::list::{OF_SUBSECTION, cut, first};
use crate::render::view::page::BACKLINKS;
pub use facts::Facts;

impl Renderer<'_> {
    /// Returns the key of an output.
    pub fn key(&self, output: &Output) -> Digest {
        Digest::of_value(&(self.facts.everywhere, discriminant(&output.recipe), self.made_from(&output.recipe)))
    }

    /// Digests what the output of a recipe is made from beside what is in every output.
    fn made_from(&self, recipe: &Recipe) -> Digest {
        let facts = &self.facts;
        let site = self.views.site;
        match recipe {
            Recipe::Page(id) => self.page_key(*id),
            Recipe::Twin(id) => Digest::of_value(&(facts.texts[id.0 as usize], facts.names[id.0 as usize])),
            Recipe::Export(id, format) => {
                Digest::of_value(&(format, facts.texts[id.0 as usize], facts.names[id.0 as usize]))
            }
            Recipe::Document(id) => {
                site.page(*id).document.as_ref().map_or(Digest(0), |body| Digest::of(body.text.as_bytes()))
            }
            Recipe::Versions(id) | Recipe::VersionsJson(id) => self.page_key(*id),
            Recipe::Version(id, number) | Recipe::Snapshot(id, number) | Recipe::Changes(id, number) => {
                Digest::of_value(&(number, self.page_key(*id)))
            }
            Recipe::Catalogue => {
                let templates = site.all_pages().filter(|(_, page)| !page.releases.is_empty());
                Digest::of_each(templates.map(|(id, _)| facts.texts[id.0 as usize]))
            }
            Recipe::Section(id, number) => self.section_key(*id, *number),
            Recipe::Taxonomy(number) => {
                let taxonomy = &site.taxonomies[*number];
                let counts = Digest::of_each(taxonomy.terms.iter().map(|term| term.pages.len()));
                Digest::of_value(&(&taxonomy.title, &taxonomy.url, &facts.terms[*number], counts))
            }
            Recipe::Term(taxonomy, term, number) => self.term_key(*taxonomy, *term, *number),
            Recipe::Feed(scope, format) => Digest::of_value(&(format, self.feed_key(*scope))),
            Recipe::AllPages => facts.lists,
            Recipe::Llms => Digest::of_value(&(facts.lists, catalogue_url(site))),
            Recipe::Subscribe | Recipe::Opml => {
                let feeds = site.feeds.iter();
                let feeds =
                    feeds.map(|feed| (feed.scope, &feed.title, &feed.folder, feed.pages.len(), feed.releases.len()));
                Digest::of_value(&(facts.lists, Digest::of_each(feeds), &facts.terms))
            }
            Recipe::Graph => {
                let links =
                    site.graph.backlinks.iter().map(|links| Digest::of_each(links.iter().map(|link| link.from)));
                let links = Digest::of_each(links);
                Digest::of_value(&(facts.lists, links, &site.graph.related))
            }
            Recipe::Sitemap(_) | Recipe::SitemapIndex => Digest::of_value(&(facts.lists, facts.paths)),
            Recipe::Redirects => {
                let redirects = site.redirects.iter().map(|redirect| (&redirect.from, &site.page(redirect.to).url));
                Digest::of_value(&(facts.paths, Digest::of_each(redirects)))
            }
            Recipe::Headers => facts.paths,
            Recipe::RedirectPage(number) => {
                let redirect = &site.redirects[*number];
                Digest::of_value(&(&redirect.from, facts.names[redirect.to.0 as usize]))
            }
            Recipe::Copy(id) => {
                let file = &site.file(*id).file;
                Digest::of_value(&(&file.disk, file.stamp))
            }
            Recipe::ThemeAsset(number) => Digest::of(&self.assets.list()[*number].bytes),
            Recipe::NotFound | Recipe::Robots | Recipe::FeedStyle => Digest(0),
        }
    }

    /// Digests what a page is made from: itself, and what it shows of the pages around it.
    fn page_key(&self, id: PageId) -> Digest {
        let facts = &self.facts;
        let at = id.0 as usize;
        let site = self.views.site;
        let name = |id: PageId| facts.names[id.0 as usize];
        let neighbours = site.neighbours[at];
        let backlinks = &site.graph.backlinks[at];
        let shown = backlinks.iter().take(BACKLINKS).map(|link| (facts.faces[link.from.0 as usize], &link.sentence));
        let section = site.section_of[at];
        let is_own = site.section(section).page == Some(id);
        Digest::of_value(&(
            (facts.texts[at], facts.sections[section.0 as usize], is_own, section.0 == 0),
            self.sidebar_key(section, self.views.shared.positions[at]),
            (neighbours.previous.map(name), neighbours.next.map(name)),
            facts.of_pages(&site.graph.related[at]),
            (Digest::of_each(shown), backlinks.len()),
            self.terms_key(id),
        ))
    }

    /// Digests the terms that a page shows.
    fn terms_key(&self, id: PageId) -> Digest {
        let terms = &self.views.shared.terms[id.0 as usize];
        Digest::of_each(terms.iter().map(|(taxonomy, term)| self.facts.terms[*taxonomy][*term]))
    }

    /// Digests the window of a section's pages that the page at a position shows.
    fn sidebar_key(&self, section: SectionId, position: usize) -> Digest {
        let sidebar = &self.views.shared.section(section).sidebar;
        sidebar.key(position, |window| {
            let pages = &self.views.site.section(section).pages[window.clone()];
            Digest::of_value(&(window, Digest::of_each(pages.iter().map(|id| self.facts.names[id.0 as usize]))))
        })
    }

    fn section_key(&self, id: SectionId, number: usize) -> Digest {
        let facts = &self.facts;
        let site = self.views.site;
        let section = site.section(id);
        let own = section.page.filter(|_| number == 0).map(|page| self.page_key(page));
        let inner = section.sections.iter().map(|id| {
            let inner = site.section(*id);
            (facts.sections[id.0 as usize], facts.of_pages(first(&inner.pages, OF_SUBSECTION)))
        });
        // The home page shows something of every page.
        let all = (id.0 == 0).then_some(facts.lists);
        Digest::of_value(&(
            (own, facts.sections[id.0 as usize], self.sidebar_key(id, 0)),
            (number, list_pages(section.pages.len(), section.paginate)),
            facts.of_pages(cut(&section.pages, section.paginate, number)),
            Digest::of_each(inner),
            all,
        ))
    }

    fn term_key(&self, taxonomy: usize, term: usize, number: usize) -> Digest {
        let found = &self.views.site.taxonomies[taxonomy].terms[term];
        let size = self.views.project.config.paginate;
        let feed = self.views.site.feeds.iter().find(|feed| feed.scope == FeedScope::Term(taxonomy, term));
        Digest::of_value(&(
            self.facts.terms[taxonomy][term],
            (number, found.pages.len(), self.views.most_frequent(&found.pages)),
            self.facts.of_pages(cut(&found.pages, size, number)),
            feed.map(|feed| (&feed.title, &feed.folder)),
        ))
    }

    fn feed_key(&self, scope: FeedScope) -> Digest {
        let site = self.views.site;
        let Some(feed) = site.feeds.iter().find(|feed| feed.scope == scope) else {
            return Digest(0);
        };
        let limit = self.views.project.config.feeds.limit;
        let items = entries(site, feed).take(limit).map(|entry| {
            let (id, release) = match entry {
                Entry::Page(id) => (id, None),
                Entry::Release(id, number) => (id, Some(number)),
            };
            (release, self.facts.texts[id.0 as usize], self.terms_key(id))
        });
        let items = Digest::of_each(items);
        let section = match scope {
            FeedScope::Section(id) => Some(self.facts.sections[id.0 as usize]),
            FeedScope::Site | FeedScope::Term(..) | FeedScope::Template(_) => None,
        };
        Digest::of_value(&(
            (&feed.title, &feed.folder, section, self.facts.identities),
            items,
            (self.facts.of_pages(&feed.pages), feed.releases.len()),
        ))
    }
}
