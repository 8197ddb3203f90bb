//! Makes a site of pages: leaves out what is not for this build, resolves every link or reports it, and finds the
//! order of sections, taxonomies, relations and backlinks.

use crate::config::project::Project;
use crate::diag::Reported;
use crate::model::asset::File;
use crate::model::page::Page;
use crate::model::site::Site;

/// Makes the site.
pub fn link(project: &Project, pages: Vec<Page>, files: &[File]) -> Reported<Site> {
    let _ = (project, pages, files);
    todo!()
}
