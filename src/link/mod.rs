//! Makes a site of pages: leaves out what is not for this build, resolves every link or reports it, and finds the
//! order of sections, taxonomies, relations and backlinks.

mod feeds;
mod files;
mod folders;
mod glossary;
mod memory;
mod menu;
mod names;
mod order;
mod redirects;
mod relations;
mod releases;
mod resolve;
mod sections;
mod selection;
mod suggest;
mod taxonomies;
mod withheld;

use std::sync::Arc;

use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::link::files::Files;
pub use crate::link::memory::Memory;
use crate::link::names::Known;
use crate::link::order::Order;
use crate::link::resolve::{Fault, Resolver};
use crate::link::sections::Sections;
use crate::link::selection::Selection;
use crate::model::asset::File;
use crate::model::page::Page;
use crate::model::site::Site;

/// Makes the site. `former` is what was remembered of a build before this one; what this one will want to be remembered
/// comes with the site.
pub fn link(project: &Project, pages: Vec<Arc<Page>>, files: &[File], former: &Memory) -> (Reported<Site>, Memory) {
    let mut diagnostics = Vec::new();
    let Selection { mut pages, left_out } = selection::select(project, pages);
    let order = Order::of(&pages);
    let Sections { sections, section_of, neighbours } = sections::arrange(project, &pages, &left_out, &order);
    let Files { published, hidden } =
        files::publish(project, (&pages, &left_out), &sections, files).take(&mut diagnostics);
    let taxonomies = taxonomies::collect(project, &pages, &order).take(&mut diagnostics);
    let feeding = feeds::feeding(project, &pages, &sections, &section_of).take(&mut diagnostics);
    let feeds = feeds::collect(project, &pages, (&sections, &section_of), (&taxonomies, &feeding));
    let redirects = redirects::collect(&pages, &feeding).take(&mut diagnostics);
    let generated = names::generated(project, &pages, &feeds, &taxonomies);

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
    let mut memory = former.renew(&resolver);
    let links = memory.links();
    let mut faults: Vec<Fault> = links.iter().flat_map(|links| links.faults.iter().cloned()).collect();
    let menu = menu::menu(&resolver, &mut faults);
    let settings = menu::settings(&resolver, &mut faults);
    diagnostics.extend(suggest::complete(&resolver, faults, &mut memory.suggestions));

    if pages.is_empty() {
        let message = "there is no page to publish";
        let help = "put Markdown into the folder of the content, or look at `ignore:`, dates and drafts";
        diagnostics.push(Diagnostic::general(Code::NoPages, message).help(help));
    }
    withheld::keep_secret(&mut pages, &links);
    let glossary = glossary::find(&pages);
    let graph = relations::connect(&pages, &links, &order);
    let resolved = links.iter().map(|links| links.resolved.clone()).collect();
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
    (Reported::new(site, diagnostics), memory)
}

#[cfg(test)]
mod tests;
