//! What is out of a build, and that nothing of it gets in.

use super::{file, find, link, link_to, page, page_linking, page_with, project, reports};
use crate::base::date::Moment;
use crate::config::project::Project;
use crate::model::link::{LinkForm, Target};
use crate::model::meta::Meta;
use crate::model::page::Page;

fn moment(text: &str) -> Option<Moment> {
    Moment::parse(text).ok()
}

fn titles(project: &Project, pages: Vec<Page>) -> Vec<String> {
    link(project, pages, &[]).value.pages.iter().map(|page| page.title().to_string()).collect()
}

#[test]
fn who_is_in() {
    type Change = fn(&mut Meta);
    let today = |change: Change, is_in: bool, also: fn(&mut Project), is_in_then: bool| {
        let page = || page_with("guides/a.md", |page| change(&mut page.meta));
        let mut project = project();
        assert_eq!(titles(&project, vec![page()]).len() == 1, is_in);
        also(&mut project);
        assert_eq!(titles(&project, vec![page()]).len() == 1, is_in_then);
    };
    let future: fn(&mut Project) = |project| project.selection.future = true;
    let staff: fn(&mut Project) = |project| project.selection.audiences = vec!["staff".into()];
    today(|meta| meta.draft = true, false, |project| project.selection.drafts = true, true);
    today(|meta| meta.date = moment("2026-06-01"), true, future, true);
    today(|meta| meta.date = moment("2026-06-02"), false, future, true);
    today(|meta| meta.publish_on = moment("2026-06-02"), false, future, true);
    today(|meta| meta.expires = moment("2026-06-01"), false, future, false);
    today(|meta| meta.expires = moment("2026-06-02"), true, future, true);
    today(|meta| meta.audience = vec!["staff".into()], false, staff, true);
    today(|meta| meta.audience = vec!["leads".into(), "staff".into()], false, staff, true);
    today(|meta| meta.audience = vec!["leads".into()], false, staff, false);
    today(|meta| meta.audience = Vec::new(), true, staff, true);
}

#[test]
fn the_page_of_a_section_speaks_for_it() {
    let site = |change: fn(&mut Meta)| {
        let pages = vec![
            page("_index.md"),
            page_with("a/_index.md", |page| change(&mut page.meta)),
            page("a/x.md"),
            page("a/b/_index.md"),
            page("a/b/y.md"),
            page("ab/z.md"),
        ];
        titles(&project(), pages)
    };
    assert_eq!(site(|meta| meta.draft = true), ["Home", "Z"]);
    assert_eq!(site(|meta| meta.audience = vec!["x".into()]), ["Home", "Z"]);
    assert_eq!(site(|meta| meta.publish_on = moment("2027-01-01")), ["Home", "B", "Y", "X", "Z"]);
    assert_eq!(site(|meta| meta.expires = moment("2020-01-01")), ["Home", "B", "Y", "X", "Z"]);
}

#[test]
fn a_page_below_a_closed_folder_is_out_whatever_its_section() {
    let pages = vec![
        page_with("templates/form/index.md", |page| page.meta.draft = true),
        page_with("templates/form/notes/more.md", |page| page.section = "templates".into()),
        page("templates/other/index.md"),
    ];
    assert_eq!(titles(&project(), pages), ["Other"]);
}

#[test]
fn a_section_keeps_its_address_without_its_page() {
    let scheduled = page_with("guides/_index.md", |page| {
        page.url = crate::base::path::UrlPath::parse_page("/how-to/").unwrap();
        page.meta.title = "Kraken".into();
        page.meta.publish_on = moment("2027-01-01");
    });
    let pages =
        vec![scheduled, page("guides/a.md"), page_linking("b.md", &["guides/", "/how-to/", "guides/_index.md"])];
    let site = link(&project(), pages, &[]);
    let section = &site.value.sections[1];
    assert_eq!((section.title.as_str(), section.url.as_str(), section.page), ("Guides", "/how-to/", None));
    let links = &site.value.resolved(find(&site.value, "b.md")).links;
    let there = Target::Section(crate::model::section::SectionId(1));
    assert_eq!(links[..], [there.clone(), there, Target::Withheld]);
    assert_eq!(reports(&site).len(), 1);
}

#[test]
fn a_draft_of_the_home_page_is_only_that() {
    let home = |change: fn(&mut Meta)| vec![page_with("_index.md", |page| change(&mut page.meta)), page("a/x.md")];
    assert_eq!(titles(&project(), home(|meta| meta.draft = true)), ["X"]);
    assert_eq!(titles(&project(), home(|meta| meta.audience = vec!["x".into()])), [""; 0]);
}

#[test]
fn links_to_what_is_out() {
    let secret = |below: &str| {
        page_with(below, |page| {
            page.meta.draft = true;
            page.meta.title = "Kraken".into();
            page.meta.also_called = vec!["Codename".into()];
        })
    };
    let mut from =
        page_linking("guides/a.md", &["secret.md", "secret/", "/guides/secret/", "SECRET.md", "box/pic.png"]);
    from.body.links.push(link_to(LinkForm::Wiki, "Kraken"));
    from.body.links.push(link_to(LinkForm::Wiki, "codename"));
    from.body.links.push(link_to(LinkForm::Image, "../guides/box/pic.png"));
    from.meta.related.push(link_to(LinkForm::FrontMatter, "secret.md"));
    let pages = vec![from, secret("guides/secret.md"), secret("guides/box/index.md")];
    let site = link(&project(), pages, &[file("content/guides/box/pic.png")]);
    let links = &site.value.resolved(find(&site.value, "guides/a.md")).links;
    assert!(links.iter().all(|target| *target == Target::Withheld), "{links:?}");
    let reports = reports(&site);
    assert_eq!(reports.iter().filter(|report| report.starts_with("link-to-unpublished: ")).count(), 9, "{reports:?}");
    assert_eq!(
        reports[0],
        "link-to-unpublished: \"secret.md\" is not in this build: it is a draft | take the link away, or publish \
         content/guides/secret.md first"
    );
    assert!(site.value.files.is_empty());
}

#[test]
fn nothing_of_what_is_out_is_in_the_site() {
    let secret = page_with("hidden/kraken.md", |page| {
        page.meta.audience = vec!["board".into()];
        page.meta.title = "Kraken".into();
        page.meta.terms = vec![("tags".into(), vec!["krakens".into()])];
        page.meta.aliases = vec![(crate::base::path::UrlPath::parse_page("/kraken-old/").unwrap(), 0..1)];
        page.body.links.push(link_to(LinkForm::Markdown, "../guides/a.md"));
        page.meta.related.push(link_to(LinkForm::FrontMatter, "../guides/a.md"));
    });
    let site = link(&project(), vec![page("guides/a.md"), secret], &[file("static/logo.svg")]);
    let all = format!("{:?}", site.value).to_lowercase();
    assert!(!all.contains("kraken") && !all.contains("hidden"));
    assert_eq!(reports(&site), [""; 0]);
}

#[test]
fn a_folder_whose_pages_are_all_out() {
    let out = |below: &str| page_with(below, |page| page.meta.draft = true);
    let pages = vec![out("hidden/a.md"), out("hidden/b.md"), page_linking("guides/a.md", &["../hidden/", "/hidden/"])];
    let site = link(&project(), pages, &[]);
    assert!(reports(&site).iter().all(|report| report.starts_with("link-to-unpublished")), "{:?}", reports(&site));
    assert!(site.value.sections.iter().all(|section| section.folder != "hidden"));
}

#[test]
fn the_published_page_of_a_name_wins() {
    let draft = page_with("guides/review.md", |page| page.meta.draft = true);
    let from = page_with("guides/a.md", |page| page.body.links.push(link_to(LinkForm::Wiki, "review")));
    let site = link(&project(), vec![draft, page("meetings/review.md"), from], &[]);
    let links = &site.value.resolved(find(&site.value, "guides/a.md")).links;
    assert_eq!(links[..], [Target::Page(find(&site.value, "meetings/review.md"), None)]);
}
