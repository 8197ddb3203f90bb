//! The navigation of a section, shared by its pages: a window of them when they are many.

use std::ops::Range;
use std::sync::OnceLock;

use serde::Serialize;
use tera::Value;

use crate::base::digest::Digest;
use crate::model::section::{Section, SectionId};
use crate::render::view::{LinkView, Views, value};

/// Sections with more pages than this are shown by windows.
const WHOLE: usize = 60;

/// The pages in a window.
const WINDOW: usize = 50;

/// The navigation of a section: one for each window of its pages, at least one, from when it is first wanted.
pub struct Sidebar {
    windows: Vec<OnceLock<Value>>,
    /// The key of each window, from when it is first wanted.
    keys: Vec<OnceLock<Digest>>,
    /// The pages of the section.
    pages: usize,
}

#[derive(Serialize)]
struct SidebarView<'b> {
    title: &'b str,
    url: String,
    parents: &'b Value,
    entries: Vec<LinkView<'b>>,
    sections: Vec<SubsectionView<'b>>,
    more_before: usize,
    more_after: usize,
    all_url: String,
}

#[derive(Serialize)]
struct SubsectionView<'b> {
    title: &'b str,
    url: String,
    count: usize,
}

impl Sidebar {
    /// Prepares the windows of a section of so many pages.
    pub fn new(pages: usize) -> Self {
        let count = pages.div_ceil(size(pages)).max(1);
        Sidebar { windows: vec![OnceLock::new(); count], keys: vec![OnceLock::new(); count], pages }
    }

    /// Returns the key of the window that shows the page at `position`, which `make` makes of the positions it shows.
    pub fn key(&self, position: usize, make: impl FnOnce(Range<usize>) -> Digest) -> Digest {
        *self.keys[self.number(position)].get_or_init(|| make(self.window_pages(position)))
    }

    /// Returns which pages of the section that window shows, as positions in it.
    pub fn window_pages(&self, position: usize) -> Range<usize> {
        let size = size(self.pages);
        let start = self.number(position) * size;
        start..(start + size).min(self.pages)
    }

    fn number(&self, position: usize) -> usize {
        match self.windows.len() {
            0 | 1 => 0,
            count => (position / WINDOW).min(count - 1),
        }
    }
}

impl Views<'_> {
    /// Returns the navigation of a section with the window that shows the page at `position` in it.
    pub fn sidebar(&self, id: SectionId, position: usize) -> Value {
        let sidebar = &self.shared.section(id).sidebar;
        let window = &sidebar.windows[sidebar.number(position)];
        window.get_or_init(|| self.sidebar_window(id, sidebar.window_pages(position))).clone()
    }

    fn sidebar_window(&self, id: SectionId, shown: Range<usize>) -> Value {
        let Views { site, addresses, .. } = *self;
        let section = site.section(id);
        let pages = section.pages[shown.clone()].iter().map(|id| site.page(*id));
        let entries = pages.map(|page| LinkView { title: page.title(), url: addresses.href(&page.url) });
        let inner = section.sections.iter().map(|id| (site.section(*id), self.shared.counts[id.0 as usize]));
        let sections =
            inner.map(|(inner, count)| SubsectionView { title: &inner.title, url: addresses.href(&inner.url), count });
        value(&SidebarView {
            title: &section.title,
            url: addresses.href(&section.url),
            parents: &Value::from(self.shared.section(id).parents.clone()),
            entries: entries.collect(),
            sections: sections.collect(),
            more_before: shown.start,
            more_after: section.pages.len() - shown.end,
            all_url: addresses.href(&section.url),
        })
    }
}

/// The pages that a window shows in a section of so many.
fn size(pages: usize) -> usize {
    if pages > WHOLE { WINDOW } else { WHOLE }
}

/// Counts the pages of each section together with those of the sections in it.
pub fn counts(sections: &[Section]) -> Vec<usize> {
    let mut counts: Vec<usize> = sections.iter().map(|section| section.pages.len()).collect();
    let mut order: Vec<usize> = (0..sections.len()).collect();
    order.sort_by_key(|id| std::cmp::Reverse(depth(&sections[*id].folder)));
    for id in order {
        if let Some(parent) = sections[id].parent {
            counts[parent.0 as usize] += counts[id];
        }
    }
    counts
}

fn depth(folder: &str) -> usize {
    if folder.is_empty() { 0 } else { folder.split('/').count() }
}
