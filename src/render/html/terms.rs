//! Terms of the glossary: the first mention on a page is linked and explained.

use std::collections::HashMap;

use crate::base::path::encode_path;
use crate::model::glossary::Glossary;
use crate::render::html::{HtmlContext, escape};

/// The forms of all terms by the hash of their first word. Made once for a site.
pub struct Terms {
    entries: usize,
    forms: HashMap<u64, Vec<Form>>,
    /// A bit for each hash in `forms`, so that nearly all words are passed over without a look at the map.
    filter: [u64; 64],
}

/// One form of a term.
struct Form {
    /// The number of its entry.
    entry: usize,
    /// Its text, in lower case if case does not matter.
    text: String,
    /// Whether case matters: forms without lower-case letters are written in capitals everywhere.
    is_exact: bool,
}

/// The terms that a page has not mentioned yet.
pub struct Mentions<'a> {
    terms: &'a Terms,
    glossary: &'a Glossary,
    address: String,
    is_mentioned: Vec<bool>,
    left: usize,
}

impl Terms {
    /// Takes the forms of a glossary; of two entries with the same form the first counts.
    pub fn new(glossary: Option<&Glossary>) -> Self {
        let mut terms = Terms { entries: 0, forms: HashMap::new(), filter: [0; 64] };
        let Some(glossary) = glossary else {
            return terms;
        };
        terms.entries = glossary.entries.len();
        for (number, entry) in glossary.entries.iter().enumerate() {
            for form in &entry.forms {
                terms.add(number, form);
            }
        }
        for forms in terms.forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.text.len()));
        }
        terms
    }

    /// Returns the terms that a page may mention; none on the glossary itself.
    pub fn mentions<'a>(&'a self, context: &HtmlContext<'a>) -> Option<Mentions<'a>> {
        let glossary = context.site.glossary.as_ref()?;
        if self.entries == 0 || glossary.page == context.page {
            return None;
        }
        let address = context.site.page(glossary.page).url.to_href(context.project.config.base_path());
        Some(Mentions { terms: self, glossary, address, is_mentioned: vec![false; self.entries], left: self.entries })
    }

    /// The forms whose first word has a hash.
    fn beginning_with(&self, hash: u64) -> &[Form] {
        let (row, bit) = place(hash);
        if self.filter[row] & bit == 0 {
            return &[];
        }
        self.forms.get(&hash).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, entry: usize, form: &str) {
        let form = form.trim().trim_start_matches(|c: char| !is_word(c));
        if form.chars().count() < 2 {
            return;
        }
        let is_exact = !form.chars().any(char::is_lowercase);
        let text = if is_exact { form.to_string() } else { form.to_lowercase() };
        let word = first_word(form);
        let (row, bit) = place(word.hash);
        self.filter[row] |= bit;
        self.forms.entry(word.hash).or_default().push(Form { entry, text, is_exact });
    }
}

impl Mentions<'_> {
    /// Appends text, with the first mention of each term linked.
    pub fn write(&mut self, out: &mut String, text: &str) {
        let mut plain = 0;
        let mut at = 0;
        while self.left > 0 && at < text.len() {
            at += before_word(&text[at..]);
            let word = first_word(&text[at..]);
            let Some((entry, length)) = self.find(&text[at..], &word) else {
                at += word.length;
                continue;
            };
            escape::text(out, &text[plain..at]);
            self.link(out, entry, &text[at..at + length]);
            at += length;
            plain = at;
        }
        escape::text(out, &text[plain..]);
    }

    /// Finds the longest form of a term that is not mentioned yet at the beginning of a text.
    fn find(&self, text: &str, word: &Word) -> Option<(usize, usize)> {
        let singular = word.singular.map_or(&[][..], |hash| self.terms.beginning_with(hash));
        let forms = self.terms.beginning_with(word.hash).iter().chain(singular);
        let mut new = forms.filter(|form| !self.is_mentioned[form.entry]);
        new.find_map(|form| Some((form.entry, form.matches(text)?)))
    }

    fn link(&mut self, out: &mut String, number: usize, text: &str) {
        self.is_mentioned[number] = true;
        self.left -= 1;
        let entry = &self.glossary.entries[number];
        out.push_str("<a class=\"term\"");
        escape::named(out, "href", &format!("{}#{}", self.address, encode_path(&entry.id)));
        if !entry.definition.is_empty() {
            escape::named(out, "title", &entry.definition);
        }
        out.push('>');
        escape::text(out, text);
        out.push_str("</a>");
    }
}

impl Form {
    /// Returns how many bytes of a text are this form, as whole words, with the `s` of a plural if there is one.
    fn matches(&self, text: &str) -> Option<usize> {
        let length = match self.is_exact {
            true => text.starts_with(&self.text).then_some(self.text.len())?,
            false => folded_prefix(text, &self.text)?,
        };
        let mut after = text[length..].chars();
        match after.next() {
            Some('s') if !after.next().is_some_and(is_word) => Some(length + 1),
            Some(c) if is_word(c) => None,
            _ => Some(length),
        }
    }
}

/// The length of the beginning of `text` that is `prefix` in some case; `prefix` is in lower case.
fn folded_prefix(text: &str, prefix: &str) -> Option<usize> {
    let mut wanted = prefix.chars();
    for (at, c) in text.char_indices() {
        if wanted.as_str().is_empty() {
            return Some(at);
        }
        for lower in c.to_lowercase() {
            if wanted.next() != Some(lower) {
                return None;
            }
        }
    }
    wanted.as_str().is_empty().then_some(text.len())
}

/// A word at the beginning of a text.
struct Word {
    /// The hash of it in lower case.
    hash: u64,
    /// The hash of it without its last letter, if that is an `s`.
    singular: Option<u64>,
    /// Its bytes.
    length: usize,
}

/// Reads the first word of a text that begins with one. (The hash is FNV-1a.)
fn first_word(text: &str) -> Word {
    let mut word = Word { hash: 0xcbf2_9ce4_8422_2325, singular: None, length: 0 };
    for byte in text.bytes() {
        if !byte.is_ascii() {
            return first_word_beyond_ascii(text);
        }
        if !is_word(char::from(byte)) {
            break;
        }
        word.add(char::from(byte.to_ascii_lowercase()));
        word.length += 1;
    }
    word
}

/// The same for words with other letters than those of ASCII.
fn first_word_beyond_ascii(text: &str) -> Word {
    let mut word = Word { hash: 0xcbf2_9ce4_8422_2325, singular: None, length: 0 };
    for c in text.chars().take_while(|c| is_word(*c)) {
        c.to_lowercase().for_each(|lower| word.add(lower));
        word.length += c.len_utf8();
    }
    word
}

impl Word {
    fn add(&mut self, lower: char) {
        self.singular = (lower == 's').then_some(self.hash);
        self.hash = (self.hash ^ u64::from(lower)).wrapping_mul(0x0100_0000_01b3);
    }
}

/// How many bytes stand before the first word of a text.
fn before_word(text: &str) -> usize {
    let plain = text.bytes().take_while(|byte| byte.is_ascii() && !is_word(char::from(*byte))).count();
    plain + text[plain..].find(is_word).unwrap_or(text.len() - plain)
}

/// The bit of a hash in the filter.
fn place(hash: u64) -> (usize, u64) {
    ((hash >> 58) as usize, 1 << ((hash >> 52) & 63))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || (!c.is_ascii() && c.is_alphanumeric())
}
