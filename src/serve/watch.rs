//! Watches what a site is made from and tells what was touched, once things are quiet again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::base::fs;
use crate::base::fs::write as disk;
use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::config::resolve::CONFIG_NAMES;
use crate::model::source::Touched;

/// How long nothing may happen before a few changes count as made: an editor that saves by rename needs less.
const QUIET: Duration = Duration::from_millis(12);

/// The same for many changes: what touches that many files at once, such as a change of branches, has pauses.
const QUIET_AFTER_MANY: Duration = Duration::from_millis(250);

/// From how many files on changes are many.
const MANY: usize = 8;

/// How long changes are gathered at most, so that something that never rests holds nothing up.
const LONGEST: Duration = Duration::from_secs(5);

/// How often the files are looked at where the system cannot tell of changes.
const POLL: Duration = Duration::from_secs(1);

/// The folder of the themes.
const THEMES: &str = "themes";

/// Watches the folders of a site.
pub struct Watch {
    watcher: Box<dyn Watcher + Send>,
    events: Receiver<notify::Result<Event>>,
    root: PathBuf,
    watched: BTreeSet<(PathBuf, bool)>,
    /// Whether the files are looked at again and again.
    pub is_polling: bool,
}

impl Watch {
    /// Begins to watch what a project is made from; `poll` looks at the files so often instead of waiting to be told.
    ///
    /// Where the system cannot watch so many folders, the files are looked at once a second.
    ///
    /// # Errors
    /// When the folder of the project cannot be watched at all.
    pub fn new(project: &Project, poll: Option<Duration>) -> Result<Self> {
        if poll.is_none() {
            let told = Self::with(project, |sender| Ok(Box::new(RecommendedWatcher::new(sender, Config::default())?)));
            if let Ok(watch) = told {
                return Ok(watch);
            }
        }
        let interval = poll.unwrap_or(POLL);
        let polled = Self::with(project, |sender| {
            let config = Config::default().with_poll_interval(interval);
            Ok(Box::new(PollWatcher::new(sender, config)?))
        });
        Ok(Watch { is_polling: true, ..polled? })
    }

    fn with(
        project: &Project,
        make: impl FnOnce(std::sync::mpsc::Sender<notify::Result<Event>>) -> notify::Result<Box<dyn Watcher + Send>>,
    ) -> Result<Self> {
        let (sender, events) = channel();
        let watcher = make(sender).with_context(|| format!("watching {}", project.root.display()))?;
        let root = disk::resolve(&project.root)?;
        let mut watch = Watch { watcher, events, root, watched: BTreeSet::new(), is_polling: false };
        watch.follow(project)?;
        Ok(watch)
    }

    /// Watches the folders that the project has now, and no other. Returns whether there are new ones among them.
    ///
    /// # Errors
    /// When one of them cannot be watched.
    pub fn follow(&mut self, project: &Project) -> Result<bool> {
        let wanted = wanted(project, &self.root);
        for (folder, _) in self.watched.difference(&wanted) {
            // A folder that is gone is watched no more anyway.
            let _ = self.watcher.unwatch(folder);
        }
        let new: Vec<(PathBuf, bool)> = wanted.difference(&self.watched).cloned().collect();
        self.watched = wanted;
        for (folder, is_whole) in &new {
            let mode = if *is_whole { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            self.watcher.watch(folder, mode).with_context(|| format!("watching {}", folder.display()))?;
        }
        Ok(!new.is_empty())
    }

    /// Waits until something was touched that the project may be made from, and until things are quiet again.
    ///
    /// `None` when there will be no more.
    pub fn next(&mut self, project: &Project) -> Option<Touched> {
        let scope = Scope { project, is_content: Box::new(project.content_rule()) };
        loop {
            let mut gathered = Gathered::default();
            let first = self.events.recv().ok()?;
            self.add(&scope, first, &mut gathered);
            self.gather(&scope, &mut gathered);
            if gathered.is_anything {
                return Some(Touched::Anything);
            }
            if !gathered.files.is_empty() {
                return Some(Touched::Files(gathered.files));
            }
        }
    }

    /// Takes in what follows a first change, until nothing does.
    #[expect(clippy::disallowed_methods, reason = "how long to wait is no part of what is built")]
    fn gather(&mut self, scope: &Scope<'_>, gathered: &mut Gathered) {
        let start = Instant::now();
        while start.elapsed() < LONGEST {
            let is_large = gathered.is_anything || gathered.files.len() >= MANY;
            let quiet = if is_large { QUIET_AFTER_MANY } else { QUIET };
            match self.events.recv_timeout(quiet) {
                Ok(event) => self.add(scope, event, gathered),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn add(&mut self, scope: &Scope<'_>, event: notify::Result<Event>, gathered: &mut Gathered) {
        let Ok(event) = event else {
            gathered.is_anything = true;
            return;
        };
        // That we read the files is no change of them.
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        gathered.is_anything |= event.need_rescan();
        for path in &event.paths {
            if self.watched.iter().any(|(folder, _)| folder == path && *folder != self.root) {
                // The folder itself came or went: what is in it is watched anew.
                self.watched.retain(|(folder, _)| folder != path);
                let _ = self.watcher.unwatch(path);
                gathered.is_anything = true;
            }
            let Some(path) = below(&self.root, path) else { continue };
            if scope.has(&path) {
                gathered.files.insert(path);
            }
        }
    }
}

/// Tells what a project may be made from.
struct Scope<'a> {
    project: &'a Project,
    is_content: Box<dyn Fn(&str) -> bool + 'a>,
}

impl Scope<'_> {
    /// Returns whether the project may be made from what is at a path.
    fn has(&self, path: &SourcePath) -> bool {
        let Project { content, config_path, .. } = self.project;
        if let Some(below) = path.below(content) {
            let mut ends = below.match_indices('/').map(|(at, _)| at).chain([below.len()]);
            return ends.all(|end| (self.is_content)(&below[..end])) || config_path.as_ref() == Some(path);
        }
        let first = path.as_str().split('/').next().unwrap_or_default();
        let folders = [self.project.static_folder(), self.project.templates_folder(), THEMES];
        folders.contains(&first) || CONFIG_NAMES.contains(&first) || content.split('/').next() == Some(first)
    }
}

/// What was touched so far.
#[derive(Default)]
struct Gathered {
    files: BTreeSet<SourcePath>,
    is_anything: bool,
}

/// The folders that a project is made from, and whether everything in them counts.
fn wanted(project: &Project, root: &Path) -> BTreeSet<(PathBuf, bool)> {
    if project.content.is_empty() {
        return BTreeSet::from([(root.to_path_buf(), true)]);
    }
    let folders = [project.content.as_str(), project.static_folder(), project.templates_folder(), THEMES];
    let there = folders.iter().map(|folder| root.join(folder)).filter(|folder| fs::is_folder(folder));
    there.map(|folder| (folder, true)).chain([(root.to_path_buf(), false)]).collect()
}

fn below(root: &Path, path: &Path) -> Option<SourcePath> {
    let relative = path.strip_prefix(root).ok()?.to_str()?;
    (!relative.is_empty()).then(|| SourcePath::new(&relative.replace('\\', "/")))
}
