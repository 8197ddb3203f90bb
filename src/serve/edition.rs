//! The state of the site that is served, and how the next one takes its place.

use std::net::IpAddr;
use std::sync::Arc;

use tokio::sync::watch;

use crate::base::fs;
use crate::base::path::OutputPath;
use crate::emit::memory::{Held, MemoryFile, MemorySite};
use crate::serve::faults::Fault;
use crate::serve::route::{self, Request, Route, route};
use crate::serve::rules::Rules;

/// One state of the site.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// Its files.
    pub site: Arc<MemorySite>,
    /// What is wrong with it, for the browser to show.
    pub faults: Arc<Vec<Fault>>,
}

/// Puts editions in the place of those that are served.
#[derive(Clone, Debug)]
pub struct Publisher {
    pub(super) live: Arc<Live>,
}

/// What all requests share: the current edition, and word that the server stops.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) host: IpAddr,
    pub(super) editions: watch::Sender<Arc<Served>>,
    pub(super) is_stopping: watch::Sender<bool>,
}

/// An edition with what is worked out once for all requests.
#[derive(Debug)]
pub(super) struct Served {
    pub(super) edition: Edition,
    pub(super) rules: Rules,
    /// The folder of the server's own files, at which the site has nothing: `_fieldbook`.
    pub(super) own: String,
}

impl Publisher {
    /// Serves an edition from now on and tells every page that is open.
    pub fn publish(&self, edition: Edition) {
        self.live.editions.send_replace(Arc::new(Served::new(edition)));
    }

    /// Leaves the site as it is and shows other faults: for a rebuild that came to nothing.
    pub fn publish_faults(&self, faults: Vec<Fault>) {
        let site = self.live.editions.borrow().edition.site.clone();
        self.publish(Edition { site, faults: Arc::new(faults) });
    }
}

impl Live {
    pub(super) fn new(edition: Edition, host: IpAddr) -> Self {
        Live {
            host,
            editions: watch::Sender::new(Arc::new(Served::new(edition))),
            is_stopping: watch::Sender::new(false),
        }
    }

    pub(super) fn current(&self) -> Arc<Served> {
        self.editions.borrow().clone()
    }
}

impl Served {
    fn new(edition: Edition) -> Self {
        let text = |name: &str| {
            let file = OutputPath::parse(name).ok().and_then(|path| edition.site.files.get(&path));
            let bytes = file.and_then(|file| match &file.held {
                Held::Bytes(bytes) => Some(bytes.to_vec()),
                Held::Disk(path) => fs::read(path).ok(),
            });
            String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
        };
        let rules = Rules::parse(&text(route::REDIRECTS), &text(route::HEADERS));
        let own = own_folder(&edition.site);
        Served { edition, rules, own }
    }

    /// Decides what answers a request.
    pub(super) fn route(&self, request: &Request<'_>, host: IpAddr) -> Route {
        route(request, &self.rules, host, &|path| self.edition.site.files.contains_key(path))
    }

    /// Returns the name of one of the server's own files, if a path leads to one.
    pub(super) fn own_name<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix('/')?.strip_prefix(&*self.own)?.strip_prefix('/')
    }

    /// Returns a file.
    pub(super) fn file(&self, path: &OutputPath) -> Option<&MemoryFile> {
        self.edition.site.files.get(path)
    }
}

/// Returns the name of a folder that the site does not have.
fn own_folder(site: &MemorySite) -> String {
    let is_taken = |name: &str| {
        let is_in = |path: &OutputPath| path.as_str().strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
        site.files.keys().any(is_in)
    };
    let mut name = "_fieldbook".to_string();
    while is_taken(&name) {
        name.push('_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::output::Content;

    #[test]
    fn the_servers_own_folder_is_free() {
        let mut site = MemorySite::default();
        assert_eq!(own_folder(&site), "_fieldbook");
        for (path, expected) in [("_fieldbook.html", "_fieldbook"), ("_fieldbook/live.js", "_fieldbook_")] {
            let file = MemoryFile::new(Content::Bytes(Vec::new())).unwrap();
            site.files.insert(OutputPath::parse(path).unwrap(), file);
            assert_eq!(own_folder(&site), expected, "{path}");
        }
    }
}
