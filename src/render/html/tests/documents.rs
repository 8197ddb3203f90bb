//! The document of a template can be filled in on its page.

use crate::config::RawHtml;
use crate::render::html::testing::Bench;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(Bench::new("").document(text).ask("start_date", "Start <date>").document_html(), expected, "{text}");
}

const FIELD: &str = "<span class=\"field\" data-field=\"start_date\">Start &lt;date&gt;</span>";

#[test]
fn boxes_can_be_ticked() {
    check(
        "- [ ] a *b* [c](https://x.org/)\n  - [x] d\n- e\n",
        "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" data-box=\"0\"> a <em>b</em> \
         <a href=\"https://x.org/\">c</a></label>\n<ul>\n<li class=\"task\"><label><input type=\"checkbox\" \
         data-box=\"1\" checked> d</label></li>\n</ul>\n</li>\n<li>e</li>\n</ul>\n",
    );
    check(
        "- [ ] a\n\n  b\n",
        "<ul>\n<li class=\"task\">\n<p><label><input type=\"checkbox\" data-box=\"0\"> a</label></p>\n<p>b</p>\n</li>\n\
         </ul>\n",
    );
}

#[test]
fn a_box_in_a_quote_is_text_of_the_quote() {
    check(
        "> - [ ] a\n",
        "<blockquote>\n<ul>\n<li class=\"task\"><label><input type=\"checkbox\"> a</label></li>\n</ul>\n</blockquote>\n",
    );
}

#[test]
fn placeholders_are_fields() {
    check("On {{start_date}}.\n", &format!("<p>On {FIELD}.</p>\n"));
    check("| {{start_date}} |\n|---|\n", &table());
    check(
        "`{{start_date}}` {{end_date}} {{ start_date }}\n",
        "<p><code>{{start_date}}</code> {{end_date}} {{ start_date }}</p>\n",
    );
    check("```\n{{start_date}}\n```\n", "<pre class=\"code\" tabindex=\"0\"><code>{{start_date}}\n</code></pre>\n");
}

fn table() -> String {
    format!(
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of the document\"><table>\n<thead>\n\
         <tr>\n<th>{FIELD}</th>\n</tr>\n</thead>\n</table></div>\n"
    )
}

#[test]
fn what_is_cleaned_can_still_be_filled_in() {
    let bench = Bench::new("").document("- [x] <b onclick=x>{{a}}</b>\n").ask("a", "A");
    let html = bench.with(|config| config.markdown.html = RawHtml::Sanitise).document_html();
    let expected = "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" data-box=\"0\" checked=\"\"> <b>\
        <span class=\"field\" data-field=\"a\">A</span></b></label></li>\n</ul>\n";
    assert_eq!(html, expected);
}

#[test]
fn pages_have_no_fields() {
    let html = Bench::new("- [ ] {{a}}\n").ask("a", "A").html();
    assert!(html.contains("<input type=\"checkbox\" disabled aria-label=\"To do\"> {{a}}</li>"), "{html}");
}
