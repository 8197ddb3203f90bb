//! What many pages share, made once: the site, the entries of lists, the navigation of each section.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Serialize;
use tera::Value;

use crate::config::project::Project;
use crate::model::feed::Feed;
use crate::model::output::{FeedFormat, FeedScope};
use crate::model::page::PageId;
use crate::model::section::SectionId;
use crate::model::site::Site;
use crate::render::address::Addresses;
use crate::render::assets::Assets;
use crate::render::view::sidebar::{Sidebar, counts};
use crate::render::view::{link, site, value};

/// What many pages share.
pub struct Shared {
    /// The site.
    pub site: Value,
    /// Each page as an entry of a list, by its number, from when it is first wanted.
    pub entries: Vec<OnceLock<Value>>,
    /// What the pages of each section share, by its number.
    pub sections: Vec<SharedSection>,
    /// The pages of each section with those of the sections in it.
    pub counts: Vec<usize>,
    /// The terms of each page: taxonomy and term.
    pub terms: Vec<Vec<(usize, usize)>>,
    /// Where each page stands in its section.
    pub positions: Vec<usize>,
    /// The pages that are in lists of new ones, newest first.
    pub newest: Vec<PageId>,
    /// The pages that have changed since they were published, latest first.
    pub changed: Vec<PageId>,
    /// The style sheets of every page.
    pub stylesheets: Value,
    /// The scripts of every page.
    pub scripts: Value,
    /// The alternates of the site's feed and of those of terms.
    feeds: BTreeMap<FeedScope, Vec<Value>>,
}

/// What the pages of a section share.
pub struct SharedSection {
    /// Its title and address.
    pub link: Value,
    /// The links to the sections around it, the home page first.
    pub parents: Vec<Value>,
    /// Its navigation.
    pub sidebar: Sidebar,
}

#[derive(Serialize)]
struct AlternateView {
    title: String,
    url: String,
    r#type: &'static str,
}

impl Shared {
    /// Makes what the pages of a site share.
    pub fn new(project: &Project, site: &Site, addresses: Addresses<'_>, assets: &Assets) -> Self {
        let counts = counts(&site.sections);
        let links: Vec<Value> = section_links(project, site, addresses);
        let sections = site.sections.iter().enumerate().map(|(number, section)| SharedSection {
            link: links[number].clone(),
            parents: parents(site, number, &links),
            sidebar: Sidebar::new(section.pages.len()),
        });
        let mut positions = vec![0; site.pages.len()];
        for section in &site.sections {
            for (position, id) in section.pages.iter().enumerate() {
                positions[id.0 as usize] = position;
            }
        }
        Shared {
            site: site::site(project, site, addresses, &counts),
            entries: site.pages.iter().map(|_| OnceLock::new()).collect(),
            sections: sections.collect(),
            terms: terms(site),
            positions,
            newest: newest(site),
            changed: changed(site),
            stylesheets: value(&assets.stylesheets()),
            scripts: value(&assets.href("site.js").into_iter().collect::<Vec<String>>()),
            feeds: site.feeds.iter().map(|feed| (feed.scope, alternates(project, feed, addresses))).collect(),
            counts,
        }
    }

    /// Returns what the pages of a section share.
    pub fn section(&self, id: SectionId) -> &SharedSection {
        &self.sections[id.0 as usize]
    }

    /// Returns whether there is a feed of some pages.
    pub fn has_feed(&self, scope: FeedScope) -> bool {
        self.feeds.contains_key(&scope)
    }

    /// Returns the alternates for the head of a page: the site's feed and the one of `scope`, if there is one.
    pub fn alternates(&self, scope: Option<FeedScope>) -> Vec<Value> {
        let own = scope.filter(|scope| *scope != FeedScope::Site).and_then(|scope| self.feeds.get(&scope));
        let site = self.feeds.get(&FeedScope::Site);
        site.into_iter().chain(own).flatten().cloned().collect()
    }
}

fn section_links(project: &Project, site: &Site, addresses: Addresses<'_>) -> Vec<Value> {
    let title = |number: usize, title: &str| match number {
        0 => project.config.title.clone(),
        _ => title.to_string(),
    };
    let sections = site.sections.iter().enumerate();
    sections.map(|(number, section)| link(addresses, &title(number, &section.title), &section.url)).collect()
}

/// The links to the sections around one, the home page first.
fn parents(site: &Site, number: usize, links: &[Value]) -> Vec<Value> {
    let mut parents = Vec::new();
    let mut next = site.sections[number].parent;
    while let Some(id) = next
        && parents.len() < site.sections.len()
    {
        parents.push(links[id.0 as usize].clone());
        next = site.section(id).parent;
    }
    parents.reverse();
    parents
}

fn terms(site: &Site) -> Vec<Vec<(usize, usize)>> {
    let mut terms = vec![Vec::new(); site.pages.len()];
    for (taxonomy_number, taxonomy) in site.taxonomies.iter().enumerate() {
        for (number, term) in taxonomy.terms.iter().enumerate() {
            for id in &term.pages {
                terms[id.0 as usize].push((taxonomy_number, number));
            }
        }
    }
    terms
}

fn newest(site: &Site) -> Vec<PageId> {
    let dated = site.all_pages().filter(|(_, page)| !page.is_section());
    let mut dated: Vec<_> = dated.filter_map(|(id, page)| Some((page.meta.date.as_ref()?.to_unix(), id))).collect();
    dated.sort_by_key(|(date, id)| (std::cmp::Reverse(*date), *id));
    dated.into_iter().map(|(_, id)| id).collect()
}

fn changed(site: &Site) -> Vec<PageId> {
    let changed = site.all_pages().filter(|(_, page)| !page.is_section());
    let changed = changed.filter(|(_, page)| page.meta.updated > page.meta.date);
    let mut changed: Vec<_> =
        changed.filter_map(|(id, page)| Some((page.meta.updated.as_ref()?.to_unix(), id))).collect();
    changed.sort_by_key(|(date, id)| (std::cmp::Reverse(*date), *id));
    changed.into_iter().map(|(_, id)| id).collect()
}

fn alternates(project: &Project, feed: &Feed, addresses: Addresses<'_>) -> Vec<Value> {
    let names = [(FeedFormat::Rss, "RSS"), (FeedFormat::Atom, "Atom"), (FeedFormat::Json, "JSON Feed")];
    let alternate = |(format, name): (FeedFormat, &str)| {
        let url = addresses.href(&feed.url(format, &project.config.feeds.path));
        value(&AlternateView { title: format!("{} ({name})", feed.title), url, r#type: format.media_type() })
    };
    names.into_iter().map(alternate).collect()
}
