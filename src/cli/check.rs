//! `fieldbook check`.

use anyhow::Result;

use crate::check;
use crate::check::external;
use crate::cli::options::{MessageArgs, SiteArgs};
use crate::cli::report::{self, Stream, number};
use crate::cli::world;

/// Report what `build` reports and what readers and owners would miss; write nothing
///
/// On top of `build`: orphans and dead ends, overdue reviews, missing owners,
/// repeated titles and descriptions, skipped heading levels, very long pages, http
/// links, templates changed since their last version, and broken links in the
/// finished pages. `checks:` in fieldbook.yaml sets the level of each. The messages
/// go to standard output.
///
/// With `--external` other sites are asked whether what is linked to is there. What
/// they answered is remembered in .fieldbook/; `external:` in fieldbook.yaml says how
/// patient it is, and what is not asked.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[command(flatten)]
    site: SiteArgs,
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

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let mut diagnostics = Vec::new();
    let project = args.site.resolve(None, true)?.take(&mut diagnostics);
    let stages = report::stages(&args.messages);
    let outcome = check::check(&project, diagnostics, &stages)?;
    let mut done = number(outcome.site.pages.len(), "page");
    let outcome = match args.external {
        false => outcome,
        true => {
            stages("external");
            let options = external::Options {
                now: world::now(),
                ask_again: args.no_cache,
                changed_since: args.changed_since.as_deref(),
                on_progress: &|_, _| {},
            };
            let (outcome, checked) = external::check(&project, outcome, &options)?;
            done = format!("{done} and {} to other sites", number(checked.addresses, "link"));
            outcome
        }
    };
    stages("end");
    report::outcome(&project, &outcome, &args.messages, Stream::Out);
    if !args.messages.quiet && outcome.report.entries().is_empty() {
        report::say(&format!("checked {done}: nothing to report\n"));
    }
    Ok(report::status(&outcome))
}
