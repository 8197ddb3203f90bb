//! Addresses as HTML and standards want them: root-relative with the base path, or absolute.

use crate::base::path::{UrlPath, decode, encode_path};
use crate::config::Config;
use crate::model::link::Target;
use crate::model::site::Site;

/// Writes the addresses of a site.
#[derive(Clone, Copy)]
pub struct Addresses<'a> {
    config: &'a Config,
    site: &'a Site,
}

impl<'a> Addresses<'a> {
    /// Makes the writer for a site.
    pub fn new(config: &'a Config, site: &'a Site) -> Self {
        Addresses { config, site }
    }

    /// Returns an address for an `href`: root-relative with the base path.
    pub fn href(&self, url: &UrlPath) -> String {
        url.to_href(self.config.base_path())
    }

    /// Returns the absolute address; `None` without a base URL.
    pub fn absolute(&self, url: &UrlPath) -> Option<String> {
        self.config.base_url.as_ref().map(|base| base.absolute(url))
    }

    /// Returns the absolute address, or the one for an `href` without a base URL.
    pub fn fullest(&self, url: &UrlPath) -> String {
        self.absolute(url).unwrap_or_else(|| self.href(url))
    }

    /// Returns the `href` of a target; `None` for what is broken.
    pub fn target(&self, target: &Target) -> Option<String> {
        let (url, fragment) = match target {
            Target::External(address) => return Some(address.clone()),
            Target::Fragment(id) => return Some(format!("#{}", encode_path(id))),
            Target::Page(_, fragment) | Target::Generated(_, fragment) => {
                (self.site.url_of(target)?, fragment.as_ref())
            }
            Target::Section(_) | Target::File(_) | Target::Withheld | Target::Broken => {
                (self.site.url_of(target)?, None)
            }
        };
        Some(match fragment {
            Some(id) => format!("{}#{}", self.href(url), encode_path(id)),
            None => self.href(url),
        })
    }

    /// Returns the `href` of a link that nobody resolved: a whole address as it is, a path with the base path.
    pub fn unresolved(&self, link: &str) -> Option<String> {
        if is_elsewhere(link) {
            return Some(link.to_string());
        }
        let end = link.find(['?', '#']).unwrap_or(link.len());
        let (path, rest) = link.split_at(end);
        let url = UrlPath::parse(&decode(path)).ok()?;
        path.starts_with('/').then(|| format!("{}{rest}", self.href(&url)))
    }
}

/// Returns whether a link leads to another site: it has a scheme that is safe to follow.
pub fn is_elsewhere(link: &str) -> bool {
    ["https:", "http:", "mailto:", "tel:"]
        .iter()
        .any(|scheme| link.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Returns the address of a page of a list; the number counts from 0, and the first is the list's own.
pub fn list_page(list: &UrlPath, number: usize) -> UrlPath {
    if number == 0 {
        return list.clone();
    }
    let folder = list.as_str().strip_suffix(".html").unwrap_or(list.as_str()).trim_end_matches('/');
    UrlPath::parse(&format!("{folder}/page/{}/", number + 1)).unwrap_or_else(|_| list.clone())
}

/// Returns how many pages a list of `entries` has with `size` entries on each; zero is all on one.
pub fn list_pages(entries: usize, size: usize) -> usize {
    match size {
        0 => 1,
        size => entries.div_ceil(size).max(1),
    }
}

/// Returns the address of the Markdown twin of a page.
pub fn twin(page: &UrlPath) -> UrlPath {
    let path = match page.as_str().strip_suffix(".html") {
        Some(stem) => format!("{stem}.md"),
        None => format!("{}/index.md", page.as_str().trim_end_matches('/')),
    };
    UrlPath::parse(&path).unwrap_or_else(|_| page.clone())
}

/// Returns the address of the document of a template, whose file has the extension `extension`.
pub fn document(page: &UrlPath, extension: &str) -> UrlPath {
    page.join(&format!("template.{extension}")).unwrap_or_else(|_| page.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_beside_a_page() {
        let url = |text: &str| UrlPath::parse(text).expect("a path");
        assert_eq!(twin(&url("/guides/x/")).as_str(), "/guides/x/index.md");
        assert_eq!(twin(&url("/")).as_str(), "/index.md");
        assert_eq!(twin(&url("/old/x.html")).as_str(), "/old/x.md");
        assert_eq!(document(&url("/templates/x/"), "csv").as_str(), "/templates/x/template.csv");
        assert_eq!(list_page(&url("/guides/"), 1).as_str(), "/guides/page/2/");
        assert_eq!(list_page(&url("/guides.html"), 2).as_str(), "/guides/page/3/");
        assert_eq!((list_pages(0, 10), list_pages(21, 10), list_pages(21, 0)), (1, 3, 1));
    }

    #[test]
    fn schemes_that_may_be_followed() {
        assert!(is_elsewhere("HTTPS://example.org") && is_elsewhere("mailto:a@b.c"));
        assert!(!is_elsewhere("javascript:alert(1)") && !is_elsewhere("/guides/"));
    }
}
