//! The orders of all pages that several lists share, each made once.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::path::UrlPath;
use crate::model::page::{Page, PageId};

/// The orders.
pub struct Order {
    /// The place of each page, by its number, by title, upper and lower case alike, then by address.
    pub by_title: Vec<u32>,
    /// The pages themselves, the newest first, then by title; those without a date come last.
    pub newest_first: Vec<PageId>,
}

impl Order {
    /// Puts the pages in order.
    pub fn of(pages: &[Arc<Page>]) -> Self {
        let titles: Vec<(String, &UrlPath)> =
            pages.par_iter().map(|page| (page.title().to_lowercase(), &page.url)).collect();
        let mut by_title = vec![0; pages.len()];
        for (place, id) in (0..).zip(sorted(pages.len(), |id| &titles[id])) {
            by_title[id.0 as usize] = place;
        }
        let dates: Vec<i64> =
            pages.iter().map(|page| page.meta.date.as_ref().map_or(i64::MAX, |date| -date.to_unix())).collect();
        let newest_first = sorted(pages.len(), |id| (dates[id], by_title[id]));
        Order { by_title, newest_first }
    }
}

/// The numbers of so many pages, sorted by what `key` makes of them.
fn sorted<K: Ord>(count: usize, key: impl Fn(usize) -> K + Sync) -> Vec<PageId> {
    let mut order: Vec<PageId> = (0..count as u32).map(PageId).collect();
    order.par_sort_by(|a, b| key(a.0 as usize).cmp(&key(b.0 as usize)));
    order
}
