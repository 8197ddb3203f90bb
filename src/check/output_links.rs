//! Finds links in finished pages that lead nowhere: those that a theme's templates wrote by hand among them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Mutex;

use crate::base::html::{opening_tags, unescape};
use crate::base::path::{UrlPath, decode};
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::output::{Content, Origin, Output};

/// Collects what pages link to and what there is to link to.
pub struct OutputLinks<'a> {
    base_path: &'a str,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// All outputs by address, with the ids of those that are pages.
    ids: HashMap<UrlPath, Option<HashSet<String>>>,
    /// Each place linked to, with the pages that do.
    links: BTreeMap<(UrlPath, String), Vec<Linking>>,
}

/// A page that links to something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Linking {
    url: UrlPath,
    source: Option<crate::base::path::SourcePath>,
}

impl<'a> OutputLinks<'a> {
    /// Begins with nothing seen.
    pub fn new(base_path: &'a str) -> Self {
        OutputLinks { base_path, seen: Mutex::default() }
    }

    /// Looks at an output.
    pub fn look(&self, output: &Output, content: &Content) {
        let url = output.path.to_url();
        let Content::Bytes(bytes) = content else {
            self.lock().ids.insert(url, None);
            return;
        };
        if !output.path.as_str().ends_with(".html") {
            self.lock().ids.insert(url, None);
            return;
        }
        let html = String::from_utf8_lossy(bytes);
        let (ids, links) = self.read(&url, &html);
        let source = match &output.origin {
            Origin::Source(path, _) => Some(path.clone()),
            Origin::Generated(_) => None,
        };
        let linking = Linking { url: url.clone(), source };
        let mut seen = self.lock();
        for link in links {
            seen.links.entry(link).or_default().push(linking.clone());
        }
        seen.ids.insert(url, Some(ids));
    }

    /// Returns a fault for each place that is linked to and is not there.
    pub fn into_broken(self) -> Vec<Diagnostic> {
        let seen = self.seen.into_inner().unwrap_or_default();
        let mut broken = Vec::new();
        for ((url, fragment), mut pages) in seen.links {
            pages.sort();
            let is_there = match seen.ids.get(&url) {
                None => false,
                Some(None) => true,
                Some(Some(ids)) => fragment.is_empty() || fragment == "top" || ids.contains(&fragment),
            };
            if let (false, Some(first)) = (is_there, pages.first()) {
                broken.push(report(&url, &fragment, first, pages.len()));
            }
        }
        broken
    }

    /// The ids of a page, and the places on this site that it links to.
    fn read(&self, url: &UrlPath, html: &str) -> (HashSet<String>, HashSet<(UrlPath, String)>) {
        let mut ids = HashSet::new();
        let mut links = HashSet::new();
        for tag in opening_tags(html) {
            let is_anchor = tag.name.eq_ignore_ascii_case("a");
            for attribute in &tag.attributes {
                match attribute.name {
                    "id" | "name" if is_anchor || attribute.name == "id" => {
                        ids.insert(unescape(attribute.value).into_owned());
                    }
                    "href" | "src" => links.extend(self.place(url, &unescape(attribute.value))),
                    _ => {}
                }
            }
        }
        (ids, links)
    }

    /// The place on this site that a link means; `None` for other sites.
    fn place(&self, url: &UrlPath, link: &str) -> Option<(UrlPath, String)> {
        let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
        let path = path.split('?').next().unwrap_or(path);
        if path.is_empty() {
            return Some((url.clone(), decode(fragment)));
        }
        let below = path.strip_prefix(self.base_path)?;
        if !below.starts_with('/') || below.starts_with("//") {
            return None;
        }
        Some((UrlPath::parse(&decode(below)).ok()?, decode(fragment)))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().expect("no thread panics while it holds what was seen")
    }
}

fn report(url: &UrlPath, fragment: &str, first: &Linking, pages: usize) -> Diagnostic {
    let hash = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
    let others = match pages {
        1 => String::new(),
        more => format!(" and {} more", more - 1),
    };
    let message = format!("the finished page {}{others} links to {url}{hash}, which is not in the site", first.url);
    let diagnostic = match &first.source {
        Some(source) => Diagnostic::about(Code::BrokenOutputLink, source, message),
        None => Diagnostic::general(Code::BrokenOutputLink, message),
    };
    diagnostic.help("look for it in the templates of the theme and of the site")
}
