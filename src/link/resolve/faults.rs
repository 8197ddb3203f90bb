//! What is said of links that lead nowhere, and of those that lead somewhere by luck.

use crate::base::path::{SourcePath, encode_written};
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Fix};
use crate::link::folders;
use crate::link::names::{Case, Place};
use crate::link::resolve::fixes::Spot;
use crate::link::resolve::paths::Way;
use crate::link::resolve::written::Written;
use crate::link::resolve::{At, Resolver, Wants};
use crate::model::page::PageId;

/// A fault, and what a suggestion could be looked for.
#[derive(Clone)]
pub struct Fault {
    /// The fault, complete but for a suggestion.
    pub diagnostic: Diagnostic,
    /// What to look for.
    pub wanted: Option<Wanted>,
}

/// What a suggestion is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// A path as it is read in a file of this folder, with `/` and without escapes.
    Path(String, String),
    /// A name.
    Name(String),
    /// An id on a page.
    Id(PageId, String),
}

/// The most candidates that an ambiguous name lists.
const MOST_CANDIDATES: usize = 6;

/// An address that no link may have.
pub fn refused(at: At<'_>, message: String, help: &str) -> Fault {
    Fault::new(at, Code::BrokenLink, message, Some(help.to_string()), None)
}

/// A fragment where there is no page.
pub fn no_own_page(at: At<'_>, destination: &str) -> Fault {
    let help = "write the path of a page before it, such as content/guides/x.md#goals".to_string();
    Fault::new(at, Code::BrokenLink, format!("\"{destination}\" names no page"), Some(help), None)
}

/// Something else where only a page makes sense.
pub fn not_a_page(at: At<'_>, written: &str) -> Fault {
    let help = "`related:` names pages of this site; put other works under `see_also:`".to_string();
    Fault::new(at, Code::BrokenLink, format!("\"{written}\" is not a page"), Some(help), None)
}

/// Something else where only an image makes sense.
pub fn not_an_image(at: At<'_>, written: &str) -> Fault {
    let help = "write the path of an image, or a link without the `!`".to_string();
    Fault::new(at, Code::MissingImage, format!("\"{written}\" is not an image"), Some(help), None)
}

/// A name that nothing has.
pub fn no_such_name(at: At<'_>, name: &str) -> Fault {
    let help = "write the title of a page, or add this name to the `also_called:` of the page that is meant";
    let message = format!("no page is called \"{name}\"");
    Fault::new(at, Code::BrokenLink, message, Some(help.to_string()), Some(Wanted::Name(name.to_string())))
}

/// An id that is not on the page; `written` is the path and the fragment.
pub fn no_such_id(at: At<'_>, id: PageId, (path, fragment): (&str, &str)) -> Fault {
    let page = if path.is_empty() { "this page".to_string() } else { format!("\"{path}\"") };
    let message = format!("{page} has no heading \"#{fragment}\"");
    let wanted = Wanted::Id(id, crate::base::path::decode(fragment));
    Fault::new(at, Code::BrokenFragment, message, None, Some(wanted))
}

/// An id on the list of a section without a page of its own, where there are no headings.
pub fn no_id_of_list(at: At<'_>, (path, fragment): (&str, Option<&str>)) -> Option<Fault> {
    let fragment = heading_of(fragment)?;
    let message = format!("\"{path}\" has no page of its own, and so no heading \"#{fragment}\"");
    let help = "write the path without what follows the `#`, or add an `_index.md` to the folder".to_string();
    Some(Fault::new(at, Code::BrokenFragment, message, Some(help), None))
}

/// An id on another page that the site makes. Those that begin with `fb-` are the theme's own affair.
pub fn no_id_of_generated(at: At<'_>, (path, fragment): (&str, Option<&str>)) -> Option<Fault> {
    let fragment = heading_of(fragment).filter(|id| !id.starts_with("fb-"))?;
    let message = format!("\"{path}\" is made by the site, and has no heading \"#{fragment}\"");
    let help = "write the path without what follows the `#`".to_string();
    Some(Fault::new(at, Code::BrokenFragment, message, Some(help), None))
}

/// The fragment, if it means a heading: not the top of the page and not a text to scroll to.
fn heading_of(fragment: Option<&str>) -> Option<&str> {
    fragment.filter(|id| !id.is_empty() && *id != "top" && !id.starts_with(":~:"))
}

impl Fault {
    fn new(at: At<'_>, code: Code, message: String, help: Option<String>, wanted: Option<Wanted>) -> Self {
        let diagnostic = Diagnostic::at(code, at.origin.file, at.span.clone(), message).maybe_help(help);
        Fault { diagnostic, wanted }
    }

    /// Adds what is certain to mend it, if anything is.
    pub fn fixed(self, fix: Option<Fix>) -> Self {
        Fault { diagnostic: self.diagnostic.maybe_fix(fix), ..self }
    }
}

impl Resolver<'_> {
    /// Says that a path leads nowhere.
    pub fn no_such_path(&self, at: At<'_>, written: &Written<'_>) -> Fault {
        let is_image = matches!(at.origin.wants, Wants::Image | Wants::Source);
        let code = if is_image { Code::MissingImage } else { Code::BrokenLink };
        let what = match (at.origin.wants, written.names_file()) {
            (Wants::Image, _) => "image",
            (_, true) => "file",
            (_, false) => "page or file",
        };
        let message = format!("there is no {what} \"{}\"", written.raw);
        if let Some((message, help, place)) = self.foreign(at, written) {
            let fix = place.and_then(|place| self.path_fix(at, written, place));
            return Fault::new(at, code, message, Some(help), None).fixed(fix);
        }
        if let Some(path) = self.other_reading(at, written) {
            return Fault::new(at, code, message, Some(format!("did you mean \"{path}\"?")), None);
        }
        let is_outside = self.leaves_content(at.origin, written);
        let help = match (is_image, is_outside && self.known.project.config.repository.is_none()) {
            (true, _) => "write the path of the image from this file, such as \"picture.png\" for one beside it",
            (false, true) => "to link to files outside the content, set `repository:` in fieldbook.yaml",
            (false, false) => {
                "write the path from this file, such as \"../guides/x.md\", or the title of a page: [[Title]]"
            }
        };
        let wanted = Wanted::Path(at.origin.file.folder().to_string(), written.path.to_string());
        Fault::new(at, code, message, Some(help.to_string()), Some(wanted).filter(|_| !is_outside))
    }

    /// Says why a link must not lead to a place, if it must not.
    pub fn unfit(&self, at: At<'_>, written: &str, place: Place) -> Option<Fault> {
        let left_out = |number: u32| &self.known.left_out[number as usize];
        let hidden = match place {
            Place::Out(number) => {
                let out = left_out(number);
                Some((format!("\"{written}\" is not in this build: {}", out.reason), &out.page.source))
            }
            Place::OutFile(number) => {
                let (_, page) = &self.known.hidden[number as usize];
                let out = left_out(*page);
                let message = format!("\"{written}\" is not in this build: it lies beside {}", out.page.source);
                Some((format!("{message}, and {}", out.reason), &out.page.source))
            }
            Place::Page(_) | Place::Section(_) | Place::File(_) | Place::Generated(_) => None,
        };
        if let Some((message, source)) = hidden {
            let help = format!("take the link away, or publish {source} first");
            return Some(Fault::new(at, Code::LinkToUnpublished, message, Some(help), None));
        }
        match (at.origin.wants, place) {
            (Wants::Page, Place::Section(_) | Place::File(_) | Place::Generated(_)) => Some(not_a_page(at, written)),
            (Wants::Image, Place::Section(_) | Place::Page(_)) => Some(not_an_image(at, written)),
            _ => None,
        }
    }

    /// Says what is wrong with a link that is followed all the same.
    pub fn ill_written(&self, at: At<'_>, written: &Written<'_>, place: Place, way: Way) -> Vec<Fault> {
        let fault = |code, message: String| {
            let right = self.right_form(at.origin.file, place, written);
            let is_certain = matches!(way, Way::Right | Way::Former | Way::Bare) || !self.names.has_twin(place);
            let fix = is_certain.then(|| self.path_fix(at, written, place)).flatten();
            Fault::new(at, code, message, Some(format!("write \"{right}\"")), None).fixed(fix)
        };
        let raw = written.raw;
        let mut faults = Vec::new();
        if written.has_backslash {
            faults.push(fault(Code::BackslashLink, format!("\"{raw}\" has a backslash where a slash is meant")));
        }
        match way {
            Way::Right => {}
            // Names are written in these two forms, and a path there is read by nobody but us.
            Way::Bare if !at.spot.is_some_and(Spot::is_followed_elsewhere) => {}
            Way::Bare => {
                let message = format!("\"{raw}\" has no extension, so it leads nowhere on GitHub and in editors");
                faults.push(fault(Code::MissingExtension, message));
            }
            Way::FromUrl => {
                let message = format!("\"{raw}\" is right from the page's address, but not from its file");
                faults.push(fault(Code::UrlRelativeLink, message));
            }
            Way::Folded => faults.push(fault(Code::WrongCase, format!("\"{raw}\" has letters in the wrong case"))),
            Way::Former => {
                let message = format!("\"{raw}\" is the address that its page had before it moved");
                faults.push(fault(Code::FormerAddress, message));
            }
        }
        faults
    }

    /// Says that several pages have a name.
    pub fn ambiguous(&self, at: At<'_>, name: &str, places: &[Place]) -> Fault {
        let path = |place: &Place| format!("\"{}\"", self.path_to(at.origin.file, *place));
        let mut paths: Vec<String> = places.iter().take(MOST_CANDIDATES).map(path).collect();
        if places.len() > MOST_CANDIDATES {
            paths.push(format!("or one of {} more", places.len() - MOST_CANDIDATES));
        }
        let message = format!("{} pages are called \"{name}\"", places.len());
        let help = format!("write the path of the one that is meant: {}", paths.join(", "));
        Fault::new(at, Code::AmbiguousLink, message, Some(help), None)
    }

    /// Returns what to write in `file` to reach a place.
    pub fn path_to(&self, file: &SourcePath, place: Place) -> String {
        encode_written(&self.plain_path_to(file, place))
    }

    /// Returns the path from `file` to a place, without escapes.
    pub fn plain_path_to(&self, file: &SourcePath, place: Place) -> String {
        let known = &self.known;
        let relative = |path: &str| folders::relative(file.folder(), path);
        match place {
            Place::Page(id) => relative(self.page(id).source.as_str()),
            Place::Section(id) => {
                let folder = folders::join(&known.project.content, &known.sections[id.0 as usize].folder);
                relative(&format!("{folder}/"))
            }
            Place::File(id) => relative(known.files[id.0 as usize].file.path.as_str()),
            Place::Generated(number) => known.generated[number as usize].as_str().to_string(),
            Place::Out(number) => relative(known.left_out[number as usize].page.source.as_str()),
            Place::OutFile(number) => relative(known.hidden[number as usize].0.as_str()),
        }
    }

    fn right_form(&self, file: &SourcePath, place: Place, written: &Written<'_>) -> String {
        format!("{}{}", self.right_path(file, place, written), written.tail)
    }

    /// Recognises how other tools write links: message, help, and the place that is certainly meant.
    fn foreign(&self, at: At<'_>, written: &Written<'_>) -> Option<(String, String, Option<Place>)> {
        let raw = written.raw;
        let content = written.path.strip_prefix("@/");
        let path = match content {
            Some(path) => Some(path.to_string()),
            None if raw.contains("{{") || raw.contains("{%") => raw.split(['"', '\'']).nth(1).map(str::to_string),
            None => return None,
        };
        let path = path.map(|path| path.trim_start_matches('/').to_string()).unwrap_or_default();
        let source = folders::join(&self.known.project.content, &path);
        let place = self.names.source(&source, Case::Exact).filter(|_| !path.is_empty());
        let right = place.map(|place| self.right_form(at.origin.file, place, written));
        let help = match right {
            Some(right) => format!("write \"{right}\""),
            None => "write the path from this file, such as \"../guides/x.md\"".to_string(),
        };
        let is_fit = |place: &Place| content.is_some() && self.unfit(at, raw, *place).is_none();
        let message = format!("\"{raw}\" is how another tool writes links, and leads nowhere here");
        Some((message, help, place.filter(is_fit)))
    }

    /// Looks for what was probably meant by a path that leads nowhere: the same path from the root of the content, from
    /// the folder of static files, without or with a `../` more, or the source of a page written as `.html`.
    fn other_reading(&self, at: At<'_>, written: &Written<'_>) -> Option<String> {
        let project = self.known.project;
        let path = written.path.trim_start_matches('/');
        let path = path.strip_suffix(".html").map_or(path, |stem| stem.trim_end_matches("/index"));
        if let Some(rest) = path.strip_prefix("www.") {
            return (!rest.is_empty()).then(|| format!("https://{}", written.raw));
        }
        let folder = at.origin.file.folder();
        let inner = path.trim_start_matches("../");
        let around = folder.rsplit_once('/').map_or("", |(around, _)| around);
        let readings = [
            crate::base::path::join_relative(folder, path),
            crate::base::path::join_relative(folder, inner),
            crate::base::path::join_relative(around, path),
            Some(folders::join(&project.content, inner)),
            Some(folders::join(project.static_folder(), inner)),
        ];
        let found = readings.into_iter().flatten().find_map(|path| self.names.source(&path, Case::Exact));
        let is_useful = |place: &Place| match (at.origin.wants, place) {
            (_, Place::Out(_) | Place::OutFile(_)) => false,
            (Wants::Image, place) => matches!(place, Place::File(_)),
            (Wants::Page, place) => matches!(place, Place::Page(_)),
            _ => true,
        };
        if let Some(place) = found.filter(is_useful) {
            return Some(self.right_form(at.origin.file, place, written));
        }
        let is_address = written.raw.contains('@') && !written.raw.contains('/') && at.origin.wants == Wants::Anything;
        is_address.then(|| format!("mailto:{}", written.raw))
    }
}
