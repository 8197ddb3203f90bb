//! What readers know an item by: its id, and the second of its last change in Atom. Both are found for all pages of
//! all feeds at once, so that a page has the same ones in every feed, whatever else is in it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::base::date::Moment;
use crate::base::digest::sha256_hex;
use crate::base::path::encode_path;
use crate::base::xml::clean;
use crate::config::{BaseUrl, Config};
use crate::model::page::{Page, PageId};
use crate::model::release::{self, Release};
use crate::model::site::Site;

/// What readers know the item of a page by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The id in RSS and JSON Feed.
    pub id: String,
    /// The id in Atom, where it must be an address: the same one, or a `tag:` made of it.
    pub atom_id: String,
    /// First publication.
    pub published: Moment,
    /// The last change.
    pub updated: Moment,
    /// The last change as Atom has it: no two entries share it to the second.
    pub atom_updated: Moment,
}

/// What readers know all items by.
#[derive(Debug, Default)]
pub struct Identities {
    /// Of pages, by their number. A page without a date has none: it is in no feed.
    pub pages: Vec<Option<Identity>>,
    /// Of released versions: page, and number of the release.
    pub releases: BTreeMap<(PageId, usize), Identity>,
}

/// Finds the identities of all that is in feeds.
pub fn identify(config: &Config, site: &Site) -> Identities {
    let mut identities = Identities { pages: vec![None; site.pages.len()], releases: BTreeMap::new() };
    let Some(base) = config.id_base.as_ref().or(config.base_url.as_ref()) else {
        return identities;
    };
    let pages = by_publication(site);
    let mut taken = HashSet::new();
    let ids = unique_ids(&mut taken, base, &pages);
    let mut made = Made { base, atom_ids: HashSet::new(), seconds: Seconds::default() };
    for ((page_id, page, published), id) in pages.into_iter().zip(ids) {
        // A change before the first publication is no change that anybody saw.
        let updated = page.meta.updated.as_ref().map_or(published, |updated| updated.max(published));
        identities.pages[page_id.0 as usize] = Some(made.identity(id, published, updated));
    }
    for ((page_id, number), released) in by_release(site) {
        let page = site.page(page_id);
        let id = id_of_release(base, page, &page.releases[number]);
        let id = claim(&mut taken, numbered(id));
        identities.releases.insert((page_id, number), made.identity(id, released, released));
    }
    identities
}

/// What identities so far have taken.
struct Made<'a> {
    base: &'a BaseUrl,
    atom_ids: HashSet<String>,
    seconds: Seconds,
}

impl Made<'_> {
    fn identity(&mut self, id: String, published: &Moment, updated: &Moment) -> Identity {
        let address = if is_address(&id) { id.clone() } else { tag(self.base, published, &id) };
        let atom_id = claim(&mut self.atom_ids, numbered(address));
        let atom_updated = self.seconds.stamp(&id, updated);
        Identity { id, atom_id, published: published.clone(), updated: updated.clone(), atom_updated }
    }
}

/// Returns the dated versions of all feeds, those that were released first coming first.
fn by_release(site: &Site) -> Vec<((PageId, usize), &Moment)> {
    let fed: BTreeSet<(PageId, usize)> = site.feeds.iter().flat_map(|feed| feed.releases.iter().copied()).collect();
    let dated = fed.into_iter().filter_map(|(id, number)| {
        let page = site.page(id);
        Some(((id, number), page.released(page.releases.get(number)?)?))
    });
    let mut releases: Vec<_> = dated.collect();
    releases.sort_by(|(a, a_date), (b, b_date)| a_date.cmp(b_date).then(a.cmp(b)));
    releases
}

/// Returns the id of a version: its permanent address, below what the page was first published as. So it stays when the
/// page moves and gets an `id:` with its former address.
fn id_of_release(base: &BaseUrl, page: &Page, found: &Release) -> String {
    let number = found.number;
    let written = page.meta.id.as_deref().map(|id| clean(id).trim().to_string()).filter(|id| !id.is_empty());
    match written {
        Some(id) if is_address(&id) && id.ends_with('/') => format!("{id}v/{number}/"),
        Some(id) => format!("{id}:v{number}"),
        None => base.absolute(&release::version(&page.url, number)),
    }
}

/// Returns the dated pages of all feeds, those that were published first coming first: what came earlier keeps its
/// id and its second when something newer wants the same.
fn by_publication(site: &Site) -> Vec<(PageId, &Page, &Moment)> {
    let mut is_fed = vec![false; site.pages.len()];
    for page in site.feeds.iter().flat_map(|feed| &feed.pages) {
        is_fed[page.0 as usize] = true;
    }
    let fed = site.all_pages().filter(|(id, _)| is_fed[id.0 as usize]);
    let mut pages: Vec<_> = fed.filter_map(|(id, page)| Some((id, page, page.meta.date.as_ref()?))).collect();
    pages.sort_by(|(a, _, a_date), (b, _, b_date)| a_date.cmp(b_date).then(a.cmp(b)));
    pages
}

/// Returns an id for each page: `id:` from its front matter, else its permalink under the configured address of the
/// site, else (when another page has that as its `id:`) a `tag:`. Ids that authors wrote come before all others.
fn unique_ids(taken: &mut HashSet<String>, base: &BaseUrl, pages: &[(PageId, &Page, &Moment)]) -> Vec<String> {
    let mut ids: Vec<Option<String>> = pages.iter().map(|(_, page, _)| written_id(taken, page)).collect();
    for ((_, page, published), id) in pages.iter().zip(&mut ids) {
        if id.is_none() {
            let permalink = base.absolute(&page.url);
            let others = numbered(tag(base, published, page.url.as_str()));
            *id = Some(claim(taken, std::iter::once(permalink).chain(others)));
        }
    }
    ids.into_iter().flatten().collect()
}

fn written_id(taken: &mut HashSet<String>, page: &Page) -> Option<String> {
    // Cleaned before it is trimmed: what is left between control characters may be blank.
    let id = clean(page.meta.id.as_deref()?).trim().to_string();
    (!id.is_empty() && taken.insert(id.clone())).then_some(id)
}

/// Takes the first candidate that nobody has.
fn claim(taken: &mut HashSet<String>, candidates: impl Iterator<Item = String>) -> String {
    let mut last = String::new();
    for candidate in candidates {
        if taken.insert(candidate.clone()) {
            return candidate;
        }
        last = candidate;
    }
    last
}

/// Gives `id`, `id:2`, `id:3`, … without end.
fn numbered(id: String) -> impl Iterator<Item = String> {
    (1_u64..).map(move |number| if number == 1 { id.clone() } else { format!("{id}:{number}") })
}

/// Returns whether an id can stand in Atom, which wants an absolute address (RFC 4287, section 4.2.6).
fn is_address(id: &str) -> bool {
    let begins = |scheme: &str| id.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let refused = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`');
    ["http://", "https://", "tag:", "urn:"].into_iter().any(begins) && !id.contains(refused)
}

/// Makes a `tag:` URI (RFC 4151) of the site's host, the day of the first publication and a name.
fn tag(base: &BaseUrl, published: &Moment, name: &str) -> String {
    let in_host = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let host: String = base.host().chars().map(in_host).collect();
    format!("tag:{host},{}:{}", published.to_iso_day(), encode_path(name))
}

/// The seconds that entries have taken; each with the one to look at next.
#[derive(Default)]
struct Seconds {
    next: HashMap<i64, i64>,
}

impl Seconds {
    /// Returns the moment of a change with a second of its own.
    ///
    /// A date without a time says nothing of the second, so the entry is given one within the first hour of that day
    /// from a hash of its id: it depends on nothing else, and stays when other pages come and go. A date with a time
    /// is kept, unless a page that was published earlier has the same second; then it is moved in the same way. When
    /// the second that the hash gives is taken too, the next free one is.
    fn stamp(&mut self, id: &str, updated: &Moment) -> Moment {
        const DAY: i64 = 86_400;
        let exact = updated.to_unix();
        let is_free = exact.rem_euclid(DAY) != 0 && !self.next.contains_key(&exact);
        let wanted = if is_free { exact } else { exact + offset(id) };
        updated.plus_seconds(self.take(wanted) - exact)
    }

    /// Takes the first free second from `wanted` on. What was passed over is shortened for the next time, so that a
    /// thousand pages of one day do not take a million steps.
    fn take(&mut self, wanted: i64) -> i64 {
        let mut free = wanted;
        let mut passed = Vec::new();
        while let Some(next) = self.next.get(&free) {
            passed.push(free);
            free = *next;
        }
        for second in passed {
            self.next.insert(second, free + 1);
        }
        self.next.insert(free, free + 1);
        free
    }
}

fn offset(id: &str) -> i64 {
    const HOUR: i64 = 3_600;
    let hex = sha256_hex(id.as_bytes());
    i64::from_str_radix(&hex[..8], 16).unwrap_or(0) % HOUR
}
