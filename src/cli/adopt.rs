//! `fieldbook adopt`.

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::{GOOD, report, world};
use crate::fork::file::Fork;
use crate::fork::make::Place;
use crate::fork::{adopt, upstream};

/// Find out which version of a template a document was copied from, and write it into the document
///
/// For copies that were made by hand, that lost the note on where they come from, or
/// whose note was changed. The version is the one whose words the document shares most,
/// whatever was ticked and filled in. From then on `fieldbook status` and
/// `fieldbook update` work. Nothing else of the document changes; `fieldbook update
/// --undo` takes it back.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The document
    file: PathBuf,
    /// The template: the address of its page, a path, or its name in the site around the current folder
    template: String,
    /// Take the template from this site: an address or a folder
    #[arg(long, value_name = "SITE")]
    from: Option<String>,
    /// Write where it comes from as a last line that people can read, not as front matter
    #[arg(long)]
    no_front_matter: bool,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let near = world::near(None)?;
    let fork = Fork::read(&args.file)?;
    let template = upstream::find(&args.template, args.from.as_deref(), &near)?.template;
    let found = adopt::find(&fork, &template)?;
    let place = if args.no_front_matter { Place::LastLine } else { Place::FrontMatter };
    adopt::write(&fork, &template, &found.version, place, &world::shelf()?)?;
    let (shown, percent) = (args.file.display(), (found.likeness * 100.0).floor());
    let (title, number) = (&template.title, found.version.number);
    report::print(&format!("{shown} comes from version {number} of \"{title}\": {percent} % of its words are there\n"));
    Ok(GOOD)
}
