//! The Markdown twin of a body: the text as written, with every link made absolute.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::Parser;

use crate::base::html::{escape, unescape};
use crate::markdown::parser::options;
use crate::model::body::Body;
use crate::model::link::{Link, LinkForm, Target};
use crate::render::html::{HtmlContext, address};

/// Writes the twin of a body. Without a base URL addresses begin at the root of the host.
pub fn body(context: &HtmlContext<'_>, body: &Body, targets: &[Target]) -> String {
    let mut edits = Vec::new();
    for (link, target) in body.links.iter().zip(targets) {
        edits.extend(edits_of(context, body, link, target));
    }
    edits.extend(definitions(context, body, targets));
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(body.span.len() + body.span.len() / 8);
    let mut plain = body.span.start;
    for (range, text) in edits {
        // Of edits that overlap, such as those of an image in the label of a wiki link, the outer one counts.
        if range.start < plain || range.end > body.span.end {
            continue;
        }
        out.push_str(&body.text[plain..range.start]);
        out.push_str(&text);
        plain = range.end;
    }
    out.push_str(&body.text[plain..body.span.end]);
    out
}

/// Bytes of the file and what stands there in the twin.
type Edit = (Range<usize>, String);

fn edits_of(context: &HtmlContext<'_>, body: &Body, link: &Link, target: &Target) -> Vec<Edit> {
    let Some(source) = body.text.get(link.span.clone()) else {
        return Vec::new();
    };
    let address = address_of(context, target);
    let is_wiki = link.form == LinkForm::Wiki || (source.starts_with("![[") && source.ends_with("]]"));
    match link.form {
        _ if is_wiki => vec![(link.span.clone(), wiki(context, link, target, address.as_deref(), source))],
        LinkForm::FrontMatter | LinkForm::Wiki => Vec::new(),
        LinkForm::Html | LinkForm::HtmlSource => {
            // In a quotation the text of a tag may not be as in the file, and then nor is its place.
            let written = body.text.get(link.destination_span.clone()).map(unescape);
            let is_here = written.is_some_and(|written| written.trim() == link.destination);
            let value = escape(address.as_deref().unwrap_or("#")).into_owned();
            (is_here && is_rewritten(target)).then(|| (link.destination_span.clone(), value)).into_iter().collect()
        }
        LinkForm::Markdown | LinkForm::Image if !is_rewritten(target) => Vec::new(),
        LinkForm::Markdown if *target == Target::Withheld && !source.starts_with('[') => {
            vec![(link.span.clone(), "…".to_string())]
        }
        LinkForm::Markdown | LinkForm::Image => match address {
            None => unlinked(body, link, source),
            Some(_) if is_reference(link) => Vec::new(),
            Some(address) => vec![(link.destination_span.clone(), in_brackets(&address))],
        },
    }
}

/// Whether the address of a target differs from what is written: other sites and ids on the page itself do not.
fn is_rewritten(target: &Target) -> bool {
    !matches!(target, Target::External(_) | Target::Fragment(_))
}

fn address_of(context: &HtmlContext<'_>, target: &Target) -> Option<String> {
    match &context.project.config.base_url {
        Some(base) if is_rewritten(target) => address::absolute(context, base, target),
        _ => address::href(context, target),
    }
}

/// An address that may stand between round brackets.
fn in_brackets(address: &str) -> String {
    address.replace('(', "%28").replace(')', "%29")
}

/// What a wiki link becomes: an ordinary link, or its label when it leads nowhere.
fn wiki(context: &HtmlContext<'_>, link: &Link, target: &Target, address: Option<&str>, source: &str) -> String {
    let inner = source.trim_start_matches('!').trim_start_matches("[[").trim_end_matches("]]");
    let label = match (inner.split_once('|'), target) {
        (Some((_, label)), _) => label.to_string(),
        (None, Target::Page(id, _)) => in_label(context.site.page(*id).title()),
        (None, Target::Section(id)) => in_label(&context.site.section(*id).title),
        (None, Target::Withheld) => "…".to_string(),
        (None, _) => in_label(&link.destination),
    };
    let mark = if source.starts_with('!') { "!" } else { "" };
    match address {
        Some(address) => format!("{mark}[{label}]({})", in_brackets(address)),
        None => label,
    }
}

/// A title as the text of a link.
fn in_label(title: &str) -> String {
    title.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// The definitions of reference links, which are given the new addresses. What leads nowhere is no longer defined.
fn definitions(context: &HtmlContext<'_>, body: &Body, targets: &[Target]) -> Vec<Edit> {
    let references = body.links.iter().zip(targets).filter(|(link, _)| is_reference(link));
    let references: HashMap<&str, &Target> =
        references.map(|(link, target)| (link.destination.as_str(), target)).collect();
    if references.is_empty() {
        return Vec::new();
    }
    let parser = Parser::new_ext(&body.text[body.span.clone()], options(&context.project.config.markdown));
    let mut edits = Vec::new();
    for (label, definition) in parser.reference_definitions().iter() {
        let Some(target) = references.get(&*definition.dest).filter(|target| is_rewritten(target)) else {
            continue;
        };
        let span = body.span.start + definition.span.start..body.span.start + definition.span.end;
        let text = match (address_of(context, target), &definition.title) {
            (None, _) => String::new(),
            (Some(address), None) => format!("[{label}]: {address}"),
            (Some(address), Some(title)) => {
                format!("[{label}]: {address} \"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""))
            }
        };
        edits.push((span, text));
    }
    edits
}

/// Whether the destination of a link stands elsewhere, in a definition.
fn is_reference(link: &Link) -> bool {
    matches!(link.form, LinkForm::Markdown | LinkForm::Image) && link.destination_span == link.span
}

/// A link that leads nowhere loses its destination, which may name a page that nobody should know of.
fn unlinked(body: &Body, link: &Link, source: &str) -> Vec<Edit> {
    let open = if source.starts_with('!') { 2 } else { 1 };
    let close = match is_reference(link) {
        true => label_end(source).map(|end| end - 1).or_else(|| source.ends_with(']').then(|| source.len() - 1)),
        false => source
            .get(..link.destination_span.start.saturating_sub(link.span.start))
            .and_then(|before| before.rfind("](")),
    };
    match close {
        Some(close) if close >= open => vec![
            (link.span.start..link.span.start + open, String::new()),
            (link.span.start + close..end_of_reference(body, link), String::new()),
        ],
        _ => Vec::new(),
    }
}

/// Where a link ends. The empty brackets of a collapsed reference are not in its span.
fn end_of_reference(body: &Body, link: &Link) -> usize {
    let is_collapsed = is_reference(link) && body.text[link.span.end..].starts_with("[]");
    link.span.end + if is_collapsed { 2 } else { 0 }
}

/// Where the text of a full or collapsed reference link ends, behind its bracket; `None` for `[text]` alone.
fn label_end(source: &str) -> Option<usize> {
    source.rfind("][").map(|at| at + 1)
}
