//! The part of a destination behind `#`.

use crate::base::path::decode;
use crate::base::slug::heading_id;
use crate::link::names::ids_of;
use crate::link::resolve::written::Written;
use crate::link::resolve::{At, Fault, Resolver, faults};
use crate::model::link::Target;
use crate::model::page::{Page, PageId};

/// What an id turned out to be.
enum Id {
    /// It is on the page, or needs not be.
    There(String),
    /// None is meant.
    None,
    /// One is on the page that differs from it in its case alone.
    Miscased(String),
    /// It is not on the page.
    Missing,
}

impl Resolver<'_> {
    /// Resolves a link to an id on its own page.
    pub fn own_fragment(
        &self,
        at: At<'_>,
        fragment: Option<&str>,
        destination: &str,
        faults: &mut Vec<Fault>,
    ) -> Target {
        let Some(id) = at.origin.page else {
            faults.push(faults::no_own_page(at, destination));
            return Target::Broken;
        };
        match self.look_up(id, fragment.unwrap_or("")) {
            Id::There(found) => Target::Fragment(found),
            Id::None => Target::Fragment(String::new()),
            Id::Miscased(right) => {
                let fragment = fragment.unwrap_or("");
                let fix = self.fragment_fix(at, destination.len(), (fragment, &right));
                faults.push(faults::no_such_id(at, id, ("", fragment)).fixed(fix));
                Target::Fragment(right)
            }
            Id::Missing => {
                faults.push(faults::no_such_id(at, id, ("", fragment.unwrap_or(""))));
                Target::Broken
            }
        }
    }

    /// Resolves the id that a link names on another page.
    pub fn fragment(&self, at: At<'_>, id: PageId, written: &Written<'_>, faults: &mut Vec<Fault>) -> Option<String> {
        let fragment = written.fragment?;
        match self.look_up(id, fragment) {
            Id::There(found) => Some(found),
            Id::None => None,
            Id::Miscased(right) => {
                let length = written.raw.len() + written.tail.len();
                let fix = self.fragment_fix(at, length, (fragment, &right));
                faults.push(faults::no_such_id(at, id, (written.raw, fragment)).fixed(fix));
                Some(right)
            }
            Id::Missing => {
                faults.push(faults::no_such_id(at, id, (written.raw, fragment)));
                None
            }
        }
    }

    /// Resolves what a wiki link names on a page: an id, or the words of a heading.
    pub fn wiki_fragment(
        &self,
        at: At<'_>,
        id: PageId,
        written: (&str, &str),
        faults: &mut Vec<Fault>,
    ) -> Option<String> {
        let (_, fragment) = written;
        if let Id::There(found) = self.look_up(id, &heading_id(&decode(fragment))) {
            return Some(found);
        }
        match self.look_up(id, fragment) {
            Id::There(found) => Some(found),
            Id::None => None,
            Id::Miscased(_) | Id::Missing => {
                faults.push(faults::no_such_id(at, id, written));
                None
            }
        }
    }

    fn look_up(&self, id: PageId, fragment: &str) -> Id {
        // What follows `:~:` is for the browser: it is the text to scroll to.
        let fragment = match fragment.contains(':') {
            true => fragment.split_once(":~:").map_or(fragment, |(fragment, _)| fragment),
            false => fragment,
        };
        let page = self.page(id);
        let decoded = decode(fragment);
        if decoded.is_empty() {
            return Id::None;
        }
        if decoded == "top" || decoded == "fb-main" || self.names.has_id(id, page, &decoded) {
            return Id::There(decoded);
        }
        // A heading whose id would be one of the theme's has another.
        let instead = format!("section-{decoded}");
        if decoded.starts_with("fb-") && self.names.has_id(id, page, &instead) {
            return Id::There(instead);
        }
        if page.body.repeats_title && heading_id(page.title()) == decoded {
            return Id::None;
        }
        match only_in_another_case(page, &decoded) {
            Some(right) => Id::Miscased(right.to_string()),
            None => Id::Missing,
        }
    }
}

/// The one id of a page that differs from the one wanted in its case alone.
fn only_in_another_case<'a>(page: &'a Page, wanted: &str) -> Option<&'a str> {
    let lower = wanted.to_lowercase();
    let mut found = ids_of(page).filter(|id| id.len() == wanted.len() && id.to_lowercase() == lower);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}
