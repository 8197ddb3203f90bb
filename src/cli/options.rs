//! The options that several commands have.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::ValueEnum;

use crate::base::date::Day;
use crate::cli::world;
use crate::config::project::{Options, Project};
use crate::config::resolve;
use crate::diag::Reported;
use crate::diag::render::Format;

/// Which site, and how it is built.
#[derive(Clone, Debug, clap::Args)]
pub struct SiteArgs {
    /// The folder of the site (with `fieldbook.yaml`), or any folder of Markdown
    ///
    /// Without it: the nearest folder at or above this one with a `fieldbook.yaml`, else this folder.
    pub folder: Option<PathBuf>,
    /// Say where the site will be served, e.g. `https://playbook.example.org/`
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
    /// Include pages whose date lies in the future
    #[arg(long)]
    pub future: bool,
    /// Include pages for this audience (may be repeated)
    #[arg(long, value_name = "NAME")]
    pub audience: Vec<String>,
    /// Build as if it were this day (YYYY-MM-DD); default: `SOURCE_DATE_EPOCH`, else today in UTC
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub today: Option<Day>,
    /// Take warnings for errors
    #[arg(long)]
    pub strict: bool,
}

/// How messages are shown.
#[derive(Clone, Debug, clap::Args)]
pub struct MessageArgs {
    /// The form of the messages about the content
    #[arg(long, value_enum, default_value_t = FormatArg::Human)]
    pub format: FormatArg,
    /// Colour the messages
    #[arg(long, value_enum, default_value_t = ColorArg::Auto)]
    pub color: ColorArg,
    /// Say nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
    /// Say what is done and how long it takes
    #[arg(long, short)]
    pub verbose: bool,
}

/// The form of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// With the source line and a way out
    Human,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
    /// Annotations of GitHub Actions
    Github,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorArg {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl SiteArgs {
    /// Finds the project and resolves its settings; `out` is where it will be written.
    ///
    /// # Errors
    /// When the folder or the configuration cannot be read, or an option makes no sense.
    pub fn resolve(&self, out: Option<PathBuf>, keep_going: bool) -> Result<Reported<Project>> {
        let current = std::env::current_dir().context("finding the current folder")?;
        let options = Options {
            base_url: self.base_url.clone(),
            out: out.map(|out| current.join(out)),
            today: world::today(self.today)?,
            drafts: self.drafts,
            future: self.future,
            audiences: self.audience.clone(),
            strict: self.strict,
            keep_going,
            preview: world::is_preview(),
        };
        resolve::resolve(self.folder.as_deref(), &current, &options)
    }
}

/// Reads a day as it is written on the command line.
pub fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|_| "this is not a day; write it as 2026-01-05".to_string())
}

impl FormatArg {
    /// Returns the form as the library knows it.
    pub fn to_format(self) -> Format {
        match self {
            FormatArg::Human => Format::Human,
            FormatArg::Short => Format::Short,
            FormatArg::Json => Format::Json,
            FormatArg::Github => Format::Github,
        }
    }
}
