//! The orders of all pages that several lists share, each made once.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::path::UrlPath;
use crate::model::page::Page;

/// The place of each page, by its number, when all are in an order.
pub struct Order {
    /// By title, upper and lower case alike, then by address.
    pub by_title: Vec<u32>,
    /// The newest first, then by title; those without a date come last.
    pub newest_first: Vec<u32>,
}

impl Order {
    /// Puts the pages in order.
    pub fn of(pages: &[Arc<Page>]) -> Self {
        let titles: Vec<(String, &UrlPath)> =
            pages.par_iter().map(|page| (page.title().to_lowercase(), &page.url)).collect();
        let by_title = places(pages.len(), |id| &titles[id]);
        let dates: Vec<i64> =
            pages.iter().map(|page| page.meta.date.as_ref().map_or(i64::MAX, |date| -date.to_unix())).collect();
        let newest_first = places(pages.len(), |id| (dates[id], by_title[id]));
        Order { by_title, newest_first }
    }
}

/// The place of each number when all are sorted by what `key` makes of them.
fn places<K: Ord>(count: usize, key: impl Fn(usize) -> K + Sync) -> Vec<u32> {
    let mut order: Vec<usize> = (0..count).collect();
    order.par_sort_by(|a, b| key(*a).cmp(&key(*b)));
    let mut places = vec![0; count];
    for (place, number) in (0..).zip(order) {
        places[number] = place;
    }
    places
}
