//! Which feeds there are and whose pages they have; redirects and identities.

use super::{link, page, page_with, project, reports};
use crate::base::date::Moment;
use crate::base::path::UrlPath;
use crate::config::project::Project;
use crate::model::meta::Meta;
use crate::model::page::Page;
use crate::model::site::Site;

fn change(below: &str, change: impl Fn(&mut Meta)) -> Page {
    page_with(below, |page| change(&mut page.meta))
}

fn feeds(site: &Site) -> Vec<String> {
    let line = |feed: &crate::model::feed::Feed| {
        let pages: Vec<&str> = feed.pages.iter().map(|id| site.page(*id).title()).collect();
        format!("{} {} {}", feed.folder, feed.title, pages.join(","))
    };
    site.feeds.iter().map(line).collect()
}

fn pages() -> Vec<Page> {
    vec![
        page("_index.md"),
        page("about.md"),
        page("guides/_index.md"),
        change("guides/old.md", |meta| {
            meta.date = Moment::parse("2020-01-01").ok();
            meta.terms = vec![("tags".into(), vec!["Toil".into()])];
        }),
        change("guides/deep/new.md", |meta| meta.date = Moment::parse("2026-05-01").ok()),
        change("guides/quiet.md", |meta| meta.feed = Some(false)),
        change("news.md", |meta| meta.feed = Some(true)),
        change("meetings/_index.md", |meta| meta.children.feed = Some(false)),
        page("meetings/weekly.md"),
        change("meetings/loud.md", |meta| meta.feed = Some(true)),
        change("templates/_index.md", |meta| meta.feed = Some(false)),
        page("templates/form/index.md"),
    ]
}

#[test]
fn whose_pages_are_in_feeds() {
    let site = link(&project(), pages(), &[]);
    assert_eq!(reports(&site), [""; 0]);
    let expected = [
        "/ Playbook New,Loud,News,Old",
        "/guides/ Guides New,Old",
        "/guides/deep/ Deep New",
        "/meetings/ Meetings Loud",
        "/tags/toil/ Toil Old",
    ];
    assert_eq!(feeds(&site.value), expected);
    let mut project = project();
    (project.config.feeds.sections, project.config.feeds.terms) = (false, false);
    assert_eq!(feeds(&link(&project, pages(), &[]).value), expected[..1]);
}

#[test]
fn no_base_url_no_feeds() {
    let mut project = project();
    project.config.base_url = None;
    let site = link(&project, pages(), &[]);
    assert!(site.value.feeds.is_empty());
    let note = "no-base-url: there is no `base_url`, so no feeds, sitemap and canonical addresses are written | add \
                `base_url: https://playbook.example.org` to fieldbook.yaml, or build with --base-url";
    assert_eq!(reports(&site), [note]);
    project.config_path = None;
    assert_eq!(reports(&link(&project, pages(), &[])), [""; 0]);
}

#[test]
fn feeds_need_dates() {
    let undated = |below: &str, feed: Option<bool>| {
        change(below, move |meta| {
            meta.date = None;
            meta.feed = feed;
        })
    };
    let pages = || vec![undated("guides/a.md", None), undated("guides/b.md", Some(false)), undated("c.md", None)];
    let expected = "missing-date: this guide has no date, so no feed can hold it | add `date: 2026-01-05`, or `feed: \
                    false` to keep it out of feeds";
    assert_eq!(reports(&link(&project(), pages(), &[])), [expected]);
    let bare = Project { config_path: None, ..project() };
    assert_eq!(reports(&link(&bare, pages(), &[])), [""; 0]);
}

#[test]
fn former_addresses() {
    let moved = |below: &str, aliases: &[&str], id: Option<&str>| {
        change(below, |meta| {
            let alias = |alias: &&str| (UrlPath::parse_page(alias).unwrap(), 4..9);
            meta.aliases = aliases.iter().map(alias).collect();
            meta.id = id.map(str::to_string);
        })
    };
    let pages = vec![
        moved("guides/a.md", &["/guides/a/", "/old/", "/old/"], Some("1")),
        moved("guides/b.md", &["/old/"], None),
        moved("about.md", &["/us/"], None),
        moved("guides/c.md", &["/guides/c/"], Some("1")),
    ];
    let site = link(&project(), pages, &[]);
    let redirects: Vec<String> = site
        .value
        .redirects
        .iter()
        .map(|redirect| format!("{} {}", redirect.from, site.value.page(redirect.to).url))
        .collect();
    assert_eq!(redirects, ["/us/ /about/", "/old/ /guides/a/", "/old/ /guides/b/"]);
    let expected = [
        "repeated-id: the `id: 1` of this page is also that of content/guides/a.md | give each page an `id:` of its \
         own; keep it on the page that was published first",
        "alias-without-id: this page moved and has no `id:`, so feed readers would show it as new | add `id:` with \
         the address it was first published at, ending in /old/",
    ];
    assert_eq!(reports(&site), expected);
}
