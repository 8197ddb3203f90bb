//! Finds the lines that open and close `:::` blocks, before Markdown is read.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// A line that opens or closes a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// Its bytes from the first colon to the last character of the line.
    pub span: Range<usize>,
    /// How many colons it begins with.
    pub colons: usize,
    /// What it opens; `None` closes.
    pub opens: Option<Opening>,
}

/// What stands behind the colons of a line that opens a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// The name of the block.
    pub name: String,
    /// Its attributes in the order written: `key="value"`, `.class` as `class`, `#id` as `id`, `key` as `key=true`; text
    /// behind the name as `title`.
    pub attributes: Vec<(String, String)>,
}

/// Finds the fences of a text, but for those in code and in HTML.
pub fn find(body: &str) -> Vec<Fence> {
    if !body.contains(":::") {
        return Vec::new();
    }
    let mut fences = candidates(body);
    if fences.is_empty() {
        return fences;
    }
    let mut opaque = opaque(body).into_iter().peekable();
    fences.retain(|fence| {
        while opaque.next_if(|span| span.end <= fence.span.start).is_some() {}
        opaque.peek().is_none_or(|span| fence.span.start < span.start)
    });
    fences
}

fn candidates(body: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let mut at = 0;
    for line in body.split_inclusive(['\n', '\r']) {
        let content = line.trim_start_matches([' ', '\t', '>']);
        if content.starts_with(":::") {
            let start = at + line.len() - content.len();
            let content = content.trim_end();
            let colons = content.len() - content.trim_start_matches(':').len();
            let rest = content[colons..].trim();
            let span = start..start + content.len();
            match rest {
                "" => fences.push(Fence { span, colons, opens: None }),
                rest => fences.extend(opening(rest).map(|opens| Fence { span, colons, opens: Some(opens) })),
            }
        }
        at += line.len();
    }
    fences
}

/// The bytes of code and HTML, in order.
fn opaque(body: &str) -> Vec<Range<usize>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let events = Parser::new_ext(body, options).into_offset_iter();
    let is_opaque = |event: &Event<'_>| matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock));
    events.filter(|(event, _)| is_opaque(event)).map(|(_, span)| span).collect()
}

fn opening(rest: &str) -> Option<Opening> {
    let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
    let (name, rest) = rest.split_at(name_end);
    let mut opening = Opening { name: name.to_string(), attributes: Vec::new() };
    let rest = rest.trim();
    let (title, braces) = match rest.find('{').filter(|_| rest.ends_with('}')) {
        Some(open) => (rest[..open].trim(), &rest[open + 1..rest.len() - 1]),
        None => (rest, ""),
    };
    let title = title.strip_prefix('[').and_then(|title| title.strip_suffix(']')).unwrap_or(title);
    // `:::note:::` and the like are text: nothing but a blank, a bracket or a brace may follow the name.
    if title.starts_with(|c: char| c.is_ascii_punctuation() && !"\"'`*_(".contains(c)) {
        return None;
    }
    if !title.is_empty() {
        opening.attributes.push(("title".into(), title.to_string()));
    }
    attributes(braces, &mut opening.attributes);
    if opening.name.is_empty() {
        let class = opening.attributes.iter().position(|(key, _)| key == "class")?;
        opening.name = opening.attributes.remove(class).1;
    }
    opening.name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(opening)
}

fn attributes(mut rest: &str, found: &mut Vec<(String, String)>) {
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return;
        }
        let key_end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == ',').unwrap_or(rest.len());
        let (key, after) = rest.split_at(key_end);
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after),
            None => ("true", after),
        };
        let (key, value) = match (key.strip_prefix('.'), key.strip_prefix('#')) {
            (Some(class), _) => ("class", class),
            (_, Some(id)) => ("id", id),
            _ => (key, value),
        };
        match found.iter_mut().find(|(known, _)| known == key) {
            Some((_, classes)) if key == "class" => *classes = format!("{classes} {value}"),
            Some((_, known)) => *known = value.to_string(),
            None if key.is_empty() => {}
            None => found.push((key.to_string(), value.to_string())),
        }
        rest = after;
    }
}

fn value(rest: &str) -> (&str, &str) {
    if let Some(quote @ ('"' | '\'')) = rest.chars().next()
        && let Some(close) = rest[1..].find(quote)
    {
        return (&rest[1..=close], &rest[close + 2..]);
    }
    rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, name: &str, attributes: &[(&str, &str)]) {
        let fences = find(line);
        let opening = fences[0].opens.as_ref().expect(line);
        assert_eq!(opening.name, name);
        let found: Vec<(&str, &str)> = opening.attributes.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(found, attributes);
    }

    #[test]
    fn names_and_attributes() {
        check(":::note", "note", &[]);
        check("::: note  ", "note", &[]);
        check(
            ":::aside {title=\"A rule, that helps\" by=me open .wide .dark #x}",
            "aside",
            &[("title", "A rule, that helps"), ("by", "me"), ("open", "true"), ("class", "wide dark"), ("id", "x")],
        );
        check(":::tip Read this first", "tip", &[("title", "Read this first")]);
        check(":::tip[Read this] {a='b c'}", "tip", &[("title", "Read this"), ("a", "b c")]);
        check("::: {.warning}", "warning", &[]);
        check(":::aside {title=\"unfinished}", "aside", &[("title", "\"unfinished")]);
    }

    #[test]
    fn what_is_no_fence() {
        for text in [
            "a :::note",
            ":::123",
            "::: ???",
            ":::note:::",
            "```\n:::note\n```",
            "    :::note",
            "<pre>\n:::\n</pre>",
            "::",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
        assert_eq!(find("- a\n\n  :::note\n  b\n  :::\n").len(), 2);
        assert_eq!(find("```\n:::a\n```\n:::b\n:::\n").len(), 2);
    }
}
