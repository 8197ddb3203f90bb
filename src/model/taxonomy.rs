//! Taxonomies: ways to group pages across sections.

use crate::base::path::UrlPath;
use crate::model::page::PageId;

/// A taxonomy with the terms that pages have.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    /// Its key in front matter: `tags`.
    pub name: String,
    /// The title of its page: `Tags`.
    pub title: String,
    /// Its address: `/tags/`.
    pub url: UrlPath,
    /// Its terms, sorted by name.
    pub terms: Vec<Term>,
}

/// A term: one value of a taxonomy.
#[derive(Clone, Debug)]
pub struct Term {
    /// As the first page wrote it: `On-call`.
    pub name: String,
    /// For its address: `on-call`. No other term of the taxonomy has it.
    pub slug: String,
    /// Its address: `/tags/on-call/`.
    pub url: UrlPath,
    /// Its pages, newest first, then by title.
    pub pages: Vec<PageId>,
}
