//! The templates of a site, read from its sources.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};

use crate::base::fs;
use crate::config::project::{Options, Project};
use crate::config::resolve;
use crate::document::Format;
use crate::document::version::Identity;
use crate::fork::Near;
use crate::fork::template::{self, Listed, Template, Texts, Version};
use crate::model::kinds::Details;
use crate::model::page::Page;
use crate::pipeline;

/// The templates of a site.
#[derive(Debug)]
pub struct Site {
    /// The site.
    pub project: Project,
    /// The pages that have a document, drafts among them.
    pub pages: Vec<Arc<Page>>,
}

/// Reads the site in a folder; without one the site around the current folder.
///
/// # Errors
/// When there is no site, or it cannot be read.
pub fn read(folder: Option<&Path>, near: &Near) -> Result<Site> {
    let project = resolve::resolve(folder, &near.current, &options(near))?.value;
    if folder.is_none() && !project.has_config() {
        bail!("there is no site here; name one: --from <folder or address of a Fieldbook site>");
    }
    let read = pipeline::read(&project, &|_| {})?.value;
    let pages = read.pages.into_iter().filter(|page| page.document.is_some()).collect();
    Ok(Site { project, pages })
}

/// Returns how a site is read for its templates.
pub fn options(near: &Near) -> Options {
    Options { today: near.today, ..Options::default() }
}

impl Site {
    /// Lists the templates, but for drafts.
    ///
    /// # Errors
    /// When the text of one cannot be read.
    pub fn list(&self) -> Result<Vec<Listed>> {
        let listed = |page: &Arc<Page>| {
            let template = self.of_page(page)?;
            let newest = template.newest();
            Ok(Listed {
                slug: template.slug().to_string(),
                title: template.title.clone(),
                description: page.summary().to_string(),
                address: template.address.clone(),
                version: newest.number,
                hash: newest.hash.clone(),
                released: newest.released.clone(),
            })
        };
        self.pages.iter().filter(|page| !page.meta.draft).map(listed).collect()
    }

    /// Returns a template that was listed.
    ///
    /// # Errors
    /// When its texts cannot be read.
    pub fn template(&self, listed: &Listed) -> Result<Template> {
        let page = self.pages.iter().find(|page| self.address(page) == listed.address);
        self.of_page(page.context("a template that is listed has a page")?)
    }

    /// Returns the template whose document lies in a folder.
    ///
    /// # Errors
    /// When there is none, or its texts cannot be read.
    pub fn template_in(&self, folder: &Path) -> Result<Template> {
        self.of_page(self.page_in(folder)?)
    }

    /// Returns the page of the template whose document lies in a folder.
    ///
    /// # Errors
    /// When there is none.
    pub fn page_in(&self, folder: &Path) -> Result<&Arc<Page>> {
        let wanted = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        let is_it = |page: &&Arc<Page>| self.folder(page).canonicalize().is_ok_and(|folder| folder == wanted);
        let page = self.pages.iter().find(is_it);
        page.with_context(|| format!("there is no page of a template in {}", folder.display()))
    }

    /// Returns the folder of a template's document.
    pub fn folder(&self, page: &Page) -> PathBuf {
        let source = page.document.as_ref().map_or(&page.source, |document| &document.source);
        self.project.root.join(source.folder())
    }

    /// Returns how a template's document is written.
    pub fn format(&self, page: &Page) -> Format {
        let is_markdown = page.document.as_ref().is_none_or(|document| document.source.is_markdown());
        if is_markdown { Format::Markdown } else { Format::Csv }
    }

    /// Makes the template of a page.
    ///
    /// # Errors
    /// When its texts cannot be read.
    pub fn of_page(&self, page: &Page) -> Result<Template> {
        let details = match &page.meta.details {
            Details::Template(template) => template.clone(),
            _ => crate::model::kinds::template::Template::default(),
        };
        let (folder, format) = (self.folder(page), self.format(page));
        let snapshots = folder.join("versions");
        let numbers = numbers(&snapshots, format)?;
        let note = |number: u32| {
            let found = details.notes.iter().find(|(of, _)| *of == i64::from(number));
            found.map(|(_, note)| note.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let declared = details.version.and_then(|version| u32::try_from(version).ok()).unwrap_or(1);
        let newest = numbers.last().copied().unwrap_or(declared);
        let version = |number: u32, path: PathBuf| {
            let released = details.released.as_ref().filter(|_| number == newest).map(|day| day.to_iso_day());
            let bytes = fs::read(&path)?;
            let hash = Identity::of(&String::from_utf8_lossy(&bytes));
            Ok(Version { number, hash, released, note: note(number) })
        };
        let extension = template::extension(format);
        let document = folder.join(format!("template.{extension}"));
        let (versions, texts) = match numbers.is_empty() {
            true => (vec![version(newest, document.clone())?], Texts::File(document)),
            false => {
                let of_number = |number: &u32| version(*number, snapshots.join(format!("{number}.{extension}")));
                (numbers.iter().map(of_number).collect::<Result<_>>()?, Texts::Folder(snapshots.clone()))
            }
        };
        Ok(Template {
            title: page.title().to_string(),
            address: self.address(page),
            license: details.license.or_else(|| page.meta.license.clone()).or(self.project.config.license.clone()),
            file: details.file,
            ask: details.ask,
            format,
            versions,
            texts,
        })
    }

    fn address(&self, page: &Page) -> String {
        match &self.project.config.base_url {
            Some(base_url) => base_url.absolute(&page.url),
            None => page.url.to_href(""),
        }
    }
}

/// The numbers of the snapshots in a folder, in order.
pub fn numbers(folder: &Path, format: Format) -> Result<Vec<u32>> {
    let extension = template::extension(format);
    let number = |name: String| {
        let stem = name.strip_suffix(extension)?.strip_suffix('.')?;
        stem.parse().ok().filter(|number: &u32| *number > 0 && number.to_string() == stem)
    };
    let mut numbers: Vec<u32> = fs::names_in(folder)?.into_iter().filter_map(number).collect();
    numbers.sort_unstable();
    Ok(numbers)
}
