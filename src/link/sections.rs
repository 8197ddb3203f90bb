//! Sections: every folder with published pages in it or below it, with its pages in order.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::base::path::UrlPath;
use crate::base::slug::{slugify, slugify_unicode, to_words};
use crate::config::project::Project;
use crate::link::folders;
use crate::link::order::Order;
use crate::link::selection::LeftOut;
use crate::model::kinds::{Details, Kind};
use crate::model::meta::Sort;
use crate::model::page::{Page, PageId};
use crate::model::section::{Section, SectionId};
use crate::model::site::Neighbours;

/// The sections, and where each page is among them.
pub struct Sections {
    /// The sections; the first is the home section.
    pub sections: Vec<Section>,
    /// The section of each page.
    pub section_of: Vec<SectionId>,
    /// The pages before and after each page.
    pub neighbours: Vec<Neighbours>,
}

/// Finds the sections of the published pages and their order.
pub fn arrange(project: &Project, pages: &[Arc<Page>], left_out: &[LeftOut], order: &Order) -> Sections {
    let all: BTreeSet<&str> = pages.iter().flat_map(|page| folders::upwards(&page.section)).chain([""]).collect();
    let index: HashMap<&str, SectionId> = all.iter().copied().zip((0..).map(SectionId)).collect();
    let section_of: Vec<SectionId> = pages.iter().map(|page| index[page.section.as_str()]).collect();
    let own = own_pages(project, pages, &index);
    let without = urls_of_left_out(left_out);

    let mut sections: Vec<Section> = Vec::with_capacity(all.len());
    for (folder, page) in all.iter().zip(&own) {
        let parent = folder.rsplit_once('/').map_or("", |(around, _)| around);
        let parent = (!folder.is_empty()).then(|| index[parent]);
        let around = parent.map(|parent| &sections[parent.0 as usize]);
        let section = match page.map(|id| (id, &*pages[id.0 as usize])) {
            Some((id, page)) => make(project, folder, page.title().to_string(), (page.url.clone(), Some((id, page)))),
            None => {
                let url = without.get(folder).map(|url| (*url).clone());
                let url = url
                    .unwrap_or_else(|| around.map_or_else(UrlPath::root, |around| url_below(project, around, folder)));
                make(project, folder, title_of_folder(project, folder), (url, None))
            }
        };
        sections.push(Section { parent, ..section });
    }
    for (id, section) in (0..).map(PageId).zip(&section_of) {
        // A bundle with pages below it is also one of the pages of the section around it.
        if sections[section.0 as usize].page != Some(id) {
            sections[section.0 as usize].pages.push(id);
        }
    }
    for section in &mut sections {
        order_pages(pages, section, order);
    }
    order_sections(pages, &mut sections);
    let neighbours = neighbours(pages.len(), &sections);
    Sections { sections, section_of, neighbours }
}

/// The own page of each section; one inside the folder before one that only has its name. The page of a bundle is the
/// own page of its folder when there are pages further down.
fn own_pages(project: &Project, pages: &[Arc<Page>], index: &HashMap<&str, SectionId>) -> Vec<Option<PageId>> {
    let mut own: Vec<Option<PageId>> = vec![None; index.len()];
    for (id, page) in (0..).map(PageId).zip(pages) {
        let Some(section) = folders::own_folder(page, &project.content).and_then(|folder| index.get(folder)) else {
            continue;
        };
        let place = &mut own[section.0 as usize];
        let is_deeper = |found: PageId| page.source.folder().len() > pages[found.0 as usize].source.folder().len();
        if place.is_none_or(is_deeper) {
            *place = Some(id);
        }
    }
    own
}

/// The addresses that sections have whose own page is not published yet, or no longer: their pages lie below it.
fn urls_of_left_out(left_out: &[LeftOut]) -> HashMap<&str, &UrlPath> {
    let sections = left_out.iter().map(|out| &out.page).filter(|page| page.is_section());
    sections.map(|page| (page.section.as_str(), &page.url)).collect()
}

fn make(project: &Project, folder: &str, title: String, (url, page): (UrlPath, Option<(PageId, &Page)>)) -> Section {
    let kind = Kind::from_folder(name_of(folder)).or(page.map(|(_, page)| page.kind)).unwrap_or(Kind::Page);
    Section {
        folder: folder.to_string(),
        title,
        url,
        page: page.map(|(id, _)| id),
        parent: None,
        sections: Vec::new(),
        pages: Vec::new(),
        paginate: page.and_then(|(_, page)| page.meta.children.paginate).unwrap_or(project.config.paginate),
        kind: kind.name(),
    }
}

fn title_of_folder(project: &Project, folder: &str) -> String {
    match folder {
        "" => project.config.title.clone(),
        folder => to_words(name_of(folder)),
    }
}

fn name_of(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

/// The address of a section without a page of its own.
fn url_below(project: &Project, around: &Section, folder: &str) -> UrlPath {
    let name = name_of(folder);
    let slug = if project.config.markdown.unicode_slugs { slugify_unicode(name) } else { slugify(name) };
    around.url.join(&format!("{slug}/")).unwrap_or_else(|_| UrlPath::root())
}

fn order_pages(pages: &[Arc<Page>], section: &mut Section, order: &Order) {
    if let Some(kind) = most_frequent_kind(section.pages.iter().map(|id| pages[id.0 as usize].kind)) {
        section.kind = kind.name();
    }
    let own = section.page.and_then(|id| pages[id.0 as usize].meta.children.sort);
    let sort = own.or(Kind::from_name(section.kind).map(|kind| kind.spec().sort)).unwrap_or(Sort::Weight);
    section.pages.sort_by_cached_key(|id| {
        let (first, second) = sort_key(&pages[id.0 as usize], sort);
        (first, second, order.by_title[id.0 as usize])
    });
}

fn most_frequent_kind(kinds: impl Iterator<Item = Kind>) -> Option<Kind> {
    let mut counts = [0_usize; Kind::ALL.len()];
    for kind in kinds {
        counts[place_of(kind)] += 1;
    }
    let (place, count) = counts.iter().enumerate().max_by_key(|(place, count)| (**count, Reverse(*place)))?;
    (*count > 0).then(|| Kind::ALL[place])
}

/// The place of a kind in the order of [`Kind::ALL`].
pub fn place_of(kind: Kind) -> usize {
    Kind::ALL.iter().position(|other| *other == kind).unwrap_or(Kind::ALL.len())
}

/// What a page is sorted by in its section before its title. Whatever is missing comes last.
fn sort_key(page: &Page, sort: Sort) -> (i64, i64) {
    let weight = page.meta.weight.unwrap_or(i64::MAX);
    let number = match &page.meta.details {
        Details::Chapter(chapter) => chapter.number.unwrap_or(i64::MAX),
        Details::Interview(_) | Details::Meeting(_) | Details::Template(_) | Details::None => i64::MAX,
    };
    let newest = page.meta.date.as_ref().map_or(i64::MAX, |date| -date.to_unix());
    match sort {
        Sort::Weight => (weight, 0),
        Sort::Title => (0, 0),
        Sort::Date => (newest, 0),
        Sort::Number => (number, weight),
    }
}

fn order_sections(pages: &[Arc<Page>], sections: &mut [Section]) {
    let keys: Vec<(i64, String, UrlPath)> = sections
        .iter()
        .map(|section| {
            let weight = section.page.and_then(|id| pages[id.0 as usize].meta.weight).unwrap_or(i64::MAX);
            (weight, section.title.to_lowercase(), section.url.clone())
        })
        .collect();
    let mut order: Vec<usize> = (1..sections.len()).collect();
    order.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
    for section in order {
        if let Some(parent) = sections[section].parent {
            sections[parent.0 as usize].sections.push(SectionId(section as u32));
        }
    }
}

fn neighbours(count: usize, sections: &[Section]) -> Vec<Neighbours> {
    let mut neighbours = vec![Neighbours::default(); count];
    for pair in sections.iter().flat_map(|section| section.pages.windows(2)) {
        neighbours[pair[0].0 as usize].next = Some(pair[1]);
        neighbours[pair[1].0 as usize].previous = Some(pair[0]);
    }
    neighbours
}
