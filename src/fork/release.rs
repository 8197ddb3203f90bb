//! Releases a new version of a template: its text as a snapshot, its number, day and note on its page.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};

use crate::base::fs;
use crate::base::fs::write;
use crate::document::version::Identity;
use crate::fork::Near;
use crate::fork::front;
use crate::fork::template::{Listed, extension};
use crate::fork::upstream::site::{self, Site};
use crate::model::kinds::Details;
use crate::model::page::Page;

/// What was released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    /// The title of the template.
    pub title: String,
    /// The number of the version.
    pub number: u32,
    /// The identity of its text.
    pub hash: Identity,
    /// The snapshot, from the root of the site.
    pub snapshot: PathBuf,
    /// The page whose front matter was edited, from the root of the site.
    pub page: PathBuf,
}

/// Releases a template, named by its slug or its folder, with a note on what changed.
///
/// # Errors
/// When nothing has changed, when the page cannot be edited safely, or the disk refuses. Nothing is written then.
pub fn release(wanted: &str, note: &str, near: &Near) -> Result<Released> {
    let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    if note.is_empty() {
        bail!("the note is empty; say what changed: -m \"two steps added\"");
    }
    let site = site::read(None, near)?;
    let page = page(&site, wanted, near)?;
    let document = page.document.as_ref().context("a template has a document")?;
    let (folder, format) = (site.folder(page), site.format(page));
    let snapshots = folder.join("versions");
    let extension = extension(format);
    let bytes = fs::read(&document.source.on_disk(&site.project.root))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| anyhow!("{} is not UTF-8", document.source))?;
    let hash = Identity::of(text);
    let newest = site::numbers(&snapshots, format)?.last().copied();
    if let Some(newest) = newest {
        let former = fs::read(&snapshots.join(format!("{newest}.{extension}")))?;
        if Identity::of(&String::from_utf8_lossy(&former)) == hash {
            bail!("{} has not changed since version {newest}", document.source);
        }
    }
    let number = newest.unwrap_or(0) + 1;
    check_declared(page, newest, number)?;
    let page_path = page.source.on_disk(&site.project.root);
    let before = fs::read(&page_path)?;
    let page_text = std::str::from_utf8(&before).map_err(|_| anyhow!("{} is not UTF-8", page.source))?;
    let day = near.today.to_string();
    let after = front::edit(page_text, front::Release { number, day: &day, note: &note })
        .map_err(|refusal| anyhow!("{} cannot be edited safely: {refusal}", page.source))?;
    let snapshot = snapshots.join(format!("{number}.{extension}"));
    write::make_folders_below(&folder, Path::new("versions"))?;
    write::write_new(&snapshot, &bytes)?;
    if !write::exchange(&page_path, &before, after.as_bytes()).inspect_err(|_| drop(write::remove_file(&snapshot)))? {
        write::remove_file(&snapshot)?;
        bail!("{} changed while the version was released; nothing is written", page.source);
    }
    let from_root = |path: &Path| path.strip_prefix(&site.project.root).unwrap_or(path).to_path_buf();
    let (snapshot, page_path) = (from_root(&snapshot), from_root(&page_path));
    Ok(Released { title: page.title().to_string(), number, hash, snapshot, page: page_path })
}

fn page<'a>(site: &'a Site, wanted: &str, near: &Near) -> Result<&'a Page> {
    let path = near.current.join(wanted);
    if wanted.contains(['/', '\\']) || wanted == "." {
        let folder = if fs::is_file(&path) { path.parent().unwrap_or(&path) } else { &path };
        return site.page_in(folder).map(AsRef::as_ref);
    }
    let listed = site.pages.iter().map(|page| {
        let template = site.of_page(page)?;
        let newest = template.newest().clone();
        let slug = template.slug().to_string();
        let (title, address) = (template.title.clone(), template.address.clone());
        Ok(Listed {
            slug,
            title,
            description: String::new(),
            address,
            version: newest.number,
            hash: newest.hash,
            released: None,
        })
    });
    let listed: Vec<Listed> = listed.collect::<Result<_>>()?;
    let found = Listed::find(&listed, wanted)?;
    let at = listed.iter().position(|listed| listed == found);
    Ok(&site.pages[at.context("what was found is in the list")?])
}

/// A page that is ahead of its snapshots says that one of them is lost.
fn check_declared(page: &Page, newest: Option<u32>, number: u32) -> Result<()> {
    let declared = match &page.meta.details {
        Details::Template(template) => template.version.unwrap_or(0),
        _ => 0,
    };
    if declared > i64::from(number) {
        let newest = newest.map_or("there is none".to_string(), |newest| format!("the newest is {newest}"));
        bail!(
            "{} says version {declared}, but of its snapshots in versions/ {newest}; put one of them right",
            page.source
        );
    }
    Ok(())
}
