//! Links: as they are written, and what they turn out to mean.

use std::ops::Range;
use std::sync::Arc;

use crate::base::path::UrlPath;
use crate::model::asset::FileId;
use crate::model::page::PageId;
use crate::model::section::SectionId;

/// A link as it is written in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The bytes of the whole link in its file; the start is its key when the page is rendered.
    pub span: Range<usize>,
    /// The bytes of the destination, for messages; the whole link when the destination stands elsewhere.
    pub destination_span: Range<usize>,
    /// The bytes of the destination in the definition of a reference, where it stands in one.
    pub definition: Option<Range<usize>>,
    /// How it is written.
    pub form: LinkForm,
    /// The destination: Markdown's and HTML's escapes are undone, percent escapes are not.
    pub destination: String,
    /// The sentence around the link as plain text, shown where the page is linked from.
    pub sentence: Arc<str>,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkForm {
    /// `[text](destination)`, a reference or an autolink.
    Markdown,
    /// `![text](destination)`.
    Image,
    /// `[[Name]]`, `[[Name#fragment|text]]`: the destination is what stands before `|`.
    Wiki,
    /// An attribute of raw HTML that leads somewhere: `href`, `cite`.
    Html,
    /// An attribute of raw HTML that loads something: `src`, one candidate of `srcset`, `poster`.
    HtmlSource,
    /// A key of front matter.
    FrontMatter,
}

/// What a link turned out to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page, and an id on it.
    Page(PageId, Option<String>),
    /// A section without a page of its own.
    Section(SectionId),
    /// Something the site makes: a list, a feed, the theme's assets; and an id on it.
    Generated(UrlPath, Option<String>),
    /// An id on the same page.
    Fragment(String),
    /// A file of the site.
    File(FileId),
    /// Another site, or a scheme such as `mailto:`; as it will be written.
    External(String),
    /// Something that is not in this build; it was reported. Not even its name may reach the site.
    Withheld,
    /// Nothing; it was reported.
    Broken,
}

impl Target {
    /// Returns whether the link leads nowhere.
    pub fn is_broken(&self) -> bool {
        matches!(self, Target::Withheld | Target::Broken)
    }
}
