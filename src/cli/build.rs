//! `fieldbook build`.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;

use crate::cli::options::{MessageArgs, SiteArgs};
use crate::cli::progress::Meter;
use crate::cli::report::{self, Stream, number};
use crate::emit::Written;
use crate::pipeline::{self, Outcome};

/// Build the site and write it to public/
///
/// Every fault is reported in one run. When there are errors nothing is written
/// and the last good site stays as it was; warnings do not stop a build. A folder
/// without a `fieldbook.yaml` is built as it is, its errors are warnings.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// Write the site to this folder [default: public/]
    #[arg(long, short, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Write the site in spite of errors; the exit status is still 1
    #[arg(long)]
    keep_going: bool,
    #[command(flatten)]
    messages: MessageArgs,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let start = Instant::now();
    let mut diagnostics = Vec::new();
    let project = args.site.resolve(args.out, args.keep_going)?.take(&mut diagnostics);
    let meter = Meter::begin(&args.messages);
    let outcome = pipeline::build(&project, diagnostics, &meter)?;
    meter.end();
    report::outcome(&project, &outcome, &args.messages, Stream::Err);
    report::mendable(&outcome.report, &args.messages);
    if !args.messages.quiet {
        report::say(&format!("{} in {}\n", summary(&outcome, &project.out), seconds(start)));
    }
    Ok(report::status(&outcome))
}

fn summary(outcome: &Outcome<Option<Written>>, out: &std::path::Path) -> String {
    let shown = std::env::current_dir().ok().and_then(|current| out.strip_prefix(current).ok().map(PathBuf::from));
    let shown = shown.unwrap_or_else(|| out.to_path_buf());
    let pages = number(outcome.site.pages.len(), "page");
    match &outcome.made {
        None => format!("nothing was written to {}/: mend the errors above, or add --keep-going;", shown.display()),
        Some(written) => {
            let files = number(written.outputs, "file");
            let removed = match written.removed {
                0 => String::new(),
                count => format!(", {count} removed"),
            };
            format!("built {pages} into {}/: {files}, {} written{removed},", shown.display(), written.written)
        }
    }
}

fn seconds(start: Instant) -> String {
    let elapsed = start.elapsed();
    match elapsed.as_millis() {
        millis @ ..=999 => format!("{millis} ms"),
        _ => format!("{:.1} s", elapsed.as_secs_f64()),
    }
}
