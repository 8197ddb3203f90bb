//! Finds the page that is meant by a file, an address or a title.

use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};

use crate::base::did_you_mean::nearest;
use crate::base::path::{SourcePath, UrlPath, decode};
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::model::page::{Page, PageId};
use crate::model::site::Site;
use crate::pipeline::Outcome;

/// Finds a page by its file, by its address, present or former, or by its title or another of its names.
///
/// # Errors
/// When no page or several are meant.
pub fn find<T>(project: &Project, outcome: &Outcome<T>, wanted: &str) -> Result<PageId> {
    let site = &outcome.site;
    let files = files(project, wanted);
    if let Some(id) = by_file(site, &files).or_else(|| by_address(project, site, wanted)) {
        return Ok(id);
    }
    let called: Vec<PageId> = site.all_pages().filter(|(_, page)| is_called(page, wanted)).map(|(id, _)| id).collect();
    if let [id] = called[..] {
        return Ok(id);
    }
    if !called.is_empty() {
        let sources: Vec<&str> = called.iter().map(|id| site.page(*id).source.as_str()).collect();
        bail!("several pages are called `{wanted}`: {}; name the file", sources.join(", "));
    }
    if let Some(file) = files.iter().find(|file| outcome.texts.contains_key(file)) {
        bail!("{file} is no page of this build; a draft or a page of the future needs --drafts or --future");
    }
    let help = suggestion(project, site, wanted);
    let help = help.map_or("`fieldbook explain` lists the codes".into(), |name| format!("did you mean `{name}`?"));
    bail!("neither a code nor a page is called `{wanted}`; {help}");
}

/// The files that may be meant: as written from the root or the content folder, or from the current folder.
fn files(project: &Project, wanted: &str) -> Vec<SourcePath> {
    let mut files = vec![SourcePath::new(wanted)];
    if !project.content.is_empty() {
        files.push(SourcePath::new(&format!("{}/{}", project.content, SourcePath::new(wanted))));
    }
    let on_disk = std::env::current_dir().ok().map(|current| tidy(&current.join(wanted)));
    let below = on_disk.as_ref().and_then(|path| path.strip_prefix(tidy(&project.root)).ok());
    files.extend(below.map(|path| SourcePath::new(&path.to_string_lossy().replace('\\', "/"))));
    files
}

/// A path without `.` and `..`.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                tidy.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => tidy.push(component),
        }
    }
    tidy
}

fn by_file(site: &Site, files: &[SourcePath]) -> Option<PageId> {
    let is_of = |page: &Page| {
        let document = page.document.as_ref().map(|document| &document.source);
        files.iter().any(|file| page.source == *file || document == Some(file))
    };
    site.all_pages().find(|(_, page)| is_of(page)).map(|(id, _)| id)
}

/// Finds a page by its address: a path of the site, with or without slashes at its ends, or all of it.
fn by_address(project: &Project, site: &Site, wanted: &str) -> Option<PageId> {
    let wanted = wanted.split(['#', '?']).next().unwrap_or(wanted);
    let base = project.config.base_url.as_ref();
    let path = match base.and_then(|base| wanted.strip_prefix(base.origin.as_str())) {
        Some(below) => below.strip_prefix(project.config.base_path()).unwrap_or(below),
        None => wanted,
    };
    let path = decode(path);
    let path = bare(path.strip_suffix("index.html").unwrap_or(&path));
    if path.is_empty() && !wanted.contains('/') {
        return None;
    }
    let is_at = |url: &UrlPath| bare(url.as_str()) == path;
    let page = site.all_pages().find(|(_, page)| is_at(&page.url)).map(|(id, _)| id);
    page.or_else(|| site.redirects.iter().find(|redirect| is_at(&redirect.from)).map(|redirect| redirect.to))
}

fn bare(path: &str) -> &str {
    path.trim_matches('/')
}

fn is_called(page: &Page, wanted: &str) -> bool {
    let wanted = wanted.trim().to_lowercase();
    let wanted = wanted.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).unwrap_or(&wanted);
    names(page).any(|name| name.to_lowercase() == wanted)
}

/// What a page can be called: its title, its other names, the last part of its address.
fn names(page: &Page) -> impl Iterator<Item = &str> {
    let slug = bare(page.url.as_str()).rsplit('/').next().filter(|slug| !slug.is_empty());
    std::iter::once(page.title()).chain(page.meta.also_called.iter().map(String::as_str)).chain(slug)
}

/// The code, title, address or file that was probably meant.
fn suggestion<'a>(project: &Project, site: &'a Site, wanted: &str) -> Option<&'a str> {
    let codes = Code::ALL.iter().map(|code| code.name());
    let pages = site.pages.iter().flat_map(|page| {
        let paths = [page.source.as_str(), page.path_below(&project.content), page.url.as_str()];
        names(page).chain(paths)
    });
    nearest(wanted, codes.chain(pages))
}
