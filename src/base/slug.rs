//! Words for addresses: slugs for pages and terms, and ids for headings by GitHub's rule.

use std::borrow::Cow;

use deunicode::deunicode;

/// Returns the slug of a title or a file name: lower-case ASCII letters and digits with single hyphens between.
///
/// Other scripts are transliterated. What has no transliteration at all becomes its code points in hex, so a slug is
/// never empty and two different names rarely meet.
pub fn slugify(text: &str) -> String {
    let slug = hyphenate(&deunicode(text), |c| c.is_ascii_alphanumeric());
    or_code_points(slug, text)
}

/// Returns the slug of a text with its script kept: `Über uns` gives `über-uns`.
pub fn slugify_unicode(text: &str) -> String {
    or_code_points(hyphenate(text, char::is_alphanumeric), text)
}

/// Returns the id GitHub gives a heading with this text: lower case, punctuation dropped, each space a hyphen.
///
/// Letters, marks and numbers of every script, `-` and `_` are kept. Repeats are numbered by [`HeadingIds`].
pub fn heading_id(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        match c {
            ' ' => id.push('-'),
            '-' | '_' => id.push(c),
            c if c.is_alphanumeric() || is_mark(c) => id.push(c),
            _ => {}
        }
    }
    id
}

/// Returns the id with `section-` before it if it begins as the ids of the theme do, with `fb-`.
pub fn outside_theme(id: &str) -> Cow<'_, str> {
    match id.starts_with("fb-") {
        true => Cow::Owned(format!("section-{id}")),
        false => Cow::Borrowed(id),
    }
}

/// Gives each heading of a page an id of its own: repeats become `-1`, `-2`, as on GitHub.
#[derive(Clone, Debug, Default)]
pub struct HeadingIds {
    seen: std::collections::HashMap<String, usize>,
}

impl HeadingIds {
    /// Returns the id for a heading with this text; `section` when nothing of the text can stand in an id.
    pub fn next(&mut self, text: &str) -> String {
        let id = heading_id(text);
        let id = if id.is_empty() { "section" } else { &id };
        self.claim(&outside_theme(id))
    }

    /// Keeps `id` from headings, since something else has it.
    pub fn reserve(&mut self, id: &str) {
        if !self.seen.contains_key(id) {
            self.seen.insert(id.to_string(), 0);
        }
    }

    /// Returns `id`, or the first free one of `id-1`, `id-2`, … .
    pub fn claim(&mut self, id: &str) -> String {
        let Some(count) = self.seen.get(id).copied() else {
            self.seen.insert(id.to_string(), 0);
            return id.to_string();
        };
        let mut number = count + 1;
        while self.seen.contains_key(&format!("{id}-{number}")) {
            number += 1;
        }
        self.seen.insert(id.to_string(), number);
        let free = format!("{id}-{number}");
        self.seen.insert(free.clone(), 0);
        free
    }
}

/// Returns a file name or slug in words, for a title: `on-call_review` gives `On call review`.
pub fn to_words(name: &str) -> String {
    let words = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => name.to_string(),
    }
}

fn hyphenate(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if is_kept(c) {
            slug.push(c);
        } else if !matches!(c, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn or_code_points(slug: String, text: &str) -> String {
    if !slug.is_empty() {
        return slug;
    }
    let points: Vec<String> = text.chars().take(16).map(|c| format!("{:x}", u32::from(c))).collect();
    format!("u{}", points.join("-"))
}

/// Combining marks, which belong to the letter before them: the common blocks of them.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036f | 0x0483..=0x0489 | 0x0591..=0x05bd | 0x0610..=0x061a | 0x064b..=0x065f
        | 0x0900..=0x0903 | 0x093a..=0x094f | 0x0e31..=0x0e4e | 0x1ab0..=0x1aff | 0x20d0..=0x20f0 | 0x3099..=0x309a
        | 0xfe20..=0xfe2f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for (text, slug) in [
            ("Contract Negotiation Checklist", "contract-negotiation-checklist"),
            ("What's next?", "whats-next"),
            ("  Über uns: Büro  ", "uber-uns-buro"),
            ("5-15 Update", "5-15-update"),
            ("a:b c.d", "a-b-c-d"),
        ] {
            assert_eq!(slugify(text), slug);
        }
        assert_eq!(slugify_unicode("Über uns"), "über-uns");
        assert!(!slugify("\u{e000}").is_empty());
    }

    #[test]
    fn heading_ids_follow_github() {
        let mut ids = HeadingIds::default();
        for (text, id) in [
            ("What's new in 2.0?", "whats-new-in-20"),
            ("Before & after", "before--after"),
            ("Größe", "größe"),
            ("Goals", "goals"),
            ("Goals", "goals-1"),
            ("Goals", "goals-2"),
            ("Goals-1", "goals-1-1"),
        ] {
            assert_eq!(ids.next(text), id);
        }
    }

    #[test]
    fn names_in_words() {
        assert_eq!(to_words("on-call_review"), "On call review");
    }
}
