//! Lists all outputs of a site. Who comes first keeps its path: pages, sections, files, what is generated, aliases.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::base::path::{OutputPath, UrlPath};
use crate::config::project::Project;
use crate::diag::Reported;
use crate::model::asset::FileId;
use crate::model::feed;
use crate::model::link::Target;
use crate::model::output::{FeedFormat, FeedScope, Origin, Output, Rank, Recipe};
use crate::model::page::{Page, PageId};
use crate::model::release;
use crate::model::section::SectionId;
use crate::model::site::Site;
use crate::model::taxonomy::Taxonomy;
use crate::render::address::{document, list_page, list_pages, twin};
use crate::render::assets::Assets;
use crate::render::collisions::Claims;
use crate::render::{exports, sitemap, versions};

/// All outputs of a site.
#[derive(Clone)]
pub struct Plan {
    /// The outputs, sorted by path, each path once.
    pub outputs: Arc<Reported<Vec<Output>>>,
    /// The digest of their paths.
    pub paths: Digest,
    /// The digest of what they are planned from.
    planned_from: Digest,
}

impl Plan {
    /// Plans the outputs of a site; `former` is the plan of a build before this one, which may be the same.
    pub fn of(project: &Project, site: &Site, assets: &Assets, former: Option<&Plan>) -> Self {
        let planned_from = planned_from(project, site, assets);
        if let Some(former) = former.filter(|former| former.planned_from == planned_from) {
            return former.clone();
        }
        let outputs = outputs(project, site, assets);
        let paths = Digest::of_value(&outputs.value.iter().map(|output| &output.path).collect::<Vec<_>>());
        Plan { outputs: Arc::new(outputs), paths, planned_from }
    }
}

/// Digests all that a plan depends on.
fn planned_from(project: &Project, site: &Site, assets: &Assets) -> Digest {
    let pages: Vec<Digest> = site
        .pages
        .par_iter()
        .map(|page| {
            let document = page.document.as_ref().map(|document| (&document.source, document.tables));
            let releases: Vec<_> = page.releases.iter().map(|found| (found.number, &found.body.source)).collect();
            let document = (document, exports::file(page), releases);
            let Page { source, url, meta, .. } = &**page;
            Digest::of_value(&(source, url, page.key_line(KEYS), page.is_section(), document, &meta.aliases))
        })
        .collect();
    let sections: Vec<_> = site
        .sections
        .iter()
        .map(|section| (&section.folder, &section.url, section.page, section.pages.len(), section.paginate))
        .collect();
    let files: Vec<_> = site.files.iter().map(|file| (&file.file.path, &file.url)).collect();
    let linked: Option<BTreeSet<FileId>> = (!project.has_config()).then(|| linked_files(site));
    let terms = |taxonomy: &Taxonomy| -> Vec<Digest> {
        taxonomy.terms.iter().map(|term| Digest::of_value(&(&term.name, &term.url, term.pages.len()))).collect()
    };
    let taxonomies: Vec<_> = site.taxonomies.iter().map(|found| (&found.name, &found.url, terms(found))).collect();
    let feeds: Vec<_> = site.feeds.iter().map(|feed| (feed.scope, &feed.folder)).collect();
    let redirects: Vec<_> = site.redirects.iter().map(|redirect| (&redirect.from, redirect.to)).collect();
    let assets: Vec<_> = assets.list().iter().map(|asset| (&asset.name, &asset.url)).collect();
    Digest::of_value(&(
        (format!("{project:?}"), pages, sections, &site.section_of),
        (files, linked, taxonomies, feeds, redirects, assets),
    ))
}

/// The keys of front matter that give a page its address.
const KEYS: &[&str] = &["url", "slug"];

/// Lists the outputs of a site.
fn outputs(project: &Project, site: &Site, assets: &Assets) -> Reported<Vec<Output>> {
    // Somebody's first try, a folder without a configuration, is written with what is left.
    let mut planner = Planner { project, site, claims: Claims::default() };
    planner.pages();
    planner.sections();
    planner.files();
    planner.terms();
    planner.beside_pages();
    planner.feeds();
    planner.assets(assets);
    planner.whole_site();
    planner.aliases();
    planner.last();
    planner.claims.finish()
}

struct Planner<'a> {
    project: &'a Project,
    site: &'a Site,
    claims: Claims,
}

impl Planner<'_> {
    fn pages(&mut self) {
        for (id, page) in self.site.all_pages() {
            let section = self.site.section_of[id.0 as usize];
            let is_own = page.is_section() && self.site.section(section).page == Some(id);
            let recipe = if is_own { Recipe::Section(section, 0) } else { Recipe::Page(id) };
            let origin = Origin::Source(page.source.clone(), page.key_line(KEYS));
            self.claim(page.url.to_output(), origin, recipe);
        }
    }

    fn sections(&mut self) {
        for (id, section) in (0..).map(SectionId).zip(&self.site.sections) {
            let name =
                if id.0 == 0 { "the home page".to_string() } else { format!("the section \"{}\"", section.folder) };
            if section.page.is_none() {
                self.generated(&section.url, &name, Recipe::Section(id, 0));
            }
            for number in 1..list_pages(section.pages.len(), section.paginate) {
                let name = format!("page {} of {name}", number + 1);
                self.generated(&list_page(&section.url, number), &name, Recipe::Section(id, number));
            }
        }
    }

    /// The files beside the pages. In a folder without a configuration those that a page links to: nobody said that
    /// the others are to be published.
    fn files(&mut self) {
        let linked = (!self.project.has_config()).then(|| linked_files(self.site));
        for (id, file) in (0..).map(FileId).zip(&self.site.files) {
            if linked.as_ref().is_some_and(|linked| !linked.contains(&id)) {
                continue;
            }
            let origin = Origin::Source(file.file.path.clone(), None);
            self.claim(file.url.to_output(), origin, Recipe::Copy(id));
        }
    }

    fn terms(&mut self) {
        for (number, taxonomy) in self.site.taxonomies.iter().enumerate() {
            if taxonomy.terms.is_empty() {
                continue;
            }
            let name = format!("the list of {}", taxonomy.name);
            self.generated(&taxonomy.url, &name, Recipe::Taxonomy(number));
            for (term_number, term) in taxonomy.terms.iter().enumerate() {
                let name = format!("the term \"{}\" of {}", term.name, taxonomy.name);
                for page in 0..list_pages(term.pages.len(), self.project.config.paginate) {
                    self.generated(&list_page(&term.url, page), &name, Recipe::Term(number, term_number, page));
                }
            }
        }
    }

    /// The Markdown twins of pages, and the documents of templates in all their formats.
    fn beside_pages(&mut self) {
        let shown = self.claims.outputs().iter().filter_map(|output| shown_page(self.site, &output.recipe));
        let shown: HashSet<PageId> = shown.collect();
        // A page that lost its address to another has nothing beside it, and that was said once already.
        for (id, page) in self.site.all_pages().filter(|(id, _)| shown.contains(id)) {
            if let Some(body) = &page.document {
                let path = document(&page.url, body.source.extension()).to_output();
                self.claim(path, Origin::Source(body.source.clone(), None), Recipe::Document(id));
            }
            for export in exports::of(self.project, page) {
                // What somebody made by hand and put there is what they want there.
                self.unless_taken(
                    export.url.as_str(),
                    &format!("{} of {}", export.label, page.source),
                    Recipe::Export(id, export.format),
                );
            }
            if !page.releases.is_empty() {
                self.versions(id, page);
            }
            if self.project.config.outputs.twins {
                let name = format!("the Markdown twin of {}", page.source);
                self.generated(&twin(&page.url), &name, Recipe::Twin(id));
            }
        }
    }

    /// The versions of a template, for people and for programs.
    fn versions(&mut self, id: PageId, page: &Page) {
        let last = page.releases.len() - 1;
        let all = format!("the versions of {}", page.source);
        for (number, found) in page.releases.iter().enumerate() {
            let name = format!("version {} of {}", found.number, page.source);
            self.generated(&release::version(&page.url, found.number), &name, Recipe::Version(id, number));
            let text = release::snapshot(&page.url, found.number, found.extension()).to_output();
            self.claim(text, Origin::Source(found.body.source.clone(), None), Recipe::Snapshot(id, number));
            if number < last {
                let name = format!("what changed in {} since version {}", page.source, found.number);
                self.generated(&release::changes(&page.url, found.number), &name, Recipe::Changes(id, number));
            }
        }
        self.generated(&release::versions(&page.url), &all, Recipe::Versions(id));
        self.generated(&release::versions_json(&page.url), &all, Recipe::VersionsJson(id));
    }

    fn feeds(&mut self) {
        if self.site.feeds.is_empty() {
            return;
        }
        for found in &self.site.feeds {
            let name = self.feed_name(found.scope);
            for format in FeedFormat::ALL {
                let url = found.url(format, &self.project.config.feeds.path);
                self.generated(&url, &name, Recipe::Feed(found.scope, format));
            }
        }
        self.generated(&feed::generated(feed::SUBSCRIBE), "the page that names all feeds", Recipe::Subscribe);
        self.generated(&feed::generated(feed::OPML), "the list of all feeds", Recipe::Opml);
        self.generated(&feed::generated(feed::FEED_STYLE), "the style sheet of the feeds", Recipe::FeedStyle);
    }

    fn feed_name(&self, scope: FeedScope) -> String {
        match scope {
            FeedScope::Site => "the site's feed".to_string(),
            FeedScope::Section(id) => format!("the feed of the section \"{}\"", self.site.section(id).folder),
            FeedScope::Term(taxonomy, term) => {
                format!("the feed of the term \"{}\"", self.site.taxonomies[taxonomy].terms[term].name)
            }
            FeedScope::Template(id) => format!("the feed of the versions of {}", self.site.page(id).source),
        }
    }

    fn assets(&mut self, assets: &Assets) {
        for (number, asset) in assets.list().iter().enumerate() {
            let name = format!("the theme's asset {}", asset.name);
            self.generated(&asset.url, &name, Recipe::ThemeAsset(number));
        }
    }

    fn whole_site(&mut self) {
        let config = &self.project.config;
        self.generated(&feed::generated(feed::ALL_PAGES), "the index of all pages", Recipe::AllPages);
        // A page or file of the site's own takes the place of these two without a word.
        self.unless_taken(feed::NOT_FOUND, "the page for what is not there", Recipe::NotFound);
        self.unless_taken(feed::ROBOTS, "what search engines may read", Recipe::Robots);
        if let Some(url) = versions::catalogue_url(self.site) {
            self.generated(&url, "the list of templates", Recipe::Catalogue);
        }
        if config.outputs.graph {
            self.generated(&feed::generated(feed::GRAPH), "the graph of pages", Recipe::Graph);
        }
        if config.outputs.llms {
            self.generated(&feed::generated(feed::LLMS), "the overview for language models", Recipe::Llms);
        }
        if config.base_url.is_none() {
            return;
        }
        let parts = sitemap::count(self.claims.outputs()).div_ceil(sitemap::LIMIT);
        if parts <= 1 {
            self.generated(&feed::generated(feed::SITEMAP), "the sitemap", Recipe::Sitemap(0));
            return;
        }
        self.generated(&feed::generated(feed::SITEMAP), "the sitemap", Recipe::SitemapIndex);
        for part in 0..parts {
            self.generated(&sitemap::part(part), "a part of the sitemap", Recipe::Sitemap(part));
        }
    }

    fn aliases(&mut self) {
        for (number, redirect) in self.site.redirects.iter().enumerate() {
            let page = self.site.page(redirect.to);
            let path = redirect.from.to_output();
            if path == page.url.to_output() {
                continue;
            }
            let alias = page.meta.aliases.iter().find(|(url, _)| *url == redirect.from);
            let span = alias.map(|(_, span)| span.clone());
            self.claim(path, Origin::Source(page.source.clone(), span), Recipe::RedirectPage(number));
        }
    }

    /// What the host reads; it depends on all that stands before.
    fn last(&mut self) {
        let has_aliases = self.claims.outputs().iter().any(|output| matches!(output.recipe, Recipe::RedirectPage(_)));
        if has_aliases || !self.site.feeds.is_empty() && !self.claims.has("index.xml") {
            self.generated(&feed::generated("/_redirects"), "the redirects", Recipe::Redirects);
        }
        self.generated(&feed::generated("/_headers"), "the headers", Recipe::Headers);
    }

    fn unless_taken(&mut self, path: &str, name: &str, recipe: Recipe) {
        let url = feed::generated(path);
        if !self.claims.has(url.to_output().as_str()) {
            self.generated(&url, name, recipe);
        }
    }

    fn generated(&mut self, url: &UrlPath, name: &str, recipe: Recipe) {
        self.claim(url.to_output(), Origin::Generated(name.to_string()), recipe);
    }

    fn claim(&mut self, path: OutputPath, origin: Origin, recipe: Recipe) {
        let rank = match recipe {
            Recipe::Copy(_) | Recipe::ThemeAsset(_) | Recipe::FeedStyle => Rank::Asset,
            _ => Rank::Page,
        };
        self.claims.claim(Output { path, origin, rank, recipe });
    }
}

/// The files that a page links to.
fn linked_files(site: &Site) -> BTreeSet<FileId> {
    let targets = site.resolved.iter().flat_map(|page| {
        let texts = page.links.iter().chain(&page.document_links).chain(page.release_links.iter().flatten());
        texts.chain(page.see_also.iter().flatten()).chain(&page.image)
    });
    let files = targets.filter_map(|target| match target {
        Target::File(id) => Some(*id),
        _ => None,
    });
    files.collect()
}

/// Returns the page that an output shows, if it shows one.
pub fn shown_page(site: &Site, recipe: &Recipe) -> Option<PageId> {
    match recipe {
        Recipe::Page(id) => Some(*id),
        Recipe::Section(id, 0) => site.section(*id).page,
        _ => None,
    }
}
