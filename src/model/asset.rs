//! Files that are published as they are.

use std::path::PathBuf;

use crate::base::fs::write::Stamp;
use crate::base::path::{SourcePath, UrlPath};

/// The number of a file in [`crate::model::site::Site::files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A file that is copied to the site; its bytes stay on disk.
#[derive(Clone, Debug)]
pub struct File {
    /// Its path from the root.
    pub path: SourcePath,
    /// Where it is on disk.
    pub disk: PathBuf,
    /// Its size and when it was last changed.
    pub stamp: Stamp,
    /// Whether it is from the static folder rather than beside a page.
    pub is_static: bool,
    /// Width and height in pixels, if it is an image whose header says so.
    pub dimensions: Option<(u32, u32)>,
}

/// A file with its address on the site.
#[derive(Clone, Debug)]
pub struct PublishedFile {
    /// The file.
    pub file: File,
    /// Where it is published.
    pub url: UrlPath,
}
