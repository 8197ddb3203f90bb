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

/// Folders that never hold content, wherever they are.
const NEVER: [&str; 2] = ["node_modules", "target"];

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

    /// Returns the folder of the site's own forms, which `fieldbook new` begins from.
    pub fn forms_folder(&self) -> &'static str {
        "forms"
    }

    /// Returns the folder of the site's own templates.
    pub fn templates_folder(&self) -> &'static str {
        "templates"
    }

    /// Returns the folder of the content on disk.
    pub fn content_folder(&self) -> PathBuf {
        self.root.join(&self.content)
    }

    /// Returns the path of a file from its path below the content folder.
    pub fn content_path(&self, below: &str) -> SourcePath {
        match self.content.is_empty() {
            true => SourcePath::new(below),
            false => SourcePath::new(&format!("{}/{below}", self.content)),
        }
    }

    /// Returns what says whether a file or folder, by its path below the content folder, is content: hidden ones, those
    /// of other tools, the output folder and what the configuration ignores are not.
    pub fn content_rule(&self) -> impl Fn(&str) -> bool + '_ {
        let content = self.content_folder();
        let out = self.out.canonicalize().unwrap_or_else(|_| self.out.clone());
        let real_content = content.canonicalize().unwrap_or(content);
        let out_below = out.strip_prefix(&real_content).ok().map(|path| path.to_string_lossy().replace('\\', "/"));
        move |path| {
            let name = path.rsplit('/').next().unwrap_or(path);
            let is_out = out_below.as_deref().is_some_and(|out| !out.is_empty() && path == out);
            !name.starts_with('.') && !NEVER.contains(&name) && !is_out && !self.config.ignore.is_match(path)
        }
    }

    /// Returns whether the site has a configuration file.
    pub fn has_config(&self) -> bool {
        self.config_path.is_some()
    }
}
