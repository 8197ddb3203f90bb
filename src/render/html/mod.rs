//! Markdown events to HTML: one pass a file.

mod address;
mod blocks;
mod callouts;
mod clean;
mod code;
mod escape;
mod feed;
mod fields;
mod footnotes;
mod headings;
mod highlight;
mod images;
mod inline;
mod languages;
mod links;
mod raw;
mod scopes;
mod tables;
mod tasks;
mod terms;
mod twin;
mod writer;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::cache::Memo;
use crate::config::project::Project;
use crate::diag::Reported;
use crate::markdown::events::{Events, Reading, read};
use crate::model::body::Body;
use crate::model::link::Target;
use crate::model::page::PageId;
use crate::model::site::Site;
use crate::render::html::terms::Terms;
use crate::render::html::writer::{Medium, Writer};

/// What the passes must know to write the HTML of a body.
#[derive(Clone, Copy)]
pub struct HtmlContext<'a> {
    /// The project.
    pub project: &'a Project,
    /// The site.
    pub site: &'a Site,
    /// The page the body belongs to.
    pub page: PageId,
    /// Renders `:::` blocks with the theme's templates.
    pub blocks: &'a dyn Blocks,
    /// What all bodies of the site share.
    pub shared: &'a Shared,
}

/// What all bodies of a site share. Made once for a site.
pub struct Shared {
    terms: Terms,
    code: Arc<Memo>,
}

impl Shared {
    /// Prepares what the bodies of a site share; `code` remembers highlighted code, and may be kept for the next build.
    pub fn new(site: &Site, code: Arc<Memo>) -> Self {
        Shared { terms: Terms::new(site.glossary.as_ref()), code }
    }

    /// Hands over the highlighted code.
    pub fn into_code(self) -> Arc<Memo> {
        self.code
    }
}

/// Renders `:::` blocks.
pub trait Blocks: Sync {
    /// Returns the HTML of a block with the HTML inside it, or `None` if the theme has no block of this name.
    fn render(&self, name: &str, attributes: &[(String, String)], inner: &str) -> Option<Reported<String>>;

    /// Returns the names of the theme's blocks.
    fn names(&self) -> Vec<String>;
}

/// Writes the HTML of a body, `targets` being what its links mean, in their order.
///
/// The faults of reading were reported when the page was parsed; those of writing are reported here.
pub fn body(context: &HtmlContext<'_>, body: &Body, targets: &[Target]) -> Reported<String> {
    let events = events(context, body);
    let mut writer = Writer::new(context, body, targets, &events, Medium::Page);
    writer.write_all();
    Reported::new(writer.out, writer.diagnostics)
}

/// Writes the HTML of a body as feeds want it (FEEDS: rules 3, 8 and 9): the subset that readers keep, every address
/// absolute, well nested. Empty without a base URL.
pub fn feed_body(context: &HtmlContext<'_>, body: &Body, targets: &[Target]) -> String {
    feed::body(context, body, targets)
}

/// Writes the HTML of a body for a file on somebody's disk: addresses absolute, pictures as links, boxes to tick, and
/// raw HTML no more than harmless.
pub fn file_body(context: &HtmlContext<'_>, body: &Body, targets: &[Target]) -> String {
    let events = events(context, body);
    let medium = Medium::File(context.project.config.base_url.as_ref());
    let mut writer = Writer::new(context, body, targets, &events, medium);
    writer.write_all();
    writer.out
}

/// Writes the Markdown twin of a body: the text as written with links made absolute.
pub fn twin_body(context: &HtmlContext<'_>, body: &Body, targets: &[Target]) -> String {
    twin::body(context, body, targets)
}

/// Returns the `href` of a target seen from a page: root-relative with the base path; as it is for other sites;
/// `None` for what is broken.
pub fn href(context: &HtmlContext<'_>, target: &Target) -> Option<String> {
    address::href(context, target)
}

/// Reads the events of a body exactly as `parse` read them, so that links are found by the byte they begin at.
fn events<'a>(context: &HtmlContext<'_>, body: &'a Body) -> Events<'a> {
    let page = context.site.page(context.page);
    let markdown = context.project.config.markdown;
    let reading = match is_document(context, body) {
        // A released version has a page to itself, where no other text has taken an id.
        true if page.document.as_ref().is_none_or(|document| document.source != body.source) => {
            Reading::of_document(markdown, &[])
        }
        true => Reading::of_document(markdown, &page.body.ids),
        false => Reading::of_body(markdown, page.kind, page.title()),
    };
    read(&body.source, &body.text, body.span.clone(), &reading).value
}

/// Whether the body is the document of a template, or a version of it, rather than the page's own text.
fn is_document(context: &HtmlContext<'_>, body: &Body) -> bool {
    let page = context.site.page(context.page);
    let mut documents = page.document.iter().chain(page.releases.iter().map(|release| &release.body));
    documents.any(|document| document.source == body.source)
}
