//! The versions of a template as templates of the theme see them.

use serde::Serialize;
use tera::Value;

use crate::model::page::{Page, PageId};
use crate::model::release::{self, Release};
use crate::render::view::license::{LicenseView, license};
use crate::render::view::{DateView, Views, link, value};

#[derive(Serialize)]
struct TemplateView<'b> {
    title: &'b str,
    url: String,
    breadcrumbs: Vec<Value>,
    license: Option<LicenseView>,
    newest: Option<u32>,
    versions_url: String,
    json_url: String,
    feed_url: Option<String>,
}

/// A released version.
#[derive(Serialize)]
pub struct VersionView<'b> {
    number: u32,
    hash: &'b str,
    released: Option<DateView>,
    note: Option<&'b str>,
    is_newest: bool,
    url: String,
    text_url: String,
    changes_url: Option<String>,
}

impl Views<'_> {
    /// Makes the view of a template that its versions share.
    pub fn template_of_versions(&self, id: PageId) -> Value {
        let page = self.site.page(id);
        let mut breadcrumbs = self.breadcrumbs(id);
        breadcrumbs.push(link(self.addresses, page.title(), &page.url));
        let own = page.template().and_then(|template| template.license.as_deref());
        let own = own.or(page.meta.license.as_deref()).or(self.project.config.license.as_deref());
        value(&TemplateView {
            title: page.title(),
            url: self.addresses.href(&page.url),
            breadcrumbs,
            license: own.map(license),
            newest: page.releases.last().map(|release| release.number),
            versions_url: self.addresses.href(&release::versions(&page.url)),
            json_url: self.addresses.href(&release::versions_json(&page.url)),
            feed_url: self.feed_url_of_template(id),
        })
    }

    /// Makes the views of all versions of a template, newest first.
    pub fn versions(&self, page: &Page) -> Value {
        let views: Vec<VersionView<'_>> =
            page.releases.iter().rev().map(|release| self.version(page, release)).collect();
        value(&views)
    }

    /// Makes the view of a version.
    pub fn version<'b>(&self, page: &'b Page, release: &'b Release) -> VersionView<'b> {
        let is_newest = page.releases.last().is_some_and(|newest| newest.number == release.number);
        let href = |url| self.addresses.href(&url);
        VersionView {
            number: release.number,
            hash: release.identity.as_str(),
            released: page.released(release).map(DateView::of),
            note: page.note(release),
            is_newest,
            url: href(release::version(&page.url, release.number)),
            text_url: href(release::snapshot(&page.url, release.number, release.extension())),
            changes_url: (!is_newest).then(|| href(release::changes(&page.url, release.number))),
        }
    }
}
