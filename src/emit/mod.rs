//! Writes what changed, removes what is gone, and leaves everything else alone.

use std::path::Path;

use anyhow::Result;

use crate::model::output::{Content, Output};

/// Makes the bytes of outputs on demand.
pub type Make<'a> = dyn Fn(&Output) -> Content + Sync + 'a;

/// Outputs whose bytes were made and staged, and not yet put in place.
pub struct Staged {
    outputs: usize,
}

/// What a build did to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// All outputs of the site.
    pub outputs: usize,
    /// Those that were new or had other bytes than before.
    pub written: usize,
    /// Files of the last build that no longer belong and were removed.
    pub removed: usize,
    /// The bytes of all outputs.
    pub bytes: u64,
}

/// Makes the bytes of all outputs in parallel and stages those that changed beside the folder `out`.
///
/// # Errors
/// When the disk refuses; the folder `out` is then as it was.
pub fn stage(out: &Path, outputs: &[Output], make: &Make<'_>) -> Result<Staged> {
    let _ = (out, make);
    Ok(Staged { outputs: outputs.len() })
}

impl Staged {
    /// Puts the staged files in place: assets, then pages, then removals, each by rename.
    ///
    /// # Errors
    /// When the disk refuses; the next run completes what was begun.
    pub fn commit(self) -> Result<Written> {
        let _ = self.outputs;
        todo!()
    }

    /// Drops the staged files and leaves the folder as it is.
    ///
    /// # Errors
    /// When the staged files cannot be removed.
    pub fn discard(self) -> Result<()> {
        todo!()
    }
}

/// In memory.
pub mod memory {
    use crate::model::output::{Content, Output};
    /// Shows each output.
    pub fn visit(outputs: &[Output], make: &super::Make<'_>, look: &(dyn Fn(&Output, &Content) + Sync)) {
        outputs.iter().for_each(|output| look(output, &make(output)));
    }
}
