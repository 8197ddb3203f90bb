//! What `load` gives: every file that later stages read, not yet understood.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::digest::Digest;
use crate::base::fs::write::Stamp;
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
    /// Whether a symbolic link is among the files, so that one may change under the name of another.
    pub has_links: bool,
}

/// What may have changed on disk since the sources were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Touched {
    /// Anything.
    #[default]
    Anything,
    /// These files, by their path from the root, and no other; there may be new ones and lost ones among them.
    Files(BTreeSet<SourcePath>),
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
    /// The size of the file and when it was last changed, as they were before it was read.
    pub stamp: Stamp,
    /// Whether the text is the file byte for byte: it was UTF-8.
    pub is_exact: bool,
}

impl Source {
    /// Makes a source of a text that is in memory.
    pub fn new(path: SourcePath, text: &str) -> Self {
        let digest = Digest::of(text.as_bytes());
        Source { path, text: Arc::from(text), digest, stamp: Stamp::default(), is_exact: true }
    }
}
