//! Whatever is written, nothing panics, and what we write ourselves is well nested.

use proptest::prelude::*;

use crate::config::RawHtml;
use crate::render::html::testing::Bench;

/// What people write, cut in pieces that do not fit together.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "> [!NOTE] t\n",
        "> ",
        "- [ ] ",
        "1. ",
        "\n\n",
        "\n",
        "    ",
        "a ",
        "é ",
        "SLO ",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "\\",
        "```rust title=\"x\" {1}\n",
        "```\n",
        ":::aside {a=b}\n",
        ":::\n",
        "[^1]",
        "[^1]: ",
        "[a](other.md)",
        "[a][b]",
        "[b]: other.md \"t\"\n",
        "![a](pic.png \"t\")",
        "[[Other|",
        "[[Other]]",
        "]]",
        "](nope.md)",
        "![",
        "[",
        "| a | b |\n|---|:-:|\n| c |\n",
        "|",
        "# h {#x .y}\n",
        "---\n",
        "https://x.org/a",
        "<me@x.org>",
        "$x$",
        "$$",
        "&amp;",
        "\r\n",
        "\t",
        "\u{0}",
        "\u{202e}",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

fn html() -> impl Strategy<Value = String> {
    let pieces = [
        "<a href=\"other.md\">",
        "</a>",
        "<a href=nope.md",
        "<img src='pic.png' srcset='pic.png, nope.png 2x'>",
        "<div>",
        "</div>",
        "<summary>",
        "</summary",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<b",
        "=\"",
        "'",
        ">",
        "\n\n",
        "> ",
        "a",
        "<div id=\"fb-kept-0\"></div>",
        "<svg>",
        "<p style=x onclick=y>",
        "<table><td>",
        "é",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..16).prop_map(|pieces| pieces.concat())
}

/// Holds that every element of a text of our own ends, in the right order.
fn is_well_nested(html: &str) -> Result<(), String> {
    let mut open = Vec::new();
    for part in html.split('<').skip(1) {
        let name = part.split(|c: char| !c.is_ascii_alphanumeric() && c != '/').next().unwrap_or("");
        match name.strip_prefix('/') {
            Some(name) if open.pop() == Some(name) => {}
            Some(name) => return Err(format!("</{name}> in {html}")),
            None if ["br", "hr", "img", "input"].contains(&name) => {}
            None => open.push(name),
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are open in {html}")) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_is_well_nested(text in text(), document in text()) {
        let bench = Bench::new(&text)
            .document(&document)
            .glossary(&[("SLO", "a", "b")])
            .with(|config| config.markdown.math = true);
        prop_assert_eq!(is_well_nested(&bench.html()), Ok(()));
        prop_assert_eq!(is_well_nested(&bench.document_html()), Ok(()));
        prop_assert_eq!(is_well_nested(&bench.feed()), Ok(()));
        bench.twin();
    }

    #[test]
    fn raw_html_does_no_harm(text in html(), more in text()) {
        let text = format!("{text}{more}\n\n{text}");
        let bench = Bench::new(&text).glossary(&[("a", "é", "b")]);
        bench.html();
        bench.twin();
        prop_assert_eq!(is_well_nested(&bench.feed()), Ok(()));
        let bench = bench.with(|config| config.markdown.html = RawHtml::Sanitise);
        let cleaned = bench.html();
        prop_assert!(!cleaned.contains("<script") && !cleaned.contains("onclick=\""), "{}", cleaned);
        let bench = bench.with(|config| config.markdown.html = RawHtml::Deny);
        prop_assert_eq!(is_well_nested(&bench.html()), Ok(()));
    }
}
