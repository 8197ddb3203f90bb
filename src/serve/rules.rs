//! Reads `_redirects` and `_headers` as Netlify does, as far as Fieldbook writes them.

use std::collections::HashMap;

use crate::base::path::decode;

/// What the site says about its redirects and headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    redirects: HashMap<String, Redirect>,
    headers: Vec<HeaderRule>,
}

/// Where a former address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The new address, ready for a `Location`.
    pub to: String,
    /// The status, such as 301.
    pub status: u16,
    /// Whether it counts even where a file is.
    pub is_forced: bool,
}

/// Headers for the addresses that fit a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
struct HeaderRule {
    pattern: String,
    headers: Vec<(String, String)>,
}

impl Rules {
    /// Reads the texts of `_redirects` and `_headers`. Lines that are not understood are left out.
    pub fn parse(redirects: &str, headers: &str) -> Self {
        let mut rules = Rules::default();
        for (from, redirect) in redirects.lines().filter_map(redirect) {
            // As with Netlify, the first rule for an address counts.
            rules.redirects.entry(from).or_insert(redirect);
        }
        for line in headers.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
            match (line.starts_with([' ', '\t']), line.split_once(':')) {
                (false, _) => rules.headers.push(HeaderRule { pattern: line.trim().to_string(), headers: Vec::new() }),
                (true, Some((name, value))) => {
                    if let Some(rule) = rules.headers.last_mut() {
                        rule.headers.push((name.trim().to_ascii_lowercase(), value.trim().to_string()));
                    }
                }
                (true, None) => {}
            }
        }
        rules
    }

    /// Returns the redirect of a decoded path. A slash at its end makes no difference.
    pub fn redirect(&self, path: &str) -> Option<&Redirect> {
        self.redirects.get(path.trim_end_matches('/'))
    }

    /// Returns the headers of a decoded path, with names in lower case. Of rules that set the same header, the last
    /// counts; a header that stands twice in one rule is sent twice.
    pub fn headers(&self, path: &str) -> Vec<(&str, &str)> {
        let mut found: Vec<(&str, &str)> = Vec::new();
        for rule in self.headers.iter().filter(|rule| is_match(&rule.pattern, path)) {
            found.retain(|(name, _)| rule.headers.iter().all(|(other, _)| other != name));
            found.extend(rule.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        }
        found
    }
}

/// Reads `from to status[!]`; without a status it is 301.
fn redirect(line: &str) -> Option<(String, Redirect)> {
    let mut words = line.split_whitespace().take_while(|word| !word.starts_with('#'));
    let (from, to) = (words.next()?, words.next()?);
    let status = words.next().unwrap_or("301");
    // Conditions on country or language are not for this server.
    if words.next().is_some() || !from.starts_with('/') {
        return None;
    }
    let (status, is_forced) = match status.strip_suffix('!') {
        Some(status) => (status, true),
        None => (status, false),
    };
    let status = status.parse().ok().filter(|status| matches!(status, 301 | 302 | 303 | 307 | 308))?;
    Some((decode(from).trim_end_matches('/').to_string(), Redirect { to: to.to_string(), status, is_forced }))
}

/// Returns whether a path fits a pattern, in which `*` stands for any characters.
fn is_match(pattern: &str, path: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == path };
    let Some(mut path) = path.strip_prefix(start) else { return false };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        match (parts.peek(), path.find(part)) {
            (None, _) => return path.ends_with(part),
            (Some(_), Some(at)) => path = &path[at + part.len()..],
            (Some(_), None) => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_are_read() {
        let rules = Rules::parse(
            "# old\n\n/old /new/ 301!\n/a%20b/ https://x.example/\n/old /other 302\n/g /h 301 Country=at\n",
            "",
        );
        let check = |path: &str, expected: Option<(&str, u16, bool)>| {
            let found = rules.redirect(path).map(|found| (found.to.as_str(), found.status, found.is_forced));
            assert_eq!(found, expected, "{path}");
        };
        check("/old", Some(("/new/", 301, true)));
        check("/old/", Some(("/new/", 301, true)));
        check("/a b", Some(("https://x.example/", 301, false)));
        check("/g", None);
        check("/", None);
    }

    #[test]
    fn patterns_fit() {
        let check = |pattern: &str, path: &str, expected: bool| {
            assert_eq!(is_match(pattern, path), expected, "{pattern} {path}");
        };
        check("/*", "/", true);
        check("/*", "/a/b.html", true);
        check("/a", "/a/", false);
        check("/assets/*", "/assets/x.css", true);
        check("/assets/*", "/other/x.css", false);
        check("/*/feed.xml", "/a/b/feed.xml", true);
        check("/*/feed.xml", "/a/feed.xml.html", false);
        check("/*.md", "/a.md/b", false);
        check("/a*b*b", "/ab", false);
    }

    #[test]
    fn later_rules_count() {
        let text = "/*\n  X-Frame-Options: DENY\n  Cache-Control: a: b\n# more\n/x/*\n\tcache-control: c\n  Link: 1\n  Link: 2\n";
        let rules = Rules::parse("", text);
        assert_eq!(rules.headers("/"), [("x-frame-options", "DENY"), ("cache-control", "a: b")]);
        let more = [("x-frame-options", "DENY"), ("cache-control", "c"), ("link", "1"), ("link", "2")];
        assert_eq!(rules.headers("/x/y"), more);
    }
}
