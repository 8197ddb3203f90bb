//! `fieldbook status`.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;
use serde_json::json;

use crate::base::fs;
use crate::cli::report::{self, number};
use crate::cli::{CONTENT_HAS_ERRORS, GOOD, TOOL_FAILED, world};
use crate::diag::render::plain;
use crate::fork::file::Fork;
use crate::fork::status::{self, Asked, Standing, Status};

/// Say how copies of templates stand: current, behind and by what, edited
///
/// Names files, or folders whose copies are looked for at any depth. The template of a
/// copy is asked for at the address that the copy itself names; copies of the site
/// around the current folder are compared with its sources.
///
/// "edited" means that you changed words, beyond ticks and filled-in fields. It is no
/// fault: `fieldbook update` keeps your words.
///
/// Exit status: 0 when all are current, 1 when one is behind, 2 when one could not be
/// compared.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Files, or folders with copies in them; default: the current folder
    path: Vec<PathBuf>,
    /// Compare with the templates of this site: an address or a folder
    #[arg(long, value_name = "SITE")]
    from: Option<String>,
    /// The form of the result
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
}

/// The form of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    Human,
    /// One JSON object a line
    Json,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let near = world::near(None)?;
    let paths = if args.path.is_empty() { vec![PathBuf::from(".")] } else { args.path };
    let mut asked = Asked::default();
    let (mut worst, mut count) = (GOOD, 0);
    for fork in forks(&paths)? {
        let status = status::status(&fork, args.from.as_deref(), &near, &mut asked)?;
        report::print(&match args.format {
            Form::Human => human(&status).lines().map(|line| format!("{}\n", plain(line))).collect(),
            Form::Json => format!("{}\n", json(&status)),
        });
        worst = worst.max(match status.standing {
            Standing::Current => GOOD,
            Standing::Behind(_) => CONTENT_HAS_ERRORS,
            Standing::BaseMissing | Standing::Altered | Standing::Unknown(_) => TOOL_FAILED,
        });
        count += 1;
    }
    if count == 0 && args.format == Form::Human {
        report::say("there is no copy of a template here\n");
    }
    Ok(worst)
}

fn forks(paths: &[PathBuf]) -> Result<Vec<Fork>> {
    let mut forks = Vec::new();
    for path in paths {
        if fs::is_folder(path) {
            forks.extend(status::find(path)?);
            continue;
        }
        let fork = Fork::read(path)?;
        if let Err(error) = fork.origin() {
            bail!(error);
        }
        forks.push(fork);
    }
    Ok(forks)
}

fn human(status: &Status) -> String {
    let edited = if status.is_edited == Some(true) { ", edited" } else { "" };
    let path = shown(&status.path);
    let address = &status.forked_from;
    let way_out = || format!("  `fieldbook adopt {path} {address}` finds the version that it resembles\n");
    match &status.standing {
        Standing::Current => format!("{path}: current (version {}){edited}\n", status.version),
        Standing::Behind(newer) => {
            let mut text = format!("{path}: behind by {}{edited}\n", number(newer.len(), "version"));
            for version in newer {
                let released = version.released.as_ref().map(|day| format!(" ({day})")).unwrap_or_default();
                let note = version.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
                text.push_str(&format!("  version {}{released}{note}\n", version.number));
            }
            text
        }
        Standing::BaseMissing => {
            format!("{path}: base missing: {address} has no version {}\n{}", status.version, way_out())
        }
        Standing::Altered => {
            let version = status.version;
            format!("{path}: base missing: its hash is not that of version {version}\n{}", way_out())
        }
        Standing::Unknown(why) => format!("{path}: unknown: {why}\n"),
    }
}

fn json(status: &Status) -> serde_json::Value {
    let none: &[_] = &[];
    let (state, newer, error) = match &status.standing {
        Standing::Current => ("current", none, None),
        Standing::Behind(newer) => ("behind", newer.as_slice(), None),
        Standing::BaseMissing => ("base-missing", none, None),
        Standing::Altered => ("provenance-altered", none, None),
        Standing::Unknown(why) => ("unknown", none, Some(why)),
    };
    let notes = newer
        .iter()
        .map(|version| json!({"version": version.number, "released": version.released, "note": version.note}));
    json!({
        "file": shown(&status.path),
        "state": state,
        "version": status.version,
        "behind": newer.len(),
        "edited": status.is_edited,
        "forked_from": status.forked_from,
        "newer": notes.collect::<Vec<_>>(),
        "error": error,
    })
}

fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}
