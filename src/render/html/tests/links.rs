//! Links, in Markdown and in raw HTML.

use crate::config::RawHtml;
use crate::render::html::testing::{Bench, check};

#[test]
fn every_kind_of_link() {
    check("[a](other.md \"b\")", "<p><a href=\"/base/guides/other/\" title=\"b\">a</a></p>\n");
    check("[a](other.md#größe)", "<p><a href=\"/base/guides/other/#gr%C3%B6%C3%9Fe\">a</a></p>\n");
    check("[a](#x)", "<p><a href=\"#x\">a</a></p>\n");
    check("[a][b]\n\n[b]: other.md", "<p><a href=\"/base/guides/other/\">a</a></p>\n");
    check("[a](nope.md)", "<p><a class=\"fb-broken\">a</a></p>\n");
    check("[a](javascript:x)", "<p><a class=\"fb-broken\">a</a></p>\n");
    check("<me@example.org>", "<p><a href=\"mailto:me@example.org\">me@example.org</a></p>\n");
    check("https://x.org/?a&b", "<p><a href=\"https://x.org/?a&amp;b\">https://x.org/?a&amp;b</a></p>\n");
}

#[test]
fn wiki_links_have_names() {
    check("[[Other]]", "<p><a href=\"/base/guides/other/\">Other [page]</a></p>\n");
    check("[[Other|that *page*]]", "<p><a href=\"/base/guides/other/\">that <em>page</em></a></p>\n");
    check("[[Nope]] b", "<p><a class=\"fb-broken\">Nope</a> b</p>\n");
}

#[test]
fn raw_html_has_links_too() {
    check("a <a class=x href=other.md>b</a>", "<p>a <a class=x href=\"/base/guides/other/\">b</a></p>\n");
    check("<img src='pic.png' alt=a>", "<img src='/base/guides/pic.png' alt=a>");
    check(
        "<img src=pic.png srcset=\"pic.png, pic.png 2x\">",
        "<img src=\"/base/guides/pic.png\" srcset=\"/base/guides/pic.png, /base/guides/pic.png 2x\">",
    );
    check("a <a href=\"nope.md\">b</a>", "<p>a <a class=\"fb-broken\">b</a></p>\n");
    check("<p><img\nsrcset='pic.png, nope.png 2x'\nalt=''></p>\n", "<p><img\n\nalt=''></p>\n");
    check("> <div>\n> <a href=other.md>\n", "<blockquote>\n<div>\n<a href=\"/base/guides/other/\">\n</blockquote>\n");
}

#[test]
fn raw_html_can_be_denied() {
    let html = |text: &str| Bench::new(text).with(|config| config.markdown.html = RawHtml::Deny).html();
    assert_eq!(html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    assert_eq!(html("<script>\nx\n</script>\n"), "<p>&lt;script&gt;\nx\n&lt;/script&gt;</p>\n");
}

#[test]
fn raw_html_can_be_cleaned() {
    let html = |text: &str| Bench::new(text).with(|config| config.markdown.html = RawHtml::Sanitise).html();
    assert_eq!(html("a <b onclick=x style=y id=z>c</b><script>d</script>"), "<p>a <b id=\"z\">c</b></p>\n");
    assert_eq!(html("a"), "<p>a</p>\n");
    assert_eq!(
        html("- [ ] a <i>b\n\n::: aside\n<u onclick=y>c\n\n::: aside\nd\n:::\n:::\n"),
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled=\"\" aria-label=\"To do\"> a <i>b</i></li>\
         <i>\n</i></ul><i>\n<aside onclick=x><p><u>c</u></p><u>\n<aside onclick=x><p>d</p>\n</aside>\n</u></aside>\n</i>"
    );
}
