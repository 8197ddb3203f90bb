//! The command line: the only part that prints, reads the environment and the clock.
#![allow(clippy::disallowed_methods, reason = "this is the one part that sees the clock and the environment")]

mod adopt;
mod build;
mod check;
mod completions;
mod diff;
mod explain;
mod fork;
mod init;
mod man;
mod new;
mod options;
mod progress;
mod release;
mod report;
mod serve;
mod status;
mod update;
mod world;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Everything is good.
pub const GOOD: u8 = 0;
/// The content has errors, a copy is behind, or an update left conflicts.
pub const CONTENT_HAS_ERRORS: u8 = 1;
/// The tool failed: bad usage, disk, port.
pub const TOOL_FAILED: u8 = 2;

/// Compile a folder of Markdown into an engineering playbook: one cross-linked site with feeds
///
/// Exit status: 0 when all is good, 1 when the content has errors, a copy of a template
/// is behind or an update left conflicts, 2 when the tool failed (usage, disk, port).
/// The manual is in docs/ of the repository; `fieldbook explain <code>` explains a
/// message.
#[derive(Debug, Parser)]
#[command(name = "fieldbook", version, verbatim_doc_comment)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    New(new::Args),
    Build(build::Args),
    Check(check::Args),
    Serve(serve::Args),
    Explain(explain::Args),
    Fork(fork::Args),
    Status(status::Args),
    Diff(diff::Args),
    Update(update::Args),
    Adopt(adopt::Args),
    Release(release::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs the command line and returns the exit status.
///
/// A closed standard output (`fieldbook check | head`) is the end of the output, not a failure.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Nothing can be done about a terminal that refuses the help text.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { TOOL_FAILED } else { GOOD });
        }
    };
    let result = match cli.command {
        Command::Init(args) => init::run(args),
        Command::New(args) => new::run(args),
        Command::Build(args) => build::run(args),
        Command::Check(args) => check::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Fork(args) => fork::run(args),
        Command::Status(args) => status::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Update(args) => update::run(args),
        Command::Adopt(args) => adopt::run(args),
        Command::Release(args) => release::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            report::failure(&error);
            ExitCode::from(TOOL_FAILED)
        }
    }
}
