//! Types the front matter of a page, and reports what has the wrong type, what is unknown and what is missing.

mod hiding;
mod keys;
mod kinds;
mod links;
mod notes;
mod section;
mod title;

use crate::base::path::UrlPath;
use crate::config::fields::{Fields, Spanned, scalar};
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::model::kinds::Kind;
use crate::model::meta::Meta;
use crate::model::page::Role;
use crate::model::source::Source;
use crate::parse::address;
use crate::parse::address::layout::Spot;
use crate::parse::front_matter::FrontMatter;

/// What is known of a page before its front matter is typed.
pub struct Facts<'a> {
    /// Its file.
    pub source: &'a Source,
    /// Where it stands.
    pub spot: &'a Spot,
    /// What stands before its body.
    pub front_matter: &'a FrontMatter,
    /// Its kind.
    pub kind: Kind,
}

/// Front matter, typed.
pub struct Typed {
    /// What the page keeps.
    pub meta: Meta,
    /// What `slug:` says.
    pub slug: Option<Spanned<String>>,
    /// What `url:` says.
    pub url: Option<Spanned<String>>,
}

/// Types the front matter of a page.
pub fn read(project: &Project, facts: &Facts<'_>) -> Reported<Typed> {
    let Facts { source, spot, front_matter, kind } = facts;
    let mut diagnostics = Vec::new();
    let mut fields = Fields::open(&source.path, &front_matter.node, front_matter.offset);
    let written = fields.spanned_text("title");
    let title = title::resolve(project, facts, written).take(&mut diagnostics);
    // Known everywhere, even where the configuration has other taxonomies.
    for key in ["kind", "categories", "tags"] {
        fields.node(key);
    }
    let slug = fields.spanned_text("slug");
    let url = fields.spanned_text("url");
    let taxonomies = &project.config.taxonomies;
    let hiding = hiding::read(&mut fields);
    let mut meta = Meta {
        title,
        description: fields.text("description"),
        date: hiding.date,
        updated: fields.moment("updated"),
        change: fields.text("change"),
        aliases: aliases(&mut fields),
        also_called: values(fields.texts("also_called")),
        draft: hiding.draft || front_matter.may_be_hidden,
        publish_on: hiding.publish_on,
        expires: hiding.expires,
        authors: authors(&mut fields),
        terms: taxonomies.iter().map(|set| (set.name.clone(), values(fields.texts(&set.name)))).collect(),
        weight: fields.whole("weight"),
        id: fields.text("id"),
        owner: fields.text("owner"),
        reviewed: fields.moment("reviewed"),
        review_every: fields.period("review_every"),
        audience: hiding.audience,
        related: links::related(&mut fields, &source.text),
        see_also: links::see_also(&mut fields, &source.text),
        feed: fields.flag("feed"),
        toc: fields.flag("toc").unwrap_or(true),
        layout: fields.text("layout"),
        image: fields.spanned_text("image").map(|image| links::link(image, &source.text)),
        license: fields.text("license"),
        details: kinds::details(&mut fields, *kind, &source.text),
        children: match spot.role {
            Role::Section => section::children(&mut fields),
            Role::Leaf | Role::Bundle => Default::default(),
        },
        extra: fields.node("extra").map_or(serde_json::Value::Null, |node| node.to_json()),
    };
    missing(facts, &mut diagnostics);
    // A taxonomy of that name is no misspelling: its key is known by now.
    meta.draft |= hiding::misspelt(&mut fields);
    keys::explain(taxonomies, &mut fields, &front_matter.node, (*kind, spot.role));
    let mut faults = fields.finish();
    meta.draft |= hiding::contradicts(&front_matter.node, &mut faults);
    diagnostics.extend(faults);
    Reported::new(Typed { meta, slug, url }, diagnostics)
}

fn aliases(fields: &mut Fields<'_>) -> Vec<(UrlPath, std::ops::Range<usize>)> {
    let mut aliases = Vec::new();
    for written in fields.texts("aliases") {
        match address::alias(&written.value) {
            Ok(url) => aliases.push((url, written.span)),
            Err(fault) => {
                let message = format!("`{}` cannot have been an address of this site: {fault}", written.value);
                let help = "write the path that the page had: `/guides/old-name/`".to_string();
                fields.report(Code::BadAddress, written.span, message, Some(help));
            }
        }
    }
    aliases
}

/// The authors: texts, or maps with a `name`, under `authors` or `author`.
fn authors(fields: &mut Fields<'_>) -> Vec<String> {
    let mut authors = Vec::new();
    for key in ["authors", "author"] {
        for node in fields.inner_list(key) {
            match scalar(node) {
                Some(name) => authors.push(name.trim().to_string()),
                None => {
                    let mut person = fields.open_item(key, node);
                    authors.extend(person.text("name"));
                    for key in ["email", "url", "role"] {
                        person.node(key);
                    }
                    fields.close(person);
                }
            }
        }
    }
    authors.retain(|name| !name.is_empty());
    authors
}

/// Reports the keys that the kind cannot do without.
fn missing(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Facts { source, front_matter, kind, .. } = facts;
    for key in kind.spec().required {
        let is_there = Fields::open(&source.path, &front_matter.node, front_matter.offset).node(key).is_some();
        if !is_there {
            let message = format!("the {} has no `{key}`", kind.name());
            let help = format!("add `{key}:` to its front matter");
            diagnostics.push(Diagnostic::about(Code::MissingField, &source.path, message).help(help));
        }
    }
}

/// The texts without their places.
fn values(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}
