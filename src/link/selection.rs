//! Which pages are in this build. What is out is kept aside for messages to the author and enters no value of the site.
//!
//! The own page of a folder speaks for the folder: if it is a draft or for another audience, every page below it is out
//! too. A draft of the home page is the one exception, since it would take the whole site with it. Dates speak only for
//! the page that has them, but for a page with a folder of files to itself, whose files go with it.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::base::date::{Day, Moment};
use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::link::folders;
use crate::model::page::{Page, Role};

/// The pages that are in and those that are out, both sorted by source path.
pub struct Selection {
    /// The pages of the site.
    pub pages: Vec<Arc<Page>>,
    /// The others.
    pub left_out: Vec<LeftOut>,
}

/// A page that this build leaves out.
pub struct LeftOut {
    /// The page; nothing of it may reach the site.
    pub page: Arc<Page>,
    /// Why it is out.
    pub reason: Reason,
}

/// Why a page is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is a draft.
    Draft,
    /// It is for these audiences and for none that is in.
    Audience(Vec<String>),
    /// It is published on this day.
    Future(Day),
    /// It expired on this day.
    Expired(Day),
    /// The own page of a folder around it is out.
    Below(SourcePath),
}

/// Tells the pages that are in from those that are out.
pub fn select(project: &Project, mut pages: Vec<Arc<Page>>) -> Selection {
    // They nearly always come sorted.
    if !pages.is_sorted_by(|a, b| a.source <= b.source) {
        pages.sort_by(|a, b| a.source.cmp(&b.source));
    }
    let reasons: Vec<Option<Reason>> = pages.iter().map(|page| own_reason(project, page)).collect();
    let closed = closed_folders(project, &pages, &reasons);
    let mut selection = Selection { pages: Vec::with_capacity(pages.len()), left_out: Vec::new() };
    for (page, reason) in pages.into_iter().zip(reasons) {
        match reason.or_else(|| above(&closed, &page, &project.content)) {
            Some(reason) => selection.left_out.push(LeftOut { page, reason }),
            None => selection.pages.push(page),
        }
    }
    selection
}

impl LeftOut {
    /// Returns the folder whose other contents are out with the page, if there is one.
    pub fn closed_folder<'a>(&'a self, content: &str) -> Option<&'a str> {
        let folder = folders::own_folder(&self.page, content)?;
        match self.page.role {
            Role::Section => closes(&self.reason, folder).then_some(folder),
            Role::Bundle | Role::Leaf => Some(folder),
        }
    }
}

/// Returns whether the own page of a section takes the pages below it out.
fn closes(reason: &Reason, folder: &str) -> bool {
    match reason {
        Reason::Draft => !folder.is_empty(),
        Reason::Audience(_) | Reason::Below(_) => true,
        Reason::Future(_) | Reason::Expired(_) => false,
    }
}

/// Why a page is out by what it says itself; what closes a section comes first.
fn own_reason(project: &Project, page: &Page) -> Option<Reason> {
    let selection = &project.selection;
    let meta = &page.meta;
    if meta.draft && !selection.drafts {
        return Some(Reason::Draft);
    }
    if !meta.audience.is_empty() && !meta.audience.iter().any(|audience| selection.audiences.contains(audience)) {
        return Some(Reason::Audience(meta.audience.clone()));
    }
    let later = |day: &Day| *day > selection.today && !selection.future;
    let first = [&meta.publish_on, &meta.date].into_iter().flatten().map(Moment::utc_day).find(later);
    if let Some(day) = first {
        return Some(Reason::Future(day));
    }
    let expires = meta.expires.as_ref().map(Moment::utc_day)?;
    (expires <= selection.today).then_some(Reason::Expired(expires))
}

/// The folders whose own page takes everything in them out, with that page.
fn closed_folders(project: &Project, pages: &[Arc<Page>], reasons: &[Option<Reason>]) -> HashMap<String, SourcePath> {
    let mut closed = HashMap::new();
    for (page, reason) in pages.iter().zip(reasons) {
        let Some(reason) = reason else { continue };
        let Some(folder) = folders::own_folder(page, &project.content) else { continue };
        if closes(reason, folder) {
            closed.entry(folder.to_string()).or_insert_with(|| page.source.clone());
        }
    }
    closed
}

fn above(closed: &HashMap<String, SourcePath>, page: &Page, content: &str) -> Option<Reason> {
    if closed.is_empty() {
        return None;
    }
    let path = page.path_below(content);
    let (folder, own) = match folders::own_folder(page, content) {
        Some(folder) => (folder, 1),
        None => (path.rsplit_once('/').map_or("", |(folder, _)| folder), 0),
    };
    let source = folders::upwards(folder).skip(own).find_map(|folder| closed.get(folder))?;
    Some(Reason::Below(source.clone()))
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Draft => f.write_str("it is a draft"),
            Reason::Audience(audiences) => write!(f, "it is for another audience ({})", audiences.join(", ")),
            Reason::Future(day) => write!(f, "it is published on {day}"),
            Reason::Expired(day) => write!(f, "it expired on {day}"),
            Reason::Below(source) => write!(f, "{source} is a draft or for another audience"),
        }
    }
}
