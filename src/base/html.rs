//! HTML as text: escaping, and a small reader of the tags in a fragment that authors wrote by hand.

use std::borrow::Cow;
use std::ops::Range;

/// Escapes `&`, `<`, `>`, `"` and `'` for HTML text and for attribute values in either quotes.
pub fn escape(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(['&', '<', '>', '"', '\'']) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    escape_into(&mut out, &text[first..]);
    Cow::Owned(out)
}

/// Appends `text`, escaped as by [`escape`].
pub fn escape_into(out: &mut String, text: &str) {
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        out.push_str(entity);
        plain = at + 1;
    }
    out.push_str(&text[plain..]);
}

/// A tag that opens, in a fragment of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name as written: `IMG`.
    pub name: &'a str,
    /// The bytes of the whole tag, from `<` to `>`, in the fragment.
    pub span: Range<usize>,
    /// Its attributes in the order written.
    pub attributes: Vec<Attribute<'a>>,
}

/// An attribute of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The name as written.
    pub name: &'a str,
    /// The value as written, without its quotes and not decoded; empty if there is none.
    pub value: &'a str,
    /// The bytes of the value in the fragment, without its quotes.
    pub span: Range<usize>,
}

impl Tag<'_> {
    /// Returns whether this is the element `name` (lower case).
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Returns the attribute `name` (lower case), if the tag has it.
    pub fn attribute(&self, name: &str) -> Option<&Attribute<'_>> {
        self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }
}

/// Finds the opening tags of a fragment. Comments and the contents of `script` and `style` are skipped; what is not
/// well formed is passed over, never an error. Time and memory grow with the length of the fragment.
pub fn opening_tags(fragment: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(offset) = fragment[at..].find('<') {
        let start = at + offset;
        let rest = &fragment[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(fragment.len(), |end| start + end + 3);
            continue;
        }
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = start + 1;
            continue;
        }
        let Some(tag) = read_tag(fragment, start) else {
            return tags;
        };
        at = tag.span.end;
        if tag.is("script") || tag.is("style") {
            at = end_of_raw(fragment, at, tag.name);
        }
        tags.push(tag);
    }
    tags
}

/// Decodes the named and numeric character references that HTML attributes hold most: `&amp;`, `&quot;`, `&#39;`, …
pub fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let c = match &text[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        name => {
            let digits = name.strip_prefix('#')?;
            let point = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(point)?
        }
    };
    Some((c, end + 1))
}

fn end_of_raw(fragment: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(offset) = fragment[at..].find("</") {
        let close = at + offset + 2;
        if fragment.get(close..close + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return close;
        }
        at = close;
    }
    fragment.len()
}

fn read_tag(fragment: &str, start: usize) -> Option<Tag<'_>> {
    let bytes = fragment.as_bytes();
    let is_end = |b: u8| b.is_ascii_whitespace() || b == b'>' || b == b'/';
    let name_end = (start + 1..bytes.len()).find(|at| is_end(bytes[*at]))?;
    let mut attributes = Vec::new();
    let mut at = name_end;
    loop {
        at = (at..bytes.len()).find(|at| !bytes[*at].is_ascii_whitespace() && bytes[*at] != b'/')?;
        if bytes[at] == b'>' {
            return Some(Tag { name: &fragment[start + 1..name_end], span: start..at + 1, attributes });
        }
        let (attribute, end) = read_attribute(fragment, at)?;
        attributes.push(attribute);
        at = end;
    }
}

fn read_attribute(fragment: &str, start: usize) -> Option<(Attribute<'_>, usize)> {
    let bytes = fragment.as_bytes();
    let is_end = |at: &usize| bytes[*at].is_ascii_whitespace() || matches!(bytes[*at], b'=' | b'>' | b'/');
    let name_end = (start + 1..bytes.len()).find(is_end)?;
    let name = &fragment[start..name_end];
    let equals = (name_end..bytes.len()).find(|at| !bytes[*at].is_ascii_whitespace())?;
    if bytes[equals] != b'=' {
        return Some((Attribute { name, value: "", span: name_end..name_end }, name_end));
    }
    let open = (equals + 1..bytes.len()).find(|at| !bytes[*at].is_ascii_whitespace())?;
    let (span, end) = match bytes[open] {
        quote @ (b'"' | b'\'') => {
            let close = (open + 1..bytes.len()).find(|at| bytes[*at] == quote)?;
            (open + 1..close, close + 1)
        }
        b'>' => (open..open, open),
        _ => {
            let close = (open..bytes.len()).find(|at| bytes[*at].is_ascii_whitespace() || bytes[*at] == b'>')?;
            (open..close, close)
        }
    };
    Some((Attribute { name, value: &fragment[span.clone()], span }, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_their_attributes() {
        let html =
            r#"<p><A href="x&amp;y" id=top hidden><!-- <b id=no> --><script>"<i id=no>"</script><img src='a.png'/>"#;
        let tags = opening_tags(html);
        let names: Vec<&str> = tags.iter().map(|tag| tag.name).collect();
        assert_eq!(names, ["p", "A", "script", "img"]);
        let href = tags[1].attribute("href").expect("there");
        assert_eq!((href.value, &html[href.span.clone()]), ("x&amp;y", "x&amp;y"));
        assert_eq!(tags[1].attribute("id").expect("there").value, "top");
        assert_eq!(unescape(href.value), "x&y");
    }

    #[test]
    fn broken_tags_are_passed_over() {
        for html in ["<", "<a", "<a href", "<a href=", "<a href=\"x", "< a>", "<é>", "<a =x>", "<script>"] {
            opening_tags(html);
        }
    }
}
