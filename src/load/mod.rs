//! Reads everything later stages need into memory, not yet understood.

use anyhow::Result;

use crate::config::project::Project;
use crate::diag::Reported;
use crate::model::source::Sources;

/// Reads the content, the files beside it, the static files and the theme of a project.
///
/// # Errors
/// When a folder or file that must be there cannot be read.
pub fn load(project: &Project) -> Result<Reported<Sources>> {
    let _ = project;
    todo!()
}
