//! Decides how much of a file is sent: all of it, a part, or only word that it has not changed.

use std::ops::Range;

/// What a request says about the parts and the state of the file that it wants.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conditions<'a> {
    /// The `Range`.
    pub range: Option<&'a str>,
    /// The `If-Range`.
    pub if_range: Option<&'a str>,
    /// The `If-None-Match`.
    pub if_none_match: Option<&'a str>,
}

/// How much of a file is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Share {
    /// All of it.
    Whole,
    /// These bytes.
    Part(Range<u64>),
    /// Nothing: the client has it already.
    Unchanged,
    /// Nothing: the file has no such bytes.
    Outside,
}

impl Conditions<'_> {
    /// Decides what is sent of a file of a size and an entity tag.
    pub fn share(&self, size: u64, tag: &str) -> Share {
        if self.if_none_match.is_some_and(|tags| is_listed(tags, tag)) {
            return Share::Unchanged;
        }
        if self.if_range.is_some_and(|known| known != tag) {
            return Share::Whole;
        }
        self.range.and_then(|range| part(range, size)).unwrap_or(Share::Whole)
    }
}

fn is_listed(tags: &str, tag: &str) -> bool {
    tags.split(',').map(str::trim).any(|other| other == "*" || other.trim_start_matches("W/") == tag)
}

/// Reads one range of bytes; several, and what is not understood, are as if none was asked for.
fn part(range: &str, size: u64) -> Option<Share> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = (first.trim(), last.trim());
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A number too large to be read is larger than any file.
    let number = |text: &str| text.parse().unwrap_or(u64::MAX);
    let bytes = match (is_number(first), is_number(last)) {
        (true, true) if number(first) > number(last) => return None,
        (true, true) => number(first)..number(last).saturating_add(1).min(size),
        (true, false) if last.is_empty() => number(first)..size,
        (false, true) if first.is_empty() => size.saturating_sub(number(last))..size,
        _ => return None,
    };
    Some(if bytes.start < bytes.end { Share::Part(bytes) } else { Share::Outside })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        let check = |range: &str, expected: Share| {
            let conditions = Conditions { range: Some(range), ..Conditions::default() };
            assert_eq!(conditions.share(10, "\"t\""), expected, "{range}");
        };
        check("bytes=0-3", Share::Part(0..4));
        check("bytes=3-", Share::Part(3..10));
        check("bytes=-3", Share::Part(7..10));
        check("bytes=-30", Share::Part(0..10));
        check("bytes=3-99999999999999999999999", Share::Part(3..10));
        check("bytes=10-", Share::Outside);
        check("bytes=-0", Share::Outside);
        check("bytes=5-3", Share::Whole);
        check("bytes=0-1,3-4", Share::Whole);
        check("bytes=-", Share::Whole);
        check("lines=1-2", Share::Whole);
    }

    #[test]
    fn tags_are_compared() {
        let check = |if_none_match: Option<&str>, if_range: Option<&str>, expected: Share| {
            let conditions = Conditions { range: Some("bytes=0-0"), if_range, if_none_match };
            assert_eq!(conditions.share(10, "\"t\""), expected);
        };
        check(Some("\"t\""), None, Share::Unchanged);
        check(Some("\"s\", W/\"t\""), None, Share::Unchanged);
        check(Some("*"), None, Share::Unchanged);
        check(Some("\"s\""), None, Share::Part(0..1));
        check(None, Some("\"t\""), Share::Part(0..1));
        check(None, Some("\"s\""), Share::Whole);
    }
}
