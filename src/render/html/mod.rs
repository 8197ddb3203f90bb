//! Markdown events to HTML: one pass a file.

use crate::config::project::Project;
use crate::diag::Reported;
use crate::model::body::Body;
use crate::model::link::Target;
use crate::model::page::PageId;
use crate::model::site::Site;

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
}

/// Renders `:::` blocks.
pub trait Blocks: Sync {
    /// Returns the HTML of a block with the HTML inside it, or `None` if the theme has no block of this name.
    fn render(&self, name: &str, attributes: &[(String, String)], inner: &str) -> Option<Reported<String>>;

    /// Returns the names of the theme's blocks.
    fn names(&self) -> Vec<String>;
}

/// Writes the HTML of a body, `targets` being what its links mean, in their order.
pub fn body(context: &HtmlContext<'_>, body: &Body, targets: &[Target]) -> Reported<String> {
    let _ = (context, body, targets);
    todo!()
}

/// Writes the HTML of a body as feeds want it (FEEDS: rules 3, 8 and 9): the subset that readers keep, every address
/// absolute, well nested. Empty without a base URL.
pub fn feed_body(context: &HtmlContext<'_>, body: &Body, targets: &[Target]) -> String {
    let _ = (context, body, targets);
    todo!()
}

/// Writes the Markdown twin of a body: the text as written with links made absolute.
pub fn twin_body(context: &HtmlContext<'_>, body: &Body, targets: &[Target]) -> String {
    let _ = (context, body, targets);
    todo!()
}

/// Returns the `href` of a target seen from a page: root-relative with the base path; as it is for other sites;
/// `None` for what is broken.
pub fn href(context: &HtmlContext<'_>, target: &Target) -> Option<String> {
    let _ = (context, target);
    todo!()
}
