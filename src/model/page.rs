//! A page: what `parse` makes of one source.

use crate::base::digest::Digest;
use crate::base::path::{SourcePath, UrlPath};
use crate::model::body::Body;
use crate::model::kinds::Kind;
use crate::model::meta::Meta;

/// The number of a page in [`crate::model::site::Site::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file it was read from.
    pub source: SourcePath,
    /// The digest of everything it was made from.
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
}

/// What a page is in its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    /// Returns one or two sentences about the page: its description, else its first paragraph.
    pub fn summary(&self) -> &str {
        self.meta.description.as_deref().unwrap_or(&self.body.summary)
    }

    /// Returns the path below the folder of the content.
    pub fn path_below<'a>(&'a self, content: &str) -> &'a str {
        self.source.below(content).unwrap_or(self.source.as_str())
    }
}
