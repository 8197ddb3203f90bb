//! The same road as to the disk, to memory or to nowhere.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::base::fs::write as disk;
use crate::base::path::OutputPath;
use crate::diag::{Diagnostic, Reported};
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

/// A site in memory that can be renewed: each file with the key of what it was made from, and with its faults.
#[derive(Debug, Default)]
pub struct Keep {
    entries: HashMap<OutputPath, Kept>,
}

/// A file that is kept.
#[derive(Clone, Debug)]
struct Kept {
    key: Digest,
    file: MemoryFile,
    faults: Arc<[Diagnostic]>,
}

/// What became of a site that was renewed.
#[derive(Debug)]
pub struct Renewed {
    /// The site.
    pub site: MemorySite,
    /// How many outputs have other bytes than before, or are new or gone.
    pub changed: usize,
    /// The same with what can be renewed later.
    pub keep: Keep,
    /// The faults of making all outputs, those of making what was kept among them.
    pub faults: Vec<Diagnostic>,
}

/// How outputs are made: the key of what goes into one, and its bytes.
#[derive(Clone, Copy)]
pub struct Recipes<'a> {
    /// Gives the key: while it stays the same, so do the bytes and the faults.
    pub key: &'a (dyn Fn(&Output) -> Digest + Sync),
    /// Makes the bytes.
    pub make: &'a (dyn Fn(&Output) -> Reported<Content> + Sync),
}

/// Makes the bytes of those outputs in parallel whose key is not what it was, and keeps the others as they are.
///
/// # Errors
/// When a file that is to be copied cannot be looked at.
pub fn renew(outputs: &[Output], recipes: Recipes<'_>, former: &Keep) -> Result<Renewed> {
    let one = |output: &Output| {
        let key = (recipes.key)(output);
        let before = former.entries.get(&output.path);
        if let Some(kept) = before.filter(|kept| kept.key == key) {
            return Ok((kept.clone(), false));
        }
        let made = (recipes.make)(output);
        let file = MemoryFile::new(made.value)?;
        let is_changed = before.is_none_or(|before| before.file.digest != file.digest);
        Ok((Kept { key, file, faults: made.diagnostics.into() }, is_changed))
    };
    let made: Vec<(Kept, bool)> = outputs.par_iter().map(one).collect::<Result<_>>()?;
    let changed = made.iter().filter(|(_, is_changed)| *is_changed).count();
    let gone = former.entries.len() - outputs.iter().filter(|output| former.entries.contains_key(&output.path)).count();
    let faults = made.iter().flat_map(|(kept, _)| kept.faults.iter().cloned()).collect();
    let paths = outputs.iter().map(|output| output.path.clone());
    let files = paths.clone().zip(made.iter().map(|(kept, _)| kept.file.clone())).collect();
    let entries = paths.zip(made).map(|(path, (kept, _))| (path, kept)).collect();
    Ok(Renewed { site: MemorySite { files }, changed: changed + gone, keep: Keep { entries }, faults })
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
        let made = |output: &Output| Reported::clean(make(output));
        let key = |output: &Output| Digest::of(output.path.as_str().as_bytes());
        let recipes = Recipes { key: &key, make: &made };
        let site = renew(&outputs, recipes, &Keep::default()).expect("made").site;
        assert_eq!(site.bytes("a/index.html"), Some(&b"a/index.html"[..]));
        assert_eq!(site.bytes("c"), None);
        let seen = visit(&outputs, &make, |output, _| output.path.clone());
        assert_eq!(seen, [path("b.html"), path("a/index.html")]);
    }
}
