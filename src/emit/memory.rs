//! The same road as to the disk, to memory or to nowhere.

use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::base::fs;
use crate::base::path::OutputPath;
use crate::emit::Make;
use crate::model::output::{Content, Output};

/// A whole site in memory. Files that are copied are in it as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemorySite {
    /// The files by path.
    pub files: BTreeMap<OutputPath, MemoryFile>,
}

/// A file of a site in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their digest.
    pub digest: Digest,
}

impl MemorySite {
    /// Returns the bytes at a path, written as in `guides/index.html`.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        Some(&self.files.get(&OutputPath::parse(path).ok()?)?.bytes)
    }
}

/// Makes the bytes of all outputs in parallel and keeps them.
///
/// # Errors
/// When a file that is to be copied cannot be read.
pub fn collect(outputs: &[Output], make: &Make<'_>) -> Result<MemorySite> {
    let file = |output: &Output| {
        let bytes = match make(output) {
            Content::Bytes(bytes) => bytes,
            Content::File(source) => fs::read(&source)?,
        };
        let digest = Digest::of(&bytes);
        Ok((output.path.clone(), MemoryFile { bytes, digest }))
    };
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
