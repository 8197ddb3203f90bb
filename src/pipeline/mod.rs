//! The only file that knows the order of the stages: load, parse, link, render, emit.

mod values;

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;

use crate::config::project::Project;
use crate::diag::{Diagnostic, Report, Reported};
use crate::emit::folder::OutputFolder;
use crate::emit::memory::{self, MemorySite, Recipes};
use crate::emit::{self, Written};
use crate::link;
use crate::load;
use crate::model::output::{Content, Output};
use crate::model::source::{Sources, Touched};
use crate::parse::{self, ParsedPage};
pub use crate::pipeline::values::{Former, Memory, Outcome, Progress, Read, Rebuilt, Texts};
use crate::render::Renderer;

/// Builds a project into its output folder. `earlier` are the faults of the configuration.
///
/// Gives `None` for what was written when there are errors and the project does not keep going.
///
/// # Errors
/// When the disk refuses; the last good site is then as it was, or is completed by the next run.
pub fn build(project: &Project, earlier: Vec<Diagnostic>, progress: &dyn Progress) -> Result<Outcome<Option<Written>>> {
    let read = read(project, progress)?;
    let out = OutputFolder::new(&project.out, &sources_of(project))?;
    let stage = |works: &Works<'_>| emit::stage(&out, works.outputs, &|output| works.make(output));
    let (outcome, _) = run(project, with(earlier, read), &Memory::default(), progress, &stage)?;
    let Outcome { report, texts, site, made: staged } = outcome;
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
    progress: &dyn Progress,
    see: &(dyn Fn(&Output, &Content) -> T + Sync),
) -> Result<Outcome<Vec<T>>> {
    let read = read(project, progress)?;
    let look = |works: &Works<'_>| Ok(memory::visit(works.outputs, &|output| works.make(output), see));
    let (outcome, _) = run(project, with(earlier, read), &Memory::default(), progress, &look)?;
    Ok(outcome)
}

/// Builds a project into memory, in spite of errors. What the build before this one left in `former` is taken over as
/// far as it would be made the same again; `touched` says what may have changed on disk since.
///
/// # Errors
/// When something that must be there cannot be read; `former` is then as it was.
pub fn rebuild(
    project: &Project,
    earlier: Vec<Diagnostic>,
    former: &mut Former,
    touched: &Touched,
    progress: &dyn Progress,
) -> Result<Outcome<Rebuilt>> {
    progress.stage("load");
    let sources = load::load(project, former.sources.as_ref(), touched)?;
    renew(project, earlier, sources, former, progress)
}

/// Builds sources that are in memory already into a site in memory.
///
/// # Errors
/// When a file that is to be copied cannot be looked at.
pub fn compile(project: &Project, sources: Sources) -> Result<Outcome<MemorySite>> {
    let Outcome { report, texts, site, made } =
        renew(project, Vec::new(), Reported::clean(sources), &mut Former::default(), &|_| {})?;
    Ok(Outcome { report, texts, site, made: made.site })
}

fn renew(
    project: &Project,
    earlier: Vec<Diagnostic>,
    sources: Reported<Sources>,
    former: &mut Former,
    progress: &dyn Progress,
) -> Result<Outcome<Rebuilt>> {
    progress.stage("parse");
    let pages = parse::parse(project, &sources.value, &former.pages);
    let read = with(earlier, to_read(sources.clone(), pages.clone()));
    let end = |works: &Works<'_>| {
        let key = |output: &Output| works.renderer.key(output);
        let make = |output: &Output| works.render(output);
        let renewed = memory::renew(works.outputs, Recipes { key: &key, make: &make }, &former.keep)?;
        works.report(renewed.faults);
        Ok((Rebuilt { site: renewed.site, changed: renewed.changed }, renewed.keep))
    };
    let (outcome, memory) = run(project, read, &former.memory, progress, &end)?;
    let Outcome { report, texts, site, made: (made, keep) } = outcome;
    progress.stage("end");
    *former = Former { sources: Some(sources), pages, memory, keep };
    Ok(Outcome { report, texts, site, made })
}

/// Reads and understands the sources.
///
/// # Errors
/// When something that must be there cannot be read.
pub fn read(project: &Project, progress: &dyn Progress) -> Result<Reported<Read>> {
    progress.stage("load");
    let sources = load::load(project, None, &Touched::Anything)?;
    progress.stage("parse");
    let pages = parse::parse(project, &sources.value, &[]);
    Ok(to_read(sources, pages))
}

fn to_read(sources: Reported<Sources>, pages: Vec<ParsedPage>) -> Reported<Read> {
    let mut diagnostics = Vec::new();
    let sources = sources.take(&mut diagnostics);
    let pages = pages.into_iter().map(|page| page.take(&mut diagnostics)).collect();
    Reported::new(Read { sources, pages }, diagnostics)
}

/// The outputs of a site, with what makes them and takes their faults.
struct Works<'a> {
    renderer: &'a Renderer<'a>,
    outputs: &'a [Output],
    found: Mutex<Vec<Diagnostic>>,
    progress: &'a dyn Progress,
    made: AtomicUsize,
}

impl Works<'_> {
    fn render(&self, output: &Output) -> Reported<Content> {
        let made = self.renderer.make(output);
        self.progress.made(self.made.fetch_add(1, Ordering::Relaxed) + 1, self.outputs.len());
        made
    }

    fn make(&self, output: &Output) -> Content {
        let made = self.render(output);
        if !made.diagnostics.is_empty() {
            self.report(made.diagnostics);
        }
        made.value
    }

    fn report(&self, diagnostics: Vec<Diagnostic>) {
        self.found.lock().expect("no thread panics while it holds the list").extend(diagnostics);
    }
}

/// The rest of the road: `end` is given the outputs and makes of them what the caller wants.
fn run<T>(
    project: &Project,
    read: Reported<Read>,
    former: &Memory,
    progress: &dyn Progress,
    end: &dyn Fn(&Works<'_>) -> Result<T>,
) -> Result<(Outcome<T>, Memory)> {
    let mut diagnostics = Vec::new();
    let read = read.take(&mut diagnostics);
    let texts = texts_of(&read.sources);
    progress.stage("link");
    let (site, links) = link::link(project, read.pages, &read.sources.files, &former.links);
    let site = site.take(&mut diagnostics);
    progress.stage("render");
    let renderer = Renderer::new(project, &site, &read.sources.theme, &former.rendering).take(&mut diagnostics);
    diagnostics.extend(renderer.plan().diagnostics.iter().cloned());
    progress.stage("emit");
    let (found, made) = (Mutex::new(diagnostics), AtomicUsize::new(0));
    let works = Works { renderer: &renderer, outputs: &renderer.plan().value, found, progress, made };
    let made = end(&works)?;
    let diagnostics = works.found.into_inner().expect("no thread panics while it holds the list");
    let report = Report::new(diagnostics, &project.config.levels);
    let memory = Memory { links, rendering: renderer.into_memory() };
    Ok((Outcome { report, texts, site, made }, memory))
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
