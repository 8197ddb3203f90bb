//! The digests that the keys of outputs are put together from, each made once for a site.

use rayon::prelude::*;

use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::config::project::Project;
use crate::model::link::Target;
use crate::model::output::FeedScope;
use crate::model::page::{Page, PageId};
use crate::model::section::SectionId;
use crate::model::site::Site;
use crate::model::theme::Theme;
use crate::render::plan::Plan;
use crate::render::view::{Views, minutes};

/// The digests of what outputs are made from.
pub struct Facts {
    /// Of what is in every output: the configuration, the theme, what each page shows of the site.
    pub everywhere: Digest,
    /// Of what a link to a page shows of it, by the number of the page: its title and its address.
    pub names: Vec<Digest>,
    /// Of what a list shows of a page.
    pub faces: Vec<Digest>,
    /// Of what the HTML of a page's own texts is made from: the texts, and what their links mean.
    pub texts: Vec<Digest>,
    /// Of what the pages of a section show of it, by the number of the section: the way to it, and its feed.
    pub sections: Vec<Digest>,
    /// Of what a page shows of each term, by taxonomy and term.
    pub terms: Vec<Vec<Digest>>,
    /// Of all that lists show, of all pages and sections.
    pub lists: Digest,
    /// Of what the identities of feed items are made from, which no two may share.
    pub identities: Digest,
    /// Of the paths of all outputs.
    pub paths: Digest,
}

impl Facts {
    /// Digests what the outputs of a site are made from.
    pub fn new(views: &Views<'_>, theme: &Theme, plan: &Plan) -> Self {
        let Views { project, site, .. } = *views;
        let ids: Vec<PageId> = site.all_pages().map(|(id, _)| id).collect();
        let names: Vec<Digest> = ids.par_iter().map(|id| name(site, *id)).collect();
        let sections: Vec<Digest> =
            site.sections.iter().map(|section| of_section(site, section.page, &names)).collect();
        let mut around = Vec::with_capacity(sections.len());
        for (id, own) in (0..).map(SectionId).zip(&sections) {
            around.push(way_to(views, id, *own, &sections));
        }
        let faces: Vec<Digest> = ids.par_iter().map(|id| face(project, site, *id, &names)).collect();
        let terms = site.taxonomies.iter().map(|taxonomy| {
            let term = |term: &crate::model::taxonomy::Term| {
                Digest::of_value(&(&taxonomy.name, &taxonomy.title, &taxonomy.url, &term.name, &term.url))
            };
            taxonomy.terms.iter().map(term).collect()
        });
        Facts {
            everywhere: everywhere(views, theme),
            texts: ids.par_iter().map(|id| texts(site, *id, &names)).collect(),
            terms: terms.collect(),
            lists: lists(site, &faces, &around),
            identities: identities(site),
            paths: plan.paths,
            sections: around,
            names,
            faces,
        }
    }

    /// Digests what lists show of some pages.
    pub fn of_pages(&self, pages: &[PageId]) -> Digest {
        Digest::of_each(pages.iter().map(|id| self.faces[id.0 as usize]))
    }
}

fn everywhere(views: &Views<'_>, theme: &Theme) -> Digest {
    let Views { project, site, .. } = *views;
    let shown = serde_json::to_string(&views.shared.site).unwrap_or_default();
    let assets: Vec<_> = theme.assets.iter().map(|asset| (&asset.name, Digest::of(&asset.bytes))).collect();
    let templates: Vec<_> = theme.templates.iter().map(|template| (&template.name, &template.text)).collect();
    let glossary = site.glossary.as_ref().map(|found| (&site.page(found.page).url, format!("{:?}", found.entries)));
    let image = site.settings.feed_image.as_ref().map(|image| target(site, image, &[]));
    let feeds = views.shared.alternates(None).len();
    Digest::of_value(&(format!("{project:?}"), shown, assets, templates, glossary, image, feeds))
}

fn name(site: &Site, id: PageId) -> Digest {
    let page = site.page(id);
    Digest::of_value(&(page.title(), &page.url))
}

fn face(project: &Project, site: &Site, id: PageId, names: &[Digest]) -> Digest {
    let page = site.page(id);
    let meta = &page.meta;
    let section = site.section(site.section_of[id.0 as usize]);
    let is_overdue = page.is_overdue(project.selection.today);
    let shown = (page.summary(), page.kind, dates(page), &meta.owner, minutes(page.body.words), is_overdue);
    Digest::of_value(&(names[id.0 as usize], shown, &section.title, &section.url, &section.folder, page.is_section()))
}

fn texts(site: &Site, id: PageId, names: &[Digest]) -> Digest {
    let page = site.page(id);
    let resolved = site.resolved(id);
    let all = resolved.links.iter().chain(&resolved.document_links).chain(resolved.release_links.iter().flatten());
    let all = all.map(|link| target(site, link, names));
    let see_also = resolved.see_also.iter().chain([&resolved.image]);
    let see_also = see_also.map(|link| link.as_ref().map_or(Digest(0), |link| target(site, link, names)));
    Digest::of_value(&(&page.source, page.digest, Digest::of_each(all.chain(see_also))))
}

/// Digests what a link shows of what it leads to; without names, only where it leads.
fn target(site: &Site, target: &Target, names: &[Digest]) -> Digest {
    match target {
        Target::Page(id, fragment) => Digest::of_value(&(1, names.get(id.0 as usize), &site.page(*id).url, fragment)),
        Target::Section(id) => Digest::of_value(&(2, &site.section(*id).title, &site.section(*id).url)),
        Target::Generated(url, fragment) => Digest::of_value(&(3, url, fragment)),
        Target::Fragment(fragment) => Digest::of_value(&(4, fragment)),
        Target::File(id) => {
            let found = site.file(*id);
            Digest::of_value(&(5, &found.url, found.file.dimensions, found.file.stamp))
        }
        Target::External(address) => Digest::of_value(&(6, address)),
        Target::Withheld => Digest(7),
        Target::Broken => Digest(8),
    }
}

/// Digests what is said of a section itself.
fn of_section(site: &Site, page: Option<PageId>, names: &[Digest]) -> Digest {
    let own = page.map(|id| (names[id.0 as usize], site.page(id).summary(), &site.page(id).meta.description));
    Digest::of_value(&own)
}

/// Digests the way from the home page to a section, what is in the section beside its pages, and its feed.
fn way_to(views: &Views<'_>, id: SectionId, own: Digest, all: &[Digest]) -> Digest {
    let site = views.site;
    let mut way = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next
        && way.len() <= site.sections.len()
    {
        let section = site.section(id);
        let feed = site.feeds.iter().find(|feed| feed.scope == FeedScope::Section(id));
        way.push((&section.title, &section.url, section.kind, feed.map(|feed| (&feed.title, &feed.folder))));
        next = section.parent;
    }
    let inner = site.section(id).sections.iter().map(|id| {
        let section = site.section(*id);
        (&section.title, &section.url, section.kind, views.shared.counts[id.0 as usize], all[id.0 as usize])
    });
    let section = site.section(id);
    Digest::of_value(&(own, way, inner.collect::<Vec<_>>(), section.pages.len(), section.paginate))
}

fn identities(site: &Site) -> Digest {
    let one = |page: &Page| {
        let releases = page.releases.iter();
        let releases = releases.map(|release| (release.number, page.released(release).map(Moment::to_parts)));
        Digest::of_value(&(&page.meta.id, &page.url, dates(page), releases.collect::<Vec<_>>()))
    };
    Digest::of_each(site.pages.par_iter().map(|page| one(page)).collect::<Vec<_>>())
}

/// The dates of a page as they are written.
fn dates(page: &Page) -> [Option<(i64, i32)>; 2] {
    [&page.meta.date, &page.meta.updated].map(|date| date.as_ref().map(Moment::to_parts))
}

fn lists(site: &Site, faces: &[Digest], sections: &[Digest]) -> Digest {
    let pages: Vec<_> = site.sections.iter().map(|section| (section.page, &section.pages, &section.sections)).collect();
    Digest::of_value(&(faces, sections, pages))
}
