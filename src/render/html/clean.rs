//! Reduces HTML to harmless elements: for `markdown.html: sanitise`, and for feeds.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use crate::render::html::writer::{Medium, Writer};

/// Finishes HTML that holds authors' HTML and placeholders: what is harmful goes, what was kept apart comes back.
pub fn finished(writer: &Writer<'_>, html: String) -> String {
    let builder = match writer.medium {
        Medium::File(_) => &FILE,
        _ if writer.is_document => &DOCUMENT,
        _ => &PAGE,
    };
    let html = if writer.is_soiled { builder.clean(&shallow(html)).to_string() } else { html };
    with_kept(html, &writer.kept)
}

/// Reduces HTML to what readers of feeds keep, well nested.
pub fn for_feed(html: String) -> String {
    FEED.clean(&shallow(html)).to_string()
}

/// Returns what stands for the HTML with a number that must not be cleaned.
pub fn placeholder(number: usize) -> String {
    format!("{PLACEHOLDER}{number}{PLACEHOLDER_END}")
}

/// Turns tags that open deeper than anybody nests them into text: cleaning takes time by the square of the depth.
fn shallow(html: String) -> String {
    let mut depth = 0_usize;
    let mut at = 0;
    let mut deep = Vec::new();
    while let Some(offset) = html[at..].find('<') {
        at += offset + 1;
        let is_closing = html[at..].starts_with('/');
        let rest = &html[at + usize::from(is_closing)..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = &rest[..end];
        if name.is_empty() || FLAT.iter().any(|flat| name.eq_ignore_ascii_case(flat)) {
            continue;
        }
        depth = if is_closing { depth.saturating_sub(1) } else { depth + 1 };
        if depth > DEEPEST && !is_closing {
            deep.push(at - 1);
        }
    }
    if deep.is_empty() {
        return html;
    }
    let mut out = String::with_capacity(html.len() + deep.len() * 3);
    let mut plain = 0;
    for at in deep {
        out.push_str(&html[plain..at]);
        out.push_str("&lt;");
        plain = at + 1;
    }
    out.push_str(&html[plain..]);
    out
}

const DEEPEST: usize = 1_000;

/// Elements that are empty, or that end where the next of their kind begins.
const FLAT: [&str; 20] = [
    "area", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "source",
    "td", "th", "tr", "track", "wbr",
];

const PLACEHOLDER: &str = "<div id=\"fb-kept-";
const PLACEHOLDER_END: &str = "\"></div>";

/// Puts back what was kept apart. An author who writes a placeholder gets a block twice, and no harm is done.
fn with_kept(html: String, kept: &[String]) -> String {
    if kept.is_empty() {
        return html;
    }
    let mut out = String::with_capacity(html.len() * 2);
    let mut rest = html.as_str();
    while let Some(at) = rest.find(PLACEHOLDER) {
        out.push_str(&rest[..at]);
        let after = &rest[at + PLACEHOLDER.len()..];
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let number = after[..digits].parse::<usize>().ok().filter(|_| after[digits..].starts_with(PLACEHOLDER_END));
        match number.and_then(|number| kept.get(number)) {
            Some(html) => {
                out.push_str(html);
                rest = &after[digits + PLACEHOLDER_END.len()..];
            }
            None => {
                out.push_str(PLACEHOLDER);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What authors may write, and what our own passes write.
static PAGE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = page();
    builder.set_tag_attribute_value("input", "disabled", "");
    builder
});

/// The same in the document of a template, whose boxes can be ticked and whose fields can be filled in.
static DOCUMENT: LazyLock<Builder<'static>> = LazyLock::new(document);

/// The same document in a file on somebody's disk, which loads nothing.
static FILE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = document();
    builder.rm_tags(["audio", "img", "picture", "source", "video"]).rm_tag_attributes("input", ["disabled"]);
    builder
});

fn document() -> Builder<'static> {
    let mut builder = page();
    builder.add_tags(["label"]).add_tag_attributes("input", ["data-box"]).add_tag_attributes("span", ["data-field"]);
    builder
}

fn page() -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .add_tags(["audio", "figcaption", "figure", "input", "picture", "section", "source", "video"])
        .add_generic_attributes(["aria-label", "class", "id", "role", "tabindex"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("img", ["decoding", "loading", "sizes", "srcset"])
        .add_tag_attributes("input", ["checked", "disabled"])
        .add_tag_attribute_values("input", "type", ["checkbox"])
        .add_tag_attributes("ol", ["reversed"])
        .add_tag_attributes("pre", ["data-language"])
        .add_tag_attributes("source", ["media", "sizes", "src", "srcset", "type"])
        .add_tag_attributes("audio", ["controls", "src"])
        .add_tag_attributes("video", ["controls", "height", "poster", "src", "width"])
        .link_rel(None);
    builder
}

/// The subset of FEEDS, rule 8.
static FEED: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = "h1 h2 h3 h4 h5 h6 p br hr ul ol li blockquote pre code table caption thead tbody tfoot tr th td \
        figure figcaption img a em strong b i del s ins sub sup kbd q cite abbr dl dt dd video audio source";
    let dropped = "script style svg math iframe object noscript template form button select textarea title";
    let attributes: [(&str, &[&str]); 13] = [
        ("a", &["href", "title"]),
        ("abbr", &["title"]),
        ("audio", &["controls", "src"]),
        ("blockquote", &["cite"]),
        ("del", &["cite", "datetime"]),
        ("img", &["alt", "height", "src", "srcset", "title", "width"]),
        ("ins", &["cite", "datetime"]),
        ("ol", &["reversed", "start"]),
        ("q", &["cite"]),
        ("source", &["src", "srcset", "type"]),
        ("td", &["colspan", "rowspan"]),
        ("th", &["colspan", "rowspan", "scope"]),
        ("video", &["controls", "height", "poster", "src", "width"]),
    ];
    let attributes: HashMap<&str, HashSet<&str>> =
        attributes.into_iter().map(|(tag, names)| (tag, names.iter().copied().collect())).collect();
    let mut builder = Builder::empty();
    builder
        .tags(tags.split_ascii_whitespace().collect())
        .clean_content_tags(dropped.split_ascii_whitespace().collect())
        .tag_attributes(attributes)
        .generic_attributes(HashSet::new())
        .url_schemes(["http", "https", "mailto", "tel"].into_iter().collect())
        .link_rel(None)
        .attribute_filter(|_, name, value| {
            let is_absolute = match name {
                "srcset" => value.split(", ").all(|candidate| is_absolute(candidate.trim_start())),
                "href" | "src" | "poster" | "cite" => is_absolute(value),
                _ => true,
            };
            is_absolute.then(|| value.into())
        });
    builder
});

/// Whether an address may stand in a feed: it has a scheme that readers follow.
fn is_absolute(address: &str) -> bool {
    let has = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["http://", "https://", "mailto:", "tel:"].into_iter().any(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_keep_a_subset() {
        for (html, expected) in [
            ("<p class=x style=y onclick=z id=i>a<script>b</script>", "<p>a</p>"),
            ("<a href=/x>a</a><a href='https://x.org/'>b</a>", "<a>a</a><a href=\"https://x.org/\">b</a>"),
            ("<b><i>a</b></i>", "<b><i>a</i></b>"),
            ("<div><svg><text>x</text></svg><iframe src=x></iframe>y</div>", "y"),
            (
                "<img src='https://x.org/a.png' srcset='https://x.org/a.png 2x, /b.png'>",
                "<img src=\"https://x.org/a.png\">",
            ),
        ] {
            assert_eq!(for_feed(html.to_string()), expected);
        }
    }

    #[test]
    fn depth_has_an_end() {
        let html = "<p>a<br>".repeat(3_000);
        assert_eq!(shallow(html.clone()), html);
        let deep = shallow("<div><p></p>".repeat(1_002));
        assert_eq!((deep.matches("<div>").count(), deep.matches("&lt;div>").count()), (1_000, 2));
    }

    #[test]
    fn what_was_kept_comes_back() {
        let kept = vec!["<svg></svg>".to_string()];
        let html = format!("<p>a</p>{}b{}<div id=\"fb-kept-", placeholder(0), placeholder(7));
        let expected = format!("<p>a</p><svg></svg>b{}<div id=\"fb-kept-", placeholder(7));
        assert_eq!(with_kept(html, &kept), expected);
    }
}
