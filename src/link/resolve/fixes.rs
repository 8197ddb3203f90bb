//! What is certain to mend a link: the bytes that are wrong, and what has to stand there instead.
//!
//! A destination is only touched where it stands in the source byte for byte as it was resolved: without escapes of
//! Markdown or HTML, without line breaks, not assembled by YAML. Query and fragment stay as they are.

use crate::base::path::{SourcePath, decode, encode_letters, encode_written};
use crate::diag::Fix;
use crate::link::folders;
use crate::link::names::Place;
use crate::link::resolve::paths::Way;
use crate::link::resolve::written::Written;
use crate::link::resolve::{At, Resolver};
use crate::model::link::{Link, LinkForm};

/// Where a destination stands in its source exactly as it was resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its first byte in the file.
    start: usize,
    form: LinkForm,
}

impl Spot {
    /// Whether other programs follow the link as well.
    pub fn is_followed_elsewhere(self) -> bool {
        matches!(self.form, LinkForm::Markdown | LinkForm::Html)
    }
}

/// Finds where a destination stands in the text of its file, if it does so literally.
pub fn spot(text: Option<&str>, link: &Link, destination: &str) -> Option<Spot> {
    let span = link.definition.as_ref().unwrap_or(&link.destination_span);
    // A bare address, with `<>` around it or without, is a link for no other reason than how it begins.
    let is_bare = link.form == LinkForm::Markdown && link.span.len() <= span.len() + 2;
    if is_bare && link.definition.is_none() {
        return None;
    }
    let written = text?.get(span.clone())?;
    if written == destination {
        return Some(Spot { start: span.start, form: link.form });
    }
    // In front matter the brackets of a name are part of the value.
    let inner = written.strip_prefix("[[")?.strip_suffix("]]")?;
    (inner == destination).then_some(Spot { start: span.start + 2, form: link.form })
}

impl Resolver<'_> {
    /// Makes the fix that puts the right path to a place where another stands; `None` unless it then leads there without
    /// any doubt.
    pub fn path_fix(&self, at: At<'_>, written: &Written<'_>, place: Place) -> Option<Fix> {
        let spot = at.spot?;
        let text = self.right_path(at.origin.file, place, written);
        let found = self.find(at.origin, &Written::read(&text))?;
        let is_right = found.place == place && found.way == Way::Right && text != written.raw;
        let is_name = spot.form == LinkForm::Wiki && self.names.called(&text).iter().any(|called| *called != place);
        let span = spot.start..spot.start + written.raw.len();
        (is_right && !is_name && fits(&text, spot)).then_some(Fix { span, text })
    }

    /// Makes the fix that puts one fragment in the place of another, at the end of a destination of `length` bytes.
    pub fn fragment_fix(&self, at: At<'_>, length: usize, (written, right): (&str, &str)) -> Option<Fix> {
        let spot = at.spot?;
        // What follows `:~:` is a text to scroll to, and stays.
        let id = written.split_once(":~:").map_or(written, |(id, _)| id);
        let hash = spot.start + length.checked_sub(written.len() + 1)?;
        let text = format!("#{}", encode_as(written, right));
        fits(right, spot).then_some(Fix { span: hash..hash + 1 + id.len(), text })
    }

    /// The path that leads to a place from a file, in the author's way of writing.
    pub fn right_path(&self, file: &SourcePath, place: Place, written: &Written<'_>) -> String {
        let name = written.path.rsplit('/').next().unwrap_or("").to_lowercase();
        let document = match place {
            Place::Page(id) => self.page(id).document.as_ref(),
            _ => None,
        };
        let path = match document.filter(|document| document.source.file_name().to_lowercase() == name) {
            Some(document) => folders::relative(file.folder(), document.source.as_str()),
            None => self.plain_path_to(file, place),
        };
        encode_as(written.raw, &path)
    }
}

/// Escapes a path; letters that are not ASCII are escaped only for authors who do so themselves.
fn encode_as(written: &str, path: &str) -> String {
    match written.is_ascii() && !decode(written).is_ascii() {
        true => encode_letters(&encode_written(path)),
        false => encode_written(path),
    }
}

/// Returns whether a text can stand where a destination stood, whatever is around it.
fn fits(text: &str, spot: Spot) -> bool {
    match spot.form {
        LinkForm::Markdown | LinkForm::Image | LinkForm::Wiki | LinkForm::Html | LinkForm::HtmlSource => true,
        // A value without quotes must not become another kind of value.
        LinkForm::FrontMatter => {
            let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '%' | '~' | '+');
            text.chars().all(is_plain)
                && text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '_'))
        }
    }
}
