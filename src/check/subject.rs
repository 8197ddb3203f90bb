//! What the checks of the site look at.

use std::collections::HashSet;

use crate::config::project::Project;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::page::{Page, PageId};
use crate::model::site::Site;
use crate::pipeline::Texts;

/// A site with what it was made from.
pub struct Subject<'a> {
    /// The project.
    pub project: &'a Project,
    /// The site.
    pub site: &'a Site,
    /// The texts of the project, former versions of templates among them.
    pub texts: &'a Texts,
    /// The pages that are lists of others or of words: the own pages of sections, the glossary.
    lists: HashSet<PageId>,
}

impl<'a> Subject<'a> {
    /// Gathers what the checks look at.
    pub fn new(project: &'a Project, site: &'a Site, texts: &'a Texts) -> Self {
        let glossary = site.glossary.as_ref().map(|glossary| glossary.page);
        let lists = site.sections.iter().filter_map(|section| section.page).chain(glossary).collect();
        Subject { project, site, texts, lists }
    }

    /// Returns the pages that are read for what they say: neither the own pages of sections nor the glossary.
    pub fn articles(&self) -> impl Iterator<Item = (PageId, &'a Page)> {
        self.site.all_pages().filter(|(id, _)| !self.lists.contains(id))
    }
}

/// Makes a diagnostic about a key in the front matter of a page; about the page as a whole if it has none there.
pub fn about_key(code: Code, page: &Page, key: &str, message: String) -> Diagnostic {
    match page.key_line(&[key]) {
        Some(line) => Diagnostic::at(code, &page.source, line, message),
        None => Diagnostic::about(code, &page.source, message),
    }
}
