//! The only file that knows the order of the stages: load, parse, link, render, emit.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use anyhow::Result;

use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::diag::{Diagnostic, Report, Reported};
use crate::emit::{self, Written};
use crate::link;
use crate::load;
use crate::model::output::{Content, Output};
use crate::model::page::Page;
use crate::model::site::Site;
use crate::model::source::Sources;
use crate::parse;
use crate::render::Renderer;

/// What the first two stages make of a project.
#[derive(Debug)]
pub struct Read {
    /// Everything that was read.
    pub sources: Sources,
    /// The pages, those among them that are not for this build.
    pub pages: Vec<Page>,
}

/// What became of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The faults.
    pub report: Report,
    /// The texts that the report points into.
    pub texts: Texts,
    /// How many pages the site has.
    pub pages: usize,
    /// What was written; `None` when nothing was, because of errors or because nothing was to be.
    pub written: Option<Written>,
}

/// The texts of a project by their path.
pub type Texts = BTreeMap<SourcePath, Arc<str>>;

/// Is told the name of each stage as it begins.
pub type OnStage<'a> = &'a dyn Fn(&'static str);

/// Looks at an output with its bytes; called from many threads.
pub type Look<'a> = dyn Fn(&Output, &Content) + Sync + 'a;

/// Where the outputs go.
pub enum Sink<'a> {
    /// Into the project's output folder.
    Disk,
    /// Nowhere: each is shown and forgotten.
    Look(&'a Look<'a>),
}

/// The first door: reads and understands the sources.
///
/// # Errors
/// When something that must be there cannot be read.
pub fn read(project: &Project, on_stage: OnStage<'_>) -> Result<Reported<Read>> {
    let mut diagnostics = Vec::new();
    on_stage("load");
    let sources = load::load(project)?.take(&mut diagnostics);
    on_stage("parse");
    let pages = parse::parse(project, &sources).take(&mut diagnostics);
    Ok(Reported::new(Read { sources, pages }, diagnostics))
}

/// The second door: makes a site of what was read.
pub fn link(project: &Project, read: Read, on_stage: OnStage<'_>) -> (Reported<Site>, Sources) {
    on_stage("link");
    (link::link(project, read.pages, &read.sources.files), read.sources)
}

/// The third door: goes all the way. `earlier` are the faults of the configuration.
///
/// # Errors
/// When the disk refuses; the last good site is then as it was.
pub fn build(project: &Project, earlier: Vec<Diagnostic>, sink: Sink<'_>, on_stage: OnStage<'_>) -> Result<Outcome> {
    let mut diagnostics = earlier;
    let read = read(project, on_stage)?.take(&mut diagnostics);
    let texts = texts_of(&read.sources);
    let (site, sources) = link(project, read, on_stage);
    let site = site.take(&mut diagnostics);
    on_stage("render");
    let renderer = Renderer::new(project, &site, &sources.theme).take(&mut diagnostics);
    let outputs = renderer.plan().take(&mut diagnostics);
    let found = Mutex::new(diagnostics);
    let make = |output: &Output| {
        let made = renderer.make(output);
        if !made.diagnostics.is_empty() {
            found.lock().expect("no thread panics while it holds the list").extend(made.diagnostics);
        }
        made.value
    };
    let report = || {
        let diagnostics = std::mem::take(&mut *found.lock().expect("no thread panics while it holds the list"));
        Report::new(diagnostics, &project.config.levels)
    };
    on_stage("emit");
    let (report, written) = match sink {
        Sink::Look(look) => {
            emit::memory::visit(&outputs, &make, look);
            (report(), None)
        }
        Sink::Disk => {
            let staged = emit::stage(&project.out, &outputs, &make)?;
            let report = report();
            let written = match report.has_errors() && !project.keep_going {
                true => staged.discard().map(|()| None)?,
                false => Some(staged.commit()?),
            };
            (report, written)
        }
    };
    Ok(Outcome { report, texts, pages: site.pages.len(), written })
}

fn texts_of(sources: &Sources) -> Texts {
    let texts = sources.texts.iter().map(|source| (source.path.clone(), source.text.clone()));
    let templates = sources.theme.templates.iter().map(|template| (template.path.clone(), template.text.clone()));
    texts.chain(templates).collect()
}
