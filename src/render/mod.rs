//! Plans what belongs at which path, and makes the bytes of it when they are wanted.

pub mod feed;
pub mod html;

use crate::config::project::Project;
use crate::diag::Reported;
use crate::model::output::{Content, Output};
use crate::model::site::Site;
use crate::model::theme::Theme;

/// Makes the bytes of outputs. Made once for a site, shared by all threads.
pub struct Renderer<'a> {
    site: &'a Site,
}

impl<'a> Renderer<'a> {
    /// Prepares everything that outputs share: templates, highlighter, navigation.
    pub fn new(project: &'a Project, site: &'a Site, theme: &'a Theme) -> Reported<Self> {
        let _ = (project, theme);
        Reported::clean(Renderer { site })
    }

    /// Lists all outputs by path, each path once. What wants a path that is taken is reported and left out.
    pub fn plan(&self) -> Reported<Vec<Output>> {
        let _ = self.site;
        todo!()
    }

    /// Makes the bytes of one output.
    pub fn make(&self, output: &Output) -> Reported<Content> {
        let _ = output;
        todo!()
    }
}
