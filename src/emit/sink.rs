//! Makes the bytes of outputs and stages those that are not in their place already.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::base::fs::write::{self as disk, Entry, Stamp};
use crate::emit::Make;
use crate::emit::folder::Work;
use crate::emit::manifest::{Manifest, Proof, Record};
use crate::emit::ways::Ways;
use crate::model::output::{Content, Output};

/// An output whose bytes were made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sunk {
    /// What the manifest will know of it.
    pub(super) record: Record,
    /// Whether its bytes wait among the staged files; else they are in their place already.
    pub(super) is_staged: bool,
}

/// Makes and stages all outputs in parallel; their numbers are their places in `outputs`.
pub(super) fn sink_all(
    work: &Work,
    outputs: &[Output],
    make: &Make<'_>,
    (old, ways): (&Manifest, &Ways),
) -> Result<Vec<Sunk>> {
    disk::make_folders(&work.staging())?;
    let sink_one = |number: usize, output: &Output| -> Result<Sunk> {
        let target = output.path.on_disk(&work.out);
        let there = if ways.is_cleared(output) { Entry::Nothing } else { disk::look(&target)? };
        let before = old.records.get(&output.path).filter(|record| there == Entry::File(record.stamp));
        let content = make(output);
        // The stamp of a source is taken before it is read, so that a change in between is seen the next time.
        let proof = proof_of(&content)?;
        let is_there = |stamp| match before.map(|record| (record.proof, proof)) {
            Some((before, now)) if before == now => true,
            Some((Proof::Digest(_), Proof::Digest(_))) => false,
            _ => is_same(&content, &target, stamp),
        };
        if let Entry::File(stamp) = there
            && is_there(stamp)
        {
            return Ok(Sunk { record: Record { stamp, proof }, is_staged: false });
        }
        if matches!(there, Entry::File(_)) && !old.records.contains_key(&output.path) {
            bail!(
                "{} is there already, and Fieldbook did not make it: remove it, or write to another folder with --out",
                target.display()
            );
        }
        let staged = work.staged(number);
        let stamp = match &content {
            Content::Bytes(bytes) => disk::write_new(&staged, bytes)?,
            Content::File(source) => disk::copy_new(source, &staged)?,
        };
        Ok(Sunk { record: Record { stamp, proof }, is_staged: true })
    };
    let sink_named = |(number, output): (usize, &Output)| {
        sink_one(number, output).with_context(|| format!("writing {}", output.path))
    };
    outputs.par_iter().enumerate().map(sink_named).collect()
}

fn proof_of(content: &Content) -> Result<Proof> {
    match content {
        Content::Bytes(bytes) => Ok(Proof::Digest(Digest::of(bytes))),
        Content::File(source) => Ok(Proof::Source(disk::stamp(source)?)),
    }
}

/// Returns whether the file at `target` has the bytes already.
fn is_same(content: &Content, target: &Path, there: Stamp) -> bool {
    match content {
        Content::Bytes(bytes) => there.size == bytes.len() as u64 && disk::has_bytes(target, bytes),
        Content::File(source) => disk::is_same_file(source, target),
    }
}
