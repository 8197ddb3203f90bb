//! The items of feeds: what a feed says of a page, made once for each page and shared by all its feeds.

use std::sync::OnceLock;

use crate::base::date::Moment;
use crate::base::slug::to_words;
use crate::base::xml::clean;
use crate::config::{Config, FeedContent};
use crate::model::feed::Feed;
use crate::model::page::{Page, PageId};
use crate::model::site::Site;
use crate::render::feed::FeedContext;
use crate::render::feed::identity::{Identity, identify};
use crate::render::feed::license::creative_commons;
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
    identities: OnceLock<Vec<Option<Identity>>>,
    items: Vec<OnceLock<Box<Item>>>,
}

impl FeedItems {
    /// Prepares the items of a site, and makes none of them.
    pub fn new(site: &Site) -> Self {
        FeedItems { identities: OnceLock::new(), items: site.pages.iter().map(|_| OnceLock::new()).collect() }
    }

    /// Returns the items that a feed shows, newest first.
    pub(super) fn newest(&self, context: &FeedContext<'_>, feed: &Feed) -> Vec<&Item> {
        let identities = self.identities.get_or_init(|| identify(context.config(), context.site));
        let known = dated(context.site, feed).filter_map(|id| Some((id, identities[id.0 as usize].as_ref()?)));
        known.take(context.config().feeds.limit).map(|(page, identity)| self.item(context, page, identity)).collect()
    }

    /// Returns how many items a feed would have without a limit.
    pub(super) fn count(&self, context: &FeedContext<'_>, feed: &Feed) -> usize {
        dated(context.site, feed).count()
    }

    /// Returns whether a feed shows everything it has.
    pub(super) fn is_complete(&self, context: &FeedContext<'_>, feed: &Feed) -> bool {
        self.count(context, feed) <= context.config().feeds.limit
    }

    fn item(&self, context: &FeedContext<'_>, page: PageId, identity: &Identity) -> &Item {
        self.items[page.0 as usize].get_or_init(|| Box::new(make(context, page, identity)))
    }
}

/// Returns the pages that a feed has, newest first: without a date, a page is in none.
pub fn dated<'a>(site: &'a Site, feed: &'a Feed) -> impl Iterator<Item = PageId> + 'a {
    feed.pages.iter().copied().filter(|id| site.page(*id).meta.date.is_some())
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
        authors: distinct(page.meta.authors.iter().map(|author| name_of(author))),
        categories: distinct(page.meta.terms.iter().flat_map(|(_, terms)| terms).map(|term| plain(term))),
        license: license(config, page),
        enclosure: None,
        alternates: document(context, page).into_iter().collect(),
        url,
    }
}

/// Returns the title, or the last part of the address in words when nothing of the title can be seen.
fn title(page: &Page) -> String {
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

fn license(config: &Config, page: &Page) -> Option<License> {
    let license = page.meta.license.as_deref().filter(|license| config.license.as_deref() != Some(license))?;
    match creative_commons(license) {
        Some(address) => Some(License::CreativeCommons(address)),
        None => Some(License::Other(plain(license))).filter(|_| !is_blank(license)),
    }
}

/// Returns where the document of a template is.
fn document(context: &FeedContext<'_>, page: &Page) -> Option<Alternate> {
    let document = page.document.as_ref()?;
    let (name, media_type) = match document.source.extension().eq_ignore_ascii_case("csv") {
        true => ("template.csv", "text/csv"),
        false => ("template.md", "text/markdown"),
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
