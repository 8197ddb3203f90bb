//! The items of feeds: what a feed says of a page, made once for each page and shared by all its feeds.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::base::date::Moment;
use crate::base::slug::to_words;
use crate::base::xml::clean;
use crate::config::{Config, FeedContent};
use crate::document::Format;
use crate::model::feed::Feed;
use crate::model::page::{Page, PageId};
use crate::model::release::format_of;
use crate::model::site::Site;
use crate::render::feed::FeedContext;
use crate::render::feed::identity::{Identities, Identity, identify};
use crate::render::feed::license::creative_commons;
use crate::render::feed::release;
use crate::render::feed::text::{is_blank, name_of, plain};

/// What a feed says of a page. All texts are clean: nothing is in them that XML refuses.
#[derive(Clone, Debug)]
pub struct Item {
    /// The identity of the item, unique and constant.
    pub id: String,
    /// The same as an address, for Atom.
    pub atom_id: String,
    /// Whether the id is the address of the page on this site.
    pub is_permalink: bool,
    /// The address of the page.
    pub url: String,
    /// The title as plain text, never blank.
    pub title: String,
    /// The summary as plain text, never blank.
    pub summary: String,
    /// The article as HTML; empty if the feeds carry summaries only.
    pub html: String,
    /// First publication.
    pub published: Moment,
    /// The last change.
    pub updated: Moment,
    /// The last change with a second of its own, for Atom.
    pub atom_updated: Moment,
    /// The names of its own authors; those of the site are meant when there are none.
    pub authors: Vec<String>,
    /// The terms it has, of all taxonomies.
    pub categories: Vec<String>,
    /// The licence of the page, if it is not the site's.
    pub license: Option<License>,
    /// A file that comes with it.
    pub enclosure: Option<Enclosure>,
    /// The same in other forms.
    pub alternates: Vec<Alternate>,
}

/// The licence of a page that differs from the site's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum License {
    /// The address of a Creative Commons licence.
    CreativeCommons(String),
    /// Any other, by its name.
    Other(String),
}

/// A file that comes with an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// Its address.
    pub url: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its size in bytes.
    pub length: u64,
}

/// A page in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate {
    /// Its address.
    pub url: String,
    /// Its media type.
    pub media_type: &'static str,
}

/// The items of all feeds of a site. An item is made when the first feed shows it, and kept for the others.
#[derive(Debug)]
pub struct FeedItems {
    identities: OnceLock<Identities>,
    items: Vec<OnceLock<Box<Item>>>,
    /// Those of the released versions of each template, by the number of the page.
    releases: BTreeMap<PageId, Vec<OnceLock<Box<Item>>>>,
}

impl FeedItems {
    /// Prepares the items of a site, and makes none of them.
    pub fn new(site: &Site) -> Self {
        let of_page = |page: &Page| page.releases.iter().map(|_| OnceLock::new()).collect();
        let templates = site.all_pages().filter(|(_, page)| !page.releases.is_empty());
        FeedItems {
            identities: OnceLock::new(),
            items: site.pages.iter().map(|_| OnceLock::new()).collect(),
            releases: templates.map(|(id, page)| (id, of_page(page))).collect(),
        }
    }

    /// Returns the items that a feed shows, newest first.
    pub(super) fn newest(&self, context: &FeedContext<'_>, feed: &Feed) -> Vec<&Item> {
        let identities = self.identities.get_or_init(|| identify(context.config(), context.site));
        let entries = entries(context.site, feed).take(context.config().feeds.limit);
        let item = |entry| match entry {
            Entry::Page(id) => Some(self.item(context, id, identities.pages[id.0 as usize].as_ref()?)),
            Entry::Release(id, number) => {
                let identity = identities.releases.get(&(id, number))?;
                let item = self.releases.get(&id)?.get(number)?;
                Some(&**item.get_or_init(|| Box::new(release::make(context, (id, number), identity))))
            }
        };
        entries.filter_map(item).collect()
    }

    /// Returns how many items a feed would have without a limit.
    pub(super) fn count(&self, context: &FeedContext<'_>, feed: &Feed) -> usize {
        entries(context.site, feed).count()
    }

    /// Returns whether a feed shows everything it has.
    pub(super) fn is_complete(&self, context: &FeedContext<'_>, feed: &Feed) -> bool {
        self.count(context, feed) <= context.config().feeds.limit
    }

    fn item(&self, context: &FeedContext<'_>, page: PageId, identity: &Identity) -> &Item {
        self.items[page.0 as usize].get_or_init(|| Box::new(make(context, page, identity)))
    }
}

/// What an item of a feed is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A page.
    Page(PageId),
    /// A released version of a template: its page, and its number in the page.
    Release(PageId, usize),
}

/// Returns what a feed has, newest first: pages, of which those without a date are in none, and versions of templates.
pub fn entries<'a>(site: &'a Site, feed: &'a Feed) -> impl Iterator<Item = Entry> + 'a {
    let dated = feed.pages.iter().filter_map(|id| Some((*id, site.page(*id).meta.date.as_ref()?)));
    let mut pages = dated.peekable();
    let mut releases = feed.releases.iter().copied().peekable();
    std::iter::from_fn(move || {
        let date = releases.peek().and_then(|(id, number)| {
            let page = site.page(*id);
            page.released(page.releases.get(*number)?)
        });
        match pages.peek() {
            Some((_, page)) if date.is_none_or(|date| date.to_unix() <= page.to_unix()) => {
                pages.next().map(|(id, _)| Entry::Page(id))
            }
            _ => releases.next().map(|(id, number)| Entry::Release(id, number)),
        }
    })
}

fn make(context: &FeedContext<'_>, page_id: PageId, identity: &Identity) -> Item {
    let config = context.config();
    let page = context.site.page(page_id);
    let url = context.base.absolute(&page.url);
    let title = title(page);
    let summary = plain(page.summary());
    let html = match config.feeds.content {
        FeedContent::Full => clean((context.bodies)(page_id).trim()).into_owned(),
        FeedContent::Summary => String::new(),
    };
    Item {
        id: identity.id.clone(),
        atom_id: identity.atom_id.clone(),
        is_permalink: identity.id == url,
        summary: if is_blank(&summary) { title.clone() } else { summary },
        title,
        html,
        published: identity.published.clone(),
        updated: identity.updated.clone(),
        atom_updated: identity.atom_updated.clone(),
        authors: authors(page),
        categories: categories(page),
        license: license(config, page.meta.license.as_deref()),
        enclosure: None,
        alternates: document(context, page).into_iter().collect(),
        url,
    }
}

/// Returns the title, or the last part of the address in words when nothing of the title can be seen.
pub(super) fn title(page: &Page) -> String {
    let title = plain(page.title());
    if !is_blank(&title) {
        return title;
    }
    let path = page.url.as_str().trim_end_matches('/');
    match to_words(path.rsplit('/').next().unwrap_or(path)) {
        words if is_blank(&words) => page.url.as_str().to_string(),
        words => words,
    }
}

/// Returns the names of the authors of a page.
pub(super) fn authors(page: &Page) -> Vec<String> {
    distinct(page.meta.authors.iter().map(|author| name_of(author)))
}

/// Returns the terms of a page.
pub(super) fn categories(page: &Page) -> Vec<String> {
    distinct(page.meta.terms.iter().flat_map(|(_, terms)| terms).map(|term| plain(term)))
}

/// Returns a licence if it is not the site's.
pub(super) fn license(config: &Config, license: Option<&str>) -> Option<License> {
    let license = license.filter(|license| config.license.as_deref() != Some(license))?;
    match creative_commons(license) {
        Some(address) => Some(License::CreativeCommons(address)),
        None => Some(License::Other(plain(license))).filter(|_| !is_blank(license)),
    }
}

/// Returns where the document of a template is.
fn document(context: &FeedContext<'_>, page: &Page) -> Option<Alternate> {
    let document = page.document.as_ref()?;
    let (name, media_type) = match format_of(&document.source) {
        Format::Csv => ("template.csv", "text/csv"),
        Format::Markdown => ("template.md", "text/markdown"),
    };
    let url = page.url.join(name).ok()?;
    Some(Alternate { url: context.base.absolute(&url), media_type })
}

/// Returns the texts that say something, each once, in their order.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !is_blank(&text) && !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}
