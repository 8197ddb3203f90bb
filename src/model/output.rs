//! Outputs: a plan of what belongs at which path and how its bytes come to be.

use std::fmt;
use std::ops::Range;

use crate::base::path::{OutputPath, SourcePath};
use crate::model::asset::FileId;
use crate::model::page::PageId;
use crate::model::section::SectionId;

/// One file of the site that will be made.
#[derive(Clone, Debug)]
pub struct Output {
    /// Where it belongs.
    pub path: OutputPath,
    /// What asked for it.
    pub origin: Origin,
    /// When it is put in place.
    pub rank: Rank,
    /// How its bytes come to be.
    pub recipe: Recipe,
}

/// What asked for an output, for messages about collisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A source, and the bytes in it that named the path.
    Source(SourcePath, Option<Range<usize>>),
    /// The site itself: `the feed of the section "guides"`.
    Generated(String),
}

/// When an output is put in place: what pages need comes before the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Style sheets, images and other files.
    Asset,
    /// Pages, feeds and everything that points at others.
    Page,
}

/// How the bytes of an output come to be. `render` understands it, nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipe {
    /// A page.
    Page(PageId),
    /// The Markdown twin of a page.
    Twin(PageId),
    /// The document of a template, as it is.
    Document(PageId),
    /// The document of a template in a format that people take away.
    Export(PageId, ExportFormat),
    /// The list of a template's versions.
    Versions(PageId),
    /// The page of a version, by the number of the release in the page.
    Version(PageId, usize),
    /// The text of a version, as it was released.
    Snapshot(PageId, usize),
    /// What has changed from a version to the newest.
    Changes(PageId, usize),
    /// The versions of a template as JSON.
    VersionsJson(PageId),
    /// The list of all templates as JSON.
    Catalogue,
    /// A page of the list of a section; the number counts from 0. A section's own page is page 0.
    Section(SectionId, usize),
    /// The list of a taxonomy's terms.
    Taxonomy(usize),
    /// A page of the list of a term: taxonomy, term, number from 0.
    Term(usize, usize, usize),
    /// `404.html`.
    NotFound,
    /// The index of all pages.
    AllPages,
    /// The page that names all feeds.
    Subscribe,
    /// A feed.
    Feed(FeedScope, FeedFormat),
    /// All feeds as OPML.
    Opml,
    /// The style sheet of the feeds.
    FeedStyle,
    /// A part of the sitemap; the number counts from 0.
    Sitemap(usize),
    /// The index of the sitemap's parts.
    SitemapIndex,
    /// `robots.txt`.
    Robots,
    /// `llms.txt`.
    Llms,
    /// `graph.json`.
    Graph,
    /// `_redirects`.
    Redirects,
    /// `_headers`.
    Headers,
    /// The page at a former address, by the number of the redirect.
    RedirectPage(usize),
    /// A file of the theme, by its number.
    ThemeAsset(usize),
    /// A file that is copied.
    Copy(FileId),
}

/// Whose pages a feed has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedScope {
    /// All pages that feed.
    Site,
    /// Those of a section and the sections in it.
    Section(SectionId),
    /// Those of a term: taxonomy and term.
    Term(usize, usize),
    /// The versions of a template.
    Template(PageId),
}

/// The format of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedFormat {
    /// RSS 2.0.
    Rss,
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

/// The format of a document that people take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExportFormat {
    /// Office Open XML, for word processors.
    Docx,
    /// One file of HTML that works from disk.
    Html,
    /// One of its tables as values between commas, by number from 0.
    Csv(usize),
}

/// The bytes of an output, when they are wanted.
#[derive(Clone, Debug)]
pub enum Content {
    /// In memory.
    Bytes(Vec<u8>),
    /// In a file on disk that is copied.
    File(std::path::PathBuf),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Source(path, _) => write!(f, "{path}"),
            Origin::Generated(what) => f.write_str(what),
        }
    }
}
