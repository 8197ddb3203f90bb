//! Asks other sites whether what the site links to is there. It is no part of `build`.

mod ask;
mod report;
mod store;
mod targets;
mod verdict;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::base::git;
use crate::base::http::Failure;
use crate::base::http::address::WebUrl;
use crate::base::path::SourcePath;
use crate::check::external::store::Store;
use crate::check::external::verdict::{Answer, judge};
use crate::config::project::Project;
use crate::diag::Report;
use crate::emit::folder::WORKING_FOLDER;
use crate::pipeline::Outcome;

/// So many hosts are not all down at the same time.
const SEVERAL: usize = 3;

/// How links to other sites are checked in one run.
pub struct Options<'a> {
    /// The moment of the run, in seconds since 1970.
    pub now: i64,
    /// Whether all is asked for again, whatever is remembered.
    pub ask_again: bool,
    /// Checks only what stands in files that differ from this revision of git.
    pub changed_since: Option<&'a str>,
    /// Is told how many addresses are settled, of how many that are asked for.
    pub on_progress: &'a dyn Fn(usize, usize),
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// How many addresses on other sites are linked to.
    pub addresses: usize,
    /// How many of them were asked for; of the others the answer was remembered.
    pub asked: usize,
}

/// Asks for every address on other sites that a site links to, once each, and adds what is wrong to its report. What was
/// answered is remembered beside the output folder.
///
/// # Errors
/// When git cannot say what has changed, or when this machine seems to be offline.
pub fn check<T>(project: &Project, outcome: Outcome<T>, options: &Options<'_>) -> Result<(Outcome<T>, Checked)> {
    let changed = options.changed_since.map(|revision| git::changed_since(&project.root, revision)).transpose()?;
    let is_wanted = |path: &SourcePath| changed.as_ref().is_none_or(|changed| changed.contains(path.as_str()));
    let Outcome { report, texts, site, made } = outcome;
    let targets = targets::gather(project, &site, &is_wanted);
    let settings = &project.config.external;

    let path = store_path(project);
    let mut store = Store::read(&path);
    store.forget(options.now, settings);
    let is_open = |url: &&WebUrl| options.ask_again || store.recall(url.as_str()).is_none();
    let open: Vec<WebUrl> = targets.places.keys().filter(is_open).cloned().collect();
    let mut settled = 0;
    ask::ask(&open, settings, &mut |number, answer| {
        store.remember(open[number].as_str(), answer, options.now);
        settled += 1;
        (options.on_progress)(settled, open.len());
    });
    if is_offline(&open, &store) {
        bail!("no other site can be reached, so this machine seems to be offline; leave out --external");
    }
    if !open.is_empty() {
        // Where nothing can be written the next run asks again; that is all.
        let _ = store.write(&path);
    }

    let mut diagnostics = report.into_diagnostics();
    diagnostics.extend(targets.unreadable.iter().map(report::unreadable));
    for (url, places) in &targets.places {
        let verdict = store.recall(url.as_str()).map(|answer| judge(answer, &settings.accept));
        diagnostics.extend(verdict.iter().flat_map(|verdict| report::report(url, places, verdict)));
    }
    let checked = Checked { addresses: targets.places.len(), asked: open.len() };
    let report = Report::new(diagnostics, &project.config.levels);
    Ok((Outcome { report, texts, site, made }, checked))
}

/// Whether none of several hosts could be reached. That says nothing of the links.
fn is_offline(asked: &[WebUrl], store: &Store) -> bool {
    let is_out_of_reach = |url: &WebUrl| match store.recall(url.as_str()) {
        Some(Answer::Failure(failure)) => matches!(failure, Failure::NoSuchHost | Failure::Unreachable),
        _ => false,
    };
    let hosts: BTreeSet<String> = asked.iter().map(WebUrl::peer).collect();
    hosts.len() >= SEVERAL && asked.iter().all(is_out_of_reach)
}

/// Where answers are remembered: in the working folder beside the output folder.
fn store_path(project: &Project) -> PathBuf {
    let beside = project.out.parent().unwrap_or(&project.root);
    beside.join(WORKING_FOLDER).join("external.json")
}
