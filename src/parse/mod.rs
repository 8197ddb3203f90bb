//! Makes pages of sources: typed front matter, addresses, and what is learned from the text.

use crate::config::project::Project;
use crate::diag::Reported;
use crate::model::page::Page;
use crate::model::source::Sources;

/// Makes a page of every source that is one, in the order of the sources. Drafts and the like are among them.
pub fn parse(project: &Project, sources: &Sources) -> Reported<Vec<Page>> {
    let _ = (project, sources);
    todo!()
}
