//! `fieldbook init`.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::base::date::Day;
use crate::cli::report::{self, number};
use crate::cli::{GOOD, options, world};
use crate::config::BaseUrl;
use crate::scaffold::init::{self, Existing, Made};

/// Make a site that works at once: a page of every kind, settings, and files for Netlify and GitHub
///
/// Asks nothing. The folder must be empty or not there; a repository without files
/// counts as empty. What was made and the commands to go on with are printed.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The folder of the site
    folder: PathBuf,
    /// Give the site this title
    #[arg(long, value_name = "TITLE", default_value = "Engineering Playbook")]
    title: String,
    /// Say where the site will be served
    ///
    /// It is written to `fieldbook.yaml` and is part of the `id:` of each page.
    #[arg(long, value_name = "URL", default_value = "https://playbook.example.org/", verbatim_doc_comment)]
    base_url: String,
    /// Add what is missing to a folder that is not empty; no file is overwritten
    #[arg(long)]
    force: bool,
    /// Date the pages by this day (YYYY-MM-DD); default: `SOURCE_DATE_EPOCH`, else today in UTC
    #[arg(long, value_name = "DAY", value_parser = options::day)]
    today: Option<Day>,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let Some(base_url) = BaseUrl::parse(&args.base_url) else {
        bail!("--base-url {}: this is not an address; write https://playbook.example.org/", args.base_url);
    };
    let title = args.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let existing = if args.force { Existing::Keep } else { Existing::Refuse };
    let options = init::Options { title, base_url, today: world::today(args.today)?, existing };
    let made = init::init(&args.folder, &options)?;
    report::print(&summary(&args.folder, &made));
    Ok(GOOD)
}

/// The commands to go on with.
const NEXT: [(&str, &str); 3] = [
    ("fieldbook serve", "see it in the browser"),
    ("fieldbook new guide \"Rotating secrets\"", "begin a page; README.md has the other kinds"),
    ("fieldbook check", "before you publish"),
];

fn summary(folder: &Path, made: &Made) -> String {
    let list = |files: &[String]| -> String { files.iter().map(|file| format!("  {file}\n")).collect() };
    let shown = folder.display();
    let mut text = format!("made {} in {shown}\n{}", number(made.written.len(), "file"), list(&made.written));
    if !made.left.is_empty() {
        text.push_str(&format!("\nleft as they were, since something is there already\n{}", list(&made.left)));
    }
    text.push_str("\nnext\n");
    if folder != Path::new(".") {
        text.push_str(&format!("  cd {}\n", quoted(&shown.to_string())));
    }
    for (command, what) in NEXT {
        text.push_str(&format!("  {command:<40}{what}\n"));
    }
    text
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let is_simple = path.chars().all(|c| c.is_alphanumeric() || "/._-+:\\".contains(c));
    if is_simple { path.to_string() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}
