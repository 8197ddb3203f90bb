//! `fieldbook check`.

use anyhow::Result;

use crate::check;
use crate::cli::options::{MessageArgs, SiteArgs};
use crate::cli::report::{self, Stream, number};

/// Report what `build` reports and what readers and owners would miss; write nothing
///
/// On top of `build`: orphans and dead ends, overdue reviews, missing owners,
/// repeated titles and descriptions, skipped heading levels, very long pages, http
/// links, templates changed since their last version, and broken links in the
/// finished pages. `checks:` in fieldbook.yaml sets the level of each. The messages
/// go to standard output.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
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
