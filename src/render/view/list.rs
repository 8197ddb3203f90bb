//! Lists of pages as templates see them: home, sections, taxonomies, terms, all pages.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use crate::base::path::UrlPath;
use crate::model::kinds::Kind;
use crate::model::page::PageId;
use crate::model::section::{Section, SectionId};
use crate::render::address::{list_page, list_pages};
use crate::render::view::site::{SectionView, subsections};
use crate::render::view::{Views, kind_plural, value};

/// The entries that the home page shows of each kind, and of what is new or changed.
const FEW: usize = 6;

/// The entries that a section shows of each section in it.
pub const OF_SUBSECTION: usize = 12;

#[derive(Default, Serialize)]
struct ListView<'b> {
    title: &'b str,
    description: &'b str,
    url: String,
    kind: &'b str,
    entries: Vec<Value>,
    groups: Vec<GroupView<'b>>,
    sections: Vec<SectionView<'b>>,
    terms: Vec<TermView<'b>>,
    newest: Vec<Value>,
    changed: Vec<Value>,
    total: usize,
    pagination: Option<PaginationView>,
    by_owner: Vec<OwnerView<'b>>,
    by_section: Vec<BySectionView<'b>>,
}

#[derive(Serialize)]
struct GroupView<'b> {
    kind: &'b str,
    title: String,
    entries: Vec<Value>,
    url: Option<String>,
}

#[derive(Serialize)]
struct TermView<'b> {
    name: &'b str,
    url: String,
    count: usize,
}

#[derive(Serialize)]
struct PaginationView {
    number: usize,
    total: usize,
    previous_url: Option<String>,
    next_url: Option<String>,
    pages: Vec<NumberView>,
}

#[derive(Serialize)]
struct NumberView {
    number: usize,
    url: String,
    is_current: bool,
}

#[derive(Serialize)]
struct OwnerView<'b> {
    owner: Option<&'b str>,
    entries: Vec<Value>,
}

#[derive(Serialize)]
struct BySectionView<'b> {
    title: &'b str,
    url: String,
    entries: Vec<Value>,
}

impl Views<'_> {
    /// Makes the list of a section; the number of its page counts from 0. The home page's has what is new as well.
    pub fn section(&self, id: SectionId, number: usize) -> Value {
        let section = self.site.section(id);
        let shown = cut(&section.pages, section.paginate, number);
        let mut list = ListView {
            title: self.section_title(id),
            description: self.own_description(id),
            url: self.addresses.href(&section.url),
            kind: section.kind,
            entries: self.entries(shown),
            sections: subsections(self.site, section, self.addresses, &self.shared.counts),
            total: section.pages.len(),
            pagination: self.pagination(&section.url, section.pages.len(), section.paginate, number),
            ..ListView::default()
        };
        if id.0 == 0 {
            list.groups = self.groups_by_kind();
            list.newest = self.entries(first(&self.shared.newest, FEW));
            list.changed = self.entries(first(&self.shared.changed, FEW));
        } else {
            list.groups = self.groups_by_section(section, shown);
        }
        value(&list)
    }

    /// Makes the list of a taxonomy's terms.
    pub fn taxonomy(&self, number: usize) -> Value {
        let taxonomy = &self.site.taxonomies[number];
        let terms = taxonomy.terms.iter().map(|term| TermView {
            name: &term.name,
            url: self.addresses.href(&term.url),
            count: term.pages.len(),
        });
        value(&ListView {
            title: &taxonomy.title,
            url: self.addresses.href(&taxonomy.url),
            kind: Kind::Page.name(),
            terms: terms.collect(),
            total: taxonomy.terms.len(),
            ..ListView::default()
        })
    }

    /// Makes the list of a term; the number of its page counts from 0.
    pub fn term(&self, taxonomy: usize, term: usize, number: usize) -> Value {
        let term = &self.site.taxonomies[taxonomy].terms[term];
        let size = self.project.config.paginate;
        value(&ListView {
            title: &term.name,
            url: self.addresses.href(&term.url),
            kind: self.most_frequent(&term.pages).name(),
            entries: self.entries(cut(&term.pages, size, number)),
            total: term.pages.len(),
            pagination: self.pagination(&term.url, term.pages.len(), size, number),
            ..ListView::default()
        })
    }

    /// Makes the index of all pages, last changed first, and by owner and section.
    pub fn all(&self, title: &str, url: &UrlPath) -> Value {
        let age = |id: &PageId| {
            let meta = &self.site.page(*id).meta;
            let last = meta.updated.as_ref().max(meta.date.as_ref()).map(|moment| moment.to_unix());
            (std::cmp::Reverse(last), *id)
        };
        let mut pages: Vec<PageId> = self.site.all_pages().map(|(id, _)| id).collect();
        pages.sort_by_cached_key(age);
        value(&ListView {
            title,
            url: self.addresses.href(url),
            kind: Kind::Page.name(),
            total: pages.len(),
            entries: self.entries(&pages),
            by_owner: self.by_owner(),
            by_section: self.by_section(),
            ..ListView::default()
        })
    }

    /// Returns the title of a section; the home section has the site's.
    pub fn section_title(&self, id: SectionId) -> &str {
        match id.0 {
            0 => &self.project.config.title,
            _ => &self.site.section(id).title,
        }
    }

    /// What a section says of itself beside its text, which a list shows too.
    fn own_description(&self, id: SectionId) -> &str {
        let own = self.site.section(id).page.map(|page| self.site.page(page));
        own.map_or_else(|| self.section_description(id), |page| page.meta.description.as_deref().unwrap_or(""))
    }

    /// Returns what a section says of itself: the description or the first paragraph of its page.
    pub fn section_description(&self, id: SectionId) -> &str {
        match self.site.section(id).page {
            Some(page) => self.site.page(page).summary(),
            None if id.0 == 0 => &self.project.config.description,
            None => "",
        }
    }

    /// The pages of a section and those of the sections in it; nothing for a section with none in it.
    fn groups_by_section<'b>(&'b self, section: &'b Section, shown: &[PageId]) -> Vec<GroupView<'b>> {
        if section.sections.is_empty() {
            return Vec::new();
        }
        let own = GroupView {
            kind: section.kind,
            title: "In this section".to_string(),
            entries: self.entries(shown),
            url: None,
        };
        let inner = section.sections.iter().map(|id| self.group_of(self.site.section(*id)));
        std::iter::once(own).chain(inner).filter(|group| !group.entries.is_empty()).collect()
    }

    fn group_of<'b>(&'b self, section: &'b Section) -> GroupView<'b> {
        GroupView {
            kind: section.kind,
            title: section.title.clone(),
            entries: self.entries(first(&section.pages, OF_SUBSECTION)),
            url: Some(self.addresses.href(&section.url)),
        }
    }

    /// The newest few pages of each kind but plain ones, those without a date last.
    fn groups_by_kind(&self) -> Vec<GroupView<'_>> {
        let top = self.site.sections.first().map_or(&[][..], |home| &home.sections);
        let mut pages: BTreeMap<Kind, Vec<PageId>> = BTreeMap::new();
        let undated = self.site.sections.iter().flat_map(|section| &section.pages);
        let undated = undated.filter(|id| self.site.page(**id).meta.date.is_none());
        for id in self.shared.newest.iter().chain(undated) {
            let list = pages.entry(self.site.page(*id).kind).or_default();
            if list.len() < FEW {
                list.push(*id);
            }
        }
        // The plain pages of the home section are its entries already.
        pages.remove(&Kind::Page);
        let group = |kind: Kind| {
            let mut homes = top.iter().map(|id| self.site.section(*id));
            let home = homes.find(|section| kind != Kind::Page && section.kind == kind.name());
            Some(GroupView {
                kind: kind.name(),
                title: kind_plural(kind),
                entries: self.entries(pages.get(&kind)?),
                url: home.map(|section| self.addresses.href(&section.url)),
            })
        };
        Kind::ALL.into_iter().filter_map(group).filter(|group| !group.entries.is_empty()).collect()
    }

    fn by_owner(&self) -> Vec<OwnerView<'_>> {
        let mut owners: BTreeMap<(bool, &str), Vec<PageId>> = BTreeMap::new();
        for section in &self.site.sections {
            for id in section.page.iter().chain(&section.pages) {
                let owner = self.site.page(*id).meta.owner.as_deref();
                owners.entry((owner.is_none(), owner.unwrap_or(""))).or_default().push(*id);
            }
        }
        let view = |((is_none, owner), pages): ((bool, _), Vec<PageId>)| OwnerView {
            owner: (!is_none).then_some(owner),
            entries: self.entries(&pages),
        };
        owners.into_iter().map(view).collect()
    }

    fn by_section(&self) -> Vec<BySectionView<'_>> {
        let mut order: Vec<SectionId> = (0..).map(SectionId).take(self.site.sections.len()).collect();
        order.sort_by_key(|id| &self.site.section(*id).folder);
        let view = |id: SectionId| {
            let section = self.site.section(id);
            let url = self.addresses.href(&section.url);
            BySectionView { title: self.section_title(id), url, entries: self.entries(&section.pages) }
        };
        order.into_iter().map(view).filter(|view| !view.entries.is_empty()).collect()
    }

    /// Returns the kind that most of some pages have.
    pub fn most_frequent(&self, pages: &[PageId]) -> Kind {
        let mut counts = Kind::ALL.map(|kind| (0_usize, kind));
        for id in pages {
            let kind = self.site.page(*id).kind;
            if let Some((count, _)) = counts.iter_mut().find(|(_, other)| *other == kind) {
                *count += 1;
            }
        }
        counts.into_iter().rev().max_by_key(|(count, _)| *count).map_or(Kind::Page, |(_, kind)| kind)
    }

    fn pagination(&self, list: &UrlPath, entries: usize, size: usize, number: usize) -> Option<PaginationView> {
        let total = list_pages(entries, size);
        let url = |number| self.addresses.href(&list_page(list, number));
        let page = |other| NumberView { number: other + 1, url: url(other), is_current: other == number };
        (total > 1).then(|| PaginationView {
            number: number + 1,
            total,
            previous_url: number.checked_sub(1).map(url),
            next_url: (number + 1 < total).then(|| url(number + 1)),
            pages: (0..total).map(page).collect(),
        })
    }
}

/// Returns the title of one page of a list; the number counts from 0.
pub fn numbered(title: &str, number: usize) -> String {
    match number {
        0 => title.to_string(),
        number => format!("{title} (page {})", number + 1),
    }
}

/// Returns the entries on one page of a list; the number counts from 0, a size of 0 is no limit.
pub fn cut(pages: &[PageId], size: usize, number: usize) -> &[PageId] {
    if size == 0 {
        return pages;
    }
    let start = (number * size).min(pages.len());
    &pages[start..(start + size).min(pages.len())]
}

/// Returns the first of some pages.
pub fn first(pages: &[PageId], count: usize) -> &[PageId] {
    &pages[..pages.len().min(count)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_list() {
        let ids: Vec<PageId> = (0..5).map(PageId).collect();
        assert_eq!(cut(&ids, 2, 2), [PageId(4)]);
        assert_eq!(cut(&ids, 2, 9), []);
        assert_eq!(cut(&ids, 0, 0).len(), 5);
        assert_eq!(numbered("Guides", 1), "Guides (page 2)");
    }
}
