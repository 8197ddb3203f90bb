//! A project on disk for one test: files in, outputs and a report out.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fieldbook::base::path::SourcePath;
use fieldbook::check;
use fieldbook::check::external::{self, Checked};
use fieldbook::config::project::Options;
use fieldbook::config::resolve::resolve;
use fieldbook::diag::render::{Format, render};
use fieldbook::emit::Written;
use fieldbook::pipeline::{self, Outcome};

/// The day of every test.
pub const TODAY: &str = "2026-06-15";

/// A configuration with an address, for sites that want feeds.
pub const CONFIG: &str = "title: Test\nbase_url: https://example.org/\n";

/// A project in a temporary folder.
pub struct Project {
    folder: tempfile::TempDir,
    options: Options,
}

/// What a build made.
pub struct Built {
    /// The folder of the site.
    pub out: PathBuf,
    /// The report as people see it.
    pub report: String,
    /// The report, one line a fault.
    pub short: String,
    /// What became of the run.
    pub outcome: Outcome<Option<Written>>,
}

impl Project {
    /// An empty folder without a configuration.
    pub fn bare() -> Self {
        let today = TODAY.parse().expect("a day");
        let folder = tempfile::tempdir().expect("a temporary folder");
        Project { folder, options: Options { today, ..Options::default() } }
    }

    /// A site with a configuration.
    pub fn new() -> Self {
        let project = Self::bare().file("fieldbook.yaml", CONFIG);
        fs::create_dir_all(project.root().join("content")).expect("a folder");
        project
    }

    /// Adds a file.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    /// Changes the options.
    pub fn with(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(&mut self.options);
        self
    }

    /// The folder of the project.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Builds the site.
    pub fn build(&self) -> Built {
        let options = Options {
            out: Some(self.options.out.clone().unwrap_or(self.root().join("public"))),
            ..self.options.clone()
        };
        let project = resolve(Some(self.root()), self.root(), &options).expect("a project");
        let (project, earlier) = (project.value, project.diagnostics);
        let outcome = pipeline::build(&project, earlier, &|_| {}).expect("a build");
        let report = self.render(&outcome, Format::Human);
        let short = self.render(&outcome, Format::Short);
        Built { out: project.out, report, short, outcome }
    }

    /// Checks the site and gives the report as people see it.
    pub fn check(&self) -> String {
        let project = resolve(Some(self.root()), self.root(), &self.options).expect("a project");
        let outcome = check::check(&project.value, project.diagnostics, &|_| {}).expect("a check");
        self.render(&outcome, Format::Human)
    }

    /// Checks the site and the links to other sites, and gives the report as people see it.
    pub fn check_external(&self, options: &external::Options<'_>) -> anyhow::Result<(String, Checked)> {
        let project = resolve(Some(self.root()), self.root(), &self.options).expect("a project");
        let outcome = check::check(&project.value, project.diagnostics, &|_| {}).expect("a check");
        let (outcome, checked) = external::check(&project.value, outcome, options)?;
        Ok((self.render(&outcome, Format::Human), checked))
    }

    fn render<T>(&self, outcome: &Outcome<T>, format: Format) -> String {
        let texts = |path: &SourcePath| -> Option<Arc<str>> {
            let on_disk = || fs::read_to_string(path.on_disk(self.root())).ok().map(Arc::from);
            outcome.texts.get(path).cloned().or_else(on_disk)
        };
        render(&outcome.report, &texts, format, false)
    }
}

impl Built {
    /// The text of an output.
    #[track_caller]
    pub fn output(&self, path: &str) -> String {
        fs::read_to_string(self.out.join(path)).unwrap_or_else(|error| panic!("{path}: {error}\n{}", self.report))
    }

    /// Whether there is an output.
    pub fn has(&self, path: &str) -> bool {
        self.out.join(path).exists()
    }

    /// All outputs with their bytes, sorted by path.
    pub fn all(&self) -> Vec<(String, Vec<u8>)> {
        files_below(&self.out)
    }

    /// Holds that there is nothing to report.
    #[track_caller]
    pub fn reports_nothing(self) -> Self {
        assert!(self.report.is_empty(), "{}", self.report);
        self
    }

    /// Holds that a line of the report has these words.
    #[track_caller]
    pub fn reports(self, words: &str) -> Self {
        assert!(self.report.contains(words), "{words:?} is not in the report:\n{}", self.report);
        self
    }
}

/// All files below a folder with their bytes, sorted by path.
pub fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                found.push((name, fs::read(&path).expect("read")));
            }
        }
    }
    found.sort();
    found
}
