//! What templates see: plain values made for them. docs/templates.md describes every field.

pub mod comparison;
pub mod details;
pub mod entry;
pub mod form;
pub mod head;
pub mod json_ld;
pub mod license;
pub mod list;
pub mod page;
pub mod repository;
pub mod shared;
pub mod sidebar;
pub mod site;
pub mod versions;

use serde::Serialize;
use tera::Value;

use crate::base::date::{Day, Moment};
use crate::base::path::UrlPath;
use crate::config::project::Project;
use crate::model::kinds::Kind;
use crate::model::page::PageId;
use crate::model::site::Site;
use crate::render::address::Addresses;
use crate::render::assets::Assets;
use crate::render::view::shared::Shared;

/// Makes views, and keeps those that many pages share.
pub struct Views<'a> {
    /// The project.
    pub project: &'a Project,
    /// The site.
    pub site: &'a Site,
    /// Writes addresses.
    pub addresses: Addresses<'a>,
    /// What pages share.
    pub shared: Shared,
}

/// A date in the forms that templates want.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    iso: String,
    words: String,
    rfc3339: String,
}

/// Something with a title and an address.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView<'b> {
    /// Its title.
    pub title: &'b str,
    /// Its `href`.
    pub url: String,
}

impl<'a> Views<'a> {
    /// Prepares the views of a site.
    pub fn new(project: &'a Project, site: &'a Site, assets: &Assets) -> Self {
        let addresses = Addresses::new(&project.config, site);
        let shared = Shared::new(project, site, addresses, assets);
        Views { project, site, addresses, shared }
    }

    /// Returns the entry of a page in lists.
    pub fn entry(&self, id: PageId) -> Value {
        let make = || {
            let section = &self.shared.section(self.site.section_of[id.0 as usize]).link;
            entry::entry(self.site.page(id), section, self.addresses, self.project.selection.today)
        };
        self.shared.entries[id.0 as usize].get_or_init(make).clone()
    }

    /// Returns the entries of several pages.
    pub fn entries(&self, ids: &[PageId]) -> Vec<Value> {
        ids.iter().map(|id| self.entry(*id)).collect()
    }
}

impl DateView {
    /// Makes the view of a moment.
    pub fn of(moment: &Moment) -> Self {
        DateView { iso: moment.to_iso_day(), words: moment.to_words(), rfc3339: moment.to_rfc3339() }
    }

    /// Makes the view of a day.
    pub fn of_day(day: Day) -> Self {
        let words = day.strftime("%-d %B %Y").to_string();
        DateView { iso: day.to_string(), words, rfc3339: format!("{day}T00:00:00Z") }
    }
}

/// Makes the value of something that can always be one.
pub fn value(view: &impl Serialize) -> Value {
    Value::try_from_serializable(view).unwrap_or_else(|_| Value::none())
}

/// Makes the value of a title with an address.
pub fn link(addresses: Addresses<'_>, title: &str, url: &UrlPath) -> Value {
    value(&LinkView { title, url: addresses.href(url) })
}

/// Returns a kind's name for one page, for people: `Guide`.
pub fn kind_title(kind: Kind) -> String {
    capitalise(kind.name())
}

/// Returns a kind's name for several pages, for people: `Guides`.
pub fn kind_plural(kind: Kind) -> String {
    capitalise(kind.spec().plural)
}

/// Returns the minutes it takes to read some words, rounded up.
pub fn minutes(words: u32) -> u32 {
    words.div_ceil(220)
}

/// Returns a word with its first letter in upper case.
pub fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
