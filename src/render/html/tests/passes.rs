//! Each pass on its own.

use crate::diag::code::Code;
use crate::render::html::testing::{Bench, check};

#[test]
fn headings_have_anchors() {
    check(
        "## Über *uns* {.wide}",
        "<h2 id=\"über-uns\" class=\"wide\">Über <em>uns</em> <a class=\"fb-anchor\" href=\"#%C3%BCber-uns\" \
         aria-label=\"Link to this section\"></a></h2>\n",
    );
    check("# Another\n", "<h1 id=\"another\">Another</h1>\n");
    check("# Page\n\ntext", "<p>text</p>\n");
}

#[test]
fn callouts() {
    check(
        "> [!NOTE]\n> a",
        "<div class=\"callout callout-note\" role=\"note\">\n<p class=\"callout-title\">Note</p>\n<p>a</p>\n</div>\n",
    );
    check(
        "> [!WARNING] a < b\n> c",
        "<div class=\"callout callout-warning\" role=\"note\">\n<p class=\"callout-title\">a &lt; b</p>\n<p>c</p>\n</div>\n",
    );
}

#[test]
fn tables_scroll_and_are_told_apart() {
    check(
        "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n\n| d |\n|---|\n",
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n<thead>\n<tr>\n\
         <th class=\"align-left\">a</th>\n<th class=\"align-center\">b</th>\n<th class=\"align-right\">c</th>\n</tr>\n\
         </thead>\n<tbody>\n<tr>\n<td class=\"align-left\">1</td>\n<td class=\"align-center\">2</td>\n\
         <td class=\"align-right\">3</td>\n</tr>\n</tbody>\n</table></div>\n\
         <div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table 2\"><table>\n<thead>\n<tr>\n\
         <th>d</th>\n</tr>\n</thead>\n</table></div>\n",
    );
}

#[test]
fn tasks() {
    check(
        "- [ ] a\n- [x] b\n- c",
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"To do\"> a</li>\n\
         <li class=\"task\"><input type=\"checkbox\" checked disabled aria-label=\"Done\"> b</li>\n<li>c</li>\n</ul>\n",
    );
    let loose = Bench::new("- [ ] a\n\n- b").html();
    assert!(loose.starts_with("<ul>\n<li class=\"task\">\n<p><input type=\"checkbox\" disabled"), "{loose}");
}

#[test]
fn footnotes_are_numbered_by_reference() {
    let html = Bench::new("a[^b] c[^a] d[^b]\n\n[^a]: one\n[^b]: two[^c]\n[^c]: - three\n[^d]: never").html();
    assert_eq!(
        html,
        "<p>a<sup class=\"footnote-ref\"><a id=\"fnref-b\" href=\"#fn-b\">1</a></sup> \
         c<sup class=\"footnote-ref\"><a id=\"fnref-a\" href=\"#fn-a\">2</a></sup> \
         d<sup class=\"footnote-ref\"><a id=\"fnref-b-2\" href=\"#fn-b\">1</a></sup></p>\n\
         <section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"fn-b\">\n<p>two<sup class=\"footnote-ref\"><a id=\"fnref-c\" href=\"#fn-c\">3</a></sup> \
         <a class=\"footnote-back\" href=\"#fnref-b\" aria-label=\"Back to reference 1\">↩</a> \
         <a class=\"footnote-back\" href=\"#fnref-b-2\" aria-label=\"Back to reference 1-2\">↩<sup>2</sup></a></p>\n</li>\n\
         <li id=\"fn-a\">\n<p>one <a class=\"footnote-back\" href=\"#fnref-a\" aria-label=\"Back to reference 2\">↩</a></p>\n\
         </li>\n<li id=\"fn-c\">\n<ul>\n<li>three</li>\n</ul> \
         <a class=\"footnote-back\" href=\"#fnref-c\" aria-label=\"Back to reference 3\">↩</a>\n</li>\n</ol>\n</section>\n"
    );
}

#[test]
fn footnotes_of_a_document_do_not_meet_those_of_its_page() {
    let html = Bench::new("").document("a[^1]\n\n[^1]: b").document_html();
    assert!(html.contains("id=\"fn-doc-1\"") && html.contains("aria-label=\"Footnotes of the document\""), "{html}");
}

#[test]
fn images() {
    check(
        "a ![b *c* &amp;](pic.png \"d\")",
        "<p>a <img src=\"/base/guides/pic.png\" alt=\"b c &amp;\" title=\"d\" width=\"640\" height=\"480\" loading=\"lazy\" \
         decoding=\"async\"></p>\n",
    );
    check(
        "![b](pic.png \"d\")",
        "<figure><img src=\"/base/guides/pic.png\" alt=\"b\" width=\"640\" height=\"480\" loading=\"lazy\" \
         decoding=\"async\"><figcaption>d</figcaption></figure>\n",
    );
    check("![a <b>](nope.png)", "<p><span class=\"fb-broken\">a </span></p>\n");
}

#[test]
fn code() {
    check("    a < b\n", "<pre class=\"code\" tabindex=\"0\"><code>a &lt; b\n</code></pre>\n");
    check(
        "```Rust title=\"src/main.rs\" {2}\nlet a;\nb\n```",
        "<figure class=\"code-figure\"><figcaption>src/main.rs</figcaption><pre class=\"code\" data-language=\"rust\" \
         tabindex=\"0\"><code><span class=\"hk\">let</span> a;\n<span class=\"line-mark\">b</span>\n</code></pre></figure>\n",
    );
    let plain = Bench::new("```rust\nlet a;\n```").with(|config| config.markdown.highlight = false).html();
    assert_eq!(plain, "<pre class=\"code\" data-language=\"rust\" tabindex=\"0\"><code>let a;\n</code></pre>\n");
}

#[test]
fn unknown_languages_are_reported() {
    let text = "a\n\n> ```pyhton x\n> b\n> ```\n";
    let found = Bench::new(text).page(0).diagnostics;
    let place = found[0].place.as_ref().and_then(|place| place.span.clone()).expect("a place");
    assert_eq!((found.len(), found[0].code, &text[place]), (1, Code::UnknownLanguage, "pyhton"));
    assert_eq!(found[0].help.as_deref(), Some("did you mean `python`?"));
}

#[test]
fn blocks() {
    check("::: aside {a=b}\n*c*\n:::\n\nd", "<aside onclick=x a=b><p><em>c</em></p>\n</aside>\n<p>d</p>\n");
    let found = Bench::new("::: asid\nc\n:::").page(0);
    assert_eq!(found.value, "<div>\n<p>c</p>\n</div>\n");
    assert_eq!(found.diagnostics[0].help.as_deref(), Some("did you mean `:::aside`?"));
}

#[test]
fn formulas() {
    let html = |text: &str| Bench::new(text).with(|config| config.markdown.math = true).html();
    assert_eq!(html("a $x<y$"), "<p>a <span class=\"math math-inline\">x&lt;y</span></p>\n");
    assert_eq!(html("$$x$$"), "<div class=\"math math-display\">x</div>\n");
    assert_eq!(html("a $$x$$"), "<p>a <span class=\"math math-display\">x</span></p>\n");
}

#[test]
fn the_first_mention_of_a_term_is_explained() {
    let html = |text: &str| {
        let glossary = [("SLO", "service level objective", "A \"goal\""), ("On-call", "", "")];
        Bench::new(text).glossary(&glossary).html()
    };
    let slo = |text: &str| {
        format!("<a class=\"term\" href=\"/base/guides/glossary/#slo\" title=\"A &quot;goal&quot;\">{text}</a>")
    };
    assert_eq!(html("slo SLOX SLOs, SLO"), format!("<p>slo SLOX {}, SLO</p>\n", slo("SLOs")));
    assert_eq!(html("Service Level Objectives"), format!("<p>{}</p>\n", slo("Service Level Objectives")));
    assert_eq!(html("`SLO` [SLO](#a)"), "<p><code>SLO</code> <a href=\"#a\">SLO</a></p>\n");
    assert_eq!(html("<a href=\"#x\">SLO</a>"), "<p><a href=\"#x\">SLO</a></p>\n");
    assert_eq!(html("é ON-CALL"), "<p>é <a class=\"term\" href=\"/base/guides/glossary/#on-call\">ON-CALL</a></p>\n");
    assert!(html("## SLO\n\nSLO").contains(&format!("<p>{}</p>", slo("SLO"))));
    let glossary = Bench::new("").glossary(&[("SLO", "", "")]).page(2).value;
    assert_eq!(glossary, "<p>An SLO is one.</p>\n");
    assert_eq!(Bench::new("").document("SLO").glossary(&[("SLO", "", "")]).document_html(), "<p>SLO</p>\n");
}

#[test]
fn definition_lists_and_the_rest() {
    let html = Bench::new("a\n: b\n\n~~c~~\n\n---\n3. d").with(|config| config.markdown.definition_lists = true).html();
    assert_eq!(
        html,
        "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n<p><del>c</del></p>\n<hr>\n<ol start=\"3\">\n<li>d</li>\n</ol>\n"
    );
}
