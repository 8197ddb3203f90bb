//! What each file is by its place in the folders: a page of a section, a section's own page, a page with its files, the
//! document of a template.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use crate::base::path::SourcePath;
use crate::base::slug::slugify_unicode;
use crate::model::kinds::Kind;
use crate::model::page::Role;

/// What all files are.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What each file is, in the order given.
    pub places: Vec<Place>,
    /// The folders that are sections, below the content folder; parents come before their children.
    pub sections: BTreeSet<String>,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page.
    Page(Spot),
    /// The document of the template in this folder.
    Document(String),
    /// A released version of the document of the template in this folder.
    Version(String),
    /// Not in the content folder.
    Elsewhere,
}

/// Where a page stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spot {
    /// What it is in its folder.
    pub role: Role,
    /// The section it belongs to; for the own page of a section that one.
    pub section: String,
    /// The folder its file lies in, below the content folder.
    pub folder: String,
    /// Whether the folder its file lies in is its own.
    pub owns_folder: bool,
    /// The name its slug is made from: the file's without extension, or its folder's.
    pub name: String,
}

impl Layout {
    /// Finds out what each file is.
    pub fn new(content: &str, paths: &[&SourcePath]) -> Self {
        let folders = Folders::new(content, paths);
        let sections = folders.sections();
        let slugs = section_slugs(&sections);
        let places = paths.iter().map(|path| folders.place(content, path, (&sections, &slugs))).collect();
        Layout { places, sections }
    }
}

/// Returns the folder around a folder; none around the content folder.
pub fn around(folder: &str) -> Option<&str> {
    match folder.rsplit_once('/') {
        Some((around, _)) => Some(around),
        None => (!folder.is_empty()).then_some(""),
    }
}

/// Returns a folder and those around it, innermost first.
pub fn upwards(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| around(folder))
}

/// The files of one folder.
#[derive(Debug, Default)]
struct Folder<'a> {
    /// The names of the Markdown files.
    pages: Vec<&'a str>,
    /// The name of its own page among them.
    own: Option<&'a str>,
    /// Whether a `template.md` or `template.csv` is among the files.
    has_document: bool,
    /// Whether a folder in it, however deep, has pages.
    has_pages_below: bool,
    is_template: bool,
    is_bundle: bool,
}

struct Folders<'a>(BTreeMap<&'a str, Folder<'a>>);

impl<'a> Folders<'a> {
    fn new(content: &str, paths: &[&'a SourcePath]) -> Self {
        let mut folders: BTreeMap<&str, Folder<'_>> = BTreeMap::new();
        folders.insert("", Folder::default());
        for path in paths {
            let Some(below) = path.below(content) else {
                continue;
            };
            let folder = folders.entry(folder_of(below)).or_default();
            folder.has_document |= is_document(path);
            if path.is_markdown() {
                folder.pages.push(path.file_name());
            }
        }
        mark_templates(&mut folders);
        let with_pages: Vec<&str> =
            folders.iter().filter(|(_, folder)| !folder.pages.is_empty()).map(|(n, _)| *n).collect();
        for name in with_pages {
            for above in upwards(name).skip(1) {
                let folder = folders.entry(above).or_default();
                if std::mem::replace(&mut folder.has_pages_below, true) {
                    break;
                }
            }
        }
        for (name, folder) in &mut folders {
            let alone = folder.pages.len() == 1 && !folder.has_pages_below;
            folder.own = own_page(&folder.pages);
            let owns = folder.own.is_some_and(|page| !stem(page).eq_ignore_ascii_case("_index"));
            folder.is_bundle = !name.is_empty() && (folder.is_template || (alone && owns));
        }
        Folders(folders)
    }

    fn sections(&self) -> BTreeSet<String> {
        let with_pages = self.0.iter().filter(|(_, folder)| !folder.pages.is_empty() && !folder.is_bundle);
        let mut sections: BTreeSet<String> = BTreeSet::from([String::new()]);
        for (name, _) in with_pages {
            sections.extend(upwards(name).filter(|folder| !self.is_bundle(folder)).map(str::to_string));
        }
        let around_bundles = self.0.iter().filter(|(_, folder)| folder.is_bundle).filter_map(|(name, _)| around(name));
        for name in around_bundles {
            sections.extend(upwards(name).filter(|folder| !self.is_bundle(folder)).map(str::to_string));
        }
        sections
    }

    fn is_bundle(&self, folder: &str) -> bool {
        self.0.get(folder).is_some_and(|folder| folder.is_bundle)
    }

    fn place(
        &self,
        content: &str,
        path: &SourcePath,
        (sections, slugs): (&BTreeSet<String>, &SectionSlugs<'_>),
    ) -> Place {
        let Some(below) = path.below(content) else {
            return Place::Elsewhere;
        };
        let name = folder_of(below);
        if let Some(template) = upwards(name).find_map(|folder| self.versions_of(folder)) {
            return Place::Version(template.to_string());
        }
        let folder = &self.0[name];
        if folder.is_template && is_document(path) {
            return Place::Document(name.to_string());
        }
        if !path.is_markdown() {
            return Place::Elsewhere;
        }
        let section =
            |folder: &str| upwards(folder).find(|folder| sections.contains(*folder)).unwrap_or("").to_string();
        let spot = |role, section, owns_folder, name: &str, folder: &str| {
            let (name, folder) = (name.to_string(), folder.to_string());
            Place::Page(Spot { role, section, folder, owns_folder, name })
        };
        let own_name = name.rsplit('/').next().unwrap_or(name);
        if folder.own == Some(path.file_name()) {
            return match folder.is_bundle {
                true => spot(Role::Bundle, section(around(name).unwrap_or("")), true, own_name, name),
                false => spot(Role::Section, name.to_string(), true, own_name, name),
            };
        }
        let inner = if name.is_empty() { path.stem().to_string() } else { format!("{name}/{}", path.stem()) };
        let inner = match sections.contains(&inner) {
            true => Some(inner.as_str()),
            false => slugs.get(name).and_then(|slugs| slugs.get(&slugify_unicode(path.stem())).copied()),
        };
        match inner.filter(|inner| self.0.get(inner).is_none_or(|folder| folder.own.is_none())) {
            Some(inner) => spot(Role::Section, inner.to_string(), false, path.stem(), name),
            None => spot(Role::Leaf, section(name), false, path.stem(), name),
        }
    }

    /// The folder of the template whose released versions are in a folder.
    fn versions_of<'f>(&self, folder: &'f str) -> Option<&'f str> {
        let (above, "versions") = folder.rsplit_once('/')? else {
            return None;
        };
        self.0.get(above).filter(|above| above.is_template).map(|_| above)
    }
}

/// The sections in each folder by their slugs; of several with one slug the first.
type SectionSlugs<'s> = HashMap<&'s str, HashMap<String, &'s str>>;

fn section_slugs(sections: &BTreeSet<String>) -> SectionSlugs<'_> {
    let mut slugs = SectionSlugs::new();
    for section in sections {
        if let Some(around) = around(section) {
            let slug = slugify_unicode(section.rsplit('/').next().unwrap_or(section));
            slugs.entry(around).or_default().entry(slug).or_insert(section);
        }
    }
    slugs
}

/// A template is a folder with `index.md` and `template.md` (or `.csv`) in it and no other page, or with more of them
/// in a folder for templates. In other folders, such as one of records with their form, `template.md` is a page.
fn mark_templates(folders: &mut BTreeMap<&str, Folder<'_>>) {
    let mut templates = Vec::new();
    for (name, folder) in folders.iter() {
        let has_index = folder.pages.iter().any(|page| stem(page).eq_ignore_ascii_case("index"));
        if !folder.has_document || !has_index || name.is_empty() {
            continue;
        }
        let others = folder.pages.iter().filter(|page| !["index", "template"].contains(&stem(page))).count();
        let versions = format!("{name}/versions");
        let inside = format!("{name}/");
        let is_other = |below: &str| below != versions && !below.starts_with(&format!("{versions}/"));
        let from = (Bound::Included(inside.as_str()), Bound::Unbounded);
        let mut below = folders.range::<str, _>(from).take_while(|(below, _)| below.starts_with(&inside));
        let is_alone = others == 0 && !below.any(|(below, folder)| is_other(below) && !folder.pages.is_empty());
        let is_among_templates = upwards(name)
            .skip(1)
            .any(|above| Kind::from_folder(above.rsplit('/').next().unwrap_or(above)) == Some(Kind::Template));
        if is_alone || is_among_templates {
            templates.push((name.to_string(), versions));
        }
    }
    for (name, versions) in templates {
        if let Some(folder) = folders.get_mut(name.as_str()) {
            folder.is_template = true;
            folder.pages.retain(|page| stem(page) != "template");
        }
        let from = (Bound::Included(versions.as_str()), Bound::Unbounded);
        for (below, folder) in folders.range_mut::<str, _>(from).take_while(|(below, _)| below.starts_with(&versions)) {
            if below.len() == versions.len() || below.as_bytes()[versions.len()] == b'/' {
                folder.pages.clear();
            }
        }
    }
}

/// The page of a folder's own: `_index.md`, else `index.md`, else `README.md`.
fn own_page<'a>(pages: &[&'a str]) -> Option<&'a str> {
    let named = |name: &str| pages.iter().copied().find(|page| stem(page).eq_ignore_ascii_case(name));
    named("_index").or_else(|| named("index")).or_else(|| named("readme"))
}

fn is_document(path: &SourcePath) -> bool {
    path.stem() == "template" && (path.is_markdown() || path.extension() == "csv")
}

fn stem(name: &str) -> &str {
    name.rfind('.').map_or(name, |dot| &name[..dot])
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
