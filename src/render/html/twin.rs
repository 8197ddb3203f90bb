//! The Markdown twin of a body: the text as written, with every link made absolute.

use std::ops::Range;

use crate::base::html::escape;
use crate::model::body::Body;
use crate::model::link::{Link, LinkForm, Target};
use crate::render::html::{HtmlContext, address};

/// Writes the twin of a body. Without a base URL addresses begin at the root of the host.
pub fn body(context: &HtmlContext<'_>, body: &Body, targets: &[Target]) -> String {
    let mut edits = Vec::new();
    for (link, target) in body.links.iter().zip(targets) {
        edits.extend(edits_of(context, body, link, target));
    }
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
    match link.form {
        LinkForm::FrontMatter => Vec::new(),
        LinkForm::Wiki => vec![(link.span.clone(), wiki(context, link, target, address.as_deref(), source))],
        LinkForm::Html | LinkForm::HtmlSource => {
            let value = escape(address.as_deref().unwrap_or("#")).into_owned();
            is_rewritten(target).then(|| (link.destination_span.clone(), value)).into_iter().collect()
        }
        LinkForm::Markdown | LinkForm::Image if !is_rewritten(target) => Vec::new(),
        LinkForm::Markdown | LinkForm::Image => match address {
            None => unlinked(link, source),
            Some(address) if link.destination_span == link.span => reference(link, source, &address),
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

/// A reference link, whose destination stands elsewhere, is given its own: `[text][name]` becomes `[text](address)`.
fn reference(link: &Link, source: &str, address: &str) -> Vec<Edit> {
    if !source.ends_with(']') {
        return Vec::new();
    }
    let start = label_end(source).map_or(link.span.end, |end| link.span.start + end);
    vec![(start..link.span.end, format!("({})", in_brackets(address)))]
}

/// A link that leads nowhere loses its destination, which may name a page that nobody should know of.
fn unlinked(link: &Link, source: &str) -> Vec<Edit> {
    let open = if source.starts_with('!') { 2 } else { 1 };
    let close = match link.destination_span == link.span {
        true => label_end(source).map(|end| end - 1).or_else(|| source.ends_with(']').then(|| source.len() - 1)),
        false => source
            .get(..link.destination_span.start.saturating_sub(link.span.start))
            .and_then(|before| before.rfind("](")),
    };
    match close {
        Some(close) if close >= open => vec![
            (link.span.start..link.span.start + open, String::new()),
            (link.span.start + close..link.span.end, String::new()),
        ],
        _ => Vec::new(),
    }
}

/// Where the text of a full or collapsed reference link ends, behind its bracket; `None` for `[text]` alone.
fn label_end(source: &str) -> Option<usize> {
    source.rfind("][").map(|at| at + 1)
}
