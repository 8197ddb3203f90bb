//! Markdown twins.

use crate::render::html::testing::Bench;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(Bench::new(text).twin(), expected, "{text}");
}

#[test]
fn links_are_absolute() {
    let page = "https://example.org/base/guides/other/";
    let picture = "https://example.org/base/guides/pic.png";
    check("a [b *c*](other.md \"d\") e", &format!("a [b *c*]({page} \"d\") e"));
    check("[![a](pic.png)](other.md)", &format!("[![a]({picture})]({page})"));
    check("[[Other]] [[Other|b]]", &format!("[Other \\[page\\]]({page}) [b]({page})"));
    check("![[pic.png]] ![[pic.png|b]]", &format!("![pic.png]({picture}) ![b]({picture})"));
    check("<img src=\"pic.png\">", &format!("<img src=\"{picture}\">"));
    check("[a](#x) <https://x.org/(a> [b](https://x.org/ö)", "[a](#x) <https://x.org/(a> [b](https://x.org/ö)");
    check("`[a](other.md)`", "`[a](other.md)`");
}

#[test]
fn definitions_of_reference_links_are_absolute() {
    let page = "https://example.org/base/guides/other/";
    check("[a][b] c\n\n[b]: other.md\n", &format!("[a][b] c\n\n[b]: {page}\n"));
    check("[b][] [b]\n\n[b]: other.md 'a \"c'\n", &format!("[b][] [b]\n\n[b]: {page} \"a \\\"c\"\n"));
    check("[a][b] [b][] [b]\n\n[b]: secret.md \"d\"\n\nc", "a b b\n\n\n\nc");
}

#[test]
fn what_leads_nowhere_is_not_named() {
    check("[a *b*](secret.md) ![c](secret.png \"d\") [[Secret|e]]", "a *b* c e");
}

#[test]
fn without_a_base_url() {
    let twin = Bench::new("[a](other.md)").with(|config| config.base_url = None).twin();
    assert_eq!(twin, "[a](/guides/other/)");
}
