//! What is wrong in templates, and which template is taken.

use crate::base::path::SourcePath;
use crate::render::tests::sample::Sample;

fn check(name: &str, text: &str, faults: &[&str]) {
    assert_eq!(Sample::new(3).template(name, text).make().1, faults, "{name}: {text}");
}

#[test]
fn faults_are_reported_once() {
    check(
        "page.html",
        "{{ pagee.title }}",
        &["template-error: variable `pagee` is not defined, while rendering content/guides/g1.md"],
    );
    check(
        "page.html",
        "{{ page.titel }}",
        &["template-error: field `titel` is not defined, while rendering content/guides/g1.md"],
    );
    check(
        "page.html",
        "{{ asset(name=\"stile.css\") }}",
        &["template-error: the theme has no asset `stile.css`, did you mean `style.css`, while rendering \
         content/guides/g1.md"],
    );
    check("page.html", "{% include \"nav.html\" %}", &["template-error: unknown template `nav.html`"]);
    check("page.html", "{{ page.title | shout }}", &["template-error: unknown filter `shout`"]);
    check("page.html", "{% extends \"bas.html\" %}", &["template-error: it extends `bas.html`, which is not there"]);
}

#[test]
fn a_broken_template_does_not_hide_others() {
    let sample = Sample::new(1)
        .template("nav.html", "{% if %}")
        .template("page.html", "{% include \"nav.html\" %}")
        .template("term.html", "{{ a | b }}")
        .template("odd.html", "{{ c() }}");
    let (made, faults) = sample.make();
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert!(faults[1].ends_with("unknown function `c`") && faults[2].ends_with("unknown filter `b`"), "{faults:?}");
    let page = made.iter().find(|(path, _)| path == "guides/g1/index.html").expect("made all the same");
    assert!(page.1.contains("<h1>G1</h1>\n<p>Text of G1.</p>"), "{}", page.1);
    let home = made.iter().find(|(path, _)| path == "index.html").expect("made");
    assert!(home.1.starts_with("<title>Book</title>"), "{}", home.1);
}

#[test]
fn circles_end() {
    let sample = Sample::new(1)
        .template("a.html", "{% extends \"b.html\" %}")
        .template("b.html", "{% extends \"a.html\" %}")
        .template("c.html", "{% include \"d.html\" %}")
        .template("d.html", "{% include \"c.html\" %}");
    let faults = sample.make().1;
    assert!(!faults.is_empty() && faults.iter().all(|fault| fault.contains("leads back to itself")), "{faults:?}");
}

#[test]
fn a_site_may_do_without_the_blocks_of_the_theme() {
    let of_theme = |mut sample: Sample, name: &str| {
        for template in sample.theme.templates.iter_mut().filter(|template| template.name == name) {
            template.path = SourcePath::new(&format!("themes/small/{name}"));
        }
        sample
    };
    let guide = "{% extends \"page.html\" %}{% block facts %}facts{% endblock facts %}";
    let sample = Sample::new(1).template("page.html", "{{ page.title }}").template("guide.html", guide);
    assert_eq!(of_theme(sample, "guide.html").text("guides/g1/index.html"), "G1");
    let sample = Sample::new(1).template("page.html", "{{ page.title }}").template("guide.html", guide);
    let expected = "template-error: block `facts` is not defined in any parent template";
    assert_eq!(of_theme(of_theme(sample, "page.html"), "guide.html").make().1, [expected]);
}

#[test]
fn the_layout_of_a_page() {
    let sample = Sample::new(2).template("guide.html", "a guide").template("wide.html", "wide");
    assert_eq!(sample.text("guides/g1/index.html"), "a guide");
    let sample = sample.meta(1, |meta| meta.layout = Some("wide".to_string()));
    assert_eq!(sample.text("guides/g1/index.html"), "wide");
    let sample = sample.meta(1, |meta| meta.layout = Some("wida".to_string()));
    let expected = "missing-template: `layout: wida` names no template: neither the site nor the theme has `wida.html`";
    assert_eq!(sample.make().1, [expected]);
}

#[test]
fn a_theme_without_templates() {
    let mut sample = Sample::new(1);
    sample.theme.templates.clear();
    let (made, faults) = sample.make();
    assert_eq!(faults.len(), 7, "{faults:?}");
    assert_eq!(faults[0], "missing-template: the theme \"small\" has no template `home.html`");
    assert!(made.iter().all(|(_, text)| !text.is_empty()));
}

#[test]
fn texts_are_escaped_and_html_is_not() {
    let sample = Sample::new(1)
        .meta(1, |meta| meta.title = "<b>&".to_string())
        .template("page.html", "{{ page.title }}{{ page.content }}{{ url(path=\"/guides/\") }}");
    assert_eq!(sample.text("guides/g1/index.html"), "&lt;b&gt;&amp;<p>Text of G1.</p>\n/b/guides/");
}
