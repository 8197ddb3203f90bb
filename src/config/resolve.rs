//! Finds the project and resolves its settings: defaults < `fieldbook.yaml` < command line.

use std::path::Path;

use anyhow::Result;

use crate::config::project::{Options, Project};
use crate::diag::Reported;

/// Finds the project that `folder` names (or the nearest above the current folder when it is `None`) and resolves its
/// settings.
///
/// # Errors
/// When the folder or its configuration cannot be read.
pub fn resolve(folder: Option<&Path>, current: &Path, options: &Options) -> Result<Reported<Project>> {
    let _ = (folder, current, options);
    todo!()
}
