//! The feeds: RSS 2.0, Atom and JSON Feed, of the site, of each section and of each term, and OPML of them all.

mod atom;
mod head;
mod identity;
mod item;
mod json;
mod license;
mod opml;
mod release;
mod rss;
mod subscriptions;
mod text;

use crate::config::project::Project;
use crate::config::{BaseUrl, Config};
use crate::model::feed::Feed;
use crate::model::output::FeedFormat;
use crate::model::page::PageId;
use crate::model::site::Site;
use crate::render::feed::head::Head;
pub use crate::render::feed::item::{Entry, FeedItems, entries};
pub use crate::render::feed::opml::opml;
pub use crate::render::feed::subscriptions::{Subscription, subscriptions};

/// What the writers of feeds must know.
#[derive(Clone, Copy)]
pub struct FeedContext<'a> {
    project: &'a Project,
    site: &'a Site,
    items: &'a FeedItems,
    bodies: &'a (dyn Fn(PageId) -> String + Sync),
    base: &'a BaseUrl,
}

impl<'a> FeedContext<'a> {
    /// Brings together what the writers need; `None` without a base URL, since then there are no feeds.
    ///
    /// `bodies` gives the HTML of a page as feeds want it. It is called at most once for each page, on any thread, and
    /// must not wait for other threads of the pool.
    pub fn new(
        project: &'a Project,
        site: &'a Site,
        items: &'a FeedItems,
        bodies: &'a (dyn Fn(PageId) -> String + Sync),
    ) -> Option<Self> {
        let base = project.config.base_url.as_ref()?;
        Some(FeedContext { project, site, items, bodies, base })
    }

    fn config(&self) -> &'a Config {
        &self.project.config
    }
}

/// Writes a feed in a format. The same site gives the same bytes.
pub fn write(context: &FeedContext<'_>, feed: &Feed, format: FeedFormat) -> Vec<u8> {
    let head = Head::new(context, feed);
    let items = context.items.newest(context, feed);
    match format {
        FeedFormat::Rss => rss::write(&head, &items),
        FeedFormat::Atom => atom::write(&head, &items),
        FeedFormat::Json => json::write(&head, &items),
    }
}

#[cfg(test)]
mod tests;
