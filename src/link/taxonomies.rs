//! Taxonomies: the terms that published pages have, with their pages.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::base::path::{PathFault, UrlPath};
use crate::base::slug::{slugify, slugify_unicode};
use crate::config::TaxonomySettings;
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::link::order::Order;
use crate::model::page::{Page, PageId};
use crate::model::taxonomy::{Taxonomy, Term};

/// Collects the terms of every taxonomy of the configuration.
pub fn collect(project: &Project, pages: &[Arc<Page>], order: &Order) -> Reported<Vec<Taxonomy>> {
    let mut diagnostics = Vec::new();
    let one = |settings| taxonomy(project, settings, (pages, order)).take(&mut diagnostics);
    let taxonomies = project.config.taxonomies.iter().map(one).collect();
    Reported::new(taxonomies, diagnostics)
}

/// Names that are one term, and the pages that have it.
struct Group<'a> {
    /// What is the same in all of the names.
    key: String,
    /// As the first page wrote it.
    name: &'a str,
    /// That page.
    first: PageId,
    pages: Vec<PageId>,
}

fn taxonomy(
    project: &Project,
    settings: &TaxonomySettings,
    (pages, order): (&[Arc<Page>], &Order),
) -> Reported<Taxonomy> {
    let slug_of = if project.config.markdown.unicode_slugs { slugify_unicode } else { slugify };
    let folder = UrlPath::parse(&format!("/{}/", settings.name));
    let url = folder.or_else(|_| UrlPath::parse(&format!("/{}/", slug_of(&settings.name))));
    let url = url.unwrap_or_else(|_| UrlPath::root());
    let mut groups = groups(settings, pages, order);
    groups.sort_by(|a, b| a.key.cmp(&b.key));
    let slugs = slugs(&groups, slug_of);
    let mut terms: Vec<Term> = Vec::with_capacity(groups.len());
    let mut diagnostics = Vec::new();
    for (group, slug) in groups.into_iter().zip(slugs) {
        match url.join(&format!("{slug}/")) {
            Ok(url) => {
                terms.push(Term { name: group.name.to_string(), slug, url, pages: group.pages });
            }
            Err(fault) => {
                let page = &pages[group.first.0 as usize];
                diagnostics.push(bad_address(page, &settings.name, group.name, &fault));
            }
        }
    }
    terms.sort_by_cached_key(|term| (term.name.to_lowercase(), term.slug.clone()));
    let taxonomy = Taxonomy { name: settings.name.clone(), title: settings.title.clone(), url, terms };
    Reported::new(taxonomy, diagnostics)
}

/// The terms that pages have, each once, with their pages, newest first. Names that differ only in case and in how their
/// words are joined are one.
fn groups<'a>(settings: &TaxonomySettings, pages: &'a [Arc<Page>], order: &Order) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut of_page: Vec<Vec<usize>> = vec![Vec::new(); pages.len()];
    for (first, (page, own)) in (0..).map(PageId).zip(pages.iter().zip(&mut of_page)) {
        let written = page.meta.terms.iter().filter(|(name, _)| *name == settings.name).flat_map(|(_, terms)| terms);
        for name in written {
            let place = *by_name.entry(name).or_insert_with(|| {
                *by_key.entry(key_of(name)).or_insert_with_key(|key| {
                    groups.push(Group { key: key.clone(), name, first, pages: Vec::new() });
                    groups.len() - 1
                })
            });
            if !own.contains(&place) {
                own.push(place);
            }
        }
    }
    for id in &order.newest_first {
        for place in &of_page[id.0 as usize] {
            groups[*place].pages.push(*id);
        }
    }
    groups
}

/// The words of a name in lower case, with single blanks between; a name without words is its own key.
fn key_of(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')).filter(|word| !word.is_empty());
    let key = words.collect::<Vec<_>>().join(" ").to_lowercase();
    if key.is_empty() { name.to_string() } else { key }
}

/// The slugs of terms sorted by key. Of those that share one the first keeps it; the others are spelt out or numbered.
fn slugs(groups: &[Group<'_>], slug_of: fn(&str) -> String) -> Vec<String> {
    let plain: Vec<String> = groups.iter().map(|group| slug_of(group.name)).collect();
    let mut taken: HashSet<String> = HashSet::with_capacity(groups.len());
    let is_first: Vec<bool> = plain.iter().map(|slug| taken.insert(slug.clone())).collect();
    let slugs = groups.iter().zip(plain).zip(is_first).map(|((group, plain), is_first)| {
        if is_first {
            return plain;
        }
        let spelt = slug_of(&group.name.replace('+', " plus ").replace('#', " sharp "));
        let numbered = (2..).map(|number: u32| format!("{plain}-{number}"));
        let mut free = std::iter::once(spelt).chain(numbered).filter(|slug| taken.insert(slug.clone()));
        free.next().unwrap_or_default()
    });
    slugs.collect()
}

fn bad_address(page: &Page, taxonomy: &str, name: &str, fault: &PathFault) -> Diagnostic {
    let message = format!("a page of `{taxonomy}` can have no address: {fault}");
    let front_matter = page.body.text.get(..page.body.span.start).unwrap_or_default();
    let diagnostic = match front_matter.find(name) {
        Some(at) => Diagnostic::at(Code::BadAddress, &page.source, at..at + name.len(), message),
        None => Diagnostic::about(Code::BadAddress, &page.source, message),
    };
    diagnostic.help("write a shorter name")
}
