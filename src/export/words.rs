//! The words of raw HTML, for media that know no tags.

use crate::base::html::unescape;

/// Returns the text of a piece of HTML; what `script`, `style` and comments hold is no text.
pub fn of_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = match ["!--", "script", "style"].iter().position(|start| starts_with(&rest[1..], start)) {
            Some(0) => "-->",
            Some(1) => "</script>",
            Some(_) => "</style>",
            None if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') => ">",
            None => {
                out.push('<');
                rest = &rest[1..];
                continue;
            }
        };
        if is_break(rest) {
            out.push('\n');
        }
        rest = behind(rest, end);
    }
    out.push_str(rest);
    unescape(&out).into_owned()
}

/// What stands behind the first `end`, in any case; nothing if there is none.
fn behind<'a>(text: &'a str, end: &str) -> &'a str {
    let at = text.as_bytes().windows(end.len()).position(|found| found.eq_ignore_ascii_case(end.as_bytes()));
    at.map_or("", |at| &text[at + end.len()..])
}

/// Returns whether a piece of HTML begins with a tag that breaks the line.
pub fn is_break(html: &str) -> bool {
    let rest = html.get(3..).unwrap_or("");
    starts_with(html, "<br") && !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::{is_break, of_html};

    #[test]
    fn tags_go_and_words_stay() {
        assert_eq!(of_html("<p class=x>A &amp; B<br/>C</p><!-- <b>no</b> --> 1 < 2"), "A & B\nC 1 < 2");
        assert_eq!(of_html("<SCRIPT>x</Script>a<style>y</style>z<b"), "az");
        assert!(is_break("<BR />") && !is_break("<break>") && !is_break("<b"));
    }
}
