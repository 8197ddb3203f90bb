//! `fieldbook explain`.

mod code;
mod find;
mod page;

use anyhow::Result;

use crate::check;
use crate::cli::options::SiteArgs;
use crate::cli::{GOOD, report};
use crate::diag::code::Code;

/// Explain a message by its code, or say what is known of a page
///
/// Of a page it prints source, kind, address, template and section, the links from
/// it and to it with their lines, related pages, the feeds it is in, and what
/// `check` reports of it.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// A code, e.g. `broken-link`, or a page by its file, address or title; without it all codes are listed
    subject: Option<String>,
    #[command(flatten)]
    site: SiteArgs,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let Some(subject) = args.subject else {
        report::print(&code::table());
        return Ok(GOOD);
    };
    if let Some(code) = Code::from_name(&subject) {
        report::print(&code::explain(code));
        return Ok(GOOD);
    }
    let mut diagnostics = Vec::new();
    let project = args.site.resolve(None, true)?.take(&mut diagnostics);
    let outcome = check::check(&project, diagnostics, &|_| {})?;
    let id = find::find(&project, &outcome, &subject)?;
    report::print(&page::explain(&project, &outcome, id));
    Ok(GOOD)
}
