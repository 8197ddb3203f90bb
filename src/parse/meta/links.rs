//! Links in front matter.

use std::ops::Range;
use std::sync::Arc;

use crate::base::tree::{Node, Value};
use crate::config::fields::{Fields, Spanned, scalar};
use crate::model::link::{Link, LinkForm};
use crate::model::meta::SeeAlso;

/// Makes a link of a text; the brackets of `[[Name]]` may stand around it.
pub fn link(written: Spanned<String>, source: &str) -> Link {
    let span = inside_quotes(written.span, source);
    let name = written.value.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    let destination = match name {
        Some(name) => name.split('|').next().unwrap_or(name).trim().to_string(),
        None => written.value,
    };
    Link {
        destination_span: span.clone(),
        span,
        definition: None,
        form: LinkForm::FrontMatter,
        destination,
        sentence: Arc::default(),
    }
}

/// Takes the list `related`. YAML takes `[[Name]]` without quotes for a list in a list; it is understood all the same.
pub fn related(fields: &mut Fields<'_>, source: &str) -> Vec<Link> {
    let mut links = Vec::new();
    for node in fields.inner_list("related") {
        match text_of(node) {
            Some(text) if text.trim().is_empty() => {}
            Some(text) => {
                let written = Spanned { value: text.trim().to_string(), span: fields.file_span(node) };
                links.push(link(written, source));
            }
            None if node.value == Value::Null => {}
            None => {
                let mut item = fields.open_item("related", node);
                let written = item.spanned_text("path").or_else(|| item.spanned_text("url"));
                links.extend(written.map(|written| link(written, source)));
                fields.close(item);
            }
        }
    }
    links
}

/// Takes the list `see_also`: maps with `title` and `url`, or texts that are one or the other.
pub fn see_also(fields: &mut Fields<'_>, source: &str) -> Vec<SeeAlso> {
    let mut works = Vec::new();
    for node in fields.inner_list("see_also") {
        if node.value == Value::Null {
            continue;
        }
        let Some(text) = scalar(node) else {
            let mut item = fields.open_item("see_also", node);
            let title = item.text("title");
            let link = item.spanned_text("url").map(|url| link(url, source));
            fields.close(item);
            let title = title.or_else(|| link.as_ref().map(|link| link.destination.clone()));
            works.extend(title.map(|title| SeeAlso { title, link }));
            continue;
        };
        let written = Spanned { value: text.trim().to_string(), span: fields.file_span(node) };
        let is_address = !text.trim().contains(char::is_whitespace) && (text.contains('/') || text.contains(".md"));
        let title = written.value.clone();
        let link = is_address.then(|| link(written, source));
        works.push(SeeAlso { title, link });
    }
    works
}

/// The text of a node, or of the single item of a list in it.
fn text_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::List(items) if items.len() == 1 => text_of(&items[0]),
        _ => scalar(node),
    }
}

fn inside_quotes(span: Range<usize>, source: &str) -> Range<usize> {
    let written = source.get(span.clone()).unwrap_or("");
    let is_quoted = written.len() > 1 && ['"', '\''].iter().any(|q| written.starts_with(*q) && written.ends_with(*q));
    if is_quoted { span.start + 1..span.end - 1 } else { span }
}
