//! The HTML of a body as feeds want it: the subset that readers keep, every address absolute, well nested.

use crate::model::body::Body;
use crate::model::link::Target;
use crate::render::html::writer::{Medium, Writer};
use crate::render::html::{HtmlContext, clean, events};

/// Writes a body for feeds. Empty without a base URL.
pub fn body(context: &HtmlContext<'_>, body: &Body, targets: &[Target]) -> String {
    let Some(base) = &context.project.config.base_url else {
        return String::new();
    };
    let events = events(context, body);
    let mut writer = Writer::new(context, body, targets, &events, Medium::Feed(base));
    writer.write_all();
    without_controls(clean::for_feed(with_headings(&writer.out)))
}

/// What folds away on the page stands open in a feed, under a heading.
fn with_headings(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at + 1);
        out.push_str(text);
        let slash = usize::from(tag.starts_with('/'));
        let name = tag.get(slash..slash + SUMMARY.len());
        let is_whole =
            tag[slash..].get(SUMMARY.len()..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
        rest = tag;
        if is_whole && name.is_some_and(|name| name.eq_ignore_ascii_case(SUMMARY)) {
            out.push_str(&tag[..slash]);
            out.push_str("h4");
            rest = &tag[slash + SUMMARY.len()..];
        }
    }
    out.push_str(rest);
    out
}

const SUMMARY: &str = "summary";

/// Drops the characters that XML cannot hold, and those that no reader shows.
fn without_controls(html: String) -> String {
    let is_bad = |c: char| (c.is_control() && c != '\t' && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    match html.contains(is_bad) {
        true => html.chars().filter(|c| !is_bad(*c)).collect(),
        false => html,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_headings() {
        let html = "<details><Summary class=x>A</SUMMARY>b<summaryx>é<";
        assert_eq!(with_headings(html), "<details><h4 class=x>A</h4>b<summaryx>é<");
    }

    #[test]
    fn controls_go() {
        assert_eq!(without_controls("a\u{0}\u{b}\tb\r\n\u{85}c\u{ffff}".to_string()), "a\tb\nc");
    }
}
