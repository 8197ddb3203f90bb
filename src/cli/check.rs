//! `fieldbook check`.

use anyhow::Result;

use crate::check;
use crate::cli::options::{MessageArgs, SiteArgs};
use crate::cli::report::{self, Stream, number};

/// Report everything that `build` reports, and broken links in the finished pages; write nothing
///
/// The messages go to standard output.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    messages: MessageArgs,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let mut diagnostics = Vec::new();
    let project = args.site.resolve(None, true)?.take(&mut diagnostics);
    let stages = report::stages(&args.messages);
    let outcome = check::check(&project, diagnostics, &stages)?;
    stages("end");
    report::outcome(&project, &outcome, &args.messages, Stream::Out);
    if !args.messages.quiet && outcome.report.entries().is_empty() {
        report::say(&format!("checked {}: nothing to report\n", number(outcome.site.pages.len(), "page")));
    }
    Ok(report::status(&outcome))
}
