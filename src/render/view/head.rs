//! What stands in the head of a page.

use serde::Serialize;
use tera::Value;

use crate::base::path::UrlPath;
use crate::model::output::FeedScope;
use crate::render::view::site::GENERATOR;
use crate::render::view::{Views, value};

/// What the head of one page is made of.
#[derive(Default)]
pub struct HeadFacts<'b> {
    /// The page's own title; empty for the home page.
    pub title: &'b str,
    /// One or two sentences.
    pub description: &'b str,
    /// Its address; none for a page that is no address of its own (`404.html`).
    pub url: Option<&'b UrlPath>,
    /// Whether it is something to read rather than a list.
    pub is_article: bool,
    /// The address of its picture.
    pub image: Option<&'b UrlPath>,
    /// The whole element of JSON-LD.
    pub json_ld: Option<String>,
    /// The feed it belongs to, beside the site's.
    pub feed: Option<FeedScope>,
    /// The `href` of its Markdown twin.
    pub twin_url: Option<String>,
}

#[derive(Serialize)]
struct HeadView<'b> {
    title: String,
    description: &'b str,
    canonical: Option<String>,
    robots: Option<&'static str>,
    og: OpenGraphView<'b>,
    json_ld: Option<Value>,
    feeds: Vec<Value>,
    twin_url: Option<String>,
    stylesheets: &'b Value,
    scripts: &'b Value,
    icon_url: Option<String>,
    language: &'b str,
    generator: &'static str,
    preload: [&'static str; 0],
}

#[derive(Serialize)]
struct OpenGraphView<'b> {
    r#type: &'static str,
    title: &'b str,
    description: &'b str,
    url: Option<String>,
    image: Option<String>,
    site_name: &'b str,
}

impl Views<'_> {
    /// Makes the head of a page.
    pub fn head(&self, facts: HeadFacts<'_>) -> Value {
        let config = &self.project.config;
        let site = config.title.as_str();
        let title = match facts.title {
            "" => site.to_string(),
            title if title == site => site.to_string(),
            title => format!("{title} · {site}"),
        };
        let description = if facts.description.is_empty() { &config.description } else { facts.description };
        let canonical = facts.url.and_then(|url| self.addresses.absolute(url));
        let is_hidden = config.is_preview || facts.url.is_none();
        let settings = &self.site.settings;
        value(&HeadView {
            title,
            description,
            og: OpenGraphView {
                r#type: if facts.is_article { "article" } else { "website" },
                title: if facts.title.is_empty() { site } else { facts.title },
                description,
                url: canonical.clone(),
                image: facts.image.and_then(|image| self.addresses.absolute(image)),
                site_name: site,
            },
            canonical,
            robots: is_hidden.then_some("noindex"),
            json_ld: facts.json_ld.map(|html| Value::safe_string(&html)),
            feeds: self.shared.alternates(facts.feed),
            twin_url: facts.twin_url,
            stylesheets: &self.shared.stylesheets,
            scripts: &self.shared.scripts,
            icon_url: settings.icon.as_ref().and_then(|icon| self.addresses.target(icon)),
            language: &config.language,
            generator: GENERATOR,
            // No file of the theme is needed before its style sheet says so.
            preload: [],
        })
    }
}
