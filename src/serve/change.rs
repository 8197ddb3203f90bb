//! Decides what a new edition means for a page that somebody looks at. It touches nothing.

use crate::base::digest::Digest;
use crate::base::path::OutputPath;
use crate::emit::memory::{Held, MemorySite};
use crate::serve::media_type;
use crate::serve::route::Route;

/// What a new edition means for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is as it was.
    Nothing,
    /// Nothing but style sheets changed.
    Styles(Vec<Swap>),
    /// It has other content, or something that it shows has.
    Content,
    /// There is no such page any more.
    Gone,
    /// Its address leads elsewhere now.
    Moved,
}

/// A style sheet that takes the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// The address that the page has.
    pub from: String,
    /// The address that it shall have.
    pub to: String,
}

/// What an address shows in an edition.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The edition's files.
    pub site: &'a MemorySite,
    /// What answers the address.
    pub route: &'a Route,
}

/// Decides what has changed for a page whose bytes have the digest `known`.
///
/// `before` is the edition that it was taken from; `None` if that is not known any more.
pub fn change(known: Digest, before: Option<View<'_>>, now: View<'_>) -> Change {
    if matches!(now.route, Route::Redirect { .. }) {
        return Change::Moved;
    }
    let Some(before) = before else {
        return if now.digest() == known { Change::Nothing } else { Change::Content };
    };
    if before.status() == 200 && now.status() == 404 {
        return Change::Gone;
    }
    if before.status() != now.status() {
        return Change::Content;
    }
    if std::ptr::eq(before.site, now.site) && now.digest() == known {
        return Change::Nothing;
    }
    let Some(mut swaps) = fingerprints(known, before, now) else { return Change::Content };
    for path in replaced(before.site, now.site) {
        let address = path.to_url().to_href("");
        if !now.bytes().is_some_and(|page| contains(page, address.as_bytes())) {
            continue;
        }
        if !path.as_str().ends_with(".css") {
            return Change::Content;
        }
        let digest = now.site.files.get(path).map_or(Digest(0), |file| file.digest);
        swaps.push(Swap { to: format!("{address}?{:x}", digest.0), from: address });
    }
    if swaps.is_empty() { Change::Nothing } else { Change::Styles(swaps) }
}

impl<'a> View<'a> {
    /// Returns the digest of what is shown; a text of the server's own has that of its words.
    pub fn digest(&self) -> Digest {
        match self.route {
            Route::File { path, .. } => self.site.files.get(path).map_or(Digest(0), |file| file.digest),
            Route::Text { text, .. } => Digest::of(text.as_bytes()),
            Route::Redirect { to, .. } => Digest::of(to.as_bytes()),
        }
    }

    fn status(&self) -> u16 {
        match self.route {
            Route::File { status, .. } | Route::Text { status, .. } | Route::Redirect { status, .. } => *status,
        }
    }

    fn bytes(&self) -> Option<&'a [u8]> {
        let Route::File { path, .. } = self.route else { return None };
        match &self.site.files.get(path)?.held {
            Held::Bytes(bytes) => Some(bytes),
            Held::Disk(_) => None,
        }
    }
}

/// Returns the style sheets whose addresses differ, if nothing else in the page does.
fn fingerprints(known: Digest, before: View<'_>, now: View<'_>) -> Option<Vec<Swap>> {
    if now.digest() == known {
        return Some(Vec::new());
    }
    let (old, new) = (before.bytes()?, now.bytes()?);
    if before.digest() != known {
        return None;
    }
    let mut page = old.to_vec();
    let mut swaps = Vec::new();
    for swap in renamed(before.site, now.site) {
        if contains(&page, swap.from.as_bytes()) {
            page = replace(&page, swap.from.as_bytes(), swap.to.as_bytes());
            swaps.push(swap);
        }
    }
    (page == new).then_some(swaps)
}

/// Returns the style sheets that changed, and their addresses with them.
fn renamed(before: &MemorySite, now: &MemorySite) -> Vec<Swap> {
    let only_in = |one: &MemorySite, other: &MemorySite| -> Vec<(String, String)> {
        // Most files are pages: they are passed over before anything is looked up.
        let sheets = one.files.keys().filter_map(|path| Some((plain_name(path)?, path)));
        let gone = sheets.filter(|(_, path)| !other.files.contains_key(*path));
        gone.map(|(name, path)| (name, path.to_url().to_href(""))).collect()
    };
    let new = only_in(now, before);
    let partner = |name: &str| new.iter().find(|(other, _)| other == name).map(|(_, to)| to.clone());
    only_in(before, now).into_iter().filter_map(|(name, from)| Some(Swap { to: partner(&name)?, from })).collect()
}

/// Returns the path of a style sheet without the digest in its name: `assets/style.css` for
/// `assets/style.3f2ac81be0.css`.
fn plain_name(path: &OutputPath) -> Option<String> {
    let (name, digest) = path.as_str().strip_suffix(".css")?.rsplit_once('.')?;
    let is_digest = digest.len() >= 8 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_digest.then(|| format!("{name}.css"))
}

/// Returns the files that pages show or load and that have other bytes at the same address.
fn replaced<'a>(before: &'a MemorySite, now: &MemorySite) -> Vec<&'a OutputPath> {
    let shown = before.files.iter().filter(|(path, _)| is_shown(path.as_str()));
    let other = shown.filter(|(path, file)| now.files.get(*path).is_some_and(|other| other.digest != file.digest));
    other.map(|(path, _)| path).collect()
}

fn is_shown(path: &str) -> bool {
    if path.ends_with(".html") || path.ends_with(".md") {
        return false;
    }
    let kind = media_type::of(path);
    ["text/css", "text/javascript", "image/", "audio/", "video/", "font/"].iter().any(|start| kind.starts_with(start))
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    find(text, part).is_some()
}

fn replace(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = find(rest, from) {
        replaced.extend_from_slice(&rest[..at]);
        replaced.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    replaced.extend_from_slice(rest);
    replaced
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::memory::MemoryFile;
    use crate::model::output::Content;

    type Files<'a> = &'a [(&'a str, &'a str)];

    fn site(files: Files<'_>) -> MemorySite {
        let file = |(path, text): &(&str, &str)| {
            let file = MemoryFile::new(Content::Bytes(text.as_bytes().to_vec())).unwrap();
            (OutputPath::parse(path).unwrap(), file)
        };
        MemorySite { files: files.iter().map(file).collect() }
    }

    /// What becomes of the page `p.html`, in words.
    fn told(before: Files<'_>, now: Files<'_>) -> String {
        let route = Route::File { path: OutputPath::parse("p.html").unwrap(), status: 200 };
        let (before, now) = (site(before), site(now));
        let before = View { site: &before, route: &route };
        match change(before.digest(), Some(before), View { site: &now, route: &route }) {
            Change::Styles(swaps) => {
                swaps.iter().map(|swap| format!("{} {}", swap.from, swap.to)).collect::<Vec<_>>().join(", ")
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn style_sheets_are_told_from_content() {
        let check = |before: Files<'_>, now: Files<'_>, expected: &str| assert_eq!(told(before, now), expected);
        let page = |text: &'static str| ("p.html", text);
        let (old, new) = (("a/s.0123456789.css", "old"), ("a/s.abcdef0123.css", "new"));
        check(&[page("x")], &[page("x"), ("q.html", "other")], "Nothing");
        check(&[page("x")], &[page("y")], "Content");
        let (with_old, with_new) = (page("</a/s.0123456789.css>"), page("</a/s.abcdef0123.css>"));
        check(&[with_old, old], &[with_new, new], "/a/s.0123456789.css /a/s.abcdef0123.css");
        check(&[with_old, old], &[page("</a/s.abcdef0123.css>!"), new], "Content");
        // The page has the new address, and the old one is still there for another page.
        check(&[with_old, old], &[with_new, old, new], "Content");
        check(&[with_old, ("a/s.0123456789.js", "old")], &[with_new, ("a/s.abcdef0123.js", "new")], "Content");
        check(&[page("x"), old], &[page("x"), new], "Nothing");
    }

    #[test]
    fn what_a_page_shows_is_a_part_of_it() {
        let check = |file: &str, page: &str, expected: &str| {
            let found = told(&[("p.html", page), (file, "old")], &[("p.html", page), (file, "new")]);
            assert_eq!(found, expected, "{file} {page}");
        };
        check("own.css", "</own.css>", &format!("/own.css /own.css?{:x}", Digest::of(b"new").0));
        check("own.css", "<>", "Nothing");
        check("a b.png", "</a%20b.png>", "Content");
        check("own.js", "</own.js>", "Content");
        check("q.html", "</q.html>", "Nothing");
        check("data.json", "</data.json>", "Nothing");
    }
}
