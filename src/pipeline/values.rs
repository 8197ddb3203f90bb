//! What goes into a run and what comes of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::path::SourcePath;
use crate::diag::{Report, Reported};
use crate::emit::memory::{Keep, MemorySite};
use crate::link;
use crate::model::page::Page;
use crate::model::site::Site;
use crate::model::source::Sources;
use crate::parse::ParsedPage;
use crate::render;

/// What the first two stages make of a project.
#[derive(Debug)]
pub struct Read {
    /// Everything that was read.
    pub sources: Sources,
    /// The pages, those among them that are not for this build.
    pub pages: Vec<Arc<Page>>,
}

/// What became of a run: its faults, its site, and what its end made of the outputs.
#[derive(Debug)]
pub struct Outcome<T> {
    /// The faults.
    pub report: Report,
    /// The texts that the report points into.
    pub texts: Texts,
    /// The site.
    pub site: Site,
    /// What came of the outputs.
    pub made: T,
}

/// The texts of a project by their path.
pub type Texts = BTreeMap<SourcePath, Arc<str>>;

/// Is told how far a run is.
pub trait Progress: Sync {
    /// Is told the name of each stage as it begins.
    fn stage(&self, name: &'static str);

    /// Is told, from many threads, how many outputs are made of how many there are.
    fn made(&self, _made: usize, _of: usize) {}
}

impl<F: Fn(&'static str) + Sync> Progress for F {
    fn stage(&self, name: &'static str) {
        self(name);
    }
}

/// What a build leaves behind, so that the next one makes only what has changed.
#[derive(Default)]
pub struct Former {
    pub(super) sources: Option<Reported<Sources>>,
    pub(super) pages: Vec<ParsedPage>,
    pub(super) memory: Memory,
    pub(super) keep: Keep,
}

/// What stages remember of the build before.
#[derive(Default)]
pub struct Memory {
    pub(super) links: link::Memory,
    pub(super) rendering: render::Memory,
}

/// A site in memory after a build.
#[derive(Debug)]
pub struct Rebuilt {
    /// The site.
    pub site: MemorySite,
    /// How many outputs have other bytes than before, or are new or gone.
    pub changed: usize,
}
