//! Names to the pages that are called so.

use crate::link::names::Place;
use crate::link::resolve::paths::Way;
use crate::link::resolve::written::Written;
use crate::link::resolve::{At, Fault, Resolver, Wants, faults};
use crate::model::link::Target;

impl Resolver<'_> {
    /// Resolves `[[Name]]`, `[[Name#id]]`, `[[#id]]`, and a path in double brackets.
    pub fn wiki(&self, at: At<'_>, destination: &str, faults: &mut Vec<Fault>) -> Target {
        if let Some(fragment) = destination.strip_prefix('#') {
            let Some(id) = at.origin.page else {
                return Target::Broken;
            };
            let fragment = self.wiki_fragment(at, id, ("", fragment), faults);
            return fragment.map_or(Target::Broken, Target::Fragment);
        }
        self.named(at, destination, faults)
    }

    /// Resolves a name, which may have an id behind it.
    pub fn named(&self, at: At<'_>, destination: &str, faults: &mut Vec<Fault>) -> Target {
        let whole = destination;
        let destination = whole.trim_start_matches("[[").trim_end_matches("]]").trim();
        let at = At { spot: at.spot.filter(|_| destination == whole), ..at };
        let (name, fragment) = self.split(destination);
        let places = self.candidates(at, name);
        match places[..] {
            [] => {}
            [place] => return self.accept_named(at, (name, fragment), place, faults),
            _ => {
                faults.push(self.ambiguous(at, name, &places));
                return Target::Broken;
            }
        }
        let written = Written::read(destination);
        let rooted = Written { path: format!("/{}", written.path).into(), ..written.clone() };
        let found = self.find(at.origin, &written).filter(|found| found.way != Way::FromUrl);
        match found.or_else(|| self.find(at.origin, &rooted)) {
            Some(found) => self.accept(at, &written, (found.place, found.way), faults),
            None => {
                faults.push(faults::no_such_name(at, name));
                Target::Broken
            }
        }
    }

    /// Splits a name from the id behind it. A name may have a `#` in it: `C# style`.
    fn split<'d>(&self, destination: &'d str) -> (&'d str, Option<&'d str>) {
        if !self.names.called(destination).is_empty() {
            return (destination, None);
        }
        let splits = [destination.rsplit_once('#'), destination.split_once('#')].into_iter().flatten();
        let mut splits = splits.map(|(name, fragment)| (name.trim(), Some(fragment.trim())));
        let known = splits.clone().find(|(name, _)| !self.names.called(name).is_empty());
        known.or_else(|| splits.next_back()).unwrap_or((destination, None))
    }

    /// What has a name; a page cannot be related to itself, so `related` never means it.
    fn candidates(&self, at: At<'_>, name: &str) -> Vec<Place> {
        let places = self.names.called(name).iter().copied();
        let own = at.origin.page.map(Place::Page).filter(|_| at.origin.wants == Wants::Page);
        let others: Vec<Place> = places.clone().filter(|place| Some(*place) != own).collect();
        if others.is_empty() { places.collect() } else { others }
    }

    fn accept_named(
        &self,
        at: At<'_>,
        (name, fragment): (&str, Option<&str>),
        place: Place,
        faults: &mut Vec<Fault>,
    ) -> Target {
        if let Some(fault) = self.unfit(at, name, place) {
            faults.push(fault);
            return place.without_link();
        }
        match place {
            Place::Page(id) => {
                let fragment = fragment.filter(|fragment| !fragment.is_empty());
                Target::Page(id, fragment.and_then(|id_name| self.wiki_fragment(at, id, (name, id_name), faults)))
            }
            Place::Section(id) => {
                faults.extend(faults::no_id_of_list(at, (name, fragment)));
                Target::Section(id)
            }
            Place::File(_) | Place::Generated(_) => Target::Broken,
            Place::Out(_) | Place::OutFile(_) => Target::Withheld,
        }
    }
}
