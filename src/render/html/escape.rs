//! Escaping: text, attribute values, addresses.

use std::fmt::Write as _;

/// Appends text, with `&`, `<` and `>` escaped.
pub fn text(out: &mut String, text: &str) {
    escape(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Appends the value of an attribute that stands in double quotes.
pub fn attribute(out: &mut String, value: &str) {
    escape(out, value, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

/// Appends ` name="value"`.
pub fn named(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    attribute(out, value);
    out.push('"');
}

/// Appends a link with some words.
pub fn named_link(out: &mut String, address: &str, words: &str) {
    out.push_str("<a");
    named(out, "href", address);
    out.push('>');
    text(out, words);
    out.push_str("</a>");
}

/// Percent-encodes what may not stand in an address, leaving escapes that are there alone.
pub fn address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        let is_kept = byte.is_ascii_alphanumeric() || b"!#$%&'()*+,-./:;=?@_~".contains(&byte);
        match is_kept {
            true => out.push(char::from(byte)),
            false => write!(out, "%{byte:02X}").expect("writing to a string does not fail"),
        }
    }
    out
}

fn escape(out: &mut String, text: &str, entity: impl Fn(u8) -> Option<&'static str>) {
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            out.push_str(&text[plain..at]);
            out.push_str(entity);
            plain = at + 1;
        }
    }
    out.push_str(&text[plain..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let mut out = String::new();
        text(&mut out, "a & \"b\" <é>");
        named(&mut out, "title", "\"<&>'");
        assert_eq!(out, "a &amp; \"b\" &lt;é&gt; title=\"&quot;&lt;&amp;&gt;'\"");
        assert_eq!(address("https://x.org/a b/é?q=[1]&r=%20#\"<"), "https://x.org/a%20b/%C3%A9?q=%5B1%5D&r=%20#%22%3C");
    }
}
