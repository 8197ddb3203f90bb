//! A page: what `parse` makes of one source.

use std::ops::Range;

use crate::base::date::{Day, Moment};
use crate::base::digest::Digest;
use crate::base::path::{SourcePath, UrlPath};
use crate::document::version::Identity;
use crate::model::body::Body;
use crate::model::kinds::template::Template;
use crate::model::kinds::{Details, Kind};
use crate::model::meta::Meta;
use crate::model::release::Release;

/// The number of a page in [`crate::model::site::Site::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file it was read from.
    pub source: SourcePath,
    /// The digest of everything it was made from: its texts, its place, what its section and the configuration say.
    pub digest: Digest,
    /// Its front matter, typed.
    pub meta: Meta,
    /// Its kind.
    pub kind: Kind,
    /// What decided the kind.
    pub kind_origin: KindOrigin,
    /// What it is in its folder.
    pub role: Role,
    /// The section it belongs to, as a path below the content folder: `guides`; `""` is the home page's. For the own
    /// page of a folder it is that folder.
    pub section: String,
    /// Its address.
    pub url: UrlPath,
    /// Its text.
    pub body: Body,
    /// The document that is forked, beside a template's page.
    pub document: Option<Body>,
    /// The identity of that document as it is now, released or not.
    pub identity: Option<Identity>,
    /// The released versions of that document, oldest first.
    pub releases: Vec<Release>,
}

/// What a page is in its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// One of the pages of a section.
    Leaf,
    /// A page with a folder of files to itself (`index.md` alone in a folder).
    Bundle,
    /// The own page of a section.
    Section,
}

/// What decided the kind of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindOrigin {
    /// `kind:` in the page.
    Page,
    /// `children.kind` of a section above.
    Section,
    /// The name of a folder above.
    Folder,
    /// Nothing did: it is a plain page.
    Default,
}

impl Page {
    /// Returns the title in plain text.
    pub fn title(&self) -> &str {
        &self.meta.title
    }

    /// Returns whether it is the own page of a section.
    pub fn is_section(&self) -> bool {
        self.role == Role::Section
    }

    /// Returns what the page says of itself as a template, if it is one.
    pub fn template(&self) -> Option<&Template> {
        match &self.meta.details {
            Details::Template(template) => Some(template),
            Details::Interview(_) | Details::Meeting(_) | Details::Chapter(_) | Details::None => None,
        }
    }

    /// Returns when a version of its document was released, if it says so. The first came with the page.
    pub fn released(&self, release: &Release) -> Option<&Moment> {
        let written = self.template().and_then(|template| template.released_on(release.number.into()));
        written.or(self.meta.date.as_ref().filter(|_| release.number == 1))
    }

    /// Returns what changed in a version of its document.
    pub fn note(&self, release: &Release) -> Option<&str> {
        self.template().and_then(|template| template.note_on(release.number.into()))
    }

    /// Returns one or two sentences about the page: its description, else its first paragraph.
    pub fn summary(&self) -> &str {
        self.meta.description.as_deref().unwrap_or(&self.body.summary)
    }

    /// Returns the day by which somebody should check again that it is true.
    pub fn review_due(&self) -> Option<Day> {
        let reviewed = self.meta.reviewed.as_ref()?;
        Some(self.meta.review_every?.after(reviewed.day()))
    }

    /// Returns whether somebody should have checked before `today` that it is true.
    pub fn is_overdue(&self, today: Day) -> bool {
        self.review_due().is_some_and(|due| due < today)
    }

    /// Returns the bytes of the first line of its front matter that has one of these keys.
    pub fn key_line(&self, keys: &[&str]) -> Option<Range<usize>> {
        let front_matter = self.body.text.get(..self.body.span.start)?;
        let mut at = 0;
        for line in front_matter.split_inclusive('\n') {
            let rest = keys.iter().find_map(|key| line.strip_prefix(key));
            if rest.is_some_and(|rest| rest.trim_start().starts_with([':', '='])) {
                return Some(at..at + line.trim_end().len());
            }
            at += line.len();
        }
        None
    }

    /// Returns the path below the folder of the content.
    pub fn path_below<'a>(&'a self, content: &str) -> &'a str {
        self.source.below(content).unwrap_or(self.source.as_str())
    }
}
