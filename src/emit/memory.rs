//! The same road as to the disk, to memory or to nowhere.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::base::fs::write as disk;
use crate::base::path::OutputPath;
use crate::emit::Make;
use crate::model::output::{Content, Output};

/// A whole site in memory, but for the files that are copied: those stay where they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemorySite {
    /// The files by path.
    pub files: BTreeMap<OutputPath, MemoryFile>,
}

/// A file of a site in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryFile {
    /// Its bytes, or where they are.
    pub held: Held,
    /// The digest of the bytes; for a file on disk, of its path, size and time.
    pub digest: Digest,
}

/// Where the bytes of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// In memory, shared by the sites that have the same.
    Bytes(Arc<Vec<u8>>),
    /// In this file, which is read when it is wanted.
    Disk(PathBuf),
}

impl MemorySite {
    /// Returns the bytes at a path, written as in `guides/index.html`; `None` for files that are copied too.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        match &self.files.get(&OutputPath::parse(path).ok()?)?.held {
            Held::Bytes(bytes) => Some(bytes),
            Held::Disk(_) => None,
        }
    }
}

impl MemoryFile {
    /// Keeps the content of an output.
    ///
    /// # Errors
    /// When a file that is to be copied cannot be looked at.
    pub fn new(content: Content) -> Result<Self> {
        Ok(match content {
            Content::Bytes(bytes) => MemoryFile { digest: Digest::of(&bytes), held: Held::Bytes(Arc::new(bytes)) },
            Content::File(path) => {
                let stamp = disk::stamp(&path)?;
                let state = format!("{} {} {}", path.display(), stamp.size, stamp.modified);
                MemoryFile { digest: Digest::of(state.as_bytes()), held: Held::Disk(path) }
            }
        })
    }
}

/// Makes the bytes of all outputs in parallel and keeps them.
///
/// # Errors
/// When a file that is to be copied cannot be looked at.
pub fn collect(outputs: &[Output], make: &Make<'_>) -> Result<MemorySite> {
    let file = |output: &Output| Ok((output.path.clone(), MemoryFile::new(make(output))?));
    let files: Result<Vec<_>> = outputs.par_iter().map(file).collect();
    Ok(MemorySite { files: files?.into_iter().collect() })
}

/// Makes the bytes of all outputs in parallel, shows each to `see` and keeps none.
///
/// The results come in the order of the outputs.
pub fn visit<T: Send>(outputs: &[Output], make: &Make<'_>, see: impl Fn(&Output, &Content) -> T + Sync) -> Vec<T> {
    outputs.par_iter().map(|output| see(output, &make(output))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::output::{Origin, Rank, Recipe};

    #[test]
    fn a_site_in_memory_has_all_files() {
        let path = |text| OutputPath::parse(text).expect("a path");
        let output = |text| Output {
            path: path(text),
            origin: Origin::Generated(text.to_string()),
            rank: Rank::Page,
            recipe: Recipe::NotFound,
        };
        let outputs = [output("b.html"), output("a/index.html")];
        let make = |output: &Output| Content::Bytes(output.path.as_str().as_bytes().to_vec());
        let site = collect(&outputs, &make).expect("collected");
        assert_eq!(site.bytes("a/index.html"), Some(&b"a/index.html"[..]));
        assert_eq!(site.bytes("c"), None);
        let seen = visit(&outputs, &make, |output, _| output.path.clone());
        assert_eq!(seen, [path("b.html"), path("a/index.html")]);
    }
}
