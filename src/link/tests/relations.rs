//! Relations, backlinks and the glossary.

use super::{find, link, link_to, page, page_linking, page_with, project, reports};
use crate::model::glossary::GlossaryEntry;
use crate::model::link::LinkForm;
use crate::model::page::{Page, PageId};
use crate::model::site::Site;

fn titles(site: &Site, ids: &[PageId]) -> Vec<String> {
    ids.iter().map(|id| site.page(*id).title().to_string()).collect()
}

fn related(below: &str, others: &[&str]) -> Page {
    page_with(below, |page| {
        page.meta.related = others.iter().map(|other| link_to(LinkForm::FrontMatter, other)).collect();
    })
}

#[test]
fn relations_have_inverses() {
    let pages = vec![
        related("guides/a.md", &["../meetings/z.md", "b.md", "b.md", "a.md"]),
        related("guides/b.md", &["a.md#goals"]),
        related("guides/c.md", &["../meetings/z.md"]),
        page("meetings/z.md"),
    ];
    let site = link(&project(), pages, &[]);
    assert_eq!(reports(&site), [""; 0]);
    let site = site.value;
    let of = |below: &str| titles(&site, &site.graph.related[find(&site, below).0 as usize]);
    assert_eq!(of("guides/a.md"), ["Z", "B"]);
    assert_eq!(of("guides/b.md"), ["A"]);
    assert_eq!(of("meetings/z.md"), ["A", "C"]);
}

#[test]
fn backlinks_by_kind_and_title() {
    let mut twice = page_linking("guides/b.md", &["target.md", "/guides/target/#goals"]);
    twice.body.links[0].sentence = "The first.".into();
    let pages = vec![
        page_linking("zoo.md", &["guides/target.md"]),
        page_linking("meetings/m.md", &["../guides/target.md"]),
        twice,
        page_linking("guides/a.md", &["target", "https://example.org", "a.md"]),
        page_linking("guides/target.md", &["target.md", "#goals"]),
    ];
    let site = link(&project(), pages, &[]).value;
    let backlinks = &site.graph.backlinks[find(&site, "guides/target.md").0 as usize];
    let from: Vec<PageId> = backlinks.iter().map(|backlink| backlink.from).collect();
    assert_eq!(titles(&site, &from), ["A", "B", "M", "Zoo"]);
    assert_eq!(&*backlinks[1].sentence, "The first.");
    assert!(site.graph.backlinks[find(&site, "guides/a.md").0 as usize].is_empty());
}

#[test]
fn documents_link_too_and_images_do_not() {
    let template = page_with("templates/form/index.md", |page| {
        let mut document = super::body(&crate::base::path::SourcePath::new("content/templates/form/template.md"), &[]);
        document.links.push(link_to(LinkForm::Markdown, "../../guides/a.md"));
        page.document = Some(document);
    });
    let frame = page_with("guides/b.md", |page| page.body.links.push(link_to(LinkForm::HtmlSource, "a.md")));
    let site = link(&project(), vec![template, frame, page("guides/a.md")], &[]).value;
    let backlinks = &site.graph.backlinks[find(&site, "guides/a.md").0 as usize];
    assert_eq!(titles(&site, &backlinks.iter().map(|backlink| backlink.from).collect::<Vec<_>>()), ["Form"]);
}

#[test]
fn the_shallowest_glossary() {
    let glossary = |below: &str| {
        page_with(below, |page| {
            page.body.headings[0].text = "Service level objective (SLO)".into();
            page.body.definitions = vec![(0, "A promise.".into()), (1, String::new()), (9, "Nothing.".into())];
        })
    };
    let without = page_with("glossary.md", |page| page.body.headings.clear());
    let site = link(&project(), vec![without, glossary("b/glossary.md"), glossary("a/glossary.md")], &[]).value;
    let found = site.glossary.as_ref().expect("a glossary");
    assert_eq!(found.page, find(&site, "a/glossary.md"));
    let forms = vec!["Service level objective".to_string(), "SLO".to_string()];
    assert_eq!(found.entries, [GlossaryEntry { forms, id: "goals".into(), definition: "A promise.".into() }]);
}
