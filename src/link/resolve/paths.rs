//! Paths to what they lead to: relative to the file, from the root of the content, as an address of the site.

use std::borrow::Cow;

use crate::base::path::{UrlPath, encode_path, join_relative};
use crate::link::folders;
use crate::link::names::{Case, Place};
use crate::link::resolve::written::Written;
use crate::link::resolve::{Origin, Resolver, Wants};

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it leads to.
    pub place: Place,
    /// How it was read.
    pub way: Way,
}

/// How a path had to be read to lead somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As it is written.
    Right,
    /// From the page's address instead of its file.
    FromUrl,
    /// Without minding the case.
    Folded,
    /// As a former address of a page.
    Former,
    /// With the extension of the file added.
    Bare,
}

impl Resolver<'_> {
    /// Finds what a path leads to.
    pub fn find(&self, origin: Origin<'_>, written: &Written<'_>) -> Option<Found> {
        if let Some(found) = self.find_path(origin, &written.path) {
            return Some(found);
        }
        // `100%25.md` may be the very name of a file.
        let is_escaped = written.path != written.raw && !written.has_backslash;
        is_escaped.then(|| self.find_path(origin, written.raw)).flatten()
    }

    /// The address in the repository of a file outside the content, if the path stays in the repository. Whether the
    /// file exists is not known here.
    pub fn repository_link(&self, origin: Origin<'_>, written: &Written<'_>) -> Option<String> {
        let project = self.known.project;
        let repository = project.config.repository.as_ref()?;
        if origin.wants != Wants::Anything || origin.page.is_none() || written.path.starts_with('/') {
            return None;
        }
        let site = repository.folder.trim_matches('/');
        let path = join_relative(&folders::join(site, origin.file.folder()), &written.path)?;
        let content = folders::join(site, &project.content);
        let own = [content, folders::join(site, project.static_folder())];
        let is_own = |folder: &String| folder.is_empty() || path == *folder || is_below(&path, folder);
        if path.is_empty() || own.iter().any(is_own) {
            return None;
        }
        // A `../` too many is far likelier than a file outside that has the same path.
        let below_site = if site.is_empty() { Some(path.as_str()) } else { path.strip_prefix(site) };
        let inside = below_site.map(|path| folders::join(&project.content, path.trim_start_matches('/')));
        if inside.is_some_and(|path| self.names.source(&path, Case::Exact).is_some()) {
            return None;
        }
        let view = if written.path.ends_with('/') { "tree" } else { "blob" };
        let fragment = written.fragment.map_or(String::new(), |fragment| format!("#{fragment}"));
        Some(format!("{}/{view}/{}/{}{fragment}", repository.url, repository.branch, encode_path(&path)))
    }

    /// Returns whether a path leaves the content and its static files, and could be one of the repository.
    pub fn leaves_content(&self, origin: Origin<'_>, written: &Written<'_>) -> bool {
        let project = self.known.project;
        if origin.wants != Wants::Anything || origin.page.is_none() || !written.path.starts_with("../") {
            return false;
        }
        let is_own = |path: &str| is_below(path, &project.content) || is_below(path, project.static_folder());
        match join_relative(origin.file.folder(), &written.path) {
            Some(path) => !project.content.is_empty() && path != project.content && !is_own(&path),
            None => true,
        }
    }

    fn find_path(&self, origin: Origin<'_>, path: &str) -> Option<Found> {
        self.read(origin, path, Case::Exact).or_else(|| {
            let folded = self.read(origin, path, Case::Folded)?;
            Some(Found { way: if folded.way == Way::FromUrl { Way::FromUrl } else { Way::Folded }, ..folded })
        })
    }

    fn read(&self, origin: Origin<'_>, path: &str, case: Case) -> Option<Found> {
        let right = |place| Found { place, way: Way::Right };
        if let Some(below_root) = path.strip_prefix('/') {
            return self.rooted(below_root, case);
        }
        let relative = join_relative(origin.file.folder(), path);
        if let Some(path) = relative
            && let Some(place) = self.names.source(&cased(&path, case), case)
        {
            return Some(if self.is_without_extension(&path, place) {
                Found { place, way: Way::Bare }
            } else {
                right(place)
            });
        }
        let Some(page) = origin.page else {
            return self.rooted(path, case);
        };
        let from_url = join_relative(self.page(page).url.folder(), path)?;
        let place = self.names.url(&cased(&from_url, case), case)?;
        Some(Found { place, way: Way::FromUrl })
    }

    /// Whether a path is that of a page's file but for its extension.
    fn is_without_extension(&self, path: &str, place: Place) -> bool {
        let Place::Page(id) = place else {
            return false;
        };
        matches!(self.page(id).source.as_str().strip_prefix(path), Some(".md" | ".markdown"))
    }

    /// Reads a path from a root: the site's, the content's, the project's, the repository's, or the host's.
    fn rooted(&self, path: &str, case: Case) -> Option<Found> {
        let project = self.known.project;
        let path = join_relative("", path)?;
        let path = cased(&path, case);
        let below = |folder: &str| -> Option<String> {
            let folder = cased(folder.trim_matches('/'), case);
            let rest = path.strip_prefix(&*folder)?;
            if folder.is_empty() { None } else { rest.strip_prefix('/').map(str::to_string) }
        };
        let source = |path: &str| self.names.source(path, case).map(|place| Found { place, way: Way::Right });
        let site = self.address(&path, case);
        let content = || source(&folders::join(&cased(&project.content, case), &path));
        let root = || (!project.content.is_empty()).then(|| source(&path)).flatten();
        let repository = || source(&below(&project.config.repository.as_ref()?.folder)?);
        let host = || self.address(&below(&project.config.base_url.as_ref()?.path)?, case);
        site.or_else(content).or_else(root).or_else(repository).or_else(host)
    }

    /// Finds what has an address now, or had it.
    fn address(&self, path: &str, case: Case) -> Option<Found> {
        let place = self.names.url(path, case)?;
        let Place::Page(id) = place else {
            return Some(Found { place, way: Way::Right });
        };
        let page = self.page(id);
        let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
        let is_it = |url: &UrlPath| cased(url.as_str().trim_matches('/'), case) == path;
        let is_former = !is_it(&page.url) && page.meta.aliases.iter().any(|(alias, _)| is_it(alias));
        Some(Found { place, way: if is_former { Way::Former } else { Way::Right } })
    }
}

fn cased(path: &str, case: Case) -> Cow<'_, str> {
    match case {
        Case::Exact => Cow::Borrowed(path),
        Case::Folded => Cow::Owned(path.to_lowercase()),
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
