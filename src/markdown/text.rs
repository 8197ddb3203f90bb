//! The plain text of events.

use std::ops::Range;

use pulldown_cmark::Event as Theirs;

use crate::markdown::events::Event;

/// Returns the text that readers see, without marks: breaks are blanks, an image is its description.
pub fn plain(events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut out = String::new();
    for (event, _) in events {
        push(&mut out, event);
    }
    out
}

/// Appends what readers see of one event.
pub fn push(out: &mut String, event: &Event<'_>) {
    let Event::Markdown(event) = event else {
        return;
    };
    match event {
        Theirs::Text(text) | Theirs::Code(text) | Theirs::InlineMath(text) | Theirs::DisplayMath(text) => {
            out.push_str(text);
        }
        Theirs::SoftBreak | Theirs::HardBreak => out.push(' '),
        _ => {}
    }
}

/// Returns the plain text before smart punctuation, from the source `text` whose first byte is byte `base` of the file.
pub fn as_written(text: &str, base: usize, events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut out = String::new();
    for (event, span) in events {
        let source = text.get(span.start.saturating_sub(base)..span.end.saturating_sub(base)).unwrap_or("");
        match event {
            Event::Markdown(Theirs::Text(text)) if source.starts_with('&') => out.push_str(text),
            Event::Markdown(Theirs::Text(_)) => out.push_str(source),
            event => push(&mut out, event),
        }
    }
    out.trim().to_string()
}

/// Returns whether a text is the very bytes `span` of `source`, rather than made of them.
pub fn is_verbatim(source: &str, span: &Range<usize>, text: &str) -> bool {
    source.get(span.clone()).is_some_and(|source| std::ptr::eq(source, text))
}

/// Cuts a text at a word so that it has at most about `most` characters, and ends it with `…` if anything is gone.
pub fn shorten(text: &str, most: usize) -> String {
    let text = text.trim();
    let Some((cut, _)) = text.char_indices().nth(most) else {
        return text.to_string();
    };
    let end = text[..cut].rfind(char::is_whitespace).filter(|end| *end > cut / 2).unwrap_or(cut);
    format!("{}…", text[..end].trim_end().trim_end_matches([',', ';', ':']))
}

/// Returns the text with every run of whitespace as one blank.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_at_words() {
        assert_eq!(shorten("one two three", 20), "one two three");
        assert_eq!(shorten("one two three", 9), "one two…");
        assert_eq!(shorten("ääääääääää", 4), "ääää…");
        assert_eq!(one_line(" a\n b\tc "), "a b c");
    }
}
