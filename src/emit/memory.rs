//! The same road as to the disk, to memory or to nowhere.

use std::collections::BTreeMap;
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
    /// Sorted by path.
    entries: Vec<(OutputPath, Arc<Kept>)>,
}

/// A file that is kept.
#[derive(Debug)]
struct Kept {
    key: Digest,
    file: MemoryFile,
    faults: Vec<Diagnostic>,
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

/// Makes the bytes of those outputs in parallel whose key is not what it was, and keeps the others as they are. The
/// outputs are sorted by path.
///
/// # Errors
/// When a file that is to be copied cannot be looked at.
pub fn renew(outputs: &[Output], recipes: Recipes<'_>, former: &Keep) -> Result<Renewed> {
    let one = |output: &Output| {
        let key = (recipes.key)(output);
        let before = former.find(&output.path);
        if let Some(kept) = before.filter(|kept| kept.key == key) {
            return Ok(((output.path.clone(), kept.clone()), 0, 1));
        }
        let made = (recipes.make)(output);
        let kept = Kept { key, file: MemoryFile::new(made.value)?, faults: made.diagnostics };
        let is_changed = before.is_none_or(|before| before.file.digest != kept.file.digest);
        Ok(((output.path.clone(), Arc::new(kept)), usize::from(is_changed), usize::from(before.is_some())))
    };
    let made: Vec<((OutputPath, Arc<Kept>), usize, usize)> = outputs.par_iter().map(one).collect::<Result<_>>()?;
    let gone = former.entries.len() - made.iter().map(|(_, _, was_there)| was_there).sum::<usize>();
    let changed = gone + made.iter().map(|(_, is_changed, _)| is_changed).sum::<usize>();
    let entries: Vec<(OutputPath, Arc<Kept>)> = made.into_iter().map(|(entry, _, _)| entry).collect();
    let faults = entries.iter().flat_map(|(_, kept)| kept.faults.iter().cloned()).collect();
    let files = entries.iter().map(|(path, kept)| (path.clone(), kept.file.clone())).collect();
    Ok(Renewed { site: MemorySite { files }, changed, keep: Keep { entries }, faults })
}

impl Keep {
    fn find(&self, path: &OutputPath) -> Option<&Arc<Kept>> {
        let at = self.entries.binary_search_by(|(known, _)| known.cmp(path)).ok()?;
        Some(&self.entries[at].1)
    }
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
        let outputs = [output("a/index.html"), output("b.html")];
        let make = |output: &Output| Content::Bytes(output.path.as_str().as_bytes().to_vec());
        let made = |output: &Output| Reported::clean(make(output));
        let key = |output: &Output| Digest::of(output.path.as_str().as_bytes());
        let recipes = Recipes { key: &key, make: &made };
        let site = renew(&outputs, recipes, &Keep::default()).expect("made").site;
        assert_eq!(site.bytes("a/index.html"), Some(&b"a/index.html"[..]));
        assert_eq!(site.bytes("c"), None);
        let seen = visit(&outputs, &make, |output, _| output.path.clone());
        assert_eq!(seen, [path("a/index.html"), path("b.html")]);
    }
}
