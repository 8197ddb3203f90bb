//! Plans what belongs at which path, and makes the bytes of it when they are wanted.

pub mod address;
pub mod assets;
pub mod blocks;
pub mod collisions;
pub mod exports;
pub mod fallback;
pub mod faults;
pub mod feed;
pub mod footer;
pub mod functions;
pub mod graph;
pub mod headers;
pub mod html;
pub mod inheritance;
pub mod keys;
pub mod lists;
pub mod llms;
pub mod pages;
pub mod plan;
pub mod redirects;
pub mod robots;
pub mod sitemap;
pub mod templates;
pub mod twins;
pub mod versions;
pub mod view;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::base::digest::Digest;
use crate::cache::Memo;
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::model::output::{Content, FeedFormat, FeedScope, Output, Recipe};
use crate::model::page::PageId;
use crate::model::site::Site;
use crate::model::theme::Theme;
use crate::render::assets::Assets;
use crate::render::faults::same_fault;
use crate::render::feed::{FeedContext, FeedItems};
use crate::render::keys::Facts;
use crate::render::plan::Plan;
use crate::render::templates::Templates;
use crate::render::view::Views;

/// Makes the bytes of outputs. Made once for a site, shared by all threads.
pub struct Renderer<'a> {
    views: Views<'a>,
    templates: Templates<'a>,
    assets: Assets,
    items: FeedItems,
    html: html::Shared,
    plan: Plan,
    facts: Facts,
    tried: Tried,
}

/// What a renderer remembers for the next build.
#[derive(Default)]
pub struct Memory {
    code: Arc<Memo>,
    tried: Tried,
    plan: Option<Plan>,
}

/// The faults of the outputs that templates were tried with, by the keys of those outputs.
type Tried = Vec<(Digest, Vec<Diagnostic>)>;

impl<'a> Renderer<'a> {
    /// Prepares everything that outputs share: templates, highlighter, navigation. `former` is what the renderer of
    /// a build before this one remembers; it makes this one quicker, and nothing else.
    pub fn new(project: &'a Project, site: &'a Site, theme: &'a Theme, former: &Memory) -> Reported<Self> {
        let mut diagnostics = Vec::new();
        let assets = Assets::new(project, theme).take(&mut diagnostics);
        let templates = Templates::compile(theme, &assets, project.config.base_path()).take(&mut diagnostics);
        let views = Views::new(project, site, &assets);
        let items = FeedItems::new(site);
        let plan = Plan::of(project, site, &assets, former.plan.as_ref());
        let html = html::Shared::new(site, former.code.clone());
        let facts = Facts::new(&views, theme, &plan);
        let mut renderer = Renderer { views, templates, assets, items, html, plan, facts, tried: Tried::new() };
        renderer.tried = renderer.try_templates(&former.tried);
        let faults = distinct(renderer.tried.iter().flat_map(|(_, faults)| faults));
        // What is reported once is left out elsewhere, so this too is part of every output.
        renderer.facts.everywhere = Digest::of_value(&(renderer.facts.everywhere, format!("{faults:?}")));
        renderer.templates.remember(&faults);
        diagnostics.extend(faults);
        Reported::new(renderer, diagnostics)
    }

    /// Returns what the renderer of the next build will want to remember.
    pub fn into_memory(self) -> Memory {
        Memory { code: self.html.into_code(), tried: self.tried, plan: Some(self.plan) }
    }

    /// Lists all outputs by path, each path once. What wants a path that is taken is reported and left out.
    pub fn plan(&self) -> &Reported<Vec<Output>> {
        &self.plan.outputs
    }

    /// Makes the bytes of one output.
    pub fn make(&self, output: &Output) -> Reported<Content> {
        if let Recipe::Copy(id) = output.recipe {
            return Reported::clean(Content::File(self.views.site.file(id).file.disk.clone()));
        }
        let Reported { value, diagnostics } = match self.html(&output.recipe) {
            Some(html) => Reported::new(html.value.into_bytes(), html.diagnostics),
            None => Reported::clean(self.bytes(&output.recipe)),
        };
        Reported::new(Content::Bytes(value), diagnostics)
    }

    /// Makes what a template makes.
    fn html(&self, recipe: &Recipe) -> Option<Reported<String>> {
        Some(match recipe {
            Recipe::Page(id) => self.page(*id),
            Recipe::Section(id, number) => self.section(*id, *number),
            Recipe::Taxonomy(number) => self.taxonomy(*number),
            Recipe::Term(taxonomy, term, number) => self.term(*taxonomy, *term, *number),
            Recipe::NotFound => self.not_found(),
            Recipe::AllPages => self.all_pages(),
            Recipe::Subscribe => self.subscribe(),
            Recipe::Versions(id) => self.versions(*id),
            Recipe::Version(id, number) => self.version(*id, *number),
            Recipe::Changes(id, number) => self.changes(*id, *number),
            Recipe::RedirectPage(number) => self.redirect(*number),
            _ => return None,
        })
    }

    /// Makes what no template makes.
    fn bytes(&self, recipe: &Recipe) -> Vec<u8> {
        let Views { project, site, addresses, .. } = self.views;
        let config = &project.config;
        let outputs = &self.plan.outputs.value;
        match recipe {
            Recipe::Twin(id) => self.twin(*id).into_bytes(),
            Recipe::Document(id) => self.document(*id),
            Recipe::Export(id, format) => self.export(*id, *format),
            Recipe::Snapshot(id, number) => self.snapshot(*id, *number),
            Recipe::VersionsJson(id) => versions::versions_json(&self.views, *id),
            Recipe::Catalogue => versions::catalogue(&self.views),
            Recipe::Feed(scope, format) => self.feed(*scope, *format),
            Recipe::Opml => self.with_feeds(feed::opml).unwrap_or_default(),
            Recipe::FeedStyle => self.assets.feed_style().to_vec(),
            Recipe::Sitemap(number) => sitemap::sitemap(site, outputs, addresses, *number),
            Recipe::SitemapIndex => sitemap::index(outputs, addresses),
            Recipe::Robots => robots::robots(config).into_bytes(),
            Recipe::Llms => llms::llms(project, site, addresses).into_bytes(),
            Recipe::Graph => graph::graph(site, addresses),
            Recipe::Redirects => redirects::redirects(config, site, outputs, addresses).into_bytes(),
            Recipe::Headers => headers::headers(config, outputs, addresses).into_bytes(),
            Recipe::ThemeAsset(number) => self.assets.list()[*number].bytes.to_vec(),
            // What remains is copied or made by a template.
            _ => Vec::new(),
        }
    }

    /// The document of a template as its file has it.
    fn document(&self, id: PageId) -> Vec<u8> {
        let document = self.views.site.page(id).document.as_ref();
        document.map(|document| document.text.as_bytes().to_vec()).unwrap_or_default()
    }

    fn feed(&self, scope: FeedScope, format: FeedFormat) -> Vec<u8> {
        let found = self.views.site.feeds.iter().find(|feed| feed.scope == scope);
        let bytes = found.and_then(|found| self.with_feeds(|context| feed::write(context, found, format)));
        bytes.unwrap_or_default()
    }

    /// Calls a writer of feeds with what it must know; `None` without a base URL.
    fn with_feeds<T>(&self, write: impl FnOnce(&FeedContext<'_>) -> T) -> Option<T> {
        let bodies = |id: PageId| self.feed_html(id);
        let context = FeedContext::new(self.views.project, self.views.site, &self.items, &bodies)?;
        Some(write(&context))
    }

    /// Makes a few outputs with each template to find what is wrong with it, so that it is reported once and not for
    /// every page, and always with the same page. `former` is what came of the same before.
    fn try_templates(&self, former: &[(Digest, Vec<Diagnostic>)]) -> Tried {
        let mut of_template: BTreeMap<String, Vec<&Output>> = BTreeMap::new();
        for output in &self.plan.outputs.value {
            if let Some(template) = self.template_of(&output.recipe) {
                of_template.entry(template).or_default().push(output);
            }
        }
        let few = of_template.into_values().flat_map(|outputs| {
            // The first has nothing before it, the last nothing behind it, and one between has both.
            let last = outputs.len() - 1;
            BTreeSet::from([0, last / 2, last]).into_iter().map(move |position| outputs[position])
        });
        let attempt = |output: &Output| {
            let key = self.key(output);
            let again = || self.html(&output.recipe).map(|html| html.diagnostics).unwrap_or_default();
            let known = former.iter().find(|(known, _)| *known == key).map(|(_, faults)| faults.clone());
            let mut faults = known.unwrap_or_else(again);
            faults.retain(|fault| fault.code == Code::TemplateError);
            (key, faults)
        };
        few.collect::<Vec<&Output>>().into_par_iter().map(attempt).collect()
    }

    /// The template that many outputs may share.
    fn template_of(&self, recipe: &Recipe) -> Option<String> {
        Some(match recipe {
            Recipe::Page(id) => self.page_template(*id).value,
            Recipe::Section(id, number) => self.section_template(*id, *number).value,
            Recipe::RedirectPage(_) => "redirect.html".to_string(),
            Recipe::Term(..) => "term.html".to_string(),
            Recipe::Taxonomy(_) => "taxonomy.html".to_string(),
            Recipe::Versions(_) => versions::VERSIONS_TEMPLATE.to_string(),
            Recipe::Version(..) => versions::VERSION_TEMPLATE.to_string(),
            Recipe::Changes(..) => versions::CHANGES_TEMPLATE.to_string(),
            // The others are made once anyhow.
            _ => return None,
        })
    }
}

/// The faults, each once, whichever page it was found with.
fn distinct<'d>(found: impl Iterator<Item = &'d Diagnostic>) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = Vec::new();
    for fault in found {
        if !faults.iter().any(|known| same_fault(known, fault)) {
            faults.push(fault.clone());
        }
    }
    faults
}
