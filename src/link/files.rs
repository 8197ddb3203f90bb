//! Files that are published as they are: those beside pages at the address of their folder, static ones at their path.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::base::path::{SourcePath, UrlPath};
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::link::folders;
use crate::link::selection::LeftOut;
use crate::model::asset::{File, PublishedFile};
use crate::model::kinds::Kind;
use crate::model::page::Page;
use crate::model::section::Section;

/// The files that are in and those that are out.
pub struct Files {
    /// The files of the site, in the order given.
    pub published: Vec<PublishedFile>,
    /// Files beside a page that is out: their path, and the number of that page among those left out.
    pub hidden: Vec<(SourcePath, u32)>,
}

/// Finds the address of every file that is published. The document of a template and the snapshots of its versions are
/// not.
pub fn publish(
    project: &Project,
    (pages, left_out): (&[Arc<Page>], &[LeftOut]),
    sections: &[Section],
    files: &[File],
) -> Reported<Files> {
    let content = project.content.as_str();
    let places = Places {
        urls: folder_urls(content, pages, sections),
        closed: closed_folders(content, left_out),
        versions: version_folders(content, pages, left_out),
    };
    let documents = documents(pages, left_out);
    let mut out = Files { published: Vec::with_capacity(files.len()), hidden: Vec::new() };
    let mut diagnostics = Vec::new();
    for file in files.iter().filter(|file| file.is_static || !documents.contains(&file.path)) {
        let below = match file.is_static {
            true => file.path.below(project.static_folder()).unwrap_or(file.path.as_str()),
            false => file.path.below(content).unwrap_or(file.path.as_str()),
        };
        let url = match file.is_static {
            true => UrlPath::parse(below),
            false => {
                let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
                if let Some(page) = folders::upwards(folder).find_map(|folder| places.closed.get(folder)) {
                    out.hidden.push((file.path.clone(), *page));
                    continue;
                }
                if folders::upwards(folder).any(|folder| places.versions.contains(folder)) {
                    continue;
                }
                places.url(folder, below)
            }
        };
        match url {
            Ok(url) => out.published.push(PublishedFile { file: file.clone(), url }),
            Err(fault) => {
                let message = format!("\"{}\" cannot be published under its name: {fault}", file.path.file_name());
                let help = "rename the file";
                diagnostics.push(Diagnostic::about(Code::PassedOver, &file.path, message).help(help));
            }
        }
    }
    Reported::new(out, diagnostics)
}

/// What is known of folders, all of them below the content folder.
struct Places<'a> {
    /// The addresses of folders with a page of their own, and of sections.
    urls: HashMap<&'a str, &'a UrlPath>,
    /// Folders whose own page is out.
    closed: HashMap<&'a str, u32>,
    /// Folders with the snapshots of a template.
    versions: HashSet<String>,
}

impl Places<'_> {
    /// The address of the file `below`, which lies in `folder`: the nearest address around it, and the rest as written.
    fn url(&self, folder: &str, below: &str) -> Result<UrlPath, crate::base::path::PathFault> {
        let known = |folder: &'_ str| self.urls.get(folder).map(|url| (folder.len(), *url));
        match folders::upwards(folder).find_map(known) {
            Some((length, url)) if length > 0 => url.join(&below[length..]),
            _ => UrlPath::parse(below),
        }
    }
}

fn folder_urls<'a>(content: &str, pages: &'a [Arc<Page>], sections: &'a [Section]) -> HashMap<&'a str, &'a UrlPath> {
    let of_sections = sections.iter().map(|section| (section.folder.as_str(), &section.url));
    let of_pages = pages.iter().filter_map(|page| Some((folders::own_folder(page, content)?, page)));
    let of_bundles = of_pages.filter(|(_, page)| !page.is_section()).map(|(folder, page)| (folder, &page.url));
    of_sections.chain(of_bundles).collect()
}

fn closed_folders<'a>(content: &str, left_out: &'a [LeftOut]) -> HashMap<&'a str, u32> {
    let closed = (0..).zip(left_out).filter_map(|(number, out)| Some((out.closed_folder(content)?, number)));
    closed.collect()
}

fn documents<'a>(pages: &'a [Arc<Page>], left_out: &'a [LeftOut]) -> HashSet<&'a SourcePath> {
    let all = pages.iter().chain(left_out.iter().map(|out| &out.page));
    all.filter_map(|page| Some(&page.document.as_ref()?.source)).collect()
}

fn version_folders(content: &str, pages: &[Arc<Page>], left_out: &[LeftOut]) -> HashSet<String> {
    let all = pages.iter().chain(left_out.iter().map(|out| &out.page));
    let templates = all.filter(|page| page.kind == Kind::Template || page.document.is_some());
    let folders = templates.filter_map(|page| folders::own_folder(page, content));
    folders.map(|folder| folders::join(folder, "versions")).collect()
}
