//! The three kinds of path: where a file is read, where a page is found, where bytes are written.
//!
//! They are types of their own so that one can never be passed for another, and so that a value that
//! would leave its folder cannot be written down.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The path of a source file from the project's root, with `/` between its parts: `content/guides/efficiency.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

/// The path of something on the site, decoded, without the base path: `/guides/efficiency/`.
///
/// It begins with `/`, has no empty, `.` or `..` segment, no query and no fragment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

/// The path of a file inside the output folder: `guides/efficiency/index.html`.
///
/// It can only be made from a [`UrlPath`] or by [`OutputPath::parse`], so it never leaves the folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

/// Why a text is not a path that can be published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    /// Nothing is left of it.
    #[error("it is empty")]
    Empty,
    /// It has a segment `..` or `.`.
    #[error("it has a `.` or `..` segment")]
    Dots,
    /// It has a character that no path may have; the character is given.
    #[error("it contains {0:?}")]
    Character(char),
    /// A segment is longer than the 255 bytes that file systems take.
    #[error("a part of it is longer than 255 bytes")]
    TooLong,
}

impl SourcePath {
    /// Makes a path from one that is already relative to the root and uses `/`.
    ///
    /// # Panics
    /// Never; a leading `/` or `./` is dropped.
    pub fn new(path: &str) -> Self {
        let path = path.trim_start_matches("./").trim_start_matches('/');
        SourcePath(Arc::from(path))
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the last part: `efficiency.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Returns the last part without its extension: `efficiency`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        match name.rfind('.') {
            Some(0) | None => name,
            Some(dot) => &name[..dot],
        }
    }

    /// Returns the extension without its dot, as written; empty if there is none.
    pub fn extension(&self) -> &str {
        let name = self.file_name();
        match name.rfind('.') {
            Some(0) | None => "",
            Some(dot) => &name[dot + 1..],
        }
    }

    /// Returns the folder it lies in, `""` at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Returns the path below `folder` (`content`), or `None` if it lies elsewhere. The folder `""` is the root.
    pub fn below(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Returns whether the file is Markdown by its extension (`md` or `markdown`, in any case).
    pub fn is_markdown(&self) -> bool {
        let extension = self.extension();
        extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
    }

    /// Returns where the path leads below `root` on disk.
    pub fn on_disk(&self, root: &Path) -> PathBuf {
        root.join(&*self.0)
    }
}

/// Joins a relative path as written to the folder it is relative to, and resolves `.` and `..`.
///
/// Returns `None` when it climbs above the root. Empty segments are dropped; the result has no slash at either end.
pub fn join_relative(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

impl UrlPath {
    /// The site's root, `/`.
    pub fn root() -> Self {
        UrlPath(Arc::from("/"))
    }

    /// Reads a path as an author writes it, with or without the leading slash.
    ///
    /// # Errors
    /// A [`PathFault`] when a segment is `.` or `..`, too long, or has a character that cannot be published
    /// (control characters, `\`, `?`, `#`, `*`, `"`, `<`, `>`, `|`). Empty segments are dropped.
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        let mut path = String::with_capacity(text.len() + 1);
        for segment in text.split('/').filter(|segment| !segment.is_empty()) {
            check_segment(segment)?;
            path.push('/');
            path.push_str(segment);
        }
        if text.ends_with('/') || path.is_empty() {
            path.push('/');
        }
        Ok(UrlPath(Arc::from(path)))
    }

    /// Reads the address of a page: like [`UrlPath::parse`], with a slash at the end unless it names an `.html` file.
    ///
    /// # Errors
    /// As [`UrlPath::parse`].
    pub fn parse_page(text: &str) -> Result<Self, PathFault> {
        let path = Self::parse(text)?;
        if path.0.ends_with('/') || path.0.ends_with(".html") {
            return Ok(path);
        }
        Ok(UrlPath(Arc::from(format!("{}/", path.0))))
    }

    /// Returns the path as text, decoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the path below this one: `/guides/` and `feed.xml` give `/guides/feed.xml`.
    ///
    /// # Errors
    /// As [`UrlPath::parse`].
    pub fn join(&self, rest: &str) -> Result<Self, PathFault> {
        Self::parse(&format!("{}/{rest}", self.folder().trim_end_matches('/')))
    }

    /// Returns the folder in which relative names are looked up, with a slash at its end.
    pub fn folder(&self) -> &str {
        &self.0[..=self.0.rfind('/').unwrap_or(0)]
    }

    /// Returns the percent-encoded path with `base_path` (`""` or `/handbook`) before it, ready for an `href`.
    pub fn to_href(&self, base_path: &str) -> String {
        format!("{base_path}{}", encode_path(&self.0))
    }

    /// Returns the file that a server sends for this path.
    pub fn to_output(&self) -> OutputPath {
        let path = self.0.trim_start_matches('/');
        match path.is_empty() || path.ends_with('/') {
            true => OutputPath(Arc::from(format!("{path}index.html"))),
            false => OutputPath(Arc::from(path)),
        }
    }
}

impl OutputPath {
    /// Reads a path inside the output folder.
    ///
    /// # Errors
    /// As [`UrlPath::parse`], and [`PathFault::Empty`] when nothing is left.
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        let path = UrlPath::parse(text)?;
        match path.0.trim_matches('/') {
            "" => Err(PathFault::Empty),
            inner => Ok(OutputPath(Arc::from(inner))),
        }
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the address under which a server sends this file: without `index.html`.
    pub fn to_url(&self) -> UrlPath {
        let path = match &*self.0 {
            "index.html" => "",
            path => path.strip_suffix("index.html").filter(|rest| rest.ends_with('/')).unwrap_or(path),
        };
        UrlPath(Arc::from(format!("/{path}")))
    }

    /// Returns where the file is below `folder` on disk.
    pub fn on_disk(&self, folder: &Path) -> PathBuf {
        folder.join(&*self.0)
    }
}

/// Percent-encodes what may not stand in the path of a URL (RFC 3986, section 3.3), leaving `/` alone.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Percent-encodes what a URL, Markdown, HTML or YAML could take for something else in a path that an author writes. The
/// letters of all scripts stay as they are.
pub fn encode_written(path: &str) -> String {
    let mut written = String::with_capacity(path.len());
    for c in path.chars() {
        match c.is_ascii() || c.is_whitespace() || c.is_control() {
            true => written.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), WRITTEN)),
            false => written.push(c),
        }
    }
    written
}

/// Percent-encodes what is not ASCII, in a text that is encoded otherwise.
pub fn encode_letters(text: &str) -> String {
    utf8_percent_encode(text, CONTROLS).to_string()
}

/// Decodes percent escapes; text that is not UTF-8 after decoding is returned as it was.
pub fn decode(text: &str) -> String {
    match percent_encoding::percent_decode_str(text).decode_utf8() {
        Ok(decoded) => decoded.into_owned(),
        Err(_) => text.to_string(),
    }
}

/// What must be escaped in a path: everything that is not `pchar` or `/`.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'|');

/// What must be escaped in a path that an author writes: also what ends a destination in Markdown, a reference in HTML, an
/// item of a list in YAML or a candidate of `srcset`, and what makes the beginning of a path a scheme.
const WRITTEN: &AsciiSet = &PATH.add(b'&').add(b'\'').add(b'(').add(b')').add(b'*').add(b',').add(b':');

fn check_segment(segment: &str) -> Result<(), PathFault> {
    if segment == "." || segment == ".." {
        return Err(PathFault::Dots);
    }
    if segment.len() > 255 {
        return Err(PathFault::TooLong);
    }
    let refused = |c: &char| c.is_control() || matches!(c, '\\' | '?' | '#' | '*' | '"' | '<' | '>' | '|');
    match segment.chars().find(refused) {
        Some(c) => Err(PathFault::Character(c)),
        None => Ok(()),
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_stay_inside() {
        assert_eq!(UrlPath::parse("guides/x/").expect("good").as_str(), "/guides/x/");
        assert_eq!(UrlPath::parse("/a/../b"), Err(PathFault::Dots));
        assert_eq!(UrlPath::parse("a\\b"), Err(PathFault::Character('\\')));
        assert_eq!(UrlPath::parse_page("/x").expect("good").to_output().as_str(), "x/index.html");
        assert_eq!(UrlPath::parse_page("/x.html").expect("good").to_output().as_str(), "x.html");
        assert_eq!(UrlPath::root().join("feed.xml").expect("good").to_output().as_str(), "feed.xml");
    }

    #[test]
    fn relative_paths_resolve() {
        assert_eq!(join_relative("content/guides", "../meetings/x.md").as_deref(), Some("content/meetings/x.md"));
        assert_eq!(join_relative("content", "../../x"), None);
    }

    #[test]
    fn written_paths_are_safe_everywhere() {
        let written = encode_written("../Über uns/a(b)&c,d:e.md");
        assert_eq!(written, "../Über%20uns/a%28b%29%26c%2Cd%3Ae.md");
        assert_eq!(encode_written("a\u{a0}b"), "a%C2%A0b");
        assert_eq!(encode_letters("%C3%9Cbé"), "%C3%9Cb%C3%A9");
    }

    #[test]
    fn hrefs_are_encoded() {
        assert_eq!(UrlPath::parse("/a b/é%/").expect("good").to_href("/base"), "/base/a%20b/%C3%A9%25/");
        assert_eq!(OutputPath::parse("a/index.html").expect("good").to_url().as_str(), "/a/");
    }
}
