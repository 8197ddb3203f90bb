//! Kinds and addresses of pages.
//!
//! A section's address is the address of the section around it and the slug of its folder; its own page may say another
//! with `slug:` or `url:`. A page's address is that of its section and the page's slug, unless the page says `url:` or a
//! section around it has a pattern in `children.url`. So what is in a section follows it when it moves.

pub mod layout;
mod pattern;

use std::collections::HashMap;

use crate::base::did_you_mean::nearest;
use crate::base::path::{PathFault, UrlPath, decode};
use crate::base::slug::{slugify, slugify_unicode};
use crate::base::tree::{Node, Value};
use crate::config::fields::{Spanned, scalar};
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::model::kinds::Kind;
use crate::model::meta::Meta;
use crate::model::page::{KindOrigin, Role};
use crate::model::source::Source;
use crate::parse::front_matter::FrontMatter;
use layout::{Layout, Place, Spot, around};

pub use pattern::fault as pattern_fault;

/// What sections say of the pages in them, and the sections' addresses.
#[derive(Clone, Debug)]
pub struct Addresses {
    sections: HashMap<String, Section>,
}

/// What holds in a section.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Section {
    url: UrlPath,
    /// `children.kind` of the section or the nearest around it that has one.
    kind: Option<Kind>,
    /// The kind that the name of the folder or of the nearest around it says.
    named: Option<Kind>,
    /// `children.url` of the section or the nearest around it that has one.
    pattern: Option<String>,
}

/// What the address of a page is made from.
pub struct Naming<'a> {
    /// Its file.
    pub source: &'a Source,
    /// Where it stands.
    pub spot: &'a Spot,
    /// What `slug:` says.
    pub slug: Option<Spanned<String>>,
    /// What `url:` says.
    pub url: Option<Spanned<String>>,
    /// The rest of its front matter.
    pub meta: &'a Meta,
}

impl Addresses {
    /// Finds what holds in each section, from the front matter of the sections' own pages, by the number of the file.
    pub fn new(project: &Project, layout: &Layout, own_pages: &[Option<Reported<FrontMatter>>]) -> Self {
        let mut own: HashMap<&str, &Node> = HashMap::new();
        for (place, front_matter) in layout.places.iter().zip(own_pages) {
            if let (Place::Page(spot), Some(front_matter)) = (place, front_matter) {
                own.insert(&spot.section, &front_matter.value.node);
            }
        }
        let mut sections: HashMap<String, Section> = HashMap::with_capacity(layout.sections.len());
        for folder in &layout.sections {
            let outer = around(folder).and_then(|around| sections.get(around));
            let section = section(project, folder, own.get(folder.as_str()).copied(), outer);
            sections.insert(folder.clone(), section);
        }
        Addresses { sections }
    }

    /// Returns what holds in a section, on which the kinds and addresses of its pages depend.
    pub fn section(&self, folder: &str) -> Option<&Section> {
        self.sections.get(folder)
    }

    /// Returns the kind of a page and what decided it.
    pub fn kind(
        &self,
        source: &Source,
        spot: &Spot,
        front_matter: &FrontMatter,
        has_document: bool,
    ) -> Reported<(Kind, KindOrigin)> {
        let mut diagnostics = Vec::new();
        if let Some(node) = peek(&front_matter.node, "kind").filter(|node| node.value != Value::Null) {
            let written = scalar(node).unwrap_or_default();
            match Kind::from_name(written.trim()) {
                Some(kind) => return Reported::clean((kind, KindOrigin::Page)),
                None => {
                    let names = Kind::ALL.map(Kind::name);
                    let help = match nearest(&written, names) {
                        Some(name) => format!("did you mean `kind: {name}`?"),
                        None => format!("the kinds are {}", names.join(", ")),
                    };
                    let span = node.span.start + front_matter.offset..node.span.end + front_matter.offset;
                    let message = match written.is_empty() {
                        true => "`kind:` is not the name of a kind".to_string(),
                        false => format!("no kind of page is called `{written}`"),
                    };
                    diagnostics.push(Diagnostic::at(Code::UnknownKind, &source.path, span, message).help(help));
                }
            }
        }
        // A section's own page is a list of pages of a kind, not one of them.
        if spot.role == Role::Section {
            return Reported::new((Kind::Page, KindOrigin::Default), diagnostics);
        }
        let section = self.sections.get(&spot.section);
        let by_section = section.and_then(|section| section.kind).map(|kind| (kind, KindOrigin::Section));
        let by_folder = section.and_then(|section| section.named).map(|kind| (kind, KindOrigin::Folder));
        let by_document = has_document.then_some((Kind::Template, KindOrigin::Folder));
        let kind = by_section.or(by_folder).or(by_document).unwrap_or((Kind::Page, KindOrigin::Default));
        Reported::new(kind, diagnostics)
    }

    /// Returns the address of a page. What cannot be an address is reported, and the next best is taken.
    pub fn url(&self, project: &Project, naming: &Naming<'_>) -> Reported<UrlPath> {
        let mut diagnostics = Vec::new();
        let path = &naming.source.path;
        let mut report = |written: Option<&Spanned<String>>, message: String, help: &str| {
            let diagnostic = match written {
                Some(written) => Diagnostic::at(Code::BadAddress, path, written.span.clone(), message),
                None => Diagnostic::about(Code::BadAddress, path, message),
            };
            diagnostics.push(diagnostic.help(help));
        };
        if let Some(url) = &naming.url {
            match page_url(&url.value) {
                Ok(url) => return Reported::new(url, diagnostics),
                Err(fault) => {
                    let message = format!("`url: {}` cannot be an address: {fault}", url.value);
                    report(Some(url), message, "write a path from the site's root: `/guides/efficiency/`");
                }
            }
        }
        let mut slug = slug(project, &naming.spot.name);
        if let Some(written) = &naming.slug {
            match good_slug(&written.value) {
                Ok(written) => slug = written,
                Err(fault) => {
                    let message = format!("`slug: {}` cannot be part of an address: {fault}", written.value);
                    report(Some(written), message, "write a single word such as `incident-review`, or use `url:`");
                }
            }
        }
        let section = self.sections.get(&naming.spot.section);
        if naming.spot.role == Role::Section {
            let own = section.map_or_else(UrlPath::root, |section| section.url.clone());
            return Reported::new(own, diagnostics);
        }
        let base = section.map_or_else(UrlPath::root, |section| section.url.clone());
        if let Some(pattern) = section.and_then(|section| section.pattern.as_deref()) {
            let values = pattern::Values {
                slug: &slug,
                section: base.as_str(),
                title: &self::slug(project, &naming.meta.title),
                date: naming.meta.date.as_ref(),
            };
            match pattern::expand(pattern, &values) {
                Ok(url) => return Reported::new(url, diagnostics),
                Err(fault) => {
                    let message = format!("`children.url: {pattern}` gives this page no address: {fault}");
                    report(None, message, "add what is missing, or give the page a `url:`");
                }
            }
        }
        let url = below(&base, &slug).unwrap_or(base);
        Reported::new(url, diagnostics)
    }
}

/// Returns the slug of a name as the site wants slugs.
pub fn slug(project: &Project, name: &str) -> String {
    match project.config.markdown.unicode_slugs {
        true => slugify_unicode(name),
        false => slugify(name),
    }
}

fn section(project: &Project, folder: &str, own: Option<&Node>, outer: Option<&Section>) -> Section {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let text = |key: &str| own.and_then(|node| peek(node, key)).and_then(scalar);
    let children = own.and_then(|node| peek(node, "children"));
    let of_children = |key: &str| children.and_then(|node| peek(node, key)).and_then(scalar);
    let written = text("url").and_then(|url| page_url(&url).ok());
    let slug = text("slug").and_then(|slug| good_slug(&slug).ok()).unwrap_or_else(|| slug(project, name));
    let default = outer.map_or_else(UrlPath::root, |outer| below(&outer.url, &slug).unwrap_or(outer.url.clone()));
    let pattern = of_children("url").filter(|pattern| pattern::fault(pattern).is_none());
    Section {
        url: written.unwrap_or(default),
        kind: of_children("kind").and_then(|kind| Kind::from_name(kind.trim())).or(outer.and_then(|outer| outer.kind)),
        named: Kind::from_folder(name).or(outer.and_then(|outer| outer.named)),
        pattern: pattern.or_else(|| outer.and_then(|outer| outer.pattern.clone())),
    }
}

/// The value of a key; of one written twice the last.
fn peek<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    entries.iter().rev().find(|entry| entry.key == key).map(|entry| &entry.value)
}

/// Reads an address as an author writes it; percent escapes are undone.
fn page_url(written: &str) -> Result<UrlPath, String> {
    if written.contains("://") || written.starts_with("//") {
        return Err("it leads to another site".into());
    }
    UrlPath::parse_page(decode(written.trim()).trim()).map_err(|fault| fault.to_string())
}

/// Reads a slug as an author writes it.
fn good_slug(written: &str) -> Result<String, String> {
    let written = written.trim().trim_matches('/');
    match written {
        "" => Err(PathFault::Empty.to_string()),
        _ if written.contains('/') => Err("it has a slash in it".into()),
        _ => UrlPath::parse(written).map(|_| written.to_string()).map_err(|fault| fault.to_string()),
    }
}

fn below(section: &UrlPath, slug: &str) -> Option<UrlPath> {
    section.join(&format!("{slug}/")).ok()
}

/// Reads a former address: like the address of a page, or of a file if its name has an extension.
pub fn alias(written: &str) -> Result<UrlPath, String> {
    let url = page_url(written)?;
    let last = written.trim().rsplit('/').next().unwrap_or("");
    let is_file = last.rsplit_once('.').is_some_and(|(name, extension)| !name.is_empty() && !extension.is_empty());
    match is_file {
        true => UrlPath::parse(decode(written.trim()).trim()).map_err(|fault| fault.to_string()),
        false => Ok(url),
    }
}

#[cfg(test)]
mod tests;
