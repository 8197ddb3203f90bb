//! What the script of a template's page fills in: the document in pieces, so that it need not read Markdown.

use std::ops::Range;

use serde::Serialize;
use tera::Value;

use crate::base::fence::{Split, split};
use crate::base::html::escape;
use crate::document::blocks::{self, Kind};
use crate::document::provenance::{self, Place, Provenance};
use crate::document::state::{self, Tick};
use crate::document::version::Identity;
use crate::document::{Format, placeholders};
use crate::model::body::Body;
use crate::model::kinds::template::Template;
use crate::model::page::Page;
use crate::render::address::Addresses;

/// A template's document for the script. The pieces, one after the other, are the document to the byte.
#[derive(Serialize)]
struct Form<'b> {
    /// Where the page is: what is kept in a browser is kept under it.
    id: String,
    title: &'b str,
    version: Option<i64>,
    hash: String,
    /// The name of the file that is downloaded.
    file: String,
    /// The title of a fork, with placeholders; none where its front matter has one.
    fork_title: Option<String>,
    /// The questions: id and label.
    asks: Vec<(&'b str, &'b str)>,
    /// The boxes.
    items: Vec<Item>,
    /// The front matter of the document.
    own: Vec<Piece>,
    /// The front matter of a fork, with where it comes from but without a title.
    front: Vec<Piece>,
    /// What stands behind the front matter.
    body: Vec<Piece>,
    /// The last line of a fork without that front matter.
    line: Option<String>,
    /// The same in HTML.
    line_html: Option<String>,
}

#[derive(Serialize)]
struct Item {
    text: String,
    mark: String,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Piece {
    Text(String),
    Field {
        field: String,
        /// Whether it stands in the row of a table.
        cell: bool,
    },
    Box {
        /// Its number among the items.
        r#box: usize,
    },
    Guide {
        guide: Vec<Piece>,
    },
}

/// Makes what the script works on, as JSON that may stand in a `<script>`; `license` is the name of the licence.
pub fn form(page: &Page, template: &Template, body: &Body, license: Option<String>, addresses: Addresses<'_>) -> Value {
    let text = &*body.text;
    let provenance = provenance(page, template, text, license, addresses);
    let own_end = match split(text) {
        Split::Found { body, .. } => body.start,
        _ => 0,
    };
    let (own, rest) = text.split_at(own_end);
    let written = match &provenance {
        Some(given) => provenance::write(text, &Provenance { title: None, ..given.clone() }, Place::FrontMatter),
        None => text.to_string(),
    };
    let front = written.strip_suffix(rest).unwrap_or(own);
    let has_title = provenance::read(&written).is_none_or(|(found, _)| found.title.is_some());
    let first = body.headings.first().filter(|heading| heading.level == 1);
    let fork_title = first.map_or_else(|| page.title().to_string(), |heading| heading.text.clone());
    let slug = page.url.as_str().trim_end_matches(".html").trim_matches('/').rsplit('/').next().unwrap_or("template");
    let form = Form {
        id: addresses.href(&page.url),
        title: page.title(),
        version: template.version,
        hash: Identity::of(text).to_string(),
        file: template.file.clone().unwrap_or_else(|| format!("{slug}.md")),
        fork_title: (!has_title).then_some(fork_title),
        asks: template.ask.iter().map(|question| (question.id.as_str(), question.label.as_str())).collect(),
        items: state::boxes(text, Format::Markdown).into_iter().map(|place| item(text, place.at, place.tick)).collect(),
        own: pieces(own, &[]),
        front: pieces(front, &[]),
        body: pieces(rest, &state::guides(rest)),
        line: provenance.as_ref().map(provenance::line),
        line_html: provenance.as_ref().map(line_html),
    };
    let json = serde_json::to_string(&form).unwrap_or_default();
    Value::safe_string(&json.replace('<', "\\u003c"))
}

/// Where a fork of the page's document comes from; none for a site without an address and for a document without a
/// version.
fn provenance(
    page: &Page,
    template: &Template,
    text: &str,
    license: Option<String>,
    addresses: Addresses<'_>,
) -> Option<Provenance> {
    Some(Provenance {
        title: Some(page.title().to_string()),
        forked_from: addresses.absolute(&page.url)?,
        version: template.version.and_then(|version| u32::try_from(version).ok())?,
        hash: Some(Identity::of(text)),
        license,
    })
}

fn line_html(given: &Provenance) -> String {
    let line = provenance::line(&Provenance { title: None, ..given.clone() });
    // Only the title may hold brackets, and it is put in afterwards.
    let address = line.split_once("](").and_then(|(_, rest)| rest.split_once(')')).map_or("", |(address, _)| address);
    let title = given.title.as_deref().unwrap_or_default();
    let license = given.license.as_ref().map(|license| format!(" ({})", escape(license))).unwrap_or_default();
    let (title, version) = (escape(title), given.version);
    format!("<p>Forked from <a href=\"{}\">{title}, version {version}</a>{license}</p>", escape(address))
}

fn item(text: &str, at: usize, tick: Tick) -> Item {
    Item { text: tick.item, mark: text[at..].chars().take(1).collect() }
}

/// Cuts a text into what stays, what is filled in, and advice.
fn pieces(text: &str, guides: &[Range<usize>]) -> Vec<Piece> {
    let mut slots: Vec<(usize, usize, Piece)> = Vec::new();
    for block in blocks::split(text, Format::Markdown).into_iter().filter(|block| block.kind != Kind::Code) {
        let cell = matches!(block.kind, Kind::Header | Kind::Row);
        slots.extend(placeholders::find_in(&text[block.span.clone()]).into_iter().map(|found| {
            let (start, end) = (block.span.start + found.span.start, block.span.start + found.span.end);
            (start, end, Piece::Field { field: found.id, cell })
        }));
    }
    let boxes = state::boxes(text, Format::Markdown).into_iter().enumerate();
    slots.extend(boxes.map(|(number, place)| {
        let width = text[place.at..].chars().next().map_or(0, char::len_utf8);
        (place.at, place.at + width, Piece::Box { r#box: number })
    }));
    slots.sort_by_key(|(start, _, _)| *start);
    let mut slots = slots.into_iter().peekable();
    let mut take = |start: usize, end: usize| {
        let mut out = Vec::new();
        let mut at = start;
        while let Some((from, to, piece)) = slots.next_if(|(from, _, _)| *from < end) {
            push(&mut out, &text[at..from]);
            out.push(piece);
            at = to;
        }
        push(&mut out, &text[at..end]);
        out
    };
    let mut out = Vec::new();
    let mut at = 0;
    for guide in guides {
        out.extend(take(at, guide.start));
        out.push(Piece::Guide { guide: take(guide.start, guide.end) });
        at = guide.end;
    }
    out.extend(take(at, text.len()));
    out
}

fn push(out: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        out.push(Piece::Text(text.to_string()));
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};
    use crate::document::state::guides;

    /// Writes the pieces as text again, with the numbers of boxes and with braces around advice.
    fn shown(pieces: &[Piece]) -> String {
        let one = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Field { field, cell } => format!("<{field}{}>", if *cell { "|" } else { "" }),
            Piece::Box { r#box } => r#box.to_string(),
            Piece::Guide { guide } => format!("{{{}}}", shown(guide)),
        };
        pieces.iter().map(one).collect()
    }

    #[test]
    fn a_document_in_pieces() {
        let text = "# {{a}} `{{a}}`\n\n- [ ] {{b-1}}\n- [x] x\n\n> [!GUIDE]\n> {{a}}\n\n| {{a}} |\n|---|\n| é |\n";
        let expected = "# <a> `{{a}}`\n\n- [0] <b-1>\n- [1] x\n\n{> [!GUIDE]\n> <a>\n\n}| <a|> |\n|---|\n| é |\n";
        assert_eq!(shown(&pieces(text, &guides(text))), expected);
        assert_eq!(shown(&pieces("", &[])), "");
    }
}
