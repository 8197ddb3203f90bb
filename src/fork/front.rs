//! Edits the front matter of a template's page when a version is released: three keys below `template:`, line by line, so
//! that whatever else stands there stays to the byte.

use crate::base::fence::{Split, Style, split};
use crate::base::tree::{LIMITS, Node, Value};
use crate::base::yaml;

/// What a release writes.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    /// The number of the version.
    pub number: u32,
    /// The day, as `2026-01-05`.
    pub day: &'a str,
    /// What changed, in one line.
    pub note: &'a str,
}

/// Why front matter is not edited: a clause that ends with what the author can do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is TOML.
    #[error("its front matter is TOML; write it in YAML, between `---`")]
    Toml,
    /// It is not closed or no YAML.
    #[error("its front matter cannot be read; `fieldbook check` says why")]
    Unreadable,
    /// A key is written in a form that cannot be edited line by line.
    #[error("`{0}` is not written one key a line; write it so, with what belongs to it indented below")]
    Form(&'static str),
}

/// Returns the text of the page with the version, its day and its note in its front matter.
///
/// # Errors
/// When that cannot be done without touching anything else.
pub fn edit(text: &str, release: Release<'_>) -> Result<String, Refusal> {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let edited = match split(text) {
        Split::Found { style: Style::Toml, .. } => return Err(Refusal::Toml),
        Split::Unclosed { .. } => return Err(Refusal::Unreadable),
        Split::Found { inner, .. } => {
            let before = read(&text[inner.clone()])?;
            let lines =
                Lines { list: text[inner.clone()].split_inclusive('\n').map(str::to_string).collect(), newline };
            let edited = lines.edit(release)?;
            // Whatever the form was, the outcome must say this and nothing else.
            if read(&edited)? != expected(before, release) {
                return Err(Refusal::Form("template"));
            }
            format!("{}{edited}{}", &text[..inner.start], &text[inner.end..])
        }
        Split::None { .. } => {
            let lines = Lines { list: Vec::new(), newline }.edit(release)?;
            let (mark, rest) = text.split_at(text.len() - text.trim_start_matches('\u{feff}').len());
            format!("{mark}---{newline}{lines}---{newline}{newline}{rest}")
        }
    };
    Ok(edited)
}

fn read(inner: &str) -> Result<serde_json::Value, Refusal> {
    let node = yaml::parse(inner, LIMITS).map_err(|_| Refusal::Unreadable)?;
    match node.value {
        Value::Map(_) => Ok(node.to_json()),
        Value::Null => Ok(Node::empty_map(0..0).to_json()),
        _ => Err(Refusal::Unreadable),
    }
}

/// What the front matter is to say.
fn expected(mut before: serde_json::Value, release: Release<'_>) -> serde_json::Value {
    if !before["template"].is_object() {
        before["template"] = serde_json::json!({});
    }
    let template = &mut before["template"];
    template["version"] = release.number.into();
    template["released"] = release.day.into();
    match &mut template["notes"] {
        serde_json::Value::Array(notes) => {
            notes.push(serde_json::json!({"version": release.number, "note": release.note}));
        }
        notes => {
            if !notes.is_object() {
                *notes = serde_json::json!({});
            }
            notes[release.number.to_string()] = release.note.into();
        }
    }
    before
}

/// The lines of front matter, with their endings.
struct Lines<'a> {
    list: Vec<String>,
    newline: &'a str,
}

impl Lines<'_> {
    fn edit(mut self, release: Release<'_>) -> Result<String, Refusal> {
        let at = match self.key(0..self.list.len(), 0, "template") {
            Some(at) => at,
            None => {
                self.list.push(format!("template:{}", self.newline));
                self.list.len() - 1
            }
        };
        self.opens(at, "template")?;
        let indent = self.indent_below(at, 2);
        self.set((at, indent), "version", &release.number.to_string())?;
        self.set((at, indent), "released", release.day)?;
        self.note((at, indent), release)?;
        Ok(self.list.concat())
    }

    /// Sets a key below the line `at`; a comment behind its value stays.
    fn set(&mut self, (at, indent): (usize, usize), key: &'static str, value: &str) -> Result<(), Refusal> {
        let end = self.end(at);
        let Some(found) = self.key(at + 1..end, indent, key) else {
            let place = if key == "version" {
                at + 1
            } else {
                self.key(at + 1..end, indent, "version").map_or(end, |at| at + 1)
            };
            self.insert(place, format!("{}{key}: {value}", " ".repeat(indent)));
            return Ok(());
        };
        if self.end(found) != found + 1 {
            return Err(Refusal::Form(key));
        }
        let line = &self.list[found];
        let written = line.trim_end();
        let comment = written.find(" #").map_or("", |at| {
            let blanks = written[..at].len() - written[..at].trim_end().len();
            &written[at - blanks..]
        });
        self.list[found] = format!("{}{key}: {value}{comment}{}", " ".repeat(indent), &line[written.len()..]);
        Ok(())
    }

    fn note(&mut self, (at, indent): (usize, usize), release: Release<'_>) -> Result<(), Refusal> {
        let Release { number, note, .. } = release;
        let quoted = format!("\"{}\"", note.replace('\\', "\\\\").replace('"', "\\\""));
        let end = self.end(at);
        let Some(notes) = self.key(at + 1..end, indent, "notes") else {
            let below = " ".repeat(indent + 2);
            self.insert(end, format!("{}notes:", " ".repeat(indent)));
            self.insert(end + 1, format!("{below}{number}: {quoted}"));
            return Ok(());
        };
        self.opens(notes, "notes")?;
        let below = self.indent_below(notes, indent + 2);
        let blanks = " ".repeat(below);
        let is_list = (notes + 1..self.end(notes)).any(|line| self.list[line].trim_start().starts_with("- "));
        let line = match is_list {
            true => format!("{blanks}- {{version: {number}, note: {quoted}}}"),
            false => format!("{blanks}{number}: {quoted}"),
        };
        self.insert(self.end(notes), line);
        Ok(())
    }

    /// Puts a line before the one at `at`; the one above gets an end if it has none.
    fn insert(&mut self, at: usize, line: String) {
        let before = at.checked_sub(1).and_then(|before| self.list.get_mut(before));
        if let Some(before) = before.filter(|before| !before.ends_with('\n')) {
            before.push_str(self.newline);
        }
        self.list.insert(at, format!("{line}{}", self.newline));
    }

    /// Holds that nothing stands behind the colon of a key.
    fn opens(&self, at: usize, key: &'static str) -> Result<(), Refusal> {
        let value = self.list[at].split_once(':').map_or("", |(_, value)| value).trim();
        if value.is_empty() || value.starts_with('#') { Ok(()) } else { Err(Refusal::Form(key)) }
    }

    /// The line in a range that has a key at an indentation.
    fn key(&self, range: std::ops::Range<usize>, indent: usize, key: &str) -> Option<usize> {
        range.into_iter().find(|at| {
            let line = &self.list[*at];
            let rest = line.trim_start_matches(' ');
            line.len() - rest.len() == indent && rest.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'))
        })
    }

    /// The indentation of what is below a line, or what it would be.
    fn indent_below(&self, at: usize, usual: usize) -> usize {
        let first = (at + 1..self.end(at)).find(|line| !self.is_idle(*line));
        first.map_or(usual, |line| self.indent(line))
    }

    /// The line behind the last one that belongs to the key at a line. Blank lines and comments behind it do not.
    fn end(&self, at: usize) -> usize {
        let indent = self.indent(at);
        let deeper = (at + 1..self.list.len()).take_while(|line| self.is_idle(*line) || self.indent(*line) > indent);
        deeper.filter(|line| !self.is_idle(*line)).last().map_or(at + 1, |last| last + 1)
    }

    fn indent(&self, at: usize) -> usize {
        self.list[at].len() - self.list[at].trim_start_matches(' ').len()
    }

    fn is_idle(&self, at: usize) -> bool {
        let line = self.list[at].trim();
        line.is_empty() || line.starts_with('#')
    }
}

#[cfg(test)]
mod tests {
    use super::{Refusal, Release, edit};

    const RELEASE: Release<'_> = Release { number: 3, day: "2026-11-20", note: "Two \"steps\": added" };

    #[track_caller]
    fn check(before: &str, after: &str) {
        assert_eq!(edit(before, RELEASE).as_deref(), Ok(after));
    }

    #[test]
    fn everything_else_stays() {
        check(
            "---\ntitle: X # a comment\n# another\ntemplate:\n  version: 2 # the number\n  released: \"2026-01-05\"\n  \
            ask:\n    - {id: a}\n  notes:\n    1: First\n    2: \"Second: more\"\n\n# below\ntags: [a]\n---\n\nText.\n",
            "---\ntitle: X # a comment\n# another\ntemplate:\n  version: 3 # the number\n  released: 2026-11-20\n  \
            ask:\n    - {id: a}\n  notes:\n    1: First\n    2: \"Second: more\"\n    3: \"Two \\\"steps\\\": added\"\n\n\
            # below\ntags: [a]\n---\n\nText.\n",
        );
    }

    #[test]
    fn keys_are_made() {
        let made = "template:\n  version: 3\n  released: 2026-11-20\n  notes:\n    3: \"Two \\\"steps\\\": added\"\n";
        check("---\ntitle: X\n---\nText.\n", &format!("---\ntitle: X\n{made}---\nText.\n"));
        check("# Text\n", &format!("---\n{made}---\n\n# Text\n"));
        let crlf = format!("---\r\ntitle: X\r\n{}---\r\nText.", made.replace('\n', "\r\n"));
        check("---\r\ntitle: X\r\n---\r\nText.", &crlf);
        check(
            "---\ntemplate:\n    ask: [a]\n    notes:\n      - {version: 1, note: A}\n---\n",
            "---\ntemplate:\n    version: 3\n    released: 2026-11-20\n    ask: [a]\n    notes:\n      - {version: 1, \
            note: A}\n      - {version: 3, note: \"Two \\\"steps\\\": added\"}\n---\n",
        );
    }

    #[test]
    fn what_is_not_safe_is_refused() {
        let refused = |text: &str| edit(text, RELEASE).expect_err("a refusal");
        assert_eq!(refused("+++\ntitle = \"X\"\n+++\n"), Refusal::Toml);
        assert_eq!(refused("---\ntemplate: {version: 2}\n---\n"), Refusal::Form("template"));
        assert_eq!(refused("---\ntemplate:\n  notes: {1: a}\n---\n"), Refusal::Form("notes"));
        assert_eq!(refused("---\ntemplate:\n  version: >\n    2\n---\n"), Refusal::Form("version"));
        assert_eq!(refused("---\ntitle: [\ntemplate:\n---\n"), Refusal::Unreadable);
        assert_eq!(refused("---\ntemplate: &x\n  version: 2\nextra: *x\n---\n"), Refusal::Form("template"));
    }
}
