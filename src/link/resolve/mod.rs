//! Resolves every link as written to what it means, or reports it. All forms of link come through here.

mod external;
mod faults;
mod fixes;
mod fragments;
mod named;
mod paths;
mod written;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::base::path::{SourcePath, decode};
use crate::link::names::{Known, Names, Place};
use crate::model::body::Body;
use crate::model::kinds::Details;
use crate::model::link::{Link, LinkForm, Target};
use crate::model::page::{Page, PageId};
use crate::model::site::ResolvedPage;

use crate::link::resolve::external::Destination;
pub use crate::link::resolve::faults::{Fault, Wanted};
use crate::link::resolve::fixes::Spot;
use crate::link::resolve::paths::Way;
use crate::link::resolve::written::Written;

/// Resolves links. It is shared by all threads.
pub struct Resolver<'a> {
    /// Everything that is known.
    pub known: Known<'a>,
    /// The tables of it.
    pub names: Names<'a>,
}

/// Where a link stands, and what it must lead to.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    /// The file it stands in.
    pub file: &'a SourcePath,
    /// The page it belongs to; none in the configuration.
    pub page: Option<PageId>,
    /// What it must lead to.
    pub wants: Wants,
    /// The text of the file; none in the configuration.
    pub text: Option<&'a str>,
    /// Whether it stands in the document of a template, where a destination may be a placeholder.
    pub is_document: bool,
}

/// What a link must lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// Anything that can be read.
    Anything,
    /// Something a page loads: `<iframe src>`, `<video poster>`.
    Source,
    /// An image.
    Image,
    /// A page.
    Page,
}

/// What the links of a page mean, and what is wrong with them.
pub struct PageLinks {
    /// What they mean.
    pub resolved: Arc<ResolvedPage>,
    /// The pages that `related` names, each once, without the page itself.
    pub related: Vec<PageId>,
    /// What is wrong with them.
    pub faults: Vec<Fault>,
}

impl<'a> Resolver<'a> {
    /// Builds the tables and the resolver that uses them.
    pub fn new(known: Known<'a>) -> Self {
        Resolver { known, names: Names::build(known) }
    }

    /// Resolves all links of a page.
    pub fn page_links(&self, id: PageId) -> PageLinks {
        let page = self.page(id);
        let mut faults = Vec::new();
        let (file, text) = (&page.source, Some(&*page.body.text));
        let origin = Origin { file, page: Some(id), wants: Wants::Anything, text, is_document: false };
        let links = self.body_links(origin, &page.body, &mut faults);
        let document_links = page.document.as_ref().map_or_else(Vec::new, |document| {
            let (file, text) = (&document.source, Some(&*document.text));
            self.body_links(Origin { file, text, is_document: true, ..origin }, document, &mut faults)
        });
        let release_links =
            page.releases.iter().map(|release| self.release_links(origin, page, &release.body)).collect();
        let meta = &page.meta;
        let mut one = |link: &Link, wants| self.resolve(Origin { wants, ..origin }, link, &mut faults);
        let see_also = meta.see_also.iter().map(|work| Some(one(work.link.as_ref()?, Wants::Anything))).collect();
        let image = meta.image.as_ref().map(|link| one(link, Wants::Image));
        if let Details::Interview(interview) = &meta.details {
            for link in interview.person.iter().flat_map(|person| &person.links) {
                one(link, Wants::Anything);
            }
        }
        let related = self.related(Origin { wants: Wants::Page, ..origin }, id, &mut faults);
        let resolved = Arc::new(ResolvedPage { links, document_links, release_links, see_also, image });
        PageLinks { resolved, related, faults }
    }

    /// Resolves one link; what is wrong with it is added to `faults`.
    pub fn resolve(&self, origin: Origin<'_>, link: &Link, faults: &mut Vec<Fault>) -> Target {
        // A name is shown with its brackets: there is nothing else to the link.
        let span = if link.form == LinkForm::Wiki { &link.span } else { &link.destination_span };
        let destination = external::clean(&link.destination);
        let at = At { origin, span, spot: fixes::spot(origin.text, link, &destination) };
        if destination.is_empty() || (origin.is_document && destination.contains("{{")) {
            return Target::Broken;
        }
        if link.form == LinkForm::Wiki {
            return self.wiki(at, &destination, faults);
        }
        let base = self.known.project.config.base_url.as_ref();
        if let Some(path) = base.and_then(|base| external::own_path(base, &destination)) {
            // A whole address is not made a path: there are places for the one and not for the other.
            return self.local(At { spot: None, ..at }, link.form, path, faults);
        }
        match external::classify(&destination, origin.wants) {
            Destination::Local => self.local(at, link.form, &destination, faults),
            Destination::External => Target::External(destination.into_owned()),
            Destination::Refused(message, help) => {
                faults.push(faults::refused(at, message, help));
                Target::Broken
            }
            // A file may well have a colon in its name.
            Destination::Unknown(message, help) => match self.find(origin, &Written::read(&destination)) {
                Some(_) => self.local(at, link.form, &destination, faults),
                None => {
                    faults.push(faults::refused(at, message, help));
                    Target::Broken
                }
            },
        }
    }

    /// Returns a published page.
    pub fn page(&self, id: PageId) -> &'a Page {
        &self.known.pages[id.0 as usize]
    }

    /// The pages that `related` names.
    fn related(&self, origin: Origin<'_>, id: PageId, faults: &mut Vec<Fault>) -> Vec<PageId> {
        let mut related = Vec::new();
        let mut seen = HashSet::from([id]);
        for link in &self.page(id).meta.related {
            match self.resolve(origin, link, faults) {
                Target::Page(other, _) if seen.insert(other) => related.push(other),
                Target::External(_) | Target::Fragment(_) => {
                    let at = At { origin, span: &link.destination_span, spot: None };
                    faults.push(faults::not_a_page(at, &link.destination));
                }
                _ => {}
            }
        }
        related
    }

    fn body_links(&self, origin: Origin<'_>, body: &Body, faults: &mut Vec<Fault>) -> Vec<Target> {
        let wants = |form| match form {
            LinkForm::Image => Wants::Image,
            LinkForm::HtmlSource => Wants::Source,
            LinkForm::Markdown | LinkForm::Wiki | LinkForm::Html | LinkForm::FrontMatter => Wants::Anything,
        };
        let one = |link: &Link| self.resolve(Origin { wants: wants(link.form), ..origin }, link, faults);
        body.links.iter().map(one).collect()
    }

    /// Resolves the links of a released version as if it stood where the document does, of which it is a copy. What leads
    /// nowhere any more is no fault: it cannot be mended.
    fn release_links(&self, origin: Origin<'_>, page: &Page, body: &Body) -> Vec<Target> {
        let file = page.document.as_ref().map_or(&page.source, |document| &document.source);
        let origin = Origin { file, text: None, is_document: true, ..origin };
        let is_here = |id: &str| id.is_empty() || body.ids.iter().any(|known| known == id);
        let mut targets = self.body_links(origin, body, &mut Vec::new());
        for (link, target) in body.links.iter().zip(&mut targets) {
            // An id is looked for in the version, which has a page to itself.
            let own = link.destination.strip_prefix('#').map(decode);
            match (own, &*target) {
                (Some(id), _) if is_here(&id) => *target = Target::Fragment(id),
                (Some(_), _) => *target = Target::Broken,
                (None, Target::Fragment(id)) if !is_here(id) => *target = Target::Broken,
                _ => {}
            }
        }
        targets
    }

    /// Resolves a destination that is neither a name nor on another site.
    fn local(&self, at: At<'_>, form: LinkForm, destination: &str, faults: &mut Vec<Fault>) -> Target {
        let written = Written::read(destination);
        if written.path.is_empty() && at.origin.wants == Wants::Image {
            faults.push(faults::not_an_image(at, destination));
            return Target::Broken;
        }
        if written.path.is_empty() {
            return self.own_fragment(at, written.fragment, destination, faults);
        }
        if let Some(found) = self.find(at.origin, &written) {
            return self.accept(at, &written, (found.place, found.way), faults);
        }
        if form == LinkForm::FrontMatter && at.origin.wants == Wants::Page && !written.looks_like_path() {
            return self.named(at, destination, faults);
        }
        if let Some(url) = self.repository_link(at.origin, &written) {
            return Target::External(url);
        }
        faults.push(self.no_such_path(at, &written));
        Target::Broken
    }

    /// Turns what was found into a target, if the link may lead there.
    fn accept(&self, at: At<'_>, written: &Written<'_>, (place, way): (Place, Way), faults: &mut Vec<Fault>) -> Target {
        if let Some(fault) = self.unfit(at, written.raw, place) {
            faults.push(fault);
            return place.without_link();
        }
        faults.extend(self.ill_written(at, written, place, way));
        match place {
            Place::Page(id) => Target::Page(id, self.fragment(at, id, written, faults)),
            Place::Section(id) => {
                faults.extend(faults::no_id_of_list(at, (written.raw, written.fragment)));
                Target::Section(id)
            }
            Place::File(id) => Target::File(id),
            Place::Generated(number) => {
                let url = self.known.generated[number as usize].clone();
                if let Some(fault) = faults::no_id_of_generated(at, (written.raw, written.fragment)) {
                    faults.push(fault);
                    return Target::Generated(url, None);
                }
                Target::Generated(url, written.fragment.filter(|id| !id.is_empty()).map(str::to_string))
            }
            Place::Out(_) | Place::OutFile(_) => Target::Withheld,
        }
    }
}

/// The place of a link.
#[derive(Clone, Copy)]
pub struct At<'a> {
    origin: Origin<'a>,
    span: &'a Range<usize>,
    spot: Option<Spot>,
}
