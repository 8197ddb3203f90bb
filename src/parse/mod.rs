//! Makes pages of sources: typed front matter, addresses, and what is learned from the text.

mod address;
mod front_matter;
mod learn;
mod meta;
mod page;
mod questions;
mod releases;

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::diag::Reported;
use crate::model::page::{Page, Role};
use crate::model::source::{Source, Sources};
use address::Addresses;
use address::layout::{Layout, Place};
use front_matter::FrontMatter;
use page::{Document, Draft};

/// A page with what was wrong in it.
pub type ParsedPage = Reported<Arc<Page>>;

/// Makes a page of every source that is one, in the order of the sources. Drafts and the like are among them.
///
/// `former` are the pages of a build before this one, in the same order: a page that would be made from the same things
/// as before is taken from there.
pub fn parse(project: &Project, sources: &Sources, former: &[ParsedPage]) -> Vec<ParsedPage> {
    let paths: Vec<&SourcePath> = sources.texts.iter().map(|source| &source.path).collect();
    let layout = Layout::new(&project.content, &paths);
    let own_pages = front_matter_of_sections(&layout, &sources.texts);
    let addresses = Addresses::new(project, &layout, &own_pages);
    let documents = documents(&layout, &sources.texts);
    let versions = releases::files(&layout, &sources.texts);
    let settings = Digest::of(format!("{project:?}").as_bytes());
    let numbered = sources.texts.par_iter().zip(&layout.places).zip(&own_pages);
    let made = numbered.filter_map(|((source, place), front_matter)| {
        let Place::Page(spot) = place else {
            return None;
        };
        let document = documents.binary_search_by(|document| document.folder.cmp(&spot.folder)).ok();
        let document = document.filter(|_| spot.owns_folder).map(|index| &documents[index]);
        let versions = document.map_or(&[][..], |document| releases::of_folder(&versions, document.folder));
        let beside = Digest::of_each(document.into_iter().chain(versions).map(Document::digest));
        let digest = Digest::of_value(&(settings, source.digest, beside, spot, addresses.section(&spot.section)));
        if let Some(page) = same(former, &source.path, digest) {
            return Some(page.clone());
        }
        let front_matter = front_matter.clone().unwrap_or_else(|| front_matter::read(&source.path, &source.text));
        let draft = Draft { source, spot, front_matter: &front_matter.value, document, versions, digest };
        let Reported { value, mut diagnostics } = page::make(project, &addresses, &draft);
        diagnostics.extend(front_matter.diagnostics);
        Some(Reported::new(Arc::new(value), diagnostics))
    });
    made.collect()
}

/// The page that was made before of the same file and from the same things.
fn same<'a>(former: &'a [ParsedPage], path: &SourcePath, digest: Digest) -> Option<&'a ParsedPage> {
    let at = former.binary_search_by(|page| page.value.source.cmp(path)).ok()?;
    Some(&former[at]).filter(|page| page.value.digest == digest)
}

/// Reads the front matter of the sections' own pages, on which their other pages depend, by the number of the file.
fn front_matter_of_sections(layout: &Layout, sources: &[Source]) -> Vec<Option<Reported<FrontMatter>>> {
    let read = |(source, place): (&Source, &Place)| {
        let is_own = matches!(place, Place::Page(spot) if spot.role == Role::Section);
        is_own.then(|| front_matter::read(&source.path, &source.text))
    };
    sources.par_iter().zip(&layout.places).map(read).collect()
}

/// The documents of templates, sorted by folder; Markdown goes before CSV.
fn documents<'a>(layout: &'a Layout, sources: &'a [Source]) -> Vec<Document<'a>> {
    let mut documents: Vec<Document<'a>> = layout
        .places
        .iter()
        .zip(sources)
        .filter_map(|(place, source)| match place {
            Place::Document(folder) => Some(Document { folder, source }),
            Place::Page(_) | Place::Version(_) | Place::Elsewhere => None,
        })
        .collect();
    documents.sort_by_key(|document| (document.folder, !document.source.path.is_markdown()));
    documents.dedup_by_key(|document| document.folder);
    documents
}

#[cfg(test)]
mod tests;
