//! The site: pages with everything between them. Made by `link`, immutable from then on.

use std::sync::Arc;

use crate::base::path::UrlPath;
use crate::model::asset::{FileId, PublishedFile};
use crate::model::feed::Feed;
use crate::model::glossary::Glossary;
use crate::model::graph::Graph;
use crate::model::link::Target;
use crate::model::page::{Page, PageId};
use crate::model::section::{Section, SectionId};
use crate::model::taxonomy::Taxonomy;

/// Everything that is published. Pages that are not for this build are not in it at all.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The pages, sorted by source path.
    pub pages: Vec<Arc<Page>>,
    /// What the links of each page mean, by the number of the page.
    pub resolved: Vec<Arc<ResolvedPage>>,
    /// The sections; the first is the home section.
    pub sections: Vec<Section>,
    /// The section of each page, by the number of the page; for the own page of a section that section.
    pub section_of: Vec<SectionId>,
    /// The page before and after each page in its section, by the number of the page.
    pub neighbours: Vec<Neighbours>,
    /// The taxonomies in the order of the configuration.
    pub taxonomies: Vec<Taxonomy>,
    /// The feeds: the site's first, then those of sections, then those of terms. Empty without a base URL.
    pub feeds: Vec<Feed>,
    /// Relations and backlinks.
    pub graph: Graph,
    /// The glossary, if there is one.
    pub glossary: Option<Glossary>,
    /// Former addresses.
    pub redirects: Vec<Redirect>,
    /// Files that are copied.
    pub files: Vec<PublishedFile>,
    /// The main menu.
    pub menu: Vec<MenuEntry>,
    /// The files and links that the configuration names, resolved.
    pub settings: SettingsLinks,
}

/// What the links of a page mean.
#[derive(Clone, Debug, Default)]
pub struct ResolvedPage {
    /// By the number of the link in the page's body.
    pub links: Vec<Target>,
    /// By the number of the link in the template's document.
    pub document_links: Vec<Target>,
    /// By the number of the release, and of the link in it.
    pub release_links: Vec<Vec<Target>>,
    /// By the number of the entry in `see_also`.
    pub see_also: Vec<Option<Target>>,
    /// The picture.
    pub image: Option<Target>,
}

/// The page before and after a page in its section.
#[derive(Clone, Copy, Debug, Default)]
pub struct Neighbours {
    /// The page before.
    pub previous: Option<PageId>,
    /// The page after.
    pub next: Option<PageId>,
}

/// A former address and the page that is there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The former address.
    pub from: UrlPath,
    /// The page.
    pub to: PageId,
}

/// An entry of the main menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuEntry {
    /// The words shown.
    pub label: String,
    /// What it leads to.
    pub target: Target,
}

/// The links of the configuration, resolved.
#[derive(Clone, Debug, Default)]
pub struct SettingsLinks {
    /// The logo.
    pub logo: Option<Target>,
    /// The icon.
    pub icon: Option<Target>,
    /// The channel image of the feeds.
    pub feed_image: Option<Target>,
    /// The destinations in the line at the foot of each page, as written, with what they mean.
    pub footer: Vec<(String, Target)>,
}

impl Site {
    /// Returns a page by its number.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// Returns a section by its number.
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0 as usize]
    }

    /// Returns a file by its number.
    pub fn file(&self, id: FileId) -> &PublishedFile {
        &self.files[id.0 as usize]
    }

    /// Returns what the links of a page mean.
    pub fn resolved(&self, id: PageId) -> &ResolvedPage {
        &self.resolved[id.0 as usize]
    }

    /// Returns all pages with their numbers.
    pub fn all_pages(&self) -> impl Iterator<Item = (PageId, &Page)> {
        (0_u32..).zip(&self.pages).map(|(id, page)| (PageId(id), &**page))
    }

    /// Returns the address that a target has on the site; `None` for other sites, ids on the same page and nothing.
    pub fn url_of<'a>(&'a self, target: &'a Target) -> Option<&'a UrlPath> {
        match target {
            Target::Page(id, _) => Some(&self.page(*id).url),
            Target::Section(id) => Some(&self.section(*id).url),
            Target::Generated(url, _) => Some(url),
            Target::File(id) => Some(&self.file(*id).url),
            Target::Fragment(_) | Target::External(_) | Target::Withheld | Target::Broken => None,
        }
    }
}
