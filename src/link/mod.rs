//! Makes a site of pages: leaves out what is not for this build, resolves every link or reports it, and finds the
//! order of sections, taxonomies, relations and backlinks.

mod feeds;
mod files;
mod folders;
mod glossary;
mod menu;
mod names;
mod redirects;
mod relations;
mod resolve;
mod sections;
mod selection;
mod suggest;
mod taxonomies;
mod withheld;

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::link::files::Files;
use crate::link::names::Known;
use crate::link::resolve::{PageLinks, Resolver};
use crate::link::sections::Sections;
use crate::link::selection::Selection;
use crate::model::asset::File;
use crate::model::page::{Page, PageId};
use crate::model::site::Site;

/// Makes the site.
pub fn link(project: &Project, pages: Vec<Arc<Page>>, files: &[File]) -> Reported<Site> {
    let mut diagnostics = Vec::new();
    let Selection { mut pages, left_out } = selection::select(project, pages);
    let Sections { sections, section_of, neighbours } = sections::arrange(project, &pages, &left_out);
    let Files { published, hidden } =
        files::publish(project, (&pages, &left_out), &sections, files).take(&mut diagnostics);
    let taxonomies = taxonomies::collect(project, &pages).take(&mut diagnostics);
    let feeding = feeds::feeding(project, &pages, &sections, &section_of).take(&mut diagnostics);
    let feeds = feeds::collect(project, &pages, (&sections, &section_of), (&taxonomies, &feeding));
    let redirects = redirects::collect(&pages, &feeding).take(&mut diagnostics);
    let generated = names::generated(project, &feeds, &taxonomies);

    let known = Known {
        project,
        pages: &pages,
        left_out: &left_out,
        sections: &sections,
        files: &published,
        hidden: &hidden,
        generated: &generated,
    };
    let resolver = Resolver::new(known);
    let mut links: Vec<PageLinks> =
        (0..pages.len() as u32).into_par_iter().map(|id| resolver.page_links(PageId(id))).collect();
    let mut faults: Vec<_> = links.iter_mut().flat_map(|links| std::mem::take(&mut links.faults)).collect();
    let menu = menu::menu(&resolver, &mut faults);
    let settings = menu::settings(&resolver, &mut faults);
    diagnostics.extend(suggest::complete(&resolver, faults));

    if pages.is_empty() {
        let message = "there is no page to publish";
        let help = "put Markdown into the folder of the content, or look at `ignore:`, dates and drafts";
        diagnostics.push(Diagnostic::general(Code::NoPages, message).help(help));
    }
    withheld::keep_secret(&mut pages, &links);
    let glossary = glossary::find(&pages);
    let graph = relations::connect(&pages, &links);
    let resolved = links.into_iter().map(|links| links.resolved).collect();
    let site = Site {
        pages,
        resolved,
        sections,
        section_of,
        neighbours,
        taxonomies,
        feeds,
        graph,
        glossary,
        redirects,
        files: published,
        menu,
        settings,
    };
    Reported::new(site, diagnostics)
}

#[cfg(test)]
mod tests;
