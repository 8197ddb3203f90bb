//! Lets a site replace a template that others of the theme extend, without having to keep all of its blocks.
//!
//! The engine refuses a template with a block that none of those it extends has. When one of them is the site's own,
//! the site chose to do without the block, so it gets a place where it is never shown.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::theme::{Template, Theme};

/// Where the templates that a site did not write come from.
const THEMES: &str = "themes/";

/// Returns the templates of a theme by name with the text that the engine is given. Bytes keep their place in it.
pub fn texts(theme: &Theme) -> Vec<(&str, Cow<'_, str>)> {
    let by_name: BTreeMap<&str, &Template> =
        theme.templates.iter().map(|template| (template.name.as_str(), template)).collect();
    let mut hidden: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for template in theme.templates.iter().filter(|template| is_of_theme(template)) {
        let parents = parents(template, &by_name);
        let Some(root) = parents.last() else {
            continue;
        };
        if parents.iter().all(|parent| is_of_theme(parent)) {
            continue;
        }
        let known: BTreeSet<&str> = parents.iter().flat_map(|parent| words_after(&parent.text, "block")).collect();
        let blocks = words_after(&template.text, "block");
        hidden.entry(&root.name).or_default().extend(blocks.into_iter().filter(|block| !known.contains(block)));
    }
    let text = |template: &'_ Template| match hidden.get(template.name.as_str()).filter(|blocks| !blocks.is_empty()) {
        Some(blocks) => {
            let blocks: String = blocks.iter().map(|block| format!("{{% block {block} %}}{{% endblock %}}")).collect();
            Some(format!("{}{{% if false %}}{blocks}{{% endif %}}", template.text))
        }
        None => None,
    };
    let templates = theme.templates.iter();
    templates.map(|found| (found.name.as_str(), text(found).map_or(Cow::Borrowed(&*found.text), Cow::Owned))).collect()
}

fn is_of_theme(template: &Template) -> bool {
    template.path.as_str().starts_with(THEMES)
}

/// The templates that one extends, the nearest first.
fn parents<'a>(template: &'a Template, by_name: &BTreeMap<&str, &'a Template>) -> Vec<&'a Template> {
    let mut parents: Vec<&Template> = Vec::new();
    let mut next = template;
    while let Some(name) = words_after(&next.text, "extends").first()
        && let Some(parent) = by_name.get(name.trim_matches(['"', '\'', '`']))
        && parents.len() < by_name.len()
    {
        parents.push(parent);
        next = parent;
    }
    parents
}

/// The words that follow `{% <tag>` in a template.
fn words_after<'a>(text: &'a str, tag: &str) -> Vec<&'a str> {
    let word = |after: &'a str| {
        let after = after.trim_start_matches('-').trim_start().strip_prefix(tag)?;
        let after = after.strip_prefix(char::is_whitespace)?.trim_start();
        Some(&after[..after.find(|c: char| c.is_whitespace() || matches!(c, '-' | '%')).unwrap_or(after.len())])
    };
    text.split("{%").skip(1).filter_map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::words_after;

    #[test]
    fn tags() {
        let text =
            "{% extends \"base.html\" %}{%- block main -%}{{ x }}{% endblock main %}{%block side%}{% if blocks %}";
        assert_eq!(words_after(text, "extends"), ["\"base.html\""]);
        assert_eq!(words_after(text, "block"), ["main", "side"]);
    }
}
