//! Where a fork comes from: four keys of its front matter, or a last line that people can read.
//!
//! Front matter is edited line by line, so that whatever else stands in it stays to the byte.

use std::ops::Range;

use crate::base::fence::{self, Split, Style};
use crate::document::version::Identity;

/// Where a fork comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The title of the fork, or of the template in the last line.
    pub title: Option<String>,
    /// The address of the template.
    pub forked_from: String,
    /// The version it was last brought up to.
    pub version: u32,
    /// The identity of that version; none if what stands there is none.
    pub hash: Option<Identity>,
    /// The licence, as the last line names it.
    pub license: Option<String>,
}

/// Where a provenance stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the front matter.
    FrontMatter,
    /// In the last line.
    LastLine,
}

/// Reads the provenance of a document: from its front matter, else from its last line. None if there is none, or if it
/// has no address or no version.
pub fn read(text: &str) -> Option<(Provenance, Place)> {
    let in_front = front_matter(text).and_then(|inner| read_fields(&text[inner]));
    match in_front {
        Some(provenance) => Some((provenance, Place::FrontMatter)),
        None => read_line(&text[last_line(text)?]).map(|provenance| (provenance, Place::LastLine)),
    }
}

/// Writes the provenance: replaces the one that stands there, else adds it in the place given. A title that stands in
/// the front matter stays; so does everything else.
pub fn write(text: &str, provenance: &Provenance, place: Place) -> String {
    let place = read(text).map_or(place, |(_, place)| place);
    match place {
        Place::FrontMatter => write_fields(text, provenance),
        Place::LastLine => write_line(text, provenance),
    }
}

/// Returns a document without its provenance, as its template would stand: without the last line, or without our keys,
/// and without the front matter if nothing but a title is left in it.
pub fn without(text: &str) -> String {
    match (front_matter(text), last_line(text), read(text)) {
        (Some(inner), _, Some((_, Place::FrontMatter))) => {
            let is_ours = |line: &&str| {
                ["forked_from:", "template_version:", "template_hash:"].iter().any(|name| line.starts_with(name))
            };
            let left: String = text[inner.clone()].split_inclusive('\n').filter(|line| !is_ours(line)).collect();
            if left.lines().all(|line| line.trim().is_empty() || line.starts_with("title:")) {
                let body = text[inner.end..].find('\n').map_or("", |newline| &text[inner.end + newline + 1..]);
                return body.trim_start_matches(['\n', '\r']).to_string();
            }
            format!("{}{left}{}", &text[..inner.start], &text[inner.end..])
        }
        (_, Some(line), _) => {
            let body = text[..line.start].trim_end_matches(['\n', '\r']);
            let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
            if body.is_empty() { String::new() } else { format!("{body}{newline}") }
        }
        _ => text.to_string(),
    }
}

/// Returns the bytes of the last line if it is a provenance, with its line ending but not with the blanks before it.
pub fn last_line(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end().len();
    let start = text[..end].rfind('\n').map_or(0, |newline| newline + 1);
    read_line(&text[start..end]).map(|_| start..text.len())
}

/// Returns the last line of a fork, as people read it and as attribution.
pub fn line(provenance: &Provenance) -> String {
    let label = label(provenance).replace('[', "\\[").replace(']', "\\]");
    let address = address(provenance);
    let license = provenance.license.as_ref().map(|license| format!(" ({license})")).unwrap_or_default();
    format!("Forked from [{label}]({address}){license}")
}

/// Returns what a fork is of, in words: `Contract Negotiation Checklist, version 4`.
pub fn label(provenance: &Provenance) -> String {
    let title = provenance.title.as_deref().unwrap_or("a template");
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{title}, version {}", provenance.version)
}

/// Returns the address of the version that a fork comes from, which stays.
pub fn address(provenance: &Provenance) -> String {
    let address = provenance.forked_from.trim_end_matches('/');
    let hash = provenance.hash.as_ref().map(|hash| format!("#{hash}")).unwrap_or_default();
    format!("{address}/v/{}/{hash}", provenance.version)
}

fn front_matter(text: &str) -> Option<Range<usize>> {
    match fence::split(text) {
        Split::Found { style: Style::Yaml, inner, .. } => Some(inner),
        _ => None,
    }
}

fn read_fields(inner: &str) -> Option<Provenance> {
    let value = |name: &str| {
        let line = inner.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        Some(scalar(line)).filter(|value| !value.is_empty())
    };
    Some(Provenance {
        title: value("title"),
        forked_from: value("forked_from")?,
        version: value("template_version")?.parse().ok()?,
        hash: value("template_hash").and_then(|hash| Identity::from_hex(&hash)),
        license: None,
    })
}

/// The value of a key on one line, without quotes and without a comment.
fn scalar(written: &str) -> String {
    let written = written.trim();
    if let Some(rest) = written.strip_prefix('"') {
        let mut value = String::new();
        let mut chars = rest.chars();
        while let Some(c) = chars.next().filter(|c| *c != '"') {
            value.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
        }
        return value;
    }
    if let Some(rest) = written.strip_prefix('\'') {
        let end = rest.replace("''", "\0\0").find('\'').unwrap_or(rest.len());
        return rest[..end].replace("''", "'");
    }
    written.split(" #").next().unwrap_or(written).trim().to_string()
}

fn write_fields(text: &str, provenance: &Provenance) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let fields = fields(provenance);
    let line = |(name, value): &(&str, String)| format!("{name}: {value}{newline}");
    let Some(inner) = front_matter(text) else {
        let lines: String = fields.iter().map(line).collect();
        let (mark, rest) = match text.strip_prefix('\u{feff}') {
            Some(rest) => ("\u{feff}", rest),
            None => ("", text),
        };
        let gap = if rest.is_empty() || rest.starts_with(['\n', '\r']) { "" } else { newline };
        return format!("{mark}---{newline}{lines}---{newline}{gap}{rest}");
    };
    let mut lines: Vec<String> = text[inner.clone()].split_inclusive('\n').map(str::to_string).collect();
    for field in &fields {
        let is_field = |line: &String| line.strip_prefix(field.0).is_some_and(|rest| rest.starts_with(':'));
        match lines.iter().position(is_field) {
            Some(_) if field.0 == "title" => {}
            Some(at) => lines[at] = line(field),
            None if field.0 == "title" => lines.insert(0, line(field)),
            None => lines.push(line(field)),
        }
    }
    format!("{}{}{}", &text[..inner.start], lines.concat(), &text[inner.end..])
}

fn fields(provenance: &Provenance) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    if let Some(title) = &provenance.title {
        fields.push(("title", written(title)));
    }
    fields.push(("forked_from", written(&provenance.forked_from)));
    fields.push(("template_version", provenance.version.to_string()));
    if let Some(hash) = &provenance.hash {
        // Digits alone, or digits around an `e`, would be read as a number.
        let is_number = hash.as_str().bytes().all(|byte| byte.is_ascii_digit() || byte == b'e');
        fields.push(("template_hash", if is_number { format!("\"{hash}\"") } else { hash.to_string() }));
    }
    fields
}

/// Writes a value so that YAML reads it as this text.
fn written(value: &str) -> String {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_plain = value.starts_with(|c: char| c.is_alphabetic())
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.ends_with(':')
        && !matches!(value.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off");
    if is_plain { value } else { format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")) }
}

fn write_line(text: &str, provenance: &Provenance) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    match last_line(text) {
        Some(span) => {
            let end = text.trim_end().len();
            // The licence and the title stay as they stand there if the new provenance has none.
            let old = read_line(&text[span.start..end]);
            let kept = Provenance {
                title: provenance.title.clone().or(old.as_ref().and_then(|old| old.title.clone())),
                license: provenance.license.clone().or(old.and_then(|old| old.license)),
                ..provenance.clone()
            };
            format!("{}{}{}", &text[..span.start], line(&kept), &text[end..])
        }
        None => {
            let body = text.trim_end_matches(['\n', '\r']);
            let gap = if body.is_empty() { String::new() } else { newline.repeat(2) };
            format!("{body}{gap}{}{newline}", line(provenance))
        }
    }
}

/// Reads `Forked from [Title, version 4](https://…/v/4/#3f2ac81be07d) (CC BY 4.0)`. The version is that of the address.
fn read_line(line: &str) -> Option<Provenance> {
    let rest = line.trim().trim_matches(['*', '_']).strip_prefix("Forked from [")?;
    let (label, rest) = rest.split_once("](")?;
    let (address, rest) = rest.split_once(')')?;
    let (address, hash) = address.split_once('#').map_or((address, None), |(address, hash)| (address, Some(hash)));
    let (forked_from, version) = address.trim_end_matches('/').rsplit_once("/v/")?;
    let title = label.rsplit_once(", version ").map_or(label, |(title, _)| title);
    let license = rest.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    Some(Provenance {
        title: Some(title.replace("\\[", "[").replace("\\]", "]")),
        forked_from: format!("{forked_from}/"),
        version: version.parse().ok()?,
        hash: hash.and_then(Identity::from_hex),
        license: license.map(str::to_string),
    })
}

#[cfg(test)]
mod tests;
