//! What raw HTML in Markdown leads to and what can be led to in it.

use std::ops::Range;

use crate::base::html::{Tag, opening_tags, unescape};
use crate::model::link::LinkForm;

/// A link in raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlLink {
    /// The bytes of the destination in the fragment, as written.
    pub span: Range<usize>,
    /// The destination without character references.
    pub destination: String,
    /// Whether it leads somewhere or loads something.
    pub form: LinkForm,
}

/// Returns the links of a fragment in order: `href`, `cite`, `src`, `poster`, and each candidate of `srcset`. Empty ones
/// are none.
pub fn links(fragment: &str) -> Vec<HtmlLink> {
    let mut links = Vec::new();
    for tag in opening_tags(fragment) {
        links_of(&tag, &mut links);
    }
    links
}

/// Appends the links of one tag.
pub fn links_of(tag: &Tag<'_>, links: &mut Vec<HtmlLink>) {
    for attribute in &tag.attributes {
        let is = |name: &str| attribute.name.eq_ignore_ascii_case(name);
        let form = match () {
            () if is("href") || is("cite") => LinkForm::Html,
            () if is("src") || is("poster") => LinkForm::HtmlSource,
            () if is("srcset") => {
                links.extend(candidates(attribute.value, attribute.span.start));
                continue;
            }
            () => continue,
        };
        let value = attribute.value.trim();
        if !value.is_empty() {
            let start = attribute.span.start + (attribute.value.len() - attribute.value.trim_start().len());
            links.push(HtmlLink { span: start..start + value.len(), destination: unescape(value).into_owned(), form });
        }
    }
}

/// Returns the ids of a fragment: `id`, and `name` of anchors.
pub fn ids(fragment: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for tag in opening_tags(fragment) {
        let name = tag.attribute("name").filter(|_| tag.is("a"));
        for attribute in tag.attribute("id").into_iter().chain(name) {
            let id = unescape(attribute.value.trim()).into_owned();
            if !id.is_empty() {
                ids.push(id);
            }
        }
    }
    ids
}

/// The addresses in a `srcset`; they end at whitespace, and commas stand between candidates.
fn candidates(value: &str, offset: usize) -> Vec<HtmlLink> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        at += value[at..].len() - value[at..].trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
        let rest = &value[at..];
        if rest.is_empty() {
            return found;
        }
        let word = rest.split(char::is_whitespace).next().unwrap_or(rest);
        let address = word.trim_end_matches(',');
        let destination = unescape(address).into_owned();
        let span = offset + at..offset + at + address.len();
        found.push(HtmlLink { span, destination, form: LinkForm::HtmlSource });
        at += match address.len() == word.len() {
            true => word.len() + rest[word.len()..].find(',').unwrap_or(rest.len() - word.len()),
            false => word.len(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_ids() {
        let html =
            "<a href=\" x&amp;y \" id=a name=b><img srcset='a.png 1x, b.png, c.png 2x' src=d.png name=no><p id=\"\">";
        let found = links(html);
        let written: Vec<&str> = found.iter().map(|link| &html[link.span.clone()]).collect();
        assert_eq!(written, ["x&amp;y", "a.png", "b.png", "c.png", "d.png"]);
        assert_eq!(found[0].destination, "x&y");
        assert_eq!(ids(html), ["a", "b"]);
    }
}
