//! `fieldbook release`.

use anyhow::Result;

use crate::base::date::Day;
use crate::cli::{GOOD, options, report, world};
use crate::fork::release;

/// Release a new version of a template, so that those who have copies hear of it and can update
///
/// The template's text is copied to `versions/`, under the next number. On its page the
/// number, the day and your note are written into the front matter; nothing else of the
/// page changes. A version is never changed again once it is published: release another.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The template: its name, such as `tech-spec`, or the path of its folder
    template: String,
    /// What changed, in a sentence for those who have copies
    #[arg(short, long = "message", value_name = "NOTE")]
    message: String,
    /// Date it by this day (YYYY-MM-DD); default: `SOURCE_DATE_EPOCH`, else today in UTC
    #[arg(long, value_name = "DAY", value_parser = options::day)]
    today: Option<Day>,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let near = world::near(args.today)?;
    let released = release::release(&args.template, &args.message, &near)?;
    let (title, number, hash) = (&released.title, released.number, &released.hash);
    report::print(&format!("released version {number} of \"{title}\" ({hash})\n"));
    report::print(&format!("  {} is its text\n", released.snapshot.display()));
    report::print(&format!("  {} has its number, day and note\n", released.page.display()));
    Ok(GOOD)
}
