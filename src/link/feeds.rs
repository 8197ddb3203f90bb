//! Which pages are in feeds, and which feeds there are.

use std::collections::HashSet;
use std::sync::Arc;

use crate::base::path::UrlPath;
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::link::releases;
use crate::model::feed::Feed;
use crate::model::output::FeedScope;
use crate::model::page::{Page, PageId};
use crate::model::section::{Section, SectionId};
use crate::model::taxonomy::Taxonomy;

/// The pages that are in feeds, newest first, then by address. Pages that lack the date for it are reported.
pub fn feeding(
    project: &Project,
    pages: &[Arc<Page>],
    sections: &[Section],
    section_of: &[SectionId],
) -> Reported<Vec<PageId>> {
    let has_feed = sections_with_feeds(pages, sections);
    let mut diagnostics = Vec::new();
    let mut feeding: Vec<PageId> = Vec::new();
    for ((id, page), section) in (0..).map(PageId).zip(pages).zip(section_of) {
        let is_of_kind = project.config.feeds.kinds.iter().any(|kind| kind == page.kind.name());
        let is_in = page.meta.feed.unwrap_or(is_of_kind && has_feed[section.0 as usize]);
        if !is_in || page.is_section() {
            continue;
        }
        if page.meta.date.is_some() {
            feeding.push(id);
        } else if project.has_config() {
            let message = format!("this {} has no date, so no feed can hold it", page.kind.name());
            let help = "add `date: 2026-01-05`, or `feed: false` to keep it out of feeds";
            diagnostics.push(Diagnostic::about(Code::MissingDate, &page.source, message).help(help));
        }
    }
    feeding.sort_by_cached_key(|id| {
        let page = &pages[id.0 as usize];
        (page.meta.date.as_ref().map_or(i64::MAX, |date| -date.to_unix()), page.url.clone())
    });
    if project.config.base_url.is_none() && project.has_config() {
        let message = "there is no `base_url`, so no feeds, sitemap and canonical addresses are written";
        let help = "add `base_url: https://playbook.example.org` to fieldbook.yaml, or build with --base-url";
        diagnostics.push(Diagnostic::general(Code::NoBaseUrl, message).help(help));
    }
    Reported::new(feeding, diagnostics)
}

/// Makes the feeds: the site's, then those of sections and terms that are not empty. None without a base URL.
pub fn collect(
    project: &Project,
    pages: &[Arc<Page>],
    (sections, section_of): (&[Section], &[SectionId]),
    (taxonomies, feeding): (&[Taxonomy], &[PageId]),
) -> Vec<Feed> {
    let settings = &project.config.feeds;
    if project.config.base_url.is_none() {
        return Vec::new();
    }
    let title = project.config.title.clone();
    let releases = releases::of_pages(project, pages, feeding);
    let (scope, folder) = (FeedScope::Site, UrlPath::root());
    let mut feeds = vec![Feed { scope, folder, title, pages: feeding.to_vec(), releases: releases.clone() }];
    if settings.sections {
        feeds.extend(section_feeds(sections, section_of, feeding));
    }
    if settings.terms {
        feeds.extend(term_feeds(pages.len(), taxonomies, feeding));
    }
    for feed in feeds.iter_mut().skip(1) {
        let own: HashSet<PageId> = feed.pages.iter().copied().collect();
        feed.releases = releases.iter().copied().filter(|(page, _)| own.contains(page)).collect();
    }
    feeds.extend(releases::feeds(project, pages));
    feeds
}

/// Whether the pages of each section are in feeds: the nearest section around them that says so decides.
fn sections_with_feeds(pages: &[Arc<Page>], sections: &[Section]) -> Vec<bool> {
    let mut has_feed: Vec<bool> = Vec::with_capacity(sections.len());
    for section in sections {
        let own = section.page.map(|id| &pages[id.0 as usize].meta);
        let said = own.and_then(|meta| meta.children.feed.or(meta.feed.filter(|feed| !feed)));
        let around = section.parent.is_none_or(|parent| has_feed[parent.0 as usize]);
        has_feed.push(said.unwrap_or(around));
    }
    has_feed
}

fn section_feeds(sections: &[Section], section_of: &[SectionId], feeding: &[PageId]) -> Vec<Feed> {
    let mut lists: Vec<Vec<PageId>> = vec![Vec::new(); sections.len()];
    for id in feeding {
        let mut section = section_of[id.0 as usize];
        while let Some(parent) = sections[section.0 as usize].parent {
            lists[section.0 as usize].push(*id);
            section = parent;
        }
    }
    let feed = |((id, section), pages): ((SectionId, &Section), Vec<PageId>)| Feed {
        scope: FeedScope::Section(id),
        folder: folder_of(&section.url),
        title: section.title.clone(),
        pages,
        releases: Vec::new(),
    };
    (0..).map(SectionId).zip(sections).zip(lists).filter(|(_, pages)| !pages.is_empty()).map(feed).collect()
}

fn term_feeds(count: usize, taxonomies: &[Taxonomy], feeding: &[PageId]) -> Vec<Feed> {
    let mut ranks = vec![usize::MAX; count];
    for (rank, id) in feeding.iter().enumerate() {
        ranks[id.0 as usize] = rank;
    }
    let mut feeds = Vec::new();
    for (taxonomy_at, taxonomy) in taxonomies.iter().enumerate() {
        for (term_at, term) in taxonomy.terms.iter().enumerate() {
            let is_in = |id: &PageId| ranks[id.0 as usize] != usize::MAX;
            let mut pages: Vec<PageId> = term.pages.iter().copied().filter(is_in).collect();
            if pages.is_empty() {
                continue;
            }
            pages.sort_by_key(|id| ranks[id.0 as usize]);
            let scope = FeedScope::Term(taxonomy_at, term_at);
            feeds.push(Feed {
                scope,
                folder: folder_of(&term.url),
                title: term.name.clone(),
                pages,
                releases: Vec::new(),
            });
        }
    }
    feeds
}

fn folder_of(url: &UrlPath) -> UrlPath {
    UrlPath::parse(url.folder()).unwrap_or_else(|_| UrlPath::root())
}
