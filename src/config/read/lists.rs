//! The keys that hold lists and maps: the menu, the taxonomies, the levels of the checks.

use crate::base::tree::Value;
use crate::config::fields::{Fields, scalar};
use crate::config::read::{link, taxonomy};
use crate::config::{LinkSetting, MenuItem, TaxonomySettings};
use crate::diag::code::Code;
use crate::diag::levels::{Level, Levels};

/// Keys and addresses that no taxonomy can have for its name.
const TAKEN: [&str; 14] = [
    "title",
    "description",
    "date",
    "updated",
    "draft",
    "expires",
    "slug",
    "url",
    "kind",
    "weight",
    "page",
    "assets",
    "all",
    "subscribe",
];

/// `menu:` is a list of links, or of `{label, link}`.
pub fn menu(fields: &mut Fields<'_>) -> Vec<MenuItem> {
    let mut menu = Vec::new();
    for node in fields.inner_list("menu") {
        if let Some(text) = scalar(node) {
            menu.push(MenuItem { label: None, target: LinkSetting { link: text, span: fields.file_span(node) } });
            continue;
        }
        let mut item = fields.open_item("menu", node);
        let label = item.text("label");
        match item.spanned_text("link") {
            Some(target) => menu.push(MenuItem { label, target: link(target) }),
            None => {
                let help = "write `- {label: Guides, link: guides/_index.md}`".to_string();
                item.report(Code::BadConfig, item.span(), "an entry of `menu` has no `link`".into(), Some(help));
            }
        }
        fields.close(item);
    }
    menu
}

/// `taxonomies:` is a list of names, or of `{name, title}`.
pub fn taxonomies(fields: &mut Fields<'_>) -> Option<Vec<TaxonomySettings>> {
    fields.node("taxonomies")?;
    let mut taxonomies = Vec::new();
    for node in fields.inner_list("taxonomies") {
        let found = match scalar(node) {
            Some(name) => taxonomy(&name),
            None => {
                let mut item = fields.open_item("taxonomies", node);
                let name = item.text("name").unwrap_or_default();
                let title = item.text("title");
                fields.close(item);
                TaxonomySettings { title: title.unwrap_or_else(|| taxonomy(&name).title), name }
            }
        };
        let is_name = crate::base::slug::slugify(&found.name) == found.name && !TAKEN.contains(&found.name.as_str());
        let is_new = taxonomies.iter().all(|known: &TaxonomySettings| known.name != found.name);
        match is_name && is_new {
            true => taxonomies.push(found),
            false => {
                let help = match is_new {
                    true => "write lower-case letters, digits and hyphens, and no key that pages have: `tags`",
                    false => "it stands in the list already: delete one of the two",
                };
                let help = Some(help.to_string());
                let message = format!("`{}` is not the name of a taxonomy", found.name);
                fields.report(Code::BadConfig, fields.file_span(node), message, help);
            }
        }
    }
    Some(taxonomies)
}

/// `checks:` gives codes their levels.
pub fn checks(fields: &mut Fields<'_>, levels: &mut Levels) {
    let Some(node) = fields.node("checks") else {
        return;
    };
    let Value::Map(entries) = &node.value else {
        let help = Some("write `checks: {broken-link: error}`".to_string());
        let message = format!("`checks` is {}, not a map of codes", node.describe());
        fields.report(Code::BadConfig, fields.file_span(node), message, help);
        return;
    };
    for entry in entries {
        let Some(code) = Code::from_name(&entry.key) else {
            let near = crate::base::did_you_mean::nearest(&entry.key, Code::ALL.iter().map(|code| code.name()));
            let help = near.map(|name| format!("did you mean `{name}`?"));
            fields.report(Code::UnknownKey, entry.key_span.clone(), format!("there is no check `{}`", entry.key), help);
            continue;
        };
        match scalar(&entry.value).as_deref().and_then(Level::parse) {
            Some(level) => levels.set(code, level),
            None => {
                let help = Some("write `error`, `warn`, `note` or `off`".to_string());
                let message = format!("the level of `{}` is not one", entry.key);
                fields.report(Code::BadConfig, fields.file_span(&entry.value), message, help);
            }
        }
    }
}
