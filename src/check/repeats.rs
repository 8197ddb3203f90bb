//! Finds pages that say the same where each should say its own.

use std::collections::HashMap;
use std::hash::Hash;

use crate::model::page::Page;
use crate::model::site::Site;

/// Returns each page whose key an earlier one has, with the first that has it. Pages without a key are passed over.
pub fn repeats<'a, K: Eq + Hash>(site: &'a Site, key: impl Fn(&'a Page) -> Option<K>) -> Vec<(&'a Page, &'a Page)> {
    let mut first: HashMap<K, &Page> = HashMap::with_capacity(site.pages.len());
    let mut repeats = Vec::new();
    for (_, page) in site.all_pages() {
        let Some(key) = key(page) else { continue };
        match first.get(&key) {
            Some(earlier) => repeats.push((page, *earlier)),
            None => {
                first.insert(key, page);
            }
        }
    }
    repeats
}

/// Returns a text as it is compared: lower case, single spaces.
pub fn fold(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
