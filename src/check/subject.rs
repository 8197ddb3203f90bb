//! What the checks of the site look at.

use std::collections::HashSet;

use crate::config::project::Project;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::body::Body;
use crate::model::kinds::Details;
use crate::model::link::Link;
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

/// Returns the links of a page that may lead to other sites, each with the text it stands in: those of its body, of the
/// document of a template, and of the front matter.
pub fn links_of(page: &Page) -> impl Iterator<Item = (&Body, &Link)> {
    let person = match &page.meta.details {
        Details::Interview(interview) => interview.person.as_ref(),
        Details::Meeting(_) | Details::Template(_) | Details::Chapter(_) | Details::None => None,
    };
    let bodies = [Some(&page.body), page.document.as_ref()].into_iter().flatten();
    let written = bodies.flat_map(|body| body.links.iter().map(move |link| (body, link)));
    let works = page.meta.see_also.iter().filter_map(|work| work.link.as_ref());
    let named = works.chain(&page.meta.image).chain(person.into_iter().flat_map(|person| &person.links));
    written.chain(named.map(|link| (&page.body, link)))
}

/// Makes a diagnostic about a key in the front matter of a page; about the page as a whole if it has none there.
pub fn about_key(code: Code, page: &Page, key: &str, message: String) -> Diagnostic {
    match page.key_line(&[key]) {
        Some(line) => Diagnostic::at(code, &page.source, line, message),
        None => Diagnostic::about(code, &page.source, message),
    }
}
