//! Goes over the site and over its finished pages: what a build can do with and a reader or an owner would miss.

mod dead_end;
pub mod external;
mod google_behind;
mod heading_order;
mod http_link;
mod long_page;
mod long_template;
pub mod mend;
mod missing_owner;
mod orphan_page;
mod output_links;
mod repeated_description;
mod repeated_title;
mod repeats;
mod stale_page;
mod subject;
mod unreleased_change;

use anyhow::Result;
use rayon::prelude::*;

use crate::check::output_links::OutputLinks;
use crate::check::subject::Subject;
use crate::config::project::Project;
use crate::diag::{Diagnostic, Report};
use crate::pipeline::{self, Outcome, Progress};

/// The checks of the site; a new one is a file and a row here.
const CHECKS: &[fn(&Subject<'_>) -> Vec<Diagnostic>] = &[
    orphan_page::check,
    dead_end::check,
    stale_page::check,
    missing_owner::check,
    repeated_title::check,
    repeated_description::check,
    heading_order::check,
    long_page::check,
    http_link::check,
    unreleased_change::check,
    google_behind::check,
    long_template::check,
];

/// Checks a project on the same road as `build`, writes nothing, and goes over the site and its finished pages.
///
/// # Errors
/// When something that must be there cannot be read.
pub fn check(project: &Project, earlier: Vec<Diagnostic>, progress: &dyn Progress) -> Result<Outcome<()>> {
    let links = OutputLinks::new(project.config.base_path());
    let Outcome { report, texts, site, .. } =
        pipeline::visit(project, earlier, progress, &|output, content| links.look(output, content))?;
    progress.stage("check");
    let mut diagnostics = report.into_diagnostics();
    diagnostics.extend(links.into_broken());
    let subject = Subject::new(project, &site, &texts);
    diagnostics.par_extend(CHECKS.par_iter().flat_map_iter(|check| check(&subject)));
    Ok(Outcome { report: Report::new(diagnostics, &project.config.levels), texts, site, made: () })
}
