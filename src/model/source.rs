//! What `load` gives: every file that later stages read, not yet understood.

use std::sync::Arc;

use crate::base::digest::Digest;
use crate::base::path::SourcePath;
use crate::model::asset::File;
use crate::model::theme::Theme;

/// Everything that was read from disk.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The Markdown files (and `template.csv` of templates) below the content folder, sorted by path.
    pub texts: Vec<Source>,
    /// The other files below the content folder, and those of the static folder, sorted by path.
    pub files: Vec<File>,
    /// The theme with the site's overrides.
    pub theme: Theme,
}

/// A text file in memory.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path from the root.
    pub path: SourcePath,
    /// The whole text. A byte order mark is still there; what was not UTF-8 is replaced.
    pub text: Arc<str>,
    /// The digest of the text.
    pub digest: Digest,
}
