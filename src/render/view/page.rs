//! A page as its template sees it.

use serde::Serialize;
use tera::Value;

use crate::base::path::UrlPath;
use crate::model::body::Heading;
use crate::model::kinds::Kind;
use crate::model::link::Target;
use crate::model::output::FeedScope;
use crate::model::page::PageId;
use crate::model::release;
use crate::render::address::twin;
use crate::render::exports;
use crate::render::view::details::{
    ChapterView, DetailsView, DocumentView, InterviewView, MeetingView, TemplateView, details,
};
use crate::render::view::license::{LicenseView, license};
use crate::render::view::repository::{Purpose, address};
use crate::render::view::{DateView, Views, kind_plural, kind_title, link, minutes, value};

/// The backlinks that a page shows.
pub const BACKLINKS: usize = 50;

/// The HTML of a page's texts.
pub struct PageHtml {
    /// Of its body.
    pub content: String,
    /// Of the document of a template.
    pub document: Option<String>,
}

#[derive(Serialize)]
struct PageView<'b> {
    title: &'b str,
    title_id: Option<&'b str>,
    description: Option<&'b str>,
    summary: &'b str,
    url: String,
    absolute_url: Option<String>,
    kind: &'static str,
    kind_title: String,
    is_home: bool,
    is_section: bool,
    date: Option<DateView>,
    updated: Option<DateView>,
    change: Option<&'b str>,
    authors: &'b [String],
    owner: Option<&'b str>,
    reviewed: Option<DateView>,
    review_due: Option<DateView>,
    is_overdue: bool,
    taxonomies: Vec<PageTaxonomyView<'b>>,
    content: Value,
    toc: Vec<TocView<'b>>,
    show_toc: bool,
    words: u32,
    minutes: u32,
    image: Option<ImageView>,
    license: Option<LicenseView>,
    edit_url: Option<String>,
    source_url: Option<String>,
    twin_url: Option<String>,
    breadcrumbs: Vec<Value>,
    section: &'b Value,
    previous: Option<Value>,
    next: Option<Value>,
    related: Vec<RelatedView>,
    backlinks: BacklinksView<'b>,
    see_also: Vec<SeeAlsoView<'b>>,
    interview: Option<InterviewView<'b>>,
    meeting: Option<MeetingView<'b>>,
    chapter: Option<ChapterView<'b>>,
    template: Option<TemplateView<'b>>,
    extra: &'b serde_json::Value,
}

#[derive(Serialize)]
struct PageTaxonomyView<'b> {
    name: &'b str,
    title: &'b str,
    url: String,
    terms: Vec<PageTermView<'b>>,
}

#[derive(Serialize)]
struct PageTermView<'b> {
    name: &'b str,
    url: String,
}

#[derive(Serialize)]
struct TocView<'b> {
    level: u8,
    id: &'b str,
    text: &'b str,
    children: Vec<TocView<'b>>,
}

#[derive(Serialize)]
struct ImageView {
    url: String,
    width: Option<u32>,
    height: Option<u32>,
    alt: &'static str,
}

#[derive(Serialize)]
struct RelatedView {
    kind: &'static str,
    title: String,
    pages: Vec<Value>,
}

#[derive(Serialize)]
struct BacklinksView<'b> {
    groups: Vec<BacklinkGroupView<'b>>,
    more: usize,
    total: usize,
}

#[derive(Serialize)]
struct BacklinkGroupView<'b> {
    kind: &'static str,
    title: String,
    links: Vec<BacklinkView<'b>>,
}

#[derive(Serialize)]
struct BacklinkView<'b> {
    page: Value,
    sentence: &'b str,
}

#[derive(Serialize)]
struct SeeAlsoView<'b> {
    title: &'b str,
    url: Option<String>,
    is_external: bool,
}

impl Views<'_> {
    /// Makes the view of a page.
    pub fn page(&self, id: PageId, html: &PageHtml) -> Value {
        let page = self.site.page(id);
        let meta = &page.meta;
        let config = &self.project.config;
        let today = self.project.selection.today;
        let section = self.shared.section(self.site.section_of[id.0 as usize]);
        let neighbours = self.site.neighbours[id.0 as usize];
        let toc = toc(&page.body.headings, page.body.level_shift());
        let source = |purpose| config.repository.as_ref().map(|found| address(found, &page.source, purpose));
        let document = html.document.as_deref().map(|html| DocumentView {
            html: Value::safe_string(html),
            license: meta.license.clone().or_else(|| config.license.clone()),
            is_withholding: self.site.resolved(id).document_links.contains(&Target::Withheld),
        });
        let (exports, feed_url) = (exports::of(self.project, page), self.feed_url_of_template(id));
        let DetailsView { interview, meeting, chapter, template } =
            details(page, document, &exports, feed_url, self.addresses);
        value(&PageView {
            title: page.title(),
            title_id: page.body.title_id.as_deref(),
            description: meta.description.as_deref(),
            summary: page.summary(),
            url: self.addresses.href(&page.url),
            absolute_url: self.addresses.absolute(&page.url),
            kind: page.kind.name(),
            kind_title: kind_title(page.kind),
            is_home: page.url == UrlPath::root(),
            is_section: page.is_section(),
            date: meta.date.as_ref().map(DateView::of),
            updated: meta.updated.as_ref().map(DateView::of),
            change: meta.change.as_deref(),
            authors: &meta.authors,
            owner: meta.owner.as_deref(),
            reviewed: meta.reviewed.as_ref().map(DateView::of),
            review_due: page.review_due().map(DateView::of_day),
            is_overdue: page.is_overdue(today),
            taxonomies: self.taxonomies(id),
            content: Value::safe_string(&html.content),
            show_toc: meta.toc && count(&toc) > 1,
            toc,
            words: page.body.words,
            minutes: minutes(page.body.words),
            image: self.image(id),
            license: meta.license.as_deref().or(config.license.as_deref()).map(license),
            edit_url: source(Purpose::Edit),
            source_url: source(Purpose::Read),
            twin_url: self.twin_url(id),
            breadcrumbs: self.breadcrumbs(id),
            section: &section.link,
            previous: neighbours.previous.map(|id| self.link_to(id)),
            next: neighbours.next.map(|id| self.link_to(id)),
            related: self.related(id),
            backlinks: self.backlinks(id),
            see_also: self.see_also(id),
            interview,
            meeting,
            chapter,
            template,
            extra: &meta.extra,
        })
    }

    /// Returns the `href` of the Markdown twin of a page, if twins are written.
    pub fn twin_url(&self, id: PageId) -> Option<String> {
        let page = self.site.page(id);
        self.project.config.outputs.twins.then(|| self.addresses.href(&twin(&page.url)))
    }

    /// Returns the `href` of the feed of a template's versions, if there is one.
    pub fn feed_url_of_template(&self, id: PageId) -> Option<String> {
        let folder = self.shared.has_feed(FeedScope::Template(id)).then(|| &self.site.page(id).url)?;
        Some(self.addresses.href(&release::beside(folder, "feed.xml")))
    }

    /// Returns the address of the picture of a page.
    pub fn image_url(&self, id: PageId) -> Option<&UrlPath> {
        self.site.url_of(self.site.resolved(id).image.as_ref()?)
    }

    fn link_to(&self, id: PageId) -> Value {
        let page = self.site.page(id);
        link(self.addresses, page.title(), &page.url)
    }

    /// Returns the links to what is around a page, the home page first.
    pub fn breadcrumbs(&self, id: PageId) -> Vec<Value> {
        let page = self.site.page(id);
        let number = self.site.section_of[id.0 as usize];
        let shared = self.shared.section(number);
        let mut links = shared.parents.clone();
        if self.site.section(number).url != page.url {
            links.push(shared.link.clone());
        }
        links
    }

    fn taxonomies(&self, id: PageId) -> Vec<PageTaxonomyView<'_>> {
        let mut views: Vec<PageTaxonomyView<'_>> = Vec::new();
        for (taxonomy, term) in &self.shared.terms[id.0 as usize] {
            let taxonomy = &self.site.taxonomies[*taxonomy];
            let term = &taxonomy.terms[*term];
            if views.last().is_none_or(|view| view.name != taxonomy.name) {
                let url = self.addresses.href(&taxonomy.url);
                views.push(PageTaxonomyView { name: &taxonomy.name, title: &taxonomy.title, url, terms: Vec::new() });
            }
            let view = PageTermView { name: &term.name, url: self.addresses.href(&term.url) };
            views.last_mut().expect("one was pushed if there was none").terms.push(view);
        }
        views
    }

    fn image(&self, id: PageId) -> Option<ImageView> {
        let target = self.site.resolved(id).image.as_ref()?;
        let url = self.addresses.target(target)?;
        let (width, height) = match target {
            Target::File(file) => self.site.file(*file).file.dimensions.unzip(),
            _ => (None, None),
        };
        // The picture stands beside the title, which says what it is about: it needs no words of its own.
        Some(ImageView { url, width, height, alt: "" })
    }

    fn related(&self, id: PageId) -> Vec<RelatedView> {
        let related = &self.site.graph.related[id.0 as usize];
        let group = |kind: Kind| {
            let pages = related.iter().filter(|id| self.site.page(**id).kind == kind);
            let pages: Vec<Value> = pages.map(|id| self.entry(*id)).collect();
            let title = format!("Related {}", kind.spec().plural);
            (!pages.is_empty()).then(|| RelatedView { kind: kind.name(), title, pages })
        };
        Kind::ALL.into_iter().filter_map(group).collect()
    }

    fn backlinks(&self, id: PageId) -> BacklinksView<'_> {
        let all = &self.site.graph.backlinks[id.0 as usize];
        let mut groups: Vec<BacklinkGroupView<'_>> = Vec::new();
        for backlink in all.iter().take(BACKLINKS) {
            let kind = self.site.page(backlink.from).kind;
            let view = BacklinkView { page: self.entry(backlink.from), sentence: &backlink.sentence };
            match groups.iter_mut().find(|group| group.kind == kind.name()) {
                Some(group) => group.links.push(view),
                None => {
                    let group = BacklinkGroupView { kind: kind.name(), title: kind_plural(kind), links: vec![view] };
                    groups.push(group);
                }
            }
        }
        BacklinksView { groups, more: all.len().saturating_sub(BACKLINKS), total: all.len() }
    }

    fn see_also(&self, id: PageId) -> Vec<SeeAlsoView<'_>> {
        let targets = &self.site.resolved(id).see_also;
        let works = self.site.page(id).meta.see_also.iter().enumerate();
        let view = works.map(|(number, work)| {
            let target = targets.get(number).and_then(Option::as_ref);
            SeeAlsoView {
                title: &work.title,
                url: target.and_then(|target| self.addresses.target(target)),
                is_external: matches!(target, Some(Target::External(_))),
            }
        });
        view.collect()
    }
}

/// Nests the headings that are shown on levels 2 to 4, each `shift` levels below what it is in the text.
fn toc(headings: &[Heading], shift: u8) -> Vec<TocView<'_>> {
    let mut top: Vec<TocView<'_>> = Vec::new();
    for heading in headings {
        let level = heading.level + shift;
        if !(2..=4).contains(&level) {
            continue;
        }
        let mut list = &mut top;
        while list.last().is_some_and(|last| last.level < level) {
            list = &mut list.last_mut().expect("there is a last").children;
        }
        list.push(TocView { level, id: &heading.id, text: &heading.text, children: Vec::new() });
    }
    top
}

fn count(toc: &[TocView<'_>]) -> usize {
    toc.iter().map(|entry| 1 + count(&entry.children)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_nested() {
        let levels = [1_u8, 3, 2, 3, 4, 3, 2, 5];
        let heading = |level: &u8| Heading { level: *level, id: String::new(), text: String::new(), span: 0..0 };
        let headings: Vec<Heading> = levels.iter().map(heading).collect();
        let toc = toc(&headings, 0);
        let shape: Vec<(u8, usize)> = toc.iter().map(|entry| (entry.level, count(&entry.children))).collect();
        assert_eq!(shape, [(3, 0), (2, 3), (2, 0)]);
    }
}
