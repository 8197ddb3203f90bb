//! `fieldbook check`.

use anyhow::Result;

use crate::check;
use crate::check::external;
use crate::check::mend::{Mended, mend};
use crate::cli::options::{MessageArgs, SiteArgs};
use crate::cli::progress::Meter;
use crate::cli::report::{self, Stream, number};
use crate::cli::world;
use crate::config::project::Project;
use crate::diag::Diagnostic;
use crate::pipeline::{Outcome, Progress as _};

/// Report what `build` reports and what readers and owners would miss
///
/// On top of `build`: orphans and dead ends, overdue reviews, missing owners,
/// repeated titles and descriptions, skipped heading levels, very long pages, http
/// links, templates changed since their last version, and broken links in the
/// finished pages. `checks:` in fieldbook.yaml sets the level of each. The messages
/// go to standard output. Nothing is written, but for what `--fix` mends.
///
/// With `--external` other sites are asked whether what is linked to is there. What
/// they answered is remembered in .fieldbook/; `external:` in fieldbook.yaml says how
/// patient it is, and what is not asked.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// Mend in the sources what is certain, such as links in the wrong case, and report what remains
    #[arg(long)]
    fix: bool,
    /// Ask other sites whether what is linked to is there
    #[arg(long)]
    external: bool,
    /// Of the links to other sites, check those in files that differ from this revision of git
    #[arg(long, value_name = "REVISION", requires = "external")]
    changed_since: Option<String>,
    /// Ask other sites again, whatever they answered before
    #[arg(long, requires = "external")]
    no_cache: bool,
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
    let mut done = number(outcome.site.pages.len(), "page");
    let outcome = match args.external {
        true => ask_others(&project, outcome, &args, &mut done)?,
        false => outcome,
    };
    report::outcome(&project, &outcome, &args.messages, Stream::Out);
    if !args.fix {
        report::mendable(&outcome.report, &args.messages);
    }
    if !args.messages.quiet && outcome.report.entries().is_empty() {
        report::say(&format!("checked {done}: nothing to report\n"));
    }
    Ok(report::status(&outcome))
}

/// Asks other sites as well, and adds to `done` what was asked.
fn ask_others(project: &Project, outcome: Outcome<()>, args: &Args, done: &mut String) -> Result<Outcome<()>> {
    let meter = Meter::begin(&args.messages);
    meter.stage("external");
    let options = external::Options {
        now: world::now(),
        ask_again: args.no_cache,
        changed_since: args.changed_since.as_deref(),
        on_progress: &|asked, of| meter.made(asked, of),
    };
    let (outcome, checked) = external::check(project, outcome, &options)?;
    meter.end();
    done.push_str(&format!(" and {} to other sites", number(checked.addresses, "link")));
    Ok(outcome)
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
