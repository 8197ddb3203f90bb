//! `fieldbook completions`.

use anyhow::Result;
use clap::{Command, CommandFactory as _, ValueEnum};

use crate::cli::{Cli, GOOD, report};

/// Print what a shell needs to complete commands and options
///
/// bash: fieldbook completions bash > ~/.local/share/bash-completion/completions/fieldbook
///
/// zsh: fieldbook completions zsh > ~/.zfunc/_fieldbook (any folder of your $fpath will do)
///
/// fish: fieldbook completions fish > ~/.config/fish/completions/fieldbook.fish
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// The shells that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let shell = match args.shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut shown_commands(), "fieldbook", &mut script);
    report::print(&String::from_utf8_lossy(&script));
    Ok(GOOD)
}

/// The command line without what its help does not show either; clap_complete would offer that too.
fn shown_commands() -> Command {
    let all = Cli::command();
    let shown = all.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    Command::new("fieldbook").version(env!("CARGO_PKG_VERSION")).subcommands(shown)
}
