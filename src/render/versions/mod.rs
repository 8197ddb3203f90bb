//! Makes the pages of a template's versions: the list of them, each by itself, and what has changed since.

mod json;
mod sheet;

pub use json::{catalogue, catalogue_url, versions_json};

use serde::Serialize;
use tera::Context;

use crate::diag::Reported;
use crate::document::diff::{Change, compare};
use crate::document::summary::summarise;
use crate::model::link::Target;
use crate::model::output::FeedScope;
use crate::model::page::PageId;
use crate::model::release::{self, Release};
use crate::render::blocks::PageBlocks;
use crate::render::view::comparison::{PartView, parts};
use crate::render::view::head::HeadFacts;
use crate::render::view::value;
use crate::render::view::versions::VersionView;
use crate::render::{Renderer, fallback, html};

/// The template of the list of versions.
pub const VERSIONS_TEMPLATE: &str = "versions.html";
/// The template of a version.
pub const VERSION_TEMPLATE: &str = "version.html";
/// The template of what has changed.
pub const CHANGES_TEMPLATE: &str = "changes.html";

#[derive(Serialize)]
struct ComparisonView<'b> {
    from: VersionView<'b>,
    to: VersionView<'b>,
    summary: String,
    parts: Vec<PartView>,
}

impl Renderer<'_> {
    /// Makes the list of a template's versions.
    pub(super) fn versions(&self, id: PageId) -> Reported<String> {
        let page = self.views.site.page(id);
        let url = release::versions(&page.url);
        let title = format!("Versions of {}", page.title());
        let description = format!("All released versions of {}, and what changed in each.", page.title());
        let facts = HeadFacts { url: Some(&url), description: &description, ..HeadFacts::default() };
        let mut context = self.versions_context(id, &title, facts);
        context.insert_value("versions", self.views.versions(page));
        self.show(VERSIONS_TEMPLATE, &context, (&title, url.as_str()), || {
            let named: Vec<(String, &Release)> =
                page.releases.iter().map(|release| (format!("Version {}", release.number), release)).collect();
            let href = |release: &Release| self.views.addresses.href(&release::version(&page.url, release.number));
            fallback::list(named.iter().map(|(name, release)| (name.as_str(), href(release))))
        })
    }

    /// Makes the permanent page of a version.
    pub(super) fn version(&self, id: PageId, number: usize) -> Reported<String> {
        let page = self.views.site.page(id);
        let release = &page.releases[number];
        let url = release::version(&page.url, release.number);
        let title = format!("{}, version {}", page.title(), release.number);
        // The newest says what the template's page says, which is where search engines are to send people; earlier ones
        // are for those who have a copy.
        let is_newest = number + 1 == page.releases.len();
        let facts = HeadFacts {
            url: is_newest.then_some(&page.url),
            description: page.note(release).unwrap_or_else(|| page.summary()),
            is_article: true,
            ..HeadFacts::default()
        };
        let document = self.release_html(id, number);
        let summary = if is_newest { String::new() } else { summarise(&self.changes_since(id, number)) };
        let mut context = self.versions_context(id, &title, facts);
        context.insert_value("version", value(&self.views.version(page, release)));
        context.insert_value("document", tera::Value::safe_string(&document));
        context.insert_value("summary", summary.into());
        self.show(VERSION_TEMPLATE, &context, (&title, url.as_str()), || document.clone())
    }

    /// Makes the page of what has changed from a version to the newest.
    pub(super) fn changes(&self, id: PageId, number: usize) -> Reported<String> {
        let page = self.views.site.page(id);
        let (from, to) = (&page.releases[number], &page.releases[page.releases.len() - 1]);
        let url = release::changes(&page.url, from.number);
        let title = format!("{}: what changed since version {}", page.title(), from.number);
        let changes = self.changes_since(id, number);
        let secrets = self.secrets(id);
        let comparison = ComparisonView {
            from: self.views.version(page, from),
            to: self.views.version(page, to),
            summary: summarise(&changes),
            parts: parts(&changes, to.format(), &secrets),
        };
        let mut context = self.versions_context(id, &title, HeadFacts::default());
        context.insert_value("comparison", value(&comparison));
        self.show(CHANGES_TEMPLATE, &context, (&title, url.as_str()), || {
            format!("<p>{}</p>", crate::base::html::escape(&comparison.summary))
        })
    }

    /// The text of a version as it was released.
    pub(super) fn snapshot(&self, id: PageId, number: usize) -> Vec<u8> {
        self.views.site.page(id).releases[number].body.text.as_bytes().to_vec()
    }

    fn changes_since(&self, id: PageId, number: usize) -> Vec<Change> {
        let releases = &self.views.site.page(id).releases;
        let newest = &releases[releases.len() - 1];
        compare(&releases[number].body.text, &newest.body.text, newest.format())
    }

    /// The HTML of a version. What is wrong in it was published so, and is not reported.
    fn release_html(&self, id: PageId, number: usize) -> String {
        let page = self.views.site.page(id);
        let release = &page.releases[number];
        if !release.body.source.is_markdown() {
            return sheet::html(&release.body.text);
        }
        let blocks = PageBlocks::new(&self.templates, page.source.as_str());
        let context = self.html_context(id, &blocks);
        html::body(&context, &release.body, self.release_links(id, number)).value
    }

    fn release_links(&self, id: PageId, number: usize) -> &[Target] {
        self.views.site.resolved(id).release_links.get(number).map_or(&[], Vec::as_slice)
    }

    /// The names in the versions of a template of what is not in this build.
    fn secrets(&self, id: PageId) -> Vec<&str> {
        let releases = self.views.site.page(id).releases.iter().enumerate();
        let links =
            releases.flat_map(|(number, release)| release.body.links.iter().zip(self.release_links(id, number)));
        let withheld = links.filter(|(_, target)| **target == Target::Withheld);
        withheld.map(|(link, _)| link.destination.as_str()).filter(|name| !name.is_empty()).collect()
    }

    fn versions_context(&self, id: PageId, title: &str, facts: HeadFacts<'_>) -> Context {
        let section = self.views.site.section_of[id.0 as usize];
        let position = self.views.shared.positions[id.0 as usize];
        let feed = Some(FeedScope::Template(id));
        let mut context = self.context(self.views.head(HeadFacts { title, feed, ..facts }));
        context.insert_value("sidebar", self.views.sidebar(section, position));
        context.insert_value("template", self.views.template_of_versions(id));
        context
    }

    /// Renders a template of the theme, or writes plainly what `content` gives.
    fn show(
        &self,
        template: &str,
        context: &Context,
        (title, url): (&str, &str),
        content: impl FnOnce() -> String,
    ) -> Reported<String> {
        let rendered = self.templates.render(template, context, url);
        let language = &self.views.project.config.language;
        let plain = || fallback::page(language, title, &content());
        Reported::new(rendered.value.unwrap_or_else(plain), rendered.diagnostics)
    }
}
