//! A site on disk: its root, its folders, and how it is to be built.

use std::path::PathBuf;

use crate::base::date::Day;
use crate::base::path::SourcePath;
use crate::config::Config;

/// A site and how it is to be built. It is the one place that knows the clock.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder that source paths are relative to.
    pub root: PathBuf,
    /// The configuration file, if there is one.
    pub config_path: Option<SourcePath>,
    /// The folder of the content below the root: `content`, or `""` when the root is the content.
    pub content: String,
    /// Where the site is written.
    pub out: PathBuf,
    /// The settings.
    pub config: Config,
    /// Which pages are in.
    pub selection: Selection,
    /// Whether the site is written in spite of errors.
    pub keep_going: bool,
}

/// Which pages are in a build.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The day of the build: the one clock there is.
    pub today: Day,
    /// Whether drafts are in.
    pub drafts: bool,
    /// Whether pages of the future are in.
    pub future: bool,
    /// The audiences whose pages are in, beside pages for everybody.
    pub audiences: Vec<String>,
}

/// What the command line says; every `None` leaves it to the configuration.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the site will be served.
    pub base_url: Option<String>,
    /// Where the site is written.
    pub out: Option<PathBuf>,
    /// The day of the build; 1970-01-01 unless said, so that the library has no clock.
    pub today: Day,
    /// Whether drafts are in.
    pub drafts: bool,
    /// Whether pages of the future are in.
    pub future: bool,
    /// The audiences whose pages are in.
    pub audiences: Vec<String>,
    /// Whether warnings are errors.
    pub strict: bool,
    /// Whether the site is written in spite of errors.
    pub keep_going: bool,
    /// Whether this is a preview that search engines should not see.
    pub preview: bool,
}

impl Project {
    /// Makes a project without a configuration whose sources are in memory; its output folder is never written to.
    pub fn in_memory(title: &str) -> Self {
        Project {
            root: PathBuf::new(),
            config_path: None,
            content: String::new(),
            out: PathBuf::from("public"),
            config: Config::bare(title),
            selection: Selection { today: Day::default(), drafts: false, future: true, audiences: Vec::new() },
            keep_going: true,
        }
    }

    /// Returns the folder of files that are copied as they are.
    pub fn static_folder(&self) -> &'static str {
        "static"
    }

    /// Returns the folder of the site's own templates.
    pub fn templates_folder(&self) -> &'static str {
        "templates"
    }

    /// Returns whether the site has a configuration file.
    pub fn has_config(&self) -> bool {
        self.config_path.is_some()
    }
}
