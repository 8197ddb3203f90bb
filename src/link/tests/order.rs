//! Sections, their order, taxonomies and the addresses of files.

use super::{file, find, link, page, page_with, project, reports};
use crate::base::date::Moment;
use crate::base::path::UrlPath;
use crate::model::kinds::Details;
use crate::model::kinds::chapter::Chapter;
use crate::model::meta::{Meta, Sort};
use crate::model::page::{Page, PageId};
use crate::model::site::Site;

fn made(pages: Vec<Page>) -> Site {
    let is_empty = pages.is_empty();
    let site = link(&project(), pages, &[]);
    assert_eq!(reports(&site).len(), usize::from(is_empty), "{:?}", reports(&site));
    site.value
}

fn titles(site: &Site, ids: &[PageId]) -> Vec<String> {
    ids.iter().map(|id| site.page(*id).title().to_string()).collect()
}

fn change(below: &str, change: impl Fn(&mut Meta)) -> Page {
    page_with(below, |page| change(&mut page.meta))
}

#[test]
fn every_folder_is_a_section() {
    let site = made(vec![page("a/deep/x.md"), page("on-call_rota/y.md"), page("b/_index.md"), page("top.md")]);
    let sections: Vec<String> = site
        .sections
        .iter()
        .map(|section| format!("{} {} {} {}", section.folder, section.title, section.url, section.pages.len()))
        .collect();
    let expected = [
        " Playbook / 1",
        "a A /a/ 0",
        "a/deep Deep /a/deep/ 1",
        "b B /b/ 0",
        "on-call_rota On call rota /on-call-rota/ 1",
    ];
    assert_eq!(sections, expected);
    let home: Vec<&str> = site.sections[0].sections.iter().map(|id| site.section(*id).folder.as_str()).collect();
    assert_eq!(home, ["a", "b", "on-call_rota"]);
    let menu: Vec<&str> = site.menu.iter().map(|entry| entry.label.as_str()).collect();
    assert_eq!(menu, ["A", "B", "On call rota"]);
    assert!(made(Vec::new()).sections.len() == 1);
}

#[test]
fn guides_by_weight_then_title() {
    let weighed = |below: &str, weight: i64| change(below, |meta| meta.weight = Some(weight));
    let site =
        made(vec![page("guides/a.md"), weighed("guides/z.md", 1), weighed("guides/y.md", -3), page("guides/B.md")]);
    let section = &site.sections[1];
    assert_eq!(titles(&site, &section.pages), ["Y", "Z", "A", "B"]);
    let z = site.neighbours[find(&site, "guides/z.md").0 as usize];
    assert_eq!(z.previous.zip(z.next), Some((find(&site, "guides/y.md"), find(&site, "guides/a.md"))));
    assert_eq!(section.kind, "guide");
}

#[test]
fn interviews_by_date_and_nothing_is_dropped() {
    let dated = |below: &str, date: Option<&str>| {
        change(below, |meta| {
            meta.date = date.map(|date| Moment::parse(date).unwrap());
            meta.feed = Some(false);
        })
    };
    let site = made(vec![
        dated("interviews/a.md", Some("2020-01-01")),
        dated("interviews/b.md", None),
        dated("interviews/c.md", Some("2021-01-01")),
    ]);
    assert_eq!(titles(&site, &site.sections[1].pages), ["C", "A", "B"]);
}

#[test]
fn chapters_by_number_and_sections_as_they_say() {
    let chapter = |below: &str, number: Option<i64>| {
        change(below, |meta| meta.details = Details::Chapter(Chapter { part: None, number }))
    };
    let mut pages = vec![chapter("book/a.md", Some(10)), chapter("book/b.md", Some(9)), chapter("book/c.md", None)];
    assert_eq!(titles(&made(pages.clone()), &made(pages.clone()).sections[1].pages), ["B", "A", "C"]);
    pages.push(change("book/_index.md", |meta| {
        meta.children.sort = Some(Sort::Title);
        meta.children.paginate = Some(7);
    }));
    let site = made(pages);
    assert_eq!(titles(&site, &site.sections[1].pages), ["A", "B", "C"]);
    assert_eq!((site.sections[1].paginate, site.sections[0].paginate), (7, 200));
    let own = site.neighbours[find(&site, "book/_index.md").0 as usize];
    assert_eq!((own.previous, own.next), (None, None));
}

#[test]
fn a_page_of_a_folders_name_gives_way_to_one_in_it() {
    let named = page_with("dir.md", |page| {
        page.role = crate::model::page::Role::Section;
        page.section = "dir".into();
    });
    let site = made(vec![named.clone(), page("dir/x.md")]);
    assert_eq!(site.sections[1].page, Some(find(&site, "dir.md")));
    let site = made(vec![named, page("dir/_index.md"), page("dir/x.md")]);
    assert_eq!(site.sections[1].page, Some(find(&site, "dir/_index.md")));
    assert_eq!(titles(&site, &site.sections[1].pages), ["Dir", "X"]);
}

#[test]
fn terms_of_one_slug_are_one() {
    let tagged = |below: &str, date: &str, tags: &[&str]| {
        change(below, |meta| {
            meta.date = Moment::parse(date).ok();
            meta.terms = vec![("tags".into(), tags.iter().map(|tag| tag.to_string()).collect())];
        })
    };
    let site = made(vec![
        tagged("guides/a.md", "2020-01-01", &["On-call", "zebra", "on call"]),
        tagged("guides/b.md", "2021-01-01", &["on call", "Apple"]),
        change("guides/c.md", |meta| meta.terms = vec![("colours".into(), vec!["red".into()])]),
    ]);
    let terms: Vec<String> = site.taxonomies[0]
        .terms
        .iter()
        .map(|term| format!("{} {} {:?}", term.name, term.url, titles(&site, &term.pages)))
        .collect();
    let expected =
        ["Apple /tags/apple/ [\"B\"]", "On-call /tags/on-call/ [\"B\", \"A\"]", "zebra /tags/zebra/ [\"A\"]"];
    assert_eq!(terms, expected);
    assert_eq!(site.taxonomies[0].url.as_str(), "/tags/");
}

#[test]
fn names_that_share_a_slug_are_several_terms() {
    let tagged = |tags: &[&str]| {
        let tags = || tags.iter().map(|tag| tag.to_string()).collect();
        change("guides/a.md", |meta| meta.terms = vec![("tags".into(), tags())])
    };
    let site = made(vec![tagged(&["C++", "c_sharp", "C#", "C", "CI/CD", "ci-cd", "c", "C-Sharp"])]);
    let terms: Vec<String> =
        site.taxonomies[0].terms.iter().map(|term| format!("{} {}", term.name, term.slug)).collect();
    let expected = ["C c", "C# c-2", "C++ c-plus-plus", "c_sharp c-sharp", "ci-cd ci-cd", "CI/CD ci-cd-2"];
    assert_eq!(terms, expected);
}

#[test]
fn files_lie_where_their_folder_is() {
    let moved = |below: &str, url: &str| page_with(below, |page| page.url = UrlPath::parse_page(url).unwrap());
    let pages = vec![
        moved("guides/_index.md", "/how-to/"),
        moved("guides/box/index.md", "/box/"),
        page("On Call/x.md"),
        page("guides/leaf.md"),
    ];
    let paths = [
        "content/guides/a b.svg",
        "content/guides/box/Pic.png",
        "content/guides/box/deep/x.png",
        "content/On Call/y.png",
        "content/top.png",
        "content/loose/z.pdf",
        "static/img/l.png",
    ];
    let site = link(&project(), pages, &paths.map(file)).value;
    let urls: Vec<&str> = site.files.iter().map(|published| published.url.as_str()).collect();
    let expected = [
        "/how-to/a b.svg",
        "/box/Pic.png",
        "/box/deep/x.png",
        "/on-call/y.png",
        "/top.png",
        "/loose/z.pdf",
        "/img/l.png",
    ];
    assert_eq!(urls, expected);
}
