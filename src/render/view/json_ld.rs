//! What search engines are told of a page, as JSON-LD with the words of schema.org.

use serde_json::{Map, Value, json};

use crate::base::path::UrlPath;
use crate::model::kinds::Details;
use crate::model::page::{Page, PageId};
use crate::render::view::Views;
use crate::render::view::license::license;

/// Returns the element for a page; `None` without a base URL, since addresses must be absolute.
pub fn for_page(views: &Views<'_>, id: PageId) -> Option<String> {
    let page = views.site.page(id);
    let mut thing = Map::new();
    let kind = if page.url == UrlPath::root() { "WebSite" } else { page.kind.spec().json_ld };
    let kind = if page.is_section() && kind != "WebSite" { "CollectionPage" } else { kind };
    thing.insert("@type".to_string(), kind.into());
    thing.insert("headline".to_string(), page.title().into());
    thing.insert("name".to_string(), page.title().into());
    describe(views, page, &mut thing)?;
    Some(element(vec![thing.into(), trail(views, id)?]))
}

/// Returns the element for a list that is no page; `None` without a base URL.
pub fn for_list(views: &Views<'_>, title: &str, description: &str, url: &UrlPath) -> Option<String> {
    let mut thing = Map::new();
    let kind = if *url == UrlPath::root() { "WebSite" } else { "CollectionPage" };
    thing.insert("@type".to_string(), kind.into());
    thing.insert("name".to_string(), title.into());
    if !description.is_empty() {
        thing.insert("description".to_string(), description.into());
    }
    thing.insert("url".to_string(), views.addresses.absolute(url)?.into());
    thing.insert("inLanguage".to_string(), views.project.config.language.as_str().into());
    if kind != "WebSite" {
        thing.insert("isPartOf".to_string(), website(views)?);
    }
    Some(element(vec![thing.into()]))
}

fn describe(views: &Views<'_>, page: &Page, thing: &mut Map<String, Value>) -> Option<()> {
    let config = &views.project.config;
    let meta = &page.meta;
    let mut set = |key: &str, value: Value| {
        if !value.is_null() && value != Value::Array(Vec::new()) && value != "" {
            thing.insert(key.to_string(), value);
        }
    };
    set("description", page.summary().into());
    set("datePublished", meta.date.as_ref().map(|date| date.to_rfc3339()).into());
    set("dateModified", meta.updated.as_ref().or(meta.date.as_ref()).map(|date| date.to_rfc3339()).into());
    let site_author = config.author.as_ref().map(|author| author.name.as_str());
    let authors: Value = match meta.authors.as_slice() {
        [] => site_author.map(|name| json!({"@type": "Organization", "name": name})).into(),
        names => names.iter().map(|name| json!({"@type": "Person", "name": name})).collect(),
    };
    set("author", authors);
    set("publisher", json!({"@type": "Organization", "name": site_author.unwrap_or(&config.title)}));
    let spdx = meta.license.as_deref().or(config.license.as_deref());
    set("license", spdx.map(|id| license(id).url.unwrap_or_else(|| id.to_string())).into());
    set("url", views.addresses.absolute(&page.url)?.into());
    set("inLanguage", config.language.as_str().into());
    if page.url != UrlPath::root() {
        set("isPartOf", website(views)?);
    }
    match &meta.details {
        Details::Interview(interview) => {
            let person = interview.person.as_ref().map(|person| json!({"@type": "Person", "name": person.name}));
            set("about", person.into());
        }
        Details::Chapter(chapter) => set("position", chapter.number.into()),
        Details::Template(template) => set("version", template.version.into()),
        Details::Meeting(_) | Details::None => {}
    }
    Some(())
}

fn website(views: &Views<'_>) -> Option<Value> {
    let url = views.addresses.absolute(&UrlPath::root())?;
    Some(json!({"@type": "WebSite", "name": views.project.config.title, "url": url}))
}

/// The way from the home page to a page.
fn trail(views: &Views<'_>, id: PageId) -> Option<Value> {
    let site = views.site;
    let page = site.page(id);
    let mut way = vec![(page.title(), &page.url)];
    let mut section = Some(site.section_of[id.0 as usize]);
    while let Some(number) = section
        && way.len() <= site.sections.len()
    {
        let around = site.section(number);
        if around.url != page.url {
            let title = if number.0 == 0 { &views.project.config.title } else { &around.title };
            way.push((title, &around.url));
        }
        section = around.parent;
    }
    let entries = way.iter().rev().enumerate().map(|(position, (title, url))| {
        Some(json!({
            "@type": "ListItem",
            "position": position + 1,
            "name": title,
            "item": views.addresses.absolute(url)?,
        }))
    });
    let entries: Option<Vec<Value>> = entries.collect();
    Some(json!({"@type": "BreadcrumbList", "itemListElement": entries?}))
}

/// Writes the element. No `<` is left in the data, so nothing in it can end the element or begin a comment.
fn element(things: Vec<Value>) -> String {
    let data = json!({"@context": "https://schema.org", "@graph": things}).to_string();
    format!("<script type=\"application/ld+json\">{}</script>", data.replace('<', "\\u003c"))
}

#[cfg(test)]
mod tests {
    use super::element;

    #[test]
    fn nothing_ends_the_element() {
        let html = element(vec!["</script><!-- <script>".into()]);
        assert_eq!(html.matches('<').count(), 2);
        let data = html.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</")).map(|(data, _)| data);
        let data: serde_json::Value = serde_json::from_str(data.expect("an element")).expect("JSON");
        assert_eq!(data["@graph"][0], "</script><!-- <script>");
    }
}
