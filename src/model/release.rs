//! The released versions of a template: snapshots of its document in `versions/`.

use crate::base::path::{SourcePath, UrlPath};
use crate::document::Format;
use crate::document::version::Identity;
use crate::model::body::Body;

/// A released version of a template's document. Its text never changes again.
#[derive(Clone, Debug)]
pub struct Release {
    /// Its number, from 1.
    pub number: u32,
    /// Its text, and what was learned from it; the file is `versions/<number>.md` or `.csv`.
    pub body: Body,
    /// The digest by which a copy knows it.
    pub identity: Identity,
}

impl Release {
    /// Makes the release of a text.
    pub fn new(number: u32, body: Body) -> Self {
        Release { number, identity: Identity::of(&body.text), body }
    }

    /// Returns the extension of its text on the site.
    pub fn extension(&self) -> &'static str {
        match self.format() {
            Format::Markdown => "md",
            Format::Csv => "csv",
        }
    }

    /// Returns how it is written.
    pub fn format(&self) -> Format {
        format_of(&self.body.source)
    }
}

/// Returns how the document in a file is written.
pub fn format_of(source: &SourcePath) -> Format {
    if source.is_markdown() { Format::Markdown } else { Format::Csv }
}

/// Returns the address of the list of a template's versions.
pub fn versions(page: &UrlPath) -> UrlPath {
    beside(page, "versions/")
}

/// Returns the address of the versions of a template as JSON.
pub fn versions_json(page: &UrlPath) -> UrlPath {
    beside(page, "versions.json")
}

/// Returns the permanent address of a version of a template.
pub fn version(page: &UrlPath, number: u32) -> UrlPath {
    beside(page, &format!("v/{number}/"))
}

/// Returns the address of the text of a version of a template, whose file has the extension `extension`.
pub fn snapshot(page: &UrlPath, number: u32, extension: &str) -> UrlPath {
    beside(page, &format!("v/{number}.{extension}"))
}

/// Returns the address of what has changed in a template since a version.
pub fn changes(page: &UrlPath, number: u32) -> UrlPath {
    beside(page, &format!("changes/{number}/"))
}

/// Returns an address in the folder of a page: `/x/` and `/x.html` both have the folder `/x/`.
pub fn beside(page: &UrlPath, name: &str) -> UrlPath {
    let folder = page.as_str().strip_suffix(".html").unwrap_or(page.as_str()).trim_end_matches('/');
    UrlPath::parse(&format!("{folder}/{name}")).unwrap_or_else(|_| page.clone())
}

#[cfg(test)]
mod tests {
    use super::{UrlPath, snapshot, version};

    #[test]
    fn addresses_of_versions() {
        let url = |text: &str| UrlPath::parse(text).expect("a path");
        assert_eq!(version(&url("/templates/x/"), 3).as_str(), "/templates/x/v/3/");
        assert_eq!(snapshot(&url("/x.html"), 3, "csv").as_str(), "/x/v/3.csv");
    }
}
