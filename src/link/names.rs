//! Everything a link can lead to, in tables that are built once: by source path, by address and by name.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use crate::base::path::{SourcePath, UrlPath};
use crate::config::project::Project;
use crate::link::folders;
use crate::link::selection::LeftOut;
use crate::model::asset::{FileId, PublishedFile};
use crate::model::feed::{self, Feed};
use crate::model::link::Target;
use crate::model::output::FeedFormat;
use crate::model::page::{Page, PageId};
use crate::model::release;
use crate::model::section::{Section, SectionId};
use crate::model::taxonomy::Taxonomy;

/// Everything that is known when links are resolved.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The project.
    pub project: &'a Project,
    /// The published pages.
    pub pages: &'a [Arc<Page>],
    /// The pages that are out.
    pub left_out: &'a [LeftOut],
    /// The sections.
    pub sections: &'a [Section],
    /// The published files.
    pub files: &'a [PublishedFile],
    /// The files that are out, with the number of the page that takes them out.
    pub hidden: &'a [(SourcePath, u32)],
    /// The addresses of what the site makes.
    pub generated: &'a [UrlPath],
}

/// What a path or a name leads to, whether or not it is in this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A page.
    Page(PageId),
    /// A section without a page of its own.
    Section(SectionId),
    /// A file.
    File(FileId),
    /// Something the site makes, by its number in [`Known::generated`].
    Generated(u32),
    /// A page that is out, by its number in [`Known::left_out`].
    Out(u32),
    /// A file that is out, by its number in [`Known::hidden`].
    OutFile(u32),
}

impl Place {
    /// Returns what a link is that must not lead here.
    pub fn without_link(self) -> Target {
        match self {
            Place::Out(_) | Place::OutFile(_) => Target::Withheld,
            Place::Page(_) | Place::Section(_) | Place::File(_) | Place::Generated(_) => Target::Broken,
        }
    }
}

/// Whether letters must be in the right case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// They must.
    Exact,
    /// They need not; what is looked up is in lower case.
    Folded,
}

/// The tables. What only few sites need is made when it is first asked for.
pub struct Names<'a> {
    known: Known<'a>,
    paths: Table<'a>,
    urls: Table<'a>,
    called: OnceLock<HashMap<String, Vec<Place>>>,
    /// The ids of pages that have so many that a list of them is slow to search.
    ids: HashMap<PageId, HashSet<&'a str>>,
}

/// Places by a path; whoever comes first keeps it.
#[derive(Default)]
struct Table<'a> {
    exact: HashMap<Cow<'a, str>, Place>,
    folded: OnceLock<HashMap<String, Place>>,
    /// Those whose path differs from another's in its case alone.
    twins: OnceLock<HashSet<Place>>,
}

/// How many ids of a page are searched one by one.
const FEW_IDS: usize = 16;

impl<'a> Names<'a> {
    /// Builds the tables.
    pub fn build(known: Known<'a>) -> Self {
        let (paths, urls) = rayon::join(|| paths(known), || urls(known));
        Names { known, paths, urls, called: OnceLock::new(), ids: large_id_sets(known) }
    }

    /// Finds what has a path from the project's root: a file as it is, a page without its extension, a folder, or the
    /// own page of a folder by one of the names that such pages have.
    pub fn source(&self, path: &str, case: Case) -> Option<Place> {
        if let Some(place) = self.paths.find(path, case) {
            return Some(place);
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let is_own = |own: &&str| match case {
            Case::Exact => *own == name,
            Case::Folded => own.eq_ignore_ascii_case(name),
        };
        if OWN_PAGES.iter().any(is_own) {
            return self.paths.find(folder, case).filter(|place| !matches!(place, Place::File(_)));
        }
        [".md", ".markdown"].iter().find_map(|extension| self.paths.find(&format!("{path}{extension}"), case))
    }

    /// Finds what has an address of the site, given without slashes at its ends.
    pub fn url(&self, path: &str, case: Case) -> Option<Place> {
        let folder = path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/'));
        let path = folder.unwrap_or(path).trim_end_matches('/');
        if path.is_empty() {
            return self.urls.find("/", case);
        }
        let folder = format!("/{path}/");
        self.urls.find(&folder, case).or_else(|| self.urls.find(&folder[..folder.len() - 1], case))
    }

    /// Returns whether a place could be mistaken for another when letters may be in any case.
    pub fn has_twin(&self, place: Place) -> bool {
        self.paths.twins().contains(&place) || self.urls.twins().contains(&place)
    }

    /// Returns what has a name, each once. Pages that are out are only there when no other has the name.
    pub fn called(&self, name: &str) -> &[Place] {
        self.by_name().get(&fold_name(name)).map_or(&[], Vec::as_slice)
    }

    /// Returns all names, folded, in no order.
    pub fn all_called(&self) -> impl Iterator<Item = (&str, &[Place])> {
        self.by_name().iter().map(|(name, places)| (name.as_str(), places.as_slice()))
    }

    /// Returns whether a page has an id, in its body or its document.
    pub fn has_id(&self, id: PageId, page: &Page, wanted: &str) -> bool {
        match self.ids.get(&id) {
            Some(ids) => ids.contains(wanted),
            None => ids_of(page).any(|id| id == wanted),
        }
    }

    fn by_name(&self) -> &HashMap<String, Vec<Place>> {
        self.called.get_or_init(|| called(self.known))
    }
}

/// The names that the own page of a folder can have.
const OWN_PAGES: [&str; 3] = ["_index.md", "index.md", "README.md"];

/// Returns the ids of a page, those of its document among them.
pub fn ids_of(page: &Page) -> impl Iterator<Item = &str> {
    let document = page.document.iter().flat_map(|document| &document.ids);
    page.body.ids.iter().chain(document).map(String::as_str)
}

/// Returns a name as it is looked up: lower case, single spaces.
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        match word.is_ascii() {
            true => folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase()))),
            false => folded.extend(word.chars().flat_map(char::to_lowercase)),
        }
    }
    folded
}

/// Returns the addresses of what the site makes.
pub fn generated(project: &Project, pages: &[Arc<Page>], feeds: &[Feed], taxonomies: &[Taxonomy]) -> Vec<UrlPath> {
    let outputs = project.config.outputs;
    let mut urls: Vec<UrlPath> = vec![feed::generated(feed::ALL_PAGES), feed::generated(feed::NOT_FOUND)];
    urls.push(feed::generated(feed::ROBOTS));
    if project.config.base_url.is_some() {
        let more = [feed::SUBSCRIBE, feed::OPML, feed::FEED_STYLE, feed::SITEMAP];
        urls.extend(more.map(feed::generated));
    }
    urls.extend(outputs.graph.then(|| feed::generated(feed::GRAPH)));
    urls.extend(outputs.llms.then(|| feed::generated(feed::LLMS)));
    for feed in feeds {
        urls.extend(FeedFormat::ALL.map(|format| feed.url(format, &project.config.feeds.path)));
    }
    // A taxonomy without terms has no page.
    for taxonomy in taxonomies.iter().filter(|taxonomy| !taxonomy.terms.is_empty()) {
        urls.push(taxonomy.url.clone());
        urls.extend(taxonomy.terms.iter().map(|term| term.url.clone()));
    }
    for page in pages {
        urls.extend(versions_of(page));
    }
    urls
}

/// The addresses of the versions of a template.
fn versions_of(page: &Page) -> Vec<UrlPath> {
    let numbers = page.releases.iter().map(|release| release.number);
    let newest = page.releases.last().map(|release| release.number);
    let mut urls: Vec<UrlPath> = numbers.clone().map(|number| release::version(&page.url, number)).collect();
    urls.extend(page.releases.iter().map(|found| release::snapshot(&page.url, found.number, found.extension())));
    urls.extend(numbers.filter(|number| Some(*number) != newest).map(|number| release::changes(&page.url, number)));
    if newest.is_some() {
        urls.extend([release::versions(&page.url), release::versions_json(&page.url)]);
    }
    urls
}

impl<'a> Table<'a> {
    fn add(&mut self, key: impl Into<Cow<'a, str>>, place: Place) {
        self.exact.entry(key.into()).or_insert(place);
    }

    fn find(&self, key: &str, case: Case) -> Option<Place> {
        match case {
            Case::Exact => self.exact.get(key).copied(),
            Case::Folded => self.folded.get_or_init(|| self.fold()).get(key).copied(),
        }
    }

    fn twins(&self) -> &HashSet<Place> {
        self.twins.get_or_init(|| {
            let mut first: HashMap<String, Place> = HashMap::with_capacity(self.exact.len());
            let mut twins = HashSet::new();
            for (key, place) in &self.exact {
                let one = *first.entry(key.to_lowercase()).or_insert(*place);
                if one != *place {
                    twins.extend([one, *place]);
                }
            }
            twins
        })
    }

    /// The same places by paths in lower case; of several the first, whatever the order of the table.
    fn fold(&self) -> HashMap<String, Place> {
        let mut folded = HashMap::with_capacity(self.exact.len());
        for (key, place) in &self.exact {
            let first = folded.entry(key.to_lowercase()).or_insert(*place);
            *first = (*first).min(*place);
        }
        folded
    }
}

fn numbered(pages: &[Arc<Page>]) -> impl Iterator<Item = (PageId, &Page)> {
    (0..).map(PageId).zip(pages.iter().map(|page| &**page))
}

fn paths(known: Known<'_>) -> Table<'_> {
    let content = known.project.content.as_str();
    let mut table = Table::default();
    for (id, page) in numbered(known.pages) {
        table.add(page.source.as_str(), Place::Page(id));
        if let Some(document) = &page.document {
            table.add(document.source.as_str(), Place::Page(id));
        }
    }
    for (id, published) in (0..).map(FileId).zip(known.files) {
        table.add(published.file.path.as_str(), Place::File(id));
    }
    for (id, section) in (0..).map(SectionId).zip(known.sections) {
        table.add(folders::join(content, &section.folder), section.page.map_or(Place::Section(id), Place::Page));
    }
    for (id, page) in numbered(known.pages) {
        if let Some(folder) = folders::own_folder(page, content) {
            table.add(folders::join(content, folder), Place::Page(id));
        }
    }
    for (number, (path, _)) in (0..).zip(known.hidden) {
        table.add(path.as_str(), Place::OutFile(number));
    }
    for (number, out) in (0..).zip(known.left_out) {
        table.add(out.page.source.as_str(), Place::Out(number));
        if let Some(document) = &out.page.document {
            table.add(document.source.as_str(), Place::Out(number));
        }
        if let Some(folder) = folders::own_folder(&out.page, content) {
            table.add(folders::join(content, folder), Place::Out(number));
        }
    }
    // A folder whose pages are all out stands for the first of them.
    for (number, out) in (0..).zip(known.left_out) {
        for folder in folders::upwards(&out.page.section) {
            let folder = folders::join(content, folder);
            if table.exact.contains_key(folder.as_str()) {
                break;
            }
            table.add(folder, Place::Out(number));
        }
    }
    table
}

fn urls(known: Known<'_>) -> Table<'_> {
    let mut table = Table::default();
    for (id, page) in numbered(known.pages) {
        table.add(page.url.as_str(), Place::Page(id));
    }
    for (id, section) in (0..).map(SectionId).zip(known.sections) {
        table.add(section.url.as_str(), section.page.map_or(Place::Section(id), Place::Page));
    }
    for (id, published) in (0..).map(FileId).zip(known.files) {
        table.add(published.url.as_str(), Place::File(id));
    }
    for (number, url) in (0..).zip(known.generated) {
        table.add(url.as_str(), Place::Generated(number));
    }
    for (id, page) in numbered(known.pages) {
        for (alias, _) in &page.meta.aliases {
            table.add(alias.as_str(), Place::Page(id));
        }
    }
    for (number, out) in (0..).zip(known.left_out) {
        table.add(out.page.url.as_str(), Place::Out(number));
        for (alias, _) in &out.page.meta.aliases {
            table.add(alias.as_str(), Place::Out(number));
        }
    }
    table
}

fn called(known: Known<'_>) -> HashMap<String, Vec<Place>> {
    let mut called: HashMap<String, Vec<Place>> = HashMap::new();
    let mut add = |page: &Page, place: Place| {
        for name in names_of(page) {
            let places = called.entry(fold_name(name)).or_default();
            let may_share = !matches!(place, Place::Out(_));
            if places.is_empty() || (may_share && places.last() != Some(&place)) {
                places.push(place);
            }
        }
    };
    for (id, page) in numbered(known.pages) {
        add(page, Place::Page(id));
    }
    for (number, out) in (0..).zip(known.left_out) {
        add(&out.page, Place::Out(number));
    }
    for (id, section) in (0..).map(SectionId).zip(known.sections).filter(|(_, section)| section.page.is_none()) {
        let name = section.folder.rsplit('/').next().unwrap_or("");
        for name in [section.title.as_str(), name] {
            let places = called.entry(fold_name(name)).or_default();
            if places.is_empty() {
                places.push(Place::Section(id));
            }
        }
    }
    called.remove("");
    called
}

/// The names by which a page can be linked to: title, other names, slug, and its file's or folder's name.
fn names_of(page: &Page) -> impl Iterator<Item = &str> {
    let slug = page.url.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let stem = page.source.stem();
    let is_own = OWN_PAGES.iter().any(|own| own.eq_ignore_ascii_case(page.source.file_name()));
    let file = if is_own { page.source.folder().rsplit('/').next().unwrap_or("") } else { stem };
    let others = page.meta.also_called.iter().map(String::as_str);
    std::iter::once(page.title()).chain(others).chain([slug, file])
}

fn large_id_sets(known: Known<'_>) -> HashMap<PageId, HashSet<&str>> {
    let is_large = |page: &Page| ids_of(page).nth(FEW_IDS).is_some();
    numbered(known.pages).filter(|(_, page)| is_large(page)).map(|(id, page)| (id, ids_of(page).collect())).collect()
}
