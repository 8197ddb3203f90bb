//! Makes pages of sources: typed front matter, addresses, and what is learned from the text.

mod address;
mod front_matter;
mod learn;
mod meta;
mod page;

use rayon::prelude::*;

use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::diag::Reported;
use crate::model::page::Page;
use crate::model::source::{Source, Sources};
use address::Addresses;
use address::layout::{Layout, Place};
use front_matter::FrontMatter;
use page::{Document, Draft};

/// Makes a page of every source that is one, in the order of the sources. Drafts and the like are among them.
pub fn parse(project: &Project, sources: &Sources) -> Reported<Vec<Page>> {
    let paths: Vec<&SourcePath> = sources.texts.iter().map(|source| &source.path).collect();
    let layout = Layout::new(&project.content, &paths);
    let read: Vec<Option<Reported<FrontMatter>>> = sources
        .texts
        .par_iter()
        .zip(&layout.places)
        .map(|(source, place)| match place {
            Place::Page(_) => Some(front_matter::read(&source.path, &source.text)),
            Place::Document(_) | Place::Version | Place::Elsewhere => None,
        })
        .collect();
    let front_matters: Vec<Option<&FrontMatter>> =
        read.iter().map(|read| read.as_ref().map(|read| &read.value)).collect();
    let addresses = Addresses::new(project, &layout, &front_matters);
    let documents = documents(&layout, &sources.texts);
    let made: Vec<Reported<Page>> = sources
        .texts
        .par_iter()
        .zip(&layout.places)
        .zip(&read)
        .filter_map(|((source, place), read)| {
            let (Place::Page(spot), Some(read)) = (place, read) else {
                return None;
            };
            let document = documents.binary_search_by(|document| document.folder.cmp(&spot.folder)).ok();
            let document = document.filter(|_| spot.owns_folder).map(|index| &documents[index]);
            let draft = Draft { source, spot, front_matter: &read.value, document };
            let mut page = page::make(project, &addresses, &draft);
            page.diagnostics.extend(read.diagnostics.iter().cloned());
            Some(page)
        })
        .collect();
    let mut diagnostics = Vec::new();
    let pages = made.into_iter().map(|page| page.take(&mut diagnostics)).collect();
    Reported::new(pages, diagnostics)
}

/// The documents of templates, sorted by folder; Markdown goes before CSV.
fn documents<'a>(layout: &'a Layout, sources: &'a [Source]) -> Vec<Document<'a>> {
    let mut documents: Vec<Document<'a>> = layout
        .places
        .iter()
        .zip(sources)
        .filter_map(|(place, source)| match place {
            Place::Document(folder) => Some(Document { folder, source }),
            Place::Page(_) | Place::Version | Place::Elsewhere => None,
        })
        .collect();
    documents.sort_by_key(|document| (document.folder, !document.source.path.is_markdown()));
    documents.dedup_by_key(|document| document.folder);
    documents
}

#[cfg(test)]
mod tests;
