//! What the last build wrote: every output with the stamp of its file and the proof of its bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;

use crate::base::digest::Digest;
use crate::base::fs;
use crate::base::fs::write::{self as disk, Stamp};
use crate::base::path::OutputPath;

const FIRST_LINE: &str = "fieldbook manifest 1";

/// The outputs of a build by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) records: BTreeMap<OutputPath, Record>,
}

/// What is known of an output that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// The stamp of its file in the output folder.
    pub(super) stamp: Stamp,
    /// What its bytes come from.
    pub(super) proof: Proof,
}

/// What the bytes of an output come from: equal proofs mean equal bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// The digest of the bytes.
    Digest(Digest),
    /// The stamp of the file that was copied.
    Source(Stamp),
}

impl Manifest {
    /// Reads a manifest. What cannot be understood in it is left out: then nothing is known of that file.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read_if_there(path)?.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.lines();
        match lines.next() {
            Some(FIRST_LINE) => Ok(Manifest { records: lines.filter_map(record).collect() }),
            _ => Ok(Manifest::default()),
        }
    }

    /// Writes the manifest as a whole.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        disk::replace(path, self.to_text().as_bytes())
    }

    fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for (path, Record { stamp, proof }) in &self.records {
            let line = match proof {
                Proof::Digest(digest) => {
                    writeln!(text, "{} {} digest {:016x} 0 {path}", stamp.size, stamp.modified, digest.0)
                }
                Proof::Source(source) => {
                    writeln!(
                        text,
                        "{} {} source {} {} {path}",
                        stamp.size, stamp.modified, source.size, source.modified
                    )
                }
            };
            line.expect("writing to a string does not fail");
        }
        text
    }
}

fn record(line: &str) -> Option<(OutputPath, Record)> {
    let mut fields = line.splitn(6, ' ');
    let mut field = || fields.next();
    let stamp = Stamp { size: field()?.parse().ok()?, modified: field()?.parse().ok()? };
    let (kind, first, second) = (field()?, field()?, field()?);
    let proof = match kind {
        "digest" => Proof::Digest(Digest(u64::from_str_radix(first, 16).ok()?)),
        "source" => Proof::Source(Stamp { size: first.parse().ok()?, modified: second.parse().ok()? }),
        _ => return None,
    };
    Some((OutputPath::parse(field()?).ok()?, Record { stamp, proof }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("manifest");
        let stamp = Stamp { size: 3, modified: -5 };
        let records = [
            ("a b/ü.html", Record { stamp, proof: Proof::Digest(Digest(7)) }),
            ("x.png", Record { stamp, proof: Proof::Source(Stamp { size: 9, modified: 10 }) }),
        ];
        let records = records.map(|(path, record)| (OutputPath::parse(path).expect("a path"), record));
        let manifest = Manifest { records: records.into_iter().collect() };
        manifest.write(&file).expect("written");
        assert_eq!(Manifest::read(&file).expect("read"), manifest);
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        assert_eq!(record("1 2 digest 00000000000000ff 0 ../../etc/passwd"), None);
        assert_eq!(record("1 2 digest zz 0 a"), None);
        assert_eq!(record("1 2 rumour 1 2 a"), None);
        assert_eq!(record(""), None);
        assert!(record("1 2 digest 00000000000000ff 0 a b").is_some());
    }
}
