//! Where bare addresses begin and end in a text (GitHub Flavored Markdown, section 6.9).

use std::ops::Range;

use crate::base::html::unescape;

/// A bare address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its bytes.
    pub span: Range<usize>,
    /// What it leads to, with `http://` or `mailto:` before it where that is left out.
    pub destination: String,
}

/// Where an address might begin.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Its first byte.
    pub at: usize,
    /// The byte to look for another from, if it is none.
    pub next: usize,
    kind: Kind,
}

impl Candidate {
    /// Whether it can go over more than one piece of text. An e-mail address has no marks in it.
    pub fn may_go_on(self) -> bool {
        !matches!(self.kind, Kind::Mail(_))
    }
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// `http://`, `https://` or `ftp://`, of so many bytes.
    Scheme(usize),
    /// `www.`
    Www,
    /// An e-mail address with its `@` at a byte.
    Mail(usize),
}

/// Finds the first place in `span` where an address might begin. Nothing before byte `floor` belongs to it.
pub fn candidate(text: &str, span: Range<usize>, floor: usize) -> Option<Candidate> {
    let bytes = text.as_bytes();
    let mut at = span.start;
    while at < span.end {
        let next = at + 1;
        match bytes[at] {
            b'h' | b'H' | b'f' | b'F' if is_boundary(text, at) => {
                let scheme = ["http://", "https://", "ftp://"]
                    .into_iter()
                    .find(|scheme| starts_with(text, at..span.end, scheme));
                if let Some(scheme) = scheme {
                    return Some(Candidate { at, next, kind: Kind::Scheme(scheme.len()) });
                }
            }
            b'w' | b'W' if is_boundary(text, at) && starts_with(text, at..span.end, "www.") => {
                return Some(Candidate { at, next, kind: Kind::Www });
            }
            b'@' => {
                let lowest = span.start.max(floor);
                let local = bytes[lowest..at].iter().rev().take_while(|byte| is_local(**byte)).count();
                if local > 0 {
                    return Some(Candidate { at: at - local, next, kind: Kind::Mail(at) });
                }
            }
            _ => {}
        }
        at = next;
    }
    None
}

/// Reads the address at a candidate, which cannot go beyond byte `end`.
pub fn read(text: &str, candidate: Candidate, end: usize) -> Option<Found> {
    let start = candidate.at;
    match candidate.kind {
        Kind::Mail(at) => {
            let length = mail_domain(text.get(at + 1..end)?)?;
            let span = start..at + 1 + length;
            let destination = format!("mailto:{}", &text[span.clone()]);
            Some(Found { span, destination })
        }
        Kind::Scheme(length) => {
            let domain = domain(text.get(start + length..end)?, 0)?;
            let span = start..path_end(text, start + length + domain, end);
            (span.end > start + length).then(|| Found { destination: unescape(&text[span.clone()]).into_owned(), span })
        }
        Kind::Www => {
            let domain = domain(text.get(start..end)?, 1)?;
            let span = start..path_end(text, start + domain, end);
            let destination = format!("http://{}", unescape(&text[span.clone()]));
            (span.len() > "www.".len()).then_some(Found { span, destination })
        }
    }
}

/// An address begins a line, or stands behind a blank or one of `*`, `_`, `~`, `(`.
fn is_boundary(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(' | '"' | '\'' | '“' | '‘' | '[' | '|'))
}

fn starts_with(text: &str, span: Range<usize>, prefix: &str) -> bool {
    let end = span.start + prefix.len();
    end <= span.end && text.get(span.start..end).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// The length of the domain a text begins with, if it has at least `dots` dots and no `_` in its last two parts.
fn domain(text: &str, dots: usize) -> Option<usize> {
    let name = name(text, |c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))?;
    let parts: Vec<&str> = name.split('.').collect();
    let is_good = !name.is_empty() && parts.len() > dots && parts.iter().all(|part| !part.is_empty());
    let last = &parts[parts.len().saturating_sub(2)..];
    (is_good && last.iter().all(|part| !part.contains('_'))).then_some(name.len())
}

/// The length of the domain of an e-mail address.
fn mail_domain(text: &str) -> Option<usize> {
    let name = name(text, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))?;
    let is_good = name.contains('.') && !name.contains("..") && !name.starts_with('.') && !name.ends_with(['-', '_']);
    is_good.then_some(name.len())
}

/// The name a text begins with, without dots at its end; `None` if it is longer than any domain.
fn name(text: &str, is_part: impl Fn(char) -> bool) -> Option<&str> {
    const LONGEST: usize = 255;
    let end = text.char_indices().take(LONGEST + 1).find(|(_, c)| !is_part(*c)).map(|(at, _)| at);
    let end = end.or_else(|| (text.len() <= LONGEST).then_some(text.len()))?;
    Some(text[..end].trim_end_matches('.'))
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+')
}

/// The end of an address whose domain ends at `from`: before a blank or `<`, without the punctuation behind it.
fn path_end(text: &str, from: usize, end: usize) -> usize {
    let rest = &text[from..end];
    let rest = &rest[..rest.find(|c: char| c.is_whitespace() || c == '<' || c.is_control()).unwrap_or(rest.len())];
    let opened = rest.matches('(').count();
    let mut closed = rest.matches(')').count();
    let mut path = rest;
    while let Some(last) = path.chars().next_back() {
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | '”' | '’' | ']' | '|' => {}
            ')' if closed > opened => closed -= 1,
            ';' => match entity(path) {
                Some(length) => {
                    path = &path[..path.len() - length];
                    continue;
                }
                None => break,
            },
            _ => break,
        }
        path = &path[..path.len() - last.len_utf8()];
    }
    from + path.len()
}

/// The length of something like `&copy;` at the end of an address.
fn entity(path: &str) -> Option<usize> {
    let inner = path.strip_suffix(';')?;
    let name = inner.len() - inner.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
    (name > 0 && inner[..inner.len() - name].ends_with('&')).then_some(name + 2)
}
