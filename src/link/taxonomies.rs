//! Taxonomies: the terms that published pages have, with their pages.

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::path::UrlPath;
use crate::base::slug::{slugify, slugify_unicode};
use crate::config::TaxonomySettings;
use crate::config::project::Project;
use crate::model::page::{Page, PageId};
use crate::model::taxonomy::{Taxonomy, Term};

/// Collects the terms of every taxonomy of the configuration.
pub fn collect(project: &Project, pages: &[Arc<Page>]) -> Vec<Taxonomy> {
    project.config.taxonomies.iter().map(|settings| taxonomy(project, settings, pages)).collect()
}

fn taxonomy(project: &Project, settings: &TaxonomySettings, pages: &[Arc<Page>]) -> Taxonomy {
    let slug_of = if project.config.markdown.unicode_slugs { slugify_unicode } else { slugify };
    let folder = UrlPath::parse(&format!("/{}/", settings.name));
    let url = folder.or_else(|_| UrlPath::parse(&format!("/{}/", slug_of(&settings.name))));
    let url = url.unwrap_or_else(|_| UrlPath::root());
    let mut terms: Vec<Term> = Vec::new();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    let mut by_slug: HashMap<String, usize> = HashMap::new();
    for (id, page) in (0..).map(PageId).zip(pages) {
        let written = page.meta.terms.iter().filter(|(name, _)| *name == settings.name).flat_map(|(_, terms)| terms);
        for name in written {
            let place = *by_name.entry(name).or_insert_with(|| {
                let slug = slug_of(name);
                *by_slug.entry(slug).or_insert_with_key(|slug| {
                    let url = url.join(&format!("{slug}/")).unwrap_or_else(|_| url.clone());
                    terms.push(Term { name: name.clone(), slug: slug.clone(), url, pages: Vec::new() });
                    terms.len() - 1
                })
            });
            if terms[place].pages.last() != Some(&id) {
                terms[place].pages.push(id);
            }
        }
    }
    let ranks = newest_first(pages);
    for term in &mut terms {
        term.pages.sort_by_key(|id| ranks[id.0 as usize]);
    }
    terms.sort_by_cached_key(|term| (term.name.to_lowercase(), term.slug.clone()));
    Taxonomy { name: settings.name.clone(), title: settings.title.clone(), url, terms }
}

/// The place of each page when all are sorted newest first, then by title and address; undated pages come last.
fn newest_first(pages: &[Arc<Page>]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..pages.len() as u32).collect();
    order.sort_by_cached_key(|id| {
        let page = &pages[*id as usize];
        let newest = page.meta.date.as_ref().map_or(i64::MAX, |date| -date.to_unix());
        (newest, page.title().to_lowercase(), page.url.clone())
    });
    let mut ranks = vec![0; pages.len()];
    for (rank, id) in (0..).zip(order) {
        ranks[id as usize] = rank;
    }
    ranks
}
