//! The navigation of a section, shared by its pages: a window of them when they are many.

use std::ops::Range;

use serde::Serialize;
use tera::Value;

use crate::model::section::{Section, SectionId};
use crate::model::site::Site;
use crate::render::address::Addresses;
use crate::render::view::{LinkView, value};

/// Sections with more pages than this are shown by windows.
const WHOLE: usize = 60;

/// The pages in a window.
const WINDOW: usize = 50;

/// The navigation of a section: one for each window of its pages, at least one.
pub struct Sidebar {
    windows: Vec<Value>,
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
    /// Makes the navigation of a section; `parents` are the links to the sections around it and `counts` the pages
    /// of each section with those in it.
    pub fn new(site: &Site, id: SectionId, addresses: Addresses<'_>, parents: &Value, counts: &[usize]) -> Self {
        let section = site.section(id);
        let size = size(section.pages.len());
        let starts = (0..section.pages.len().max(1)).step_by(size);
        let windows = starts.map(|start| {
            let end = (start + size).min(section.pages.len());
            let pages = section.pages[start..end].iter().map(|id| site.page(*id));
            let entries = pages.map(|page| LinkView { title: page.title(), url: addresses.href(&page.url) });
            let inner = section.sections.iter().map(|id| (site.section(*id), counts[id.0 as usize]));
            let sections = inner.map(|(inner, count)| SubsectionView {
                title: &inner.title,
                url: addresses.href(&inner.url),
                count,
            });
            value(&SidebarView {
                title: &section.title,
                url: addresses.href(&section.url),
                parents,
                entries: entries.collect(),
                sections: sections.collect(),
                more_before: start,
                more_after: section.pages.len() - end,
                all_url: addresses.href(&section.url),
            })
        });
        Sidebar { windows: windows.collect(), pages: section.pages.len() }
    }

    /// Returns the window that shows the page at `position` of the section.
    pub fn window(&self, position: usize) -> Value {
        self.windows.get(self.number(position)).cloned().unwrap_or_else(Value::none)
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
