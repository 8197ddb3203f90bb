//! `fieldbook man`: the manual pages, for those who make packages.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::base::fs::write;
use crate::cli::report::{self, number};
use crate::cli::{Cli, GOOD};

/// Write the manual pages to a folder: one for the program, one for each command
#[derive(Debug, clap::Args)]
#[command(hide = true)]
pub struct Args {
    /// The folder; it is made if it is not there
    folder: PathBuf,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    write::make_folders(&args.folder)?;
    let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
    let commands: Vec<clap::Command> = std::iter::once(&command).chain(shown).cloned().collect();
    let count = commands.len();
    for command in commands {
        let man = Man::new(command).source(concat!("fieldbook ", env!("CARGO_PKG_VERSION")));
        let name = man.get_filename();
        let mut page = Vec::new();
        man.render(&mut page).with_context(|| format!("making the manual page {name}"))?;
        write::replace(&args.folder.join(name), &page)?;
    }
    report::say(&format!("wrote {} to {}\n", number(count, "manual page"), args.folder.display()));
    Ok(GOOD)
}
