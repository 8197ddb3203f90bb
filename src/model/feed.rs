//! Feeds: whose pages they have, and the addresses of what the site makes beside its pages.

use crate::base::path::UrlPath;
use crate::model::output::{FeedFormat, FeedScope};
use crate::model::page::PageId;

/// A feed that is not empty, and the site's own even if it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Whose pages it has.
    pub scope: FeedScope,
    /// The folder of its files: `/`, `/guides/`, `/tags/on-call/`.
    pub folder: UrlPath,
    /// What it is a feed of: the site's title, the section's, the term's.
    pub title: String,
    /// All pages that belong in it, newest first, then by address; more than it shows.
    pub pages: Vec<PageId>,
    /// The dated versions of templates that belong in it beside the pages, newest first: page, and number of the release.
    pub releases: Vec<(PageId, usize)>,
}

impl Feed {
    /// Returns the address of the feed in a format; `site_path` is what `feeds.path` says of the site's RSS feed.
    pub fn url(&self, format: FeedFormat, site_path: &str) -> UrlPath {
        let name = match (format, self.scope) {
            (FeedFormat::Rss, FeedScope::Site) => site_path,
            (FeedFormat::Rss, _) => "feed.xml",
            (FeedFormat::Atom, _) => "atom.xml",
            (FeedFormat::Json, _) => "feed.json",
        };
        self.folder.join(name).unwrap_or_else(|_| generated("/feed.xml"))
    }
}

impl FeedFormat {
    /// All formats.
    pub const ALL: [FeedFormat; 3] = [FeedFormat::Rss, FeedFormat::Atom, FeedFormat::Json];

    /// Returns its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            FeedFormat::Rss => "application/rss+xml",
            FeedFormat::Atom => "application/atom+xml",
            FeedFormat::Json => "application/feed+json",
        }
    }
}

/// The page that names all feeds.
pub const SUBSCRIBE: &str = "/subscribe/";
/// The index of all pages.
pub const ALL_PAGES: &str = "/all/";
/// All feeds as OPML.
pub const OPML: &str = "/feeds.opml";
/// The style sheet of the feeds.
pub const FEED_STYLE: &str = "/feed.css";
/// The sitemap, or the index of its parts.
pub const SITEMAP: &str = "/sitemap.xml";
/// The page for what is not there.
pub const NOT_FOUND: &str = "/404.html";
/// The graph of pages and links.
pub const GRAPH: &str = "/graph.json";
/// The overview for language models.
pub const LLMS: &str = "/llms.txt";
/// What search engines may read.
pub const ROBOTS: &str = "/robots.txt";

/// Returns one of the constant addresses above as a path.
pub fn generated(path: &str) -> UrlPath {
    UrlPath::parse(path).unwrap_or_else(|_| UrlPath::root())
}
