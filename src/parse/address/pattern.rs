//! Patterns of addresses: `children.url: "/:year/:slug/"`.

use crate::base::date::Moment;
use crate::base::path::UrlPath;

/// What the words of a pattern stand for.
pub struct Values<'a> {
    /// `:slug`
    pub slug: &'a str,
    /// `:section`: the address of the section.
    pub section: &'a str,
    /// `:title`: the slug of the title.
    pub title: &'a str,
    /// `:year`, `:month`, `:day`
    pub date: Option<&'a Moment>,
}

const WORDS: [&str; 6] = ["slug", "section", "title", "year", "month", "day"];

/// Returns what is wrong with a pattern.
pub fn fault(pattern: &str) -> Option<String> {
    let date = Moment::parse("2000-01-01").ok();
    let values = Values { slug: "slug", section: "section", title: "title", date: date.as_ref() };
    let has_name = ["slug", "title"].iter().any(|word| pattern.contains(&format!(":{word}")));
    match expand(pattern, &values) {
        Err(fault) => Some(fault),
        Ok(_) if !has_name => Some("all pages would have the same address".into()),
        Ok(_) => None,
    }
}

/// Returns the address that a pattern gives.
pub fn expand(pattern: &str, values: &Values<'_>) -> Result<UrlPath, String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(colon) = rest.find(':') {
        out.push_str(&rest[..colon]);
        rest = &rest[colon + 1..];
        let word = WORDS.into_iter().find(|word| rest.starts_with(word));
        let word = word.ok_or_else(|| format!("it knows :{} only", WORDS.join(", :")))?;
        rest = &rest[word.len()..];
        let day = || values.date.map(Moment::to_iso_day).ok_or_else(|| "it has no date".to_string());
        match word {
            "slug" => out.push_str(values.slug),
            "title" => out.push_str(values.title),
            "section" => out.push_str(values.section.trim_matches('/')),
            "year" => out.push_str(part(&day()?, 0)),
            "month" => out.push_str(part(&day()?, 1)),
            _ => out.push_str(part(&day()?, 2)),
        }
    }
    out.push_str(rest);
    UrlPath::parse_page(&out).map_err(|fault| fault.to_string())
}

/// A part of `2026-01-05`, counted from 0.
fn part(day: &str, index: usize) -> &str {
    day.rsplit('-').nth(2 - index).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let date = Moment::parse("2026-01-05").ok();
        let values = Values { slug: "x", section: "/guides/deep/", title: "the-x", date: date.as_ref() };
        for (pattern, url) in [
            ("/:slug/", "/x/"),
            (":year/:month/:day/:title", "/2026/01/05/the-x/"),
            ("/:section/:slug.html", "/guides/deep/x.html"),
        ] {
            assert_eq!(expand(pattern, &values).expect(pattern).as_str(), url);
        }
        assert!(expand("/:year/:slug", &Values { date: None, ..values }).is_err());
        for pattern in ["/:name/", "/../:slug/", "/fixed/", "https://x.org/:slug"] {
            assert!(fault(pattern).is_some(), "{pattern}");
        }
    }
}
