//! Bodies for feeds.

use crate::render::html::testing::Bench;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(Bench::new(text).with(|config| config.markdown.math = true).feed(), expected, "{text}");
}

#[test]
fn addresses_are_absolute() {
    check("[a](other.md)", "<p><a href=\"https://example.org/base/guides/other/\">a</a></p>\n");
    check("[a](#fn1)", "<p><a href=\"https://example.org/base/guides/page/#fn1\">a</a></p>\n");
    check("[a](nope.md)", "<p>a</p>\n");
    check("<a href=other.md>a</a>", "<p><a href=\"https://example.org/base/guides/other/\">a</a></p>\n");
    check(
        "![a](pic.png)",
        "<p><img src=\"https://example.org/base/guides/pic.png\" alt=\"a\" width=\"640\" height=\"480\"></p>\n",
    );
    check(
        "<video poster=pic.png src=//x.org/v></video><q cite=other.md>a</q>",
        "<p><video poster=\"https://example.org/base/guides/pic.png\" src=\"https://x.org/v\"></video>\
         <q cite=\"https://example.org/base/guides/other/\">a</q></p>\n",
    );
}

#[test]
fn what_readers_do_not_keep_becomes_something_else() {
    check("## A\n", "<h2>A</h2>\n");
    check("> [!TIP] A\n> b", "<blockquote>\n<p><strong>A</strong></p>\n<p>b</p>\n</blockquote>\n");
    check("- [ ] a\n- [x] b", "<ul>\n<li>☐ a</li>\n<li>☑ b</li>\n</ul>\n");
    check("<details><summary>A</summary>\n\nb\n\n</details>", "<h4>A</h4>\n<p>b</p>\n");
    check("::: details {title=A}\nb\n:::", "<h4>A</h4>\n<p>b</p>\n");
    check("::: pullquote {by=A}\nb\n:::", "<blockquote>\n<p>b</p>\n<p>— A</p>\n</blockquote>\n");
    check("::: whatever\nb\n:::", "<p>b</p>\n");
    check("```rust\nfn\n```", "<pre><code>fn\n</code></pre>\n");
    check("$x$", "<p><code>x</code></p>\n");
    check(
        "| a |\n|:--|\n| b |",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n",
    );
}

#[test]
fn footnotes_lead_to_the_page() {
    let page = "https://example.org/base/guides/page/";
    check(
        "a[^1]\n\n[^1]: b",
        &format!(
            "<p>a<sup><a href=\"{page}#fn-1\">1</a></sup></p>\n\n<ol>\n<li>\n<p>b <a href=\"{page}#fnref-1\">↩</a></p>\n\
             </li>\n</ol>\n\n"
        ),
    );
}

#[test]
fn nothing_runs_and_all_is_well_nested() {
    check("a <b><i>b</b></i><script>c</script> <svg><path></svg>d\u{b}\u{85}", "<p>a <b><i>b</i></b> d</p>\n");
    check("<div style=x onclick=y class=z>\n\na", "\n<p>a</p>\n");
}

#[test]
fn no_base_url_no_feed() {
    assert_eq!(Bench::new("a").with(|config| config.base_url = None).feed(), "");
}

#[test]
fn no_terms() {
    assert_eq!(Bench::new("SLO").glossary(&[("SLO", "", "")]).feed(), "<p>SLO</p>\n");
}
