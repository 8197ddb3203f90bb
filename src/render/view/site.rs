//! The site as templates see it.

use serde::Serialize;
use tera::Value;

use crate::config::project::Project;
use crate::model::feed::{ALL_PAGES, OPML, SUBSCRIBE, generated};
use crate::model::output::{FeedFormat, FeedScope};
use crate::model::section::Section;
use crate::model::site::Site;
use crate::render::address::{Addresses, is_elsewhere};
use crate::render::footer::footer;
use crate::render::view::license::{LicenseView, license};
use crate::render::view::value;

/// The name of the program with its version.
pub const GENERATOR: &str = concat!("Fieldbook ", env!("CARGO_PKG_VERSION"));

#[derive(Serialize)]
struct SiteView<'b> {
    title: &'b str,
    description: &'b str,
    language: &'b str,
    author: Option<AuthorView<'b>>,
    copyright: Option<&'b str>,
    license: Option<LicenseView>,
    home_url: String,
    base_url: Option<String>,
    menu: Vec<MenuView<'b>>,
    sections: Vec<SectionView<'b>>,
    taxonomies: Vec<TaxonomyView<'b>>,
    feeds: Option<FeedsView>,
    all_url: String,
    logo_url: Option<String>,
    icon_url: Option<String>,
    footer: Option<Value>,
    repository_url: Option<&'b str>,
    extra: &'b serde_json::Value,
    generator: &'static str,
}

#[derive(Serialize)]
struct AuthorView<'b> {
    name: &'b str,
    email: Option<&'b str>,
    url: Option<&'b str>,
}

#[derive(Serialize)]
struct MenuView<'b> {
    label: &'b str,
    url: String,
}

/// A section in a list of sections.
#[derive(Serialize)]
pub struct SectionView<'b> {
    title: &'b str,
    url: String,
    kind: &'static str,
    count: usize,
    description: &'b str,
}

#[derive(Serialize)]
struct TaxonomyView<'b> {
    title: &'b str,
    url: String,
    count: usize,
}

#[derive(Serialize)]
struct FeedsView {
    rss: String,
    atom: String,
    json: String,
    opml: String,
    subscribe_url: String,
}

/// Makes the view of a site; `counts` are the pages of each section with those of the sections in it.
pub fn site(project: &Project, site: &Site, addresses: Addresses<'_>, counts: &[usize]) -> Value {
    let config = &project.config;
    let author = config.author.as_ref().map(|author| AuthorView {
        name: &author.name,
        email: author.email.as_deref(),
        url: author.url.as_deref(),
    });
    let taxonomies = site.taxonomies.iter().filter(|taxonomy| !taxonomy.terms.is_empty());
    let taxonomies = taxonomies.map(|taxonomy| TaxonomyView {
        title: &taxonomy.title,
        url: addresses.href(&taxonomy.url),
        count: taxonomy.terms.len(),
    });
    let settings = &site.settings;
    let top = site.sections.first();
    value(&SiteView {
        title: &config.title,
        description: &config.description,
        language: &config.language,
        author,
        copyright: config.copyright.as_deref(),
        license: config.license.as_deref().map(license),
        home_url: format!("{}/", config.base_path()),
        base_url: config.base_url.as_ref().map(|base| format!("{}{}", base.origin, base.path)),
        menu: menu(site, addresses),
        sections: top.map(|top| subsections(site, top, addresses, counts)).unwrap_or_default(),
        taxonomies: taxonomies.collect(),
        feeds: feeds(project, site, addresses),
        all_url: addresses.href(&generated(ALL_PAGES)),
        logo_url: settings.logo.as_ref().and_then(|logo| addresses.target(logo)),
        icon_url: settings.icon.as_ref().and_then(|icon| addresses.target(icon)),
        footer: config
            .appearance
            .footer
            .as_ref()
            .map(|line| Value::safe_string(&footer(&line.link, config, &|link| footer_href(site, addresses, link)))),
        repository_url: config.repository.as_ref().map(|repository| repository.url.as_str()),
        extra: &config.extra,
        generator: GENERATOR,
    })
}

/// What a destination in the line at the foot of each page is on the site.
fn footer_href(site: &Site, addresses: Addresses<'_>, link: &str) -> Option<String> {
    match site.settings.footer.iter().find(|(written, _)| written == link) {
        Some((_, target)) => addresses.target(target),
        // A bare address, or one that stands elsewhere than behind its words.
        None => is_elsewhere(link).then(|| link.to_string()),
    }
}

/// Makes the list of the sections in a section.
pub fn subsections<'b>(
    site: &'b Site,
    section: &Section,
    addresses: Addresses<'_>,
    counts: &[usize],
) -> Vec<SectionView<'b>> {
    let sections = section.sections.iter().map(|id| (site.section(*id), counts[id.0 as usize]));
    let view = |(section, count): (&'b Section, usize)| SectionView {
        title: &section.title,
        url: addresses.href(&section.url),
        kind: section.kind,
        count,
        description: section.page.map_or("", |id| site.page(id).summary()),
    };
    sections.map(view).collect()
}

fn menu<'b>(site: &'b Site, addresses: Addresses<'_>) -> Vec<MenuView<'b>> {
    let entry = |(label, url): (&'b str, Option<String>)| Some(MenuView { label, url: url? });
    if !site.menu.is_empty() {
        let entries = site.menu.iter().map(|entry| (entry.label.as_str(), addresses.target(&entry.target)));
        return entries.filter_map(entry).collect();
    }
    let top = site.sections.first().map_or(&[][..], |top| &top.sections);
    let sections = top.iter().map(|id| site.section(*id));
    sections.map(|section| (section.title.as_str(), Some(addresses.href(&section.url)))).filter_map(entry).collect()
}

fn feeds(project: &Project, site: &Site, addresses: Addresses<'_>) -> Option<FeedsView> {
    let feed = site.feeds.iter().find(|feed| feed.scope == FeedScope::Site)?;
    let url = |format| addresses.href(&feed.url(format, &project.config.feeds.path));
    Some(FeedsView {
        rss: url(FeedFormat::Rss),
        atom: url(FeedFormat::Atom),
        json: url(FeedFormat::Json),
        opml: addresses.href(&generated(OPML)),
        subscribe_url: addresses.href(&generated(SUBSCRIBE)),
    })
}
