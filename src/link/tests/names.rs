//! Links by name.

use super::{check_form, describe, find, link, link_to, page, page_with, project, reports};
use crate::model::link::LinkForm;
use crate::model::page::Page;

fn check(name: &str, expected: &str, reported: &[&str]) {
    check_form(LinkForm::Wiki, name, expected, reported);
}

#[test]
fn pages_have_many_names() {
    for (name, expected) in [
        ("Good", "guides/good.md"),
        ("good", "guides/good.md"),
        ("Pair programming", "guides/pair-programming.md"),
        ("pair  PROGRAMMING", "guides/pair-programming.md"),
        ("pair-programming", "guides/pair-programming.md"),
        ("On-call handover", "meetings/review.md"),
        ("on-call handover#goals", "meetings/review.md#goals"),
        ("Review#Next steps", "meetings/review.md#next-steps"),
        ("Review # next-steps", "meetings/review.md#next-steps"),
        ("checklist", "templates/checklist/index.md"),
        ("checklist#steps", "templates/checklist/index.md#steps"),
        ("Tech spec", "meetings/Tech Spec.md"),
        ("notes", "section notes"),
        ("#goals", "#goals"),
        ("guides/good", "guides/good.md"),
        ("guides/good.md#goals", "guides/good.md#goals"),
        ("good.md", "guides/good.md"),
    ] {
        check(name, expected, &[]);
    }
}

#[test]
fn names_nobody_has() {
    let help = "write the title of a page, or add this name to the `also_called:` of the page that is meant";
    for (name, reported) in [
        (
            "Pairing guide",
            "broken-link: no page is called \"Pairing guide\" | did you mean \"Pair programming\"?".into(),
        ),
        ("Reviw", "broken-link: no page is called \"Reviw\" | did you mean \"Review\"?".to_string()),
        (
            "On call handover",
            "broken-link: no page is called \"On call handover\" | did you mean \"On-call handover\"?".to_string(),
        ),
        ("Zebra", format!("broken-link: no page is called \"Zebra\" | {help}")),
        ("Zebra#stripes", format!("broken-link: no page is called \"Zebra\" | {help}")),
    ] {
        check(name, "broken", &[&reported]);
    }
    let reported = "broken-fragment: \"Review\" has no heading \"#nope\" | it has \"#goals\", \"#next-steps\"";
    check("Review#nope", "meetings/review.md", &[reported]);
    check("#gaols", "broken", &["broken-fragment: this page has no heading \"#gaols\" | did you mean \"#goals\"?"]);
}

fn linking(below: &str, name: &str) -> Page {
    page_with(below, |page| page.body.links.push(link_to(LinkForm::Wiki, name)))
}

#[test]
fn ambiguity_lists_the_candidates() {
    let pages = vec![page("guides/review.md"), page("meetings/review.md"), linking("guides/a.md", "Review")];
    let site = link(&project(), pages, &[]);
    let expected = "ambiguous-link: 2 pages are called \"Review\" | write the path of the one that is meant: \
                    \"review.md\", \"../meetings/review.md\"";
    assert_eq!(reports(&site), [expected]);
}

#[test]
fn a_hash_in_a_name() {
    let titled = |below: &str, title: &str| page_with(below, |page| page.meta.title = title.into());
    for (name, expected) in [("C# style", "guides/c.md"), ("C# style#goals", "guides/c.md#goals")] {
        let site = link(&project(), vec![titled("guides/c.md", "C# style"), linking("guides/a.md", name)], &[]);
        let target = &site.value.resolved(find(&site.value, "guides/a.md")).links[0];
        assert_eq!(describe(&site.value, target), expected);
    }
}

#[test]
fn related_never_means_the_page_itself() {
    let named = page_with("templates/review/index.md", |page| {
        page.meta.related.push(link_to(LinkForm::FrontMatter, "review"));
    });
    let site = link(&project(), vec![named, page("meetings/review.md")], &[]);
    let id = find(&site.value, "templates/review/index.md");
    assert_eq!(site.value.graph.related[id.0 as usize], [find(&site.value, "meetings/review.md")]);
    assert_eq!(reports(&site), [""; 0]);
}
