//! A destination as it is written, taken apart.

use std::borrow::Cow;

use crate::base::path;

/// A destination taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<'a> {
    /// The path as written: without query and fragment.
    pub raw: &'a str,
    /// What follows the path, as written: query and fragment.
    pub tail: &'a str,
    /// The path with its escapes undone and `/` for every `\`.
    pub path: Cow<'a, str>,
    /// The part behind `#`, as written.
    pub fragment: Option<&'a str>,
    /// Whether a `\` stands in it.
    pub has_backslash: bool,
}

impl<'a> Written<'a> {
    /// Takes a destination apart. The query is dropped: no page of a static site depends on it.
    pub fn read(destination: &'a str) -> Self {
        let (rest, fragment) = match destination.split_once('#') {
            Some((rest, fragment)) => (rest, Some(fragment)),
            None => (destination, None),
        };
        let raw = rest.split_once('?').map_or(rest, |(path, _)| path);
        let has_backslash = raw.contains('\\');
        let slashed = if has_backslash { Cow::Owned(raw.replace('\\', "/")) } else { Cow::Borrowed(raw) };
        let path = if slashed.contains('%') { Cow::Owned(path::decode(&slashed)) } else { slashed };
        Written { raw, tail: &destination[raw.len()..], path, fragment, has_backslash }
    }

    /// Returns whether it is a path rather than the name of a page.
    pub fn looks_like_path(&self) -> bool {
        let end = self.path.len().checked_sub(3).and_then(|start| self.path.get(start..));
        self.path.contains('/') || end.is_some_and(|end| end.eq_ignore_ascii_case(".md"))
    }

    /// Returns whether it names a file: its last part has an extension.
    pub fn names_file(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or("");
        name.trim_start_matches('.').contains('.')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        for (destination, raw, path, fragment) in [
            ("a%20b.md?x=1#y", "a%20b.md", "a b.md", Some("y")),
            ("..\\x.md", "..\\x.md", "../x.md", None),
            ("#top", "", "", Some("top")),
            ("x#", "x", "x", Some("")),
            ("x#a?b", "x", "x", Some("a?b")),
            ("%ff.md", "%ff.md", "%ff.md", None),
        ] {
            let written = Written::read(destination);
            assert_eq!((written.raw, &*written.path, written.fragment), (raw, path, fragment), "{destination}");
        }
    }

    #[test]
    fn names_of_files() {
        for (destination, expected) in
            [("../a/b.md", true), ("a/b/", false), ("..", false), ("a/.b", false), ("", false)]
        {
            assert_eq!(Written::read(destination).names_file(), expected, "{destination}");
        }
    }
}
