//! The sentence around a link.

use std::ops::Range;

/// How many characters a sentence has at most.
const MOST: usize = 240;

/// How many bytes before and after a link are looked at: enough for `MOST` characters of any script.
const WINDOW: usize = 1000;

/// Returns the sentence of `text` around the bytes `link`, cut at words with `…` where it is too long.
pub fn around(text: &str, link: Range<usize>) -> String {
    let floor = boundary(text, link.start.saturating_sub(WINDOW));
    let ceiling = boundary(text, link.end.saturating_add(WINDOW));
    let begin = begin_of(&text[floor..link.start]).map(|at| floor + at);
    let end = end_of(&text[link.end..ceiling]).map(|at| link.end + at);
    let is_cut_before = begin.is_none() && floor > 0;
    let is_cut_after = end.is_none() && ceiling < text.len();
    let (begin, end) = (begin.unwrap_or(floor), end.unwrap_or(ceiling));
    let before = words(&text[begin..link.start]);
    let inside = &text[link.start..link.end];
    let after = words(&text[link.end..end]);
    let room = MOST.saturating_sub(inside.chars().count());
    let (long_before, long_after) = (before.chars().count(), after.chars().count());
    let for_before = if long_after < room / 2 { room - long_after } else { room / 2 };
    let for_after = room - long_before.min(for_before);
    let before = last_words(&before, for_before, is_cut_before);
    let after = first_words(&after, for_after, is_cut_after);
    format!("{before}{}{after}", words(inside)).trim().to_string()
}

/// Where the sentence begins that goes on at the end of a text; `None` if it begins before the text.
fn begin_of(before: &str) -> Option<usize> {
    let mut ends = before.char_indices().rev().filter(|(_, c)| is_end(*c));
    ends.find_map(|(at, c)| {
        let rest = &before[at + c.len_utf8()..];
        let next = rest.trim_start_matches(['"', '\'', ')', '”', '’', '»']);
        let text = next.trim_start();
        let is_break = c == '。' || (next.len() > text.len() && !text.starts_with(char::is_lowercase));
        is_break.then(|| before.len() - text.len())
    })
}

/// Where the sentence ends that a text goes on with; `None` if it ends behind the text.
fn end_of(after: &str) -> Option<usize> {
    after.char_indices().filter(|(_, c)| is_end(*c)).find_map(|(at, c)| {
        let rest = &after[at + c.len_utf8()..];
        let next = rest.trim_start_matches(['"', '\'', ')', '”', '’', '»']);
        let text = next.trim_start();
        let is_break =
            c == '。' || text.is_empty() || (next.len() > text.len() && !text.starts_with(char::is_lowercase));
        is_break.then(|| after.len() - next.len())
    })
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

/// The text with each run of whitespace as one blank, at its ends too.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
    out
}

fn last_words(text: &str, most: usize, is_cut: bool) -> String {
    let count = text.chars().count();
    if count <= most && !is_cut {
        return text.trim_start().to_string();
    }
    let from = text.char_indices().nth(count.saturating_sub(most)).map_or(text.len(), |(at, _)| at);
    let rest = &text[from..];
    let word = rest.find(' ').map_or(rest.len(), |blank| blank + 1);
    format!("…{}", &rest[word..])
}

fn first_words(text: &str, most: usize, is_cut: bool) -> String {
    let end = match text.char_indices().nth(most) {
        Some((at, _)) => at,
        None if is_cut => text.len(),
        None => return text.trim_end().to_string(),
    };
    let kept = &text[..end];
    let word = kept.rfind(' ').unwrap_or(0);
    format!("{}…", kept[..word].trim_end_matches([',', ';', ':', ' ']))
}

fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, link: &str, expected: &str) {
        let at = text.find(link).expect("there");
        assert_eq!(around(text, at..at + link.len()), expected);
    }

    #[test]
    fn sentences() {
        check("One. Two has a link in it! Three.", "link", "Two has a link in it!");
        check("link", "link", "link");
        check("Use e.g. a link, v1.2 of it. No.", "link", "Use e.g. a link, v1.2 of it.");
        check("He said \"no.\" See\nthe link", "link", "See the link");
        check("一。二link三。四", "link", "二link三。");
    }

    #[test]
    fn long_sentences_are_cut_at_words() {
        let text = format!("{} link {}", "before ".repeat(400), "after ".repeat(400));
        let at = text.find("link").expect("there");
        let sentence = around(&text, at..at + 4);
        assert!(sentence.chars().count() <= MOST + 4, "{}", sentence.len());
        assert!(sentence.starts_with("…before ") && sentence.ends_with(" after…"), "{sentence}");
        around(&"ü".repeat(5000), 2002..2004);
    }
}
