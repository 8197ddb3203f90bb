//! Finds the section in which a new page belongs, and what is there already.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use crate::base::fence::{Split, Style, split};
use crate::base::fs;
use crate::base::path::{SourcePath, UrlPath, join_relative};
use crate::base::tree::{LIMITS, Node, Value};
use crate::base::{toml, yaml};
use crate::config::project::Project;
use crate::model::kinds::Kind;

/// The sections of a site, by their folder below the content folder.
#[derive(Debug)]
pub struct Sections {
    /// Every folder with Markdown in or below it, and the content folder itself (`""`).
    sections: BTreeMap<String, Section>,
}

/// What a folder says of its pages, and which there are.
#[derive(Debug, Default)]
struct Section {
    /// Its `children.kind`.
    children: Option<Kind>,
    /// The names of the Markdown files in it.
    pages: Vec<String>,
}

impl Sections {
    /// Reads the folders of a site, and of the pages only those that speak for a folder.
    ///
    /// # Errors
    /// When the content folder cannot be read.
    pub fn read(project: &Project) -> Result<Self> {
        let found = fs::walk(&project.content_folder(), project.content_rule())?.found;
        let mut sections = BTreeMap::from([(String::new(), Section::default())]);
        for path in found.iter().map(|found| SourcePath::new(&found.relative)).filter(SourcePath::is_markdown) {
            for folder in upwards(path.folder()).skip(1) {
                sections.entry(folder.to_string()).or_default();
            }
            let section: &mut Section = sections.entry(path.folder().to_string()).or_default();
            section.pages.push(path.file_name().to_string());
        }
        let own: Vec<(String, String)> =
            sections.keys().filter_map(|f| Some((f.clone(), own_page(&sections, f)?))).collect();
        for (folder, page) in own {
            let bytes = fs::read_if_there(&project.content_path(&page).on_disk(&project.root))?;
            let text = String::from_utf8_lossy(bytes.as_deref().unwrap_or_default()).into_owned();
            sections.entry(folder).or_default().children = children_kind(&text);
        }
        Ok(Sections { sections })
    }

    /// Returns the section for pages of a kind: the one that says so in `children.kind` or by its name, outermost first;
    /// else the kind's usual folder.
    ///
    /// # Errors
    /// When several could be meant.
    pub fn of_kind(&self, kind: Kind) -> Result<String> {
        let rank = |folder: &str| (depth(folder), named(folder) != Some(kind));
        let mut found: Vec<&str> =
            self.sections.keys().map(String::as_str).filter(|folder| self.is_for(folder, kind)).collect();
        found.sort_by_key(|folder| rank(folder));
        match found[..] {
            [] => Ok(kind.spec().folders.first().copied().unwrap_or_default().to_string()),
            [first, second, ..] if rank(first) == rank(second) => {
                let all: Vec<String> = found.iter().map(|folder| format!("{folder}/")).collect();
                bail!("several sections hold {}: {}; say which with --section", kind.spec().plural, all.join(", "))
            }
            [first, ..] => Ok(first.to_string()),
        }
    }

    /// Returns the section that an author names by its folder, from the content folder or from the site's.
    ///
    /// # Errors
    /// When it cannot be a section.
    pub fn named(&self, project: &Project, written: &str) -> Result<String> {
        let Some(folder) = join_relative("", &written.replace('\\', "/")).filter(|_| !written.starts_with('/')) else {
            bail!("--section {written}: this is not a folder of the content; write one such as `guides`");
        };
        let inside =
            SourcePath::new(&folder).below(&project.content).filter(|_| project.has_config()).map(str::to_string);
        let folder = match inside {
            _ if folder == project.content => String::new(),
            Some(inside) => inside,
            None => folder,
        };
        if let Err(fault) = UrlPath::parse(&folder) {
            bail!("--section {written}: this cannot be a section: {fault}");
        }
        let is_content = project.content_rule();
        if upwards(&folder).any(|folder| !folder.is_empty() && !is_content(folder)) {
            bail!("--section {written}: what is in this folder is not content");
        }
        Ok(folder)
    }

    /// Returns whether the folder is there.
    pub fn has(&self, folder: &str) -> bool {
        self.sections.contains_key(folder)
    }

    /// Returns the kind that pages in a folder are of unless they say otherwise.
    pub fn kind(&self, folder: &str) -> Kind {
        let said = upwards(folder).find_map(|folder| self.sections.get(folder)?.children);
        said.or_else(|| upwards(folder).find_map(named)).unwrap_or(Kind::Page)
    }

    /// Returns the file below the content folder that a page with this slug would meet, if there is one.
    pub fn occupant(&self, folder: &str, slug: &str, to_slug: &dyn Fn(&str) -> String) -> Option<String> {
        let inside = |name: &str| if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
        let has_slug = |page: &&String| to_slug(SourcePath::new(page).stem()) == slug;
        if let Some(page) = self.sections.get(folder).and_then(|section| section.pages.iter().find(has_slug)) {
            return Some(inside(page));
        }
        let below = self.sections.keys().filter(|section| !section.is_empty() && around(section) == folder);
        let mut taken = below.filter(|section| to_slug(section.rsplit('/').next().unwrap_or(section)) == slug);
        taken.find_map(|section| own_page(&self.sections, section))
    }

    fn is_for(&self, folder: &str, kind: Kind) -> bool {
        let says = self.sections.get(folder).and_then(|section| section.children) == Some(kind);
        let is_named = named(folder) == Some(kind) || (folder.is_empty() && kind == Kind::Page);
        (says || is_named) && self.kind(folder) == kind
    }
}

/// The page of a folder's own: in it, else beside it.
fn own_page(sections: &BTreeMap<String, Section>, folder: &str) -> Option<String> {
    let pages = |folder: &str| sections.get(folder).map_or(&[][..], |section| &section.pages);
    let with_stem = |folder: &str, stem: &str| {
        let found = pages(folder).iter().find(|page| SourcePath::new(page).stem().eq_ignore_ascii_case(stem))?;
        Some(if folder.is_empty() { found.clone() } else { format!("{folder}/{found}") })
    };
    let beside = || with_stem(around(folder), folder.rsplit('/').next().filter(|name| !name.is_empty())?);
    OWN_PAGES.iter().find_map(|stem| with_stem(folder, stem)).or_else(beside)
}

/// The names of a folder's own page, without extension and in any case; the first that is there counts.
pub const OWN_PAGES: [&str; 3] = ["_index", "index", "readme"];

fn named(folder: &str) -> Option<Kind> {
    Kind::from_folder(folder.rsplit('/').next().unwrap_or(folder))
}

/// Reads `children.kind` from the front matter of a page.
fn children_kind(text: &str) -> Option<Kind> {
    let Split::Found { style, inner, .. } = split(text) else {
        return None;
    };
    let node = match style {
        Style::Yaml => yaml::parse_by_key(&text[inner], LIMITS).0,
        Style::Toml => toml::parse(&text[inner], LIMITS).ok()?,
    };
    match &key(key(&node, "children")?, "kind")?.value {
        Value::Text(name) => Kind::from_name(name.trim()),
        _ => None,
    }
}

/// The value of a key; of one written twice the last.
fn key<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    entries.iter().rev().find(|entry| entry.key == name).map(|entry| &entry.value)
}

fn depth(folder: &str) -> usize {
    upwards(folder).count()
}

fn around(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(around, _)| around)
}

/// A folder and those around it up to the content folder, innermost first.
fn upwards(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| (!folder.is_empty()).then(|| around(folder)))
}
