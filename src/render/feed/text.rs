//! Plain text for feeds: one line, nothing that XML refuses, never markup.

use crate::base::xml::clean;

/// Returns a text as one line: control characters are dropped, white space in it becomes single spaces.
///
/// Only the white space of ASCII counts inside the text, so that a no-break space stays one.
pub fn plain(text: &str) -> String {
    let cleaned = clean(text);
    let mut line = String::with_capacity(cleaned.len());
    for word in cleaned.trim().split_ascii_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Returns whether nothing of a text can be seen: it is empty, or holds only white space, joiners and direction marks.
pub fn is_blank(text: &str) -> bool {
    let is_unseen = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_unseen(c))
}

/// Returns plain text so that a reader that takes it for HTML, as many take RSS's `description`, shows the same text.
///
/// Only what would be read as markup is escaped: every `<`, and `&` where it would begin a character reference.
pub fn as_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '<' => html.push_str("&lt;"),
            '&' if begins_reference(&text[at + 1..]) => html.push_str("&amp;"),
            c => html.push(c),
        }
    }
    html
}

/// Returns the name in `Name <name@example.org>`: feeds give names, never the addresses of authors.
pub fn name_of(author: &str) -> String {
    let author = plain(author);
    match author.strip_suffix('>').and_then(|rest| rest.split_once('<')) {
        Some((name, address)) if address.contains('@') && !is_blank(name) => name.trim().to_string(),
        _ => author,
    }
}

fn begins_reference(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    rest.starts_with('#') || (end > 0 && rest[end..].starts_with(';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_one_line() {
        for (text, line) in [
            ("  Two\n\tlines ", "Two lines"),
            ("a\u{0}b\u{9f}c", "abc"),
            ("5\u{a0}kg of <b> & ]]>", "5\u{a0}kg of <b> & ]]>"),
            ("\u{202b}עברית\u{202c}", "\u{202b}עברית\u{202c}"),
        ] {
            assert_eq!(plain(text), line);
        }
    }

    #[test]
    fn blank_is_what_cannot_be_seen() {
        assert!(["", " \n", "\u{200b}\u{feff}", "\u{202e}\u{2069}", "\u{a0}\u{3000}"].into_iter().all(is_blank));
        assert!(!is_blank("\u{200f}a"));
    }

    #[test]
    fn only_markup_is_escaped() {
        for (text, html) in [
            ("R&D, Q&A & more", "R&D, Q&A & more"),
            ("a < b > c", "a &lt; b > c"),
            ("write &lt; or &#60;", "write &amp;lt; or &amp;#60;"),
            ("<script>", "&lt;script>"),
        ] {
            assert_eq!(as_html(text), html);
        }
    }

    #[test]
    fn names_without_addresses() {
        assert_eq!(name_of("Ada Lovelace <ada@example.org>"), "Ada Lovelace");
        assert_eq!(name_of("<ada@example.org>"), "<ada@example.org>");
        assert_eq!(name_of("Platform <3"), "Platform <3");
    }
}
