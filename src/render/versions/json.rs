//! The versions of a template, and all templates of a site, for programs: `fieldbook fork` reads them.

use serde::Serialize;

use crate::base::path::UrlPath;
use crate::model::kinds::template::{Answer, Question};
use crate::model::page::{Page, PageId};
use crate::model::release::{self, Release};
use crate::model::site::Site;
use crate::render::view::Views;

#[derive(Serialize)]
struct Versions<'a> {
    title: &'a str,
    url: String,
    license: Option<&'a str>,
    file: Option<&'a str>,
    ask: Vec<Asked<'a>>,
    newest: u32,
    versions: Vec<Version<'a>>,
}

#[derive(Serialize)]
struct Asked<'a> {
    id: &'a str,
    label: &'a str,
    example: Option<&'a str>,
    r#type: &'static str,
    options: &'a [String],
}

#[derive(Serialize)]
struct Version<'a> {
    number: u32,
    hash: &'a str,
    released: Option<String>,
    note: Option<&'a str>,
    url: String,
    text_url: String,
    changes_url: Option<String>,
}

#[derive(Serialize)]
struct Catalogue<'a> {
    templates: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    slug: &'a str,
    title: &'a str,
    description: &'a str,
    url: String,
    version: u32,
    hash: &'a str,
    released: Option<String>,
    formats: Vec<&'static str>,
    text_url: String,
    versions_url: String,
}

/// Writes the versions of a template, newest first.
pub fn versions_json(views: &Views<'_>, id: PageId) -> Vec<u8> {
    let page = views.site.page(id);
    let Some(newest) = page.releases.last() else {
        return Vec::new();
    };
    let template = page.template();
    to_json(&Versions {
        title: page.title(),
        url: views.addresses.fullest(&page.url),
        license: license(views, page),
        file: template.and_then(|template| template.file.as_deref()),
        ask: template.map(|template| template.ask.iter().map(asked).collect()).unwrap_or_default(),
        newest: newest.number,
        versions: page.releases.iter().rev().map(|release| version(views, page, release)).collect(),
    })
}

/// Writes the list of all templates that have a released version.
pub fn catalogue(views: &Views<'_>) -> Vec<u8> {
    to_json(&Catalogue { templates: views.site.all_pages().filter_map(|(_, page)| listed(views, page)).collect() })
}

/// Returns the address of that list: at the section of the first template. None without a template.
pub fn catalogue_url(site: &Site) -> Option<UrlPath> {
    let (id, _) = site.all_pages().find(|(_, page)| !page.releases.is_empty())?;
    Some(release::beside(&site.section(site.section_of[id.0 as usize]).url, "index.json"))
}

fn version<'a>(views: &Views<'_>, page: &'a Page, release: &'a Release) -> Version<'a> {
    let number = release.number;
    let is_newest = page.releases.last().is_some_and(|newest| newest.number == number);
    Version {
        number,
        hash: release.identity.as_str(),
        released: page.released(release).map(|date| date.to_iso_day()),
        note: page.note(release),
        url: views.addresses.fullest(&release::version(&page.url, number)),
        text_url: views.addresses.fullest(&release::snapshot(&page.url, number, release.extension())),
        changes_url: (!is_newest).then(|| views.addresses.fullest(&release::changes(&page.url, number))),
    }
}

fn listed<'a>(views: &Views<'_>, page: &'a Page) -> Option<Listed<'a>> {
    let newest = page.releases.last()?;
    let path = page.url.as_str().trim_end_matches('/');
    Some(Listed {
        slug: path.rsplit('/').next().unwrap_or(path),
        title: page.title(),
        description: page.summary(),
        url: views.addresses.fullest(&page.url),
        version: newest.number,
        hash: newest.identity.as_str(),
        released: page.released(newest).map(|date| date.to_iso_day()),
        formats: vec![newest.extension()],
        text_url: views.addresses.fullest(&release::snapshot(&page.url, newest.number, newest.extension())),
        versions_url: views.addresses.fullest(&release::versions_json(&page.url)),
    })
}

fn license<'a>(views: &Views<'a>, page: &'a Page) -> Option<&'a str> {
    let own = page.template().and_then(|template| template.license.as_deref());
    own.or(page.meta.license.as_deref()).or(views.project.config.license.as_deref())
}

fn asked(question: &Question) -> Asked<'_> {
    let (r#type, options) = match &question.answer {
        Answer::Text => ("text", &[][..]),
        Answer::Date => ("date", &[][..]),
        Answer::Number => ("number", &[][..]),
        Answer::Choice(options) => ("choice", options.as_slice()),
    };
    Asked { id: &question.id, label: &question.label, example: question.example.as_deref(), r#type, options }
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_vec_pretty(value).expect("texts and numbers can always be written as JSON");
    json.push(b'\n');
    json
}
