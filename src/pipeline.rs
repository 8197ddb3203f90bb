//! The only file that knows the order of the stages: load, parse, link, render, emit.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use anyhow::Result;

use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::diag::{Diagnostic, Report, Reported};
use crate::emit::folder::OutputFolder;
use crate::emit::memory::{self, MemorySite};
use crate::emit::{self, Make, Written};
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
    pub pages: Vec<Arc<Page>>,
}

/// What became of a run: its faults, its site, and what its end made of the outputs.
#[derive(Debug)]
pub struct Outcome<T> {
    /// The faults.
    pub report: Report,
    /// The texts that the report points into.
    pub texts: Texts,
    /// The site.
    pub site: Site,
    /// What came of the outputs.
    pub made: T,
}

/// The texts of a project by their path.
pub type Texts = BTreeMap<SourcePath, Arc<str>>;

/// Is told the name of each stage as it begins.
pub type OnStage<'a> = &'a dyn Fn(&'static str);

/// Builds a project into its output folder. `earlier` are the faults of the configuration.
///
/// Gives `None` for what was written when there are errors and the project does not keep going.
///
/// # Errors
/// When the disk refuses; the last good site is then as it was, or is completed by the next run.
pub fn build(project: &Project, earlier: Vec<Diagnostic>, on_stage: OnStage<'_>) -> Result<Outcome<Option<Written>>> {
    let read = read(project, on_stage)?;
    let out = OutputFolder::new(&project.out, &sources_of(project))?;
    let Outcome { report, texts, site, made: staged } =
        run(project, with(earlier, read), on_stage, &|outputs, make| emit::stage(&out, outputs, make))?;
    // In a folder without a configuration the few faults that are errors all the same stop nothing else.
    let is_refused = report.has_errors() && project.has_config() && !project.keep_going;
    let made = match is_refused {
        true => staged.discard().map(|()| None)?,
        false => Some(staged.commit()?),
    };
    Ok(Outcome { report, texts, site, made })
}

/// Goes the same road and shows each output with its bytes to `see`, from many threads; keeps and writes nothing.
///
/// # Errors
/// When something that must be there cannot be read.
pub fn visit<T: Send>(
    project: &Project,
    earlier: Vec<Diagnostic>,
    on_stage: OnStage<'_>,
    see: &(dyn Fn(&Output, &Content) -> T + Sync),
) -> Result<Outcome<Vec<T>>> {
    let read = read(project, on_stage)?;
    run(project, with(earlier, read), on_stage, &|outputs, make| Ok(memory::visit(outputs, make, see)))
}

/// Builds sources that are in memory already into a site in memory.
///
/// # Errors
/// When a file that is to be copied cannot be read.
pub fn compile(project: &Project, sources: Sources) -> Result<Outcome<MemorySite>> {
    let mut diagnostics = Vec::new();
    let pages = parse::parse(project, &sources, &[]).into_iter().map(|page| page.take(&mut diagnostics)).collect();
    let read = Reported::new(Read { sources, pages }, diagnostics);
    run(project, read, &|_| {}, &|outputs, make| memory::collect(outputs, make))
}

/// Reads and understands the sources.
///
/// # Errors
/// When something that must be there cannot be read.
pub fn read(project: &Project, on_stage: OnStage<'_>) -> Result<Reported<Read>> {
    let mut diagnostics = Vec::new();
    on_stage("load");
    let sources = load::load(project)?.take(&mut diagnostics);
    on_stage("parse");
    let pages = parse::parse(project, &sources, &[]).into_iter().map(|page| page.take(&mut diagnostics)).collect();
    Ok(Reported::new(Read { sources, pages }, diagnostics))
}

/// Makes a site of what was read.
pub fn link(project: &Project, read: Read, on_stage: OnStage<'_>) -> (Reported<Site>, Sources) {
    on_stage("link");
    (link::link(project, read.pages, &read.sources.files), read.sources)
}

/// The rest of the road: `end` is given the plan and makes of it what the caller wants.
fn run<T>(
    project: &Project,
    read: Reported<Read>,
    on_stage: OnStage<'_>,
    end: &dyn Fn(&[Output], &Make<'_>) -> Result<T>,
) -> Result<Outcome<T>> {
    let mut diagnostics = Vec::new();
    let read = read.take(&mut diagnostics);
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
    on_stage("emit");
    let made = end(&outputs, &make)?;
    let diagnostics = found.into_inner().expect("no thread panics while it holds the list");
    let report = Report::new(diagnostics, &project.config.levels);
    Ok(Outcome { report, texts, site, made })
}

/// What the site is made from, which no output folder may be or hold.
fn sources_of(project: &Project) -> Vec<PathBuf> {
    let folders = [&project.content, project.static_folder(), project.templates_folder(), "themes", ".git"];
    folders.iter().map(|folder| project.root.join(folder)).collect()
}

fn with(mut earlier: Vec<Diagnostic>, read: Reported<Read>) -> Reported<Read> {
    earlier.extend(read.diagnostics);
    Reported::new(read.value, earlier)
}

fn texts_of(sources: &Sources) -> Texts {
    let texts = sources.texts.iter().map(|source| (source.path.clone(), source.text.clone()));
    let templates = sources.theme.templates.iter().map(|template| (template.path.clone(), template.text.clone()));
    texts.chain(templates).collect()
}
