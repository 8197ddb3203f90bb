//! How a place in a file is opened in the author's editor: by an address that the editor answers to.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The editors that are known by name, with the address that opens a place in them.
const KNOWN: [(&str, &str); 11] = [
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
    ("macvim", "mvim://open?url=file://{path}&line={line}&column={column}"),
    ("phpstorm", "phpstorm://open?file={path}&line={line}&column={column}"),
    ("sublime", "subl://open?url=file://{path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscode-insiders", "vscode-insiders://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
    ("windsurf", "windsurf://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
];

/// Schemes that run or show what follows them, in the page itself.
const UNSAFE: [&str; 5] = ["javascript", "data", "vbscript", "blob", "view-source"];

/// What stays as it is in a path: what no part of an address gives a meaning to.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b':').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The address that opens a place in an editor, with `{path}`, `{line}` and `{column}` in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    pattern: String,
}

impl Editor {
    /// Reads the name of an editor, or an address with `{path}` in it; `None` if it is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let known = KNOWN.iter().find(|(name, _)| *name == text).map(|(_, pattern)| *pattern);
        let pattern = known.or_else(|| is_pattern(text).then_some(text))?;
        Some(Editor { pattern: pattern.to_string() })
    }

    /// Returns the names of the editors that are known.
    pub fn names() -> impl Iterator<Item = &'static str> {
        KNOWN.iter().map(|(name, _)| *name)
    }

    /// Returns the address that opens a file, by its absolute path, at a line and a column, both from 1.
    pub fn url(&self, path: &Path, line: usize, column: usize) -> String {
        // Windows may put a mark before a path that is as long as may be; editors do not know it.
        let path = path.to_string_lossy().trim_start_matches(r"\\?\").replace('\\', "/");
        let encoded = utf8_percent_encode(&path, PATH).to_string();
        // A path that begins with a drive has no slash of its own to part it from what stands before it.
        let slash = if encoded.starts_with('/') { "" } else { "/" };
        self.pattern
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string())
            .replace("{path}", &format!("{slash}{encoded}"))
    }
}

/// Whether a text is an address with a place for the path.
fn is_pattern(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let is_safe = !UNSAFE.contains(&scheme.to_ascii_lowercase().as_str());
    let is_one_word = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    is_scheme && is_safe && is_one_word && text.contains("{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_are_known_by_name_or_address() {
        let check = |text: &str, expected: Option<&str>| {
            let url = Editor::parse(text).map(|editor| editor.url(Path::new("/home/a b/{line}#é.md"), 12, 5));
            assert_eq!(url.as_deref(), expected, "{text}");
        };
        check("vscode", Some("vscode://file/home/a%20b/%7Bline%7D%23%C3%A9.md:12:5"));
        check("idea", Some("idea://open?file=/home/a%20b/%7Bline%7D%23%C3%A9.md&line=12&column=5"));
        check("my-editor:{path}?{line}", Some("my-editor:/home/a%20b/%7Bline%7D%23%C3%A9.md?12"));
        for text in ["vim", "", "x:y", "{path}", "javascript:alert('{path}')", "JavaScript:{path}", "x: {path}"] {
            check(text, None);
        }
        assert_eq!(Editor::parse("zed").unwrap().url(Path::new(r"\\?\C:\a.md"), 1, 1), "zed://file/C:/a.md:1:1");
        assert_eq!(Editor::parse("zed").unwrap().url(Path::new("C:\\a\\b.md"), 1, 1), "zed://file/C:/a/b.md:1:1");
    }
}
