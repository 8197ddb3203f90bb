//! Who points at whom.

use std::sync::Arc;

use crate::model::page::PageId;

/// The relations and backlinks of all pages, by the number of the page.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// For each page the pages it belongs together with: those it names and those that name it, without repeats, in
    /// the order named, then by title.
    pub related: Vec<Vec<PageId>>,
    /// For each page the links that lead to it, at most one from each page, sorted by kind and title.
    pub backlinks: Vec<Vec<Backlink>>,
}

/// A link that leads to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// The page it stands on.
    pub from: PageId,
    /// The sentence around it.
    pub sentence: Arc<str>,
}
