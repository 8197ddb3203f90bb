//! What templates see of pages and lists.

use crate::base::date::Period;
use crate::config::Repository;
use crate::model::graph::Backlink;
use crate::model::page::PageId;
use crate::model::site::Neighbours;
use crate::render::tests::sample::{Sample, moment};

fn check(sample: Sample, template: &str, expected: &str) {
    assert_eq!(sample.template("page.html", template).text("guides/g1/index.html"), expected, "{template}");
}

#[test]
fn dates_and_reviews() {
    let sample = || {
        Sample::new(1).meta(1, |meta| {
            meta.date = moment("2026-01-05 07:00:00 -0700");
            meta.reviewed = moment("2025-05-01");
            meta.review_every = Period::parse("1 year");
        })
    };
    check(
        sample(),
        "{{ page.date.iso }} {{ page.date.words }} {{ page.date.rfc3339 }}",
        "2026-01-05 5 January 2026 2026-01-05T07:00:00-07:00",
    );
    check(sample(), "{{ page.review_due.words }} {{ page.is_overdue }}", "1 May 2026 true");
    check(Sample::new(1), "{% if page.date or page.is_overdue %}yes{% endif %}{{ page.minutes }}", "1");
    let far = Sample::new(1).meta(1, |meta| {
        meta.reviewed = moment("9998-01-05");
        meta.review_every = Period::parse("900 years");
    });
    check(far, "{{ page.review_due.iso }}", "9999-12-31");
}

#[test]
fn navigation() {
    let mut sample = Sample::new(3);
    sample.site.neighbours[1] = Neighbours { previous: None, next: Some(PageId(2)) };
    check(
        sample,
        "{% for crumb in page.breadcrumbs %}{{ crumb.title }} {{ crumb.url }} {% endfor %}\
         {% if page.previous %}no{% endif %}{% if page.next %}{{ page.next.url }}{% endif %}",
        "Book /b/ Guides /b/guides/ /b/guides/g2/",
    );
    check(
        Sample::new(3),
        "{{ sidebar.title }}:{% for entry in sidebar.entries %}{% if entry.url == page.url %}*{% endif %}\
         {{ entry.title }} {% endfor %}",
        "Guides:*G1 G2 G3 ",
    );
}

#[test]
fn a_window_of_a_long_section() {
    let template = "{{ sidebar.more_before }} {{ sidebar.entries | length }} {{ sidebar.more_after }}";
    let sample = Sample::new(120).template("page.html", template);
    assert_eq!(sample.text("guides/g1/index.html"), "0 50 70");
    assert_eq!(sample.text("guides/g51/index.html"), "50 50 20");
    assert_eq!(sample.text("guides/g120/index.html"), "100 20 0");
    assert_eq!(Sample::new(60).template("page.html", template).text("guides/g60/index.html"), "0 60 0");
}

#[test]
fn backlinks_are_limited() {
    let mut sample = Sample::new(60);
    let links = (2..=60).map(|id| Backlink { from: PageId(id), sentence: format!("From {id}.").into() });
    sample.site.graph.backlinks[1] = links.collect();
    check(
        sample,
        "{{ page.backlinks.total }} {{ page.backlinks.more }} {% for group in page.backlinks.groups %}\
         {{ group.title }} {{ group.links | length }} {{ group.links[0].page.title }}: {{ group.links[0].sentence }}\
         {% endfor %}",
        "59 9 Guides 50 G2: From 2.",
    );
}

#[test]
fn the_head() {
    check(
        Sample::new(1),
        "{{ head.title }}|{{ head.description }}|{{ head.canonical }}|{{ head.og.type }}|{{ head.stylesheets | length }}",
        "G1 · Book|Text of G1.|https://example.org/b/guides/g1/|article|1",
    );
    let without = Sample::new(1).config(|config| config.base_url = None);
    check(without, "{% if head.canonical or head.json_ld or head.robots %}x{% endif %}", "");
    let preview = Sample::new(1).config(|config| config.is_preview = true);
    check(preview, "{{ head.robots }}", "noindex");
}

#[test]
fn data_for_search_engines() {
    let sample = Sample::new(1)
        .meta(1, |meta| meta.title = "</script><script>alert(1)".to_string())
        .template("page.html", "{{ head.json_ld }}");
    let html = sample.text("guides/g1/index.html");
    let data = html.strip_prefix("<script type=\"application/ld+json\">").expect("an element");
    let data = data.strip_suffix("</script>").expect("an element");
    assert!(!data.contains('<'), "{data}");
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    assert_eq!(data["@graph"][0]["@type"], "TechArticle");
    assert_eq!(data["@graph"][0]["headline"], "</script><script>alert(1)");
    let trail = &data["@graph"][1]["itemListElement"];
    assert_eq!(trail[1]["item"], "https://example.org/b/guides/");
    assert_eq!((&trail[2]["position"], trail.as_array().map(Vec::len)), (&serde_json::json!(3), Some(3)));
}

#[test]
fn where_a_page_is_edited() {
    let url = "https://github.com/o/n".to_string();
    let repository = Repository { url, branch: "main".to_string(), folder: "docs".to_string() };
    let sample = Sample::new(1).config(|config| config.repository = Some(repository));
    check(sample, "{{ page.edit_url }}", "https://github.com/o/n/edit/main/docs/content/guides/g1.md");
}

#[test]
fn lists() {
    let newest = "{% for entry in list.newest %}{{ entry.title }} {% endfor %}|{% for group in list.groups %}\
                  {{ group.title }} {{ group.url }}:{% for entry in group.entries %} {{ entry.title }}{% endfor %}\
                  {% endfor %}";
    let sample = Sample::new(3)
        .meta(2, |meta| meta.date = moment("2026-01-05"))
        .meta(3, |meta| meta.date = moment("2026-02-05"))
        .template("home.html", newest);
    assert_eq!(sample.text("index.html"), "G3 G2 |Guides /b/guides/: G3 G2 G1");
    let owners =
        "{% for group in list.by_owner %}{{ group.owner or \"nobody\" }} {{ group.entries | length }} {% endfor %}";
    let sample = Sample::new(3).meta(2, |meta| meta.owner = Some("Ana".to_string())).template("all.html", owners);
    assert_eq!(sample.text("all/index.html"), "Ana 1 nobody 3 ");
}
