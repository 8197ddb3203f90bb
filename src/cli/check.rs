//! `fieldbook check`.

use anyhow::Result;

use crate::check;
use crate::check::mend::{Mended, mend};
use crate::cli::options::{MessageArgs, SiteArgs};
use crate::cli::progress::Meter;
use crate::cli::report::{self, Stream, number};
use crate::config::project::Project;
use crate::diag::Diagnostic;
use crate::pipeline::Outcome;

/// Report what `build` reports and what readers and owners would miss
///
/// On top of `build`: orphans and dead ends, overdue reviews, missing owners,
/// repeated titles and descriptions, skipped heading levels, very long pages, http
/// links, templates changed since their last version, and broken links in the
/// finished pages. `checks:` in fieldbook.yaml sets the level of each. The messages
/// go to standard output. Nothing is written, but for what `--fix` mends.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// Mend in the sources what is certain, such as links in the wrong case, and report what remains
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    messages: MessageArgs,
}

/// How often the site is mended and checked again: what is mended may bring to light what else is certain.
const MOST_ROUNDS: usize = 4;

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let mut diagnostics = Vec::new();
    let project = args.site.resolve(None, true)?.take(&mut diagnostics);
    let outcome = match args.fix {
        true => check_and_mend(&project, diagnostics, &args.messages)?,
        false => check_once(&project, diagnostics, &args.messages)?,
    };
    report::outcome(&project, &outcome, &args.messages, Stream::Out);
    if !args.fix {
        report::mendable(&outcome.report, &args.messages);
    }
    if !args.messages.quiet && outcome.report.entries().is_empty() {
        report::say(&format!("checked {}: nothing to report\n", number(outcome.site.pages.len(), "page")));
    }
    Ok(report::status(&outcome))
}

fn check_once(project: &Project, earlier: Vec<Diagnostic>, args: &MessageArgs) -> Result<Outcome<()>> {
    let meter = Meter::begin(args);
    let outcome = check::check(project, earlier, &meter)?;
    meter.end();
    Ok(outcome)
}

/// Checks and mends until nothing is left that is certain, says what was mended, and returns what remains.
fn check_and_mend(project: &Project, earlier: Vec<Diagnostic>, args: &MessageArgs) -> Result<Outcome<()>> {
    let mut mended = Mended::default();
    let mut mend_all = || -> Result<Outcome<()>> {
        let mut outcome = check_once(project, earlier.clone(), args)?;
        for _ in 0..MOST_ROUNDS {
            if mend(project, &outcome, &mut mended)? == 0 {
                break;
            }
            outcome = check_once(project, earlier.clone(), args)?;
        }
        Ok(outcome)
    };
    let outcome = mend_all();
    if !args.quiet {
        report::mended(&mended);
    }
    outcome
}
