//! `fieldbook update`.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::report::{self, number};
use crate::cli::{CONTENT_HAS_ERRORS, GOOD, world};
use crate::fork::file::{self, Fork};
use crate::fork::update::{self, Plan};
use crate::fork::upstream;

/// Bring a copy of a template up to its newest version; what you ticked, filled in and wrote stays
///
/// Steps that you deleted stay deleted and are listed. What has no place any more is
/// kept in a last section. Where you and the new version changed the same words there
/// are conflict marks on lines of their own: decide what is to stand there, and delete
/// the marks. docs/merge.md tells how it works, with examples.
///
/// The file as it was is kept, outside your folder; `--undo` puts it back, to the byte,
/// and once more takes that back. It lies in `$XDG_STATE_HOME/fieldbook/undo/`, or in
/// `~/.local/state/fieldbook/undo/`.
///
/// Exit status: 0 when it is up to date, 1 when there are conflicts.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The copy
    file: PathBuf,
    /// Bring it to this version, not to the newest
    #[arg(long, value_name = "VERSION")]
    to: Option<u32>,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Put back the file as it was before the last update
    #[arg(long, conflicts_with_all = ["to", "dry_run", "from"])]
    undo: bool,
    /// Take the template from this site: an address or a folder
    #[arg(long, value_name = "SITE")]
    from: Option<String>,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let shown = args.file.display();
    if args.undo {
        file::undo(&args.file, &world::shelf()?)?;
        report::say(&format!("{shown} is as it was; `--undo` once more takes this back\n"));
        return Ok(GOOD);
    }
    let near = world::near(None)?;
    let fork = Fork::read(&args.file)?;
    let template = upstream::of_fork(fork.origin()?, args.from.as_deref(), &near)?;
    let Some(plan) = update::plan(&fork, &template, args.to)? else {
        let version = fork.origin()?.version;
        report::say(&format!("{shown} is at version {version} already\n"));
        return Ok(GOOD);
    };
    if !args.dry_run {
        update::apply(&fork, &plan, &world::shelf()?)?;
    }
    report::print(&summary(&args.file, &plan));
    report::say(&match args.dry_run {
        true => "nothing is written\n".to_string(),
        false => format!("`fieldbook update --undo {shown}` puts the file back as it was\n"),
    });
    Ok(if plan.merged.conflicts.is_empty() { GOOD } else { CONTENT_HAS_ERRORS })
}

fn summary(path: &Path, plan: &Plan) -> String {
    let shown = path.display();
    let (merged, from, to) = (&plan.merged, plan.from, plan.to.number);
    let mut text = format!("{shown}: version {from} -> {to}: {}\n", merged.summary);
    if let Some(note) = &plan.to.note {
        text.push_str(&format!("  {note}\n"));
    }
    list(&mut text, "left out, since you deleted it", &merged.deleted);
    list(&mut text, "kept in the last section", &merged.kept);
    if !merged.conflicts.is_empty() {
        text.push_str(&format!("{} to decide:\n", number(merged.conflicts.len(), "conflict")));
    }
    for conflict in &merged.conflicts {
        text.push_str(&format!("  {shown}:{}: {}\n", conflict.line, first_line(&conflict.mine)));
    }
    text
}

fn list(text: &mut String, what: &str, blocks: &[String]) {
    if !blocks.is_empty() {
        text.push_str(&format!("{what}:\n"));
    }
    for block in blocks {
        text.push_str(&format!("  {}\n", first_line(block)));
    }
}

fn first_line(block: &str) -> String {
    block.trim().lines().next().unwrap_or_default().replace(char::is_control, "")
}
