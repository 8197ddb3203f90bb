//! Where the destination of a link stands in its source.

use std::ops::Range;

use pulldown_cmark::LinkType;

/// Returns the bytes of the destination of the link in the bytes `span` of `text`, whose content ends at `content_end`;
/// the whole link when the destination stands elsewhere.
pub fn span(text: &str, span: Range<usize>, link_type: LinkType, content_end: usize) -> Range<usize> {
    let found = match link_type {
        LinkType::Inline => inline(text, &span, content_end),
        LinkType::WikiLink { .. } => wiki(text, &span),
        LinkType::Autolink | LinkType::Email => {
            let inner = text.get(span.clone()).and_then(|link| link.strip_prefix('<')?.strip_suffix('>'));
            inner.map(|inner| span.start + 1..span.start + 1 + inner.len())
        }
        _ => None,
    };
    found.unwrap_or(span)
}

/// Returns the bytes of the destination in the definition of a reference, `[label]: destination`, in the bytes `span` of
/// `text`.
pub fn definition(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let written = text.get(span.clone())?;
    let mut is_escaped = false;
    let close = written.find(|c: char| {
        let was_escaped = is_escaped;
        is_escaped = c == '\\' && !was_escaped;
        c == ']' && !was_escaped
    })?;
    let rest = written[close..].strip_prefix("]:")?;
    let start = close + 2 + rest.len() - rest.trim_start().len();
    let rest = &written[start..];
    let (start, length) = match rest.strip_prefix('<') {
        Some(inner) => (start + 1, inner.find('>')?),
        None => (start, rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len())),
    };
    Some(span.start + start..span.start + start + length)
}

/// Behind `](`, in angle brackets or up to a blank or the parenthesis that closes the link.
fn inline(text: &str, span: &Range<usize>, content_end: usize) -> Option<Range<usize>> {
    let behind = text.get(content_end..span.end)?;
    let open = content_end + behind.find("](")? + 2;
    let rest = text.get(open..span.end)?;
    let start = open + rest.len() - rest.trim_start().len();
    let rest = &text[start..span.end];
    if let Some(inner) = rest.strip_prefix('<') {
        return inner.find('>').map(|close| start + 1..start + 1 + close);
    }
    let mut depth = 0;
    let mut is_escaped = false;
    let end = rest.find(|c: char| {
        let was_escaped = is_escaped;
        is_escaped = c == '\\' && !was_escaped;
        match c {
            _ if was_escaped => false,
            '(' => {
                depth += 1;
                false
            }
            ')' if depth == 0 => true,
            ')' => {
                depth -= 1;
                false
            }
            c => c.is_whitespace(),
        }
    });
    end.map(|end| start..start + end)
}

/// Behind `[[`, up to `|` or `]]`.
fn wiki(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let link = text.get(span.clone())?;
    let start = link.find("[[")? + 2;
    let length = link[start..].find(['|', ']'])?;
    let length = link[start..start + length].trim_end_matches('\\').len();
    Some(span.start + start..span.start + start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions() {
        for (written, expected) in [
            ("[x]: ../b.md", Some("../b.md")),
            ("[a\\]b]:\n  <../b c.md> 'title'", Some("../b c.md")),
            ("[x]: b.md \"title\"\n", Some("b.md")),
            ("[x] b.md", None),
            ("[x]: <b.md", None),
        ] {
            let text = format!("é{written}");
            let found = definition(&text, 2..text.len());
            assert_eq!(found.map(|span| &text[span]), expected, "{written}");
        }
    }
}
