//! Sections: the folders of the content.

use crate::base::path::UrlPath;
use crate::model::page::PageId;

/// The number of a section in [`crate::model::site::Site::sections`]; the home section is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub u32);

/// A folder of the content, whether or not it has a page of its own.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its path below the content folder: `guides`; `""` for the home section.
    pub folder: String,
    /// Its title: its page's, else the folder's name in words.
    pub title: String,
    /// Its address.
    pub url: UrlPath,
    /// Its own page.
    pub page: Option<PageId>,
    /// The section around it; none for the home section.
    pub parent: Option<SectionId>,
    /// The sections in it, in order.
    pub sections: Vec<SectionId>,
    /// Its pages in order, without its own and without those of the sections in it.
    pub pages: Vec<PageId>,
    /// The entries on one page of its list; zero for all on one.
    pub paginate: usize,
    /// The name of the kind that most of its pages have, for its heading and its icon.
    pub kind: &'static str,
}

/// The template of every section; the home section may have one of its own.
pub const SECTION_TEMPLATE: &str = "section.html";

impl Section {
    /// Returns the names of the templates for its first page; the first that is there is taken.
    pub fn templates(&self) -> &'static [&'static str] {
        match self.parent {
            None => &["home.html", SECTION_TEMPLATE],
            Some(_) => &[SECTION_TEMPLATE],
        }
    }
}
