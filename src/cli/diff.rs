//! `fieldbook diff`.

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::{GOOD, report, world};
use crate::fork::file::Fork;
use crate::fork::{show, update, upstream};

/// Show what you changed in a copy of a template, or what is new in the template
///
/// Blocks that came are marked `+`, those that went `-`, those with other words `~`,
/// those that moved `>`; of the words `[-these-]` went and `{+these+}` came. Ticks and
/// filled-in fields are no change; they are counted and listed first.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The copy
    file: PathBuf,
    /// Show what the template changed since the version that the copy is at
    #[arg(long)]
    theirs: bool,
    /// Take the template from this site: an address or a folder
    #[arg(long, value_name = "SITE")]
    from: Option<String>,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let near = world::near(None)?;
    let fork = Fork::read(&args.file)?;
    let template = upstream::of_fork(fork.origin()?, args.from.as_deref(), &near)?;
    let (base, text) = update::base_text(&fork, &template)?;
    let newest = template.newest();
    let (shown, of) = match args.theirs {
        true => (show::changes(&text, &template.text_of(newest)?, fork.format), format!("version {}", newest.number)),
        false => (show::mine(&text, &fork.text, fork.format), args.file.display().to_string()),
    };
    if shown.is_empty() {
        report::say(&format!("{of} has the same words as version {}\n", base.number));
    }
    report::print(&shown);
    Ok(GOOD)
}
