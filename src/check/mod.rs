//! Goes over the finished pages: every link in them, whoever wrote it.

mod output_links;

use anyhow::Result;

use crate::config::project::Project;
use crate::diag::{Diagnostic, Report};
use crate::pipeline::{self, OnStage, Outcome};

/// Checks a project on the same road as `build`, writes nothing, and goes over the finished pages.
///
/// # Errors
/// When something that must be there cannot be read.
pub fn check(project: &Project, earlier: Vec<Diagnostic>, on_stage: OnStage<'_>) -> Result<Outcome<()>> {
    let links = output_links::OutputLinks::new(project.config.base_path());
    let Outcome { report, texts, pages, .. } =
        pipeline::visit(project, earlier, on_stage, &|output, content| links.look(output, content))?;
    let mut diagnostics = report.into_diagnostics();
    diagnostics.extend(links.into_broken());
    Ok(Outcome { report: Report::new(diagnostics, &project.config.levels), texts, pages, made: () })
}
