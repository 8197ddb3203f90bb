//! `new`: a page of a kind from that kind's form, in the right folder, under the right name.

use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};

use crate::base::fence::{Split, Style, split};
use crate::base::fs;
use crate::base::fs::write::{self, Entry};
use crate::base::path::SourcePath;
use crate::base::slug::{slugify, slugify_unicode};
use crate::base::tree::{Fault, LIMITS, Node, Value};
use crate::base::{toml, yaml};
use crate::config::project::Project;
use crate::model::kinds::{Kind, template};
use crate::scaffold::fill::{self, Values};
use crate::scaffold::identity;
use crate::scaffold::sections::{OWN_PAGES, Sections};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The kind of the page.
    pub kind: Kind,
    /// Its title.
    pub title: &'a str,
    /// The folder it is to lie in; `None` leaves it to the kind.
    pub section: Option<&'a str>,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The page.
    pub page: SourcePath,
    /// The files beside it, of a template its document and the first version of that.
    pub others: Vec<SourcePath>,
    /// The folder of its section, if it was not there before.
    pub new_section: Option<String>,
}

/// The longest name of a file that is made from a title, in bytes.
const LONGEST_SLUG: usize = 100;

/// Writes a new page.
///
/// # Errors
/// When there is such a page already, when the request or the site's own form makes no sense, or when the disk refuses.
/// Nothing is written then.
pub fn new(project: &Project, request: Request<'_>) -> Result<Made> {
    let title = one_line(request.title);
    if title.is_empty() {
        bail!("the title is empty; write one, in quotes: `fieldbook new {} \"A title\"`", request.kind.name());
    }
    let sections = Sections::read(project)?;
    let section = match request.section {
        Some(written) => sections.named(project, written)?,
        None => sections.of_kind(request.kind)?,
    };
    let slug = slug(project, &title);
    check_name(request.kind, &slug, &title)?;
    let place = if section.is_empty() { slug.clone() } else { format!("{section}/{slug}") };
    if let Some(file) = sections.occupant(&section, &slug, &|name| self::slug(project, name)) {
        bail!("{} is there already; choose another title", project.content_path(&file));
    }
    let today = project.selection.today;
    let id = project.config.id_base.as_ref().map(|base_url| identity(base_url, today, &place));
    let date = today.to_string();
    let values: &Values<'_> =
        &[("title", Some(&title)), ("date", Some(&date)), ("id", id.as_deref()), ("slug", Some(&slug))];
    let is_said = sections.kind(&section) == request.kind;
    let files = files(project, &place, (request.kind, is_said), values)?;
    let paths = write(project, &files)?;
    let mut others = paths.into_iter();
    let page = others.next().context("a new page has a file")?;
    let new_section = (!sections.has(&section)).then(|| project.content_path(&section).to_string());
    Ok(Made { page, others: others.collect(), new_section })
}

/// Returns a title on one line: what would end a line is a space, and there is one between two words.
fn one_line(title: &str) -> String {
    let spaced: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the slug of a name as the site wants slugs, cut between two words if it is long.
fn slug(project: &Project, name: &str) -> String {
    let mut slug = match project.config.markdown.unicode_slugs {
        true => slugify_unicode(name),
        false => slugify(name),
    };
    if slug.len() > LONGEST_SLUG {
        let end = slug.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST_SLUG).last().unwrap_or(0);
        let end = slug[..end].rfind('-').filter(|end| *end > 0).unwrap_or(end);
        slug.truncate(end);
    }
    slug
}

/// Refuses names that mean something else in a folder.
fn check_name(kind: Kind, slug: &str, title: &str) -> Result<()> {
    if kind == Kind::Template {
        return Ok(());
    }
    if OWN_PAGES.contains(&slug) {
        bail!("a file called {slug}.md would be the page of its folder; choose another title than \"{title}\"");
    }
    if slug == "template" {
        bail!("a file called template.md would be the document of a template; choose another title than \"{title}\"");
    }
    Ok(())
}

/// Returns the files of a new page, itself first, by their path below the content folder.
fn files(
    project: &Project,
    place: &str,
    (kind, is_said): (Kind, bool),
    values: &Values<'_>,
) -> Result<Vec<(String, String)>> {
    let (name, form) = form(project, kind.name(), kind.spec().form)?;
    let form = if is_said { form } else { with_kind(&form, kind) };
    let page = fill::page(&form, values);
    if let Some(fault) = fault(&page) {
        bail!(
            "the front matter of {name} cannot be read once it is filled in: {}; put the place in quotes",
            fault.message
        );
    }
    if kind != Kind::Template {
        return Ok(vec![(format!("{place}.md"), page)]);
    }
    let (_, document) = self::form(project, "document", template::DOCUMENT_FORM)?;
    let document = fill::text(&document, values);
    Ok(vec![
        (format!("{place}/index.md"), page),
        (format!("{place}/template.md"), document.clone()),
        (format!("{place}/versions/1.md"), document),
    ])
}

/// Returns a form with its name for messages: the site's own, else the one in the binary.
fn form(project: &Project, name: &str, built_in: &str) -> Result<(String, String)> {
    let path = SourcePath::new(&format!("{}/{name}.md", project.forms_folder()));
    let own = match project.has_config() {
        true => fs::read_if_there(&path.on_disk(&project.root))?,
        false => None,
    };
    match own {
        Some(bytes) => {
            let text = String::from_utf8(bytes).map_err(|_| anyhow!("{path} is not UTF-8 text"))?;
            Ok((path.to_string(), text))
        }
        None => Ok((format!("the form of a {name}"), built_in.to_string())),
    }
}

/// Returns a form that says its kind, for a folder whose pages are of another one.
fn with_kind(form: &str, kind: Kind) -> String {
    let name = kind.name();
    let Split::Found { style, inner, .. } = split(form) else {
        return format!("---\nkind: {name}\n---\n\n{form}");
    };
    let has_kind = |line: &str| line.strip_prefix("kind").is_some_and(|rest| rest.trim_start().starts_with([':', '=']));
    if form[inner.clone()].lines().any(has_kind) {
        return form.to_string();
    }
    let line = match style {
        Style::Yaml => format!("kind: {name}\n"),
        Style::Toml => format!("kind = \"{name}\"\n"),
    };
    format!("{}{line}{}", &form[..inner.start], &form[inner.start..])
}

/// Returns why the front matter of a page cannot be read, if it cannot.
fn fault(page: &str) -> Option<Fault> {
    let node: Result<Node, Fault> = match split(page) {
        Split::Found { style: Style::Yaml, inner, .. } => yaml::parse(&page[inner], LIMITS),
        Split::Found { style: Style::Toml, inner, .. } => toml::parse(&page[inner], LIMITS),
        Split::Unclosed { fence, .. } => Err(Fault { message: "it is never closed".into(), span: fence }),
        Split::None { .. } => return None,
    };
    match node {
        Ok(Node { value: Value::Map(_) | Value::Null, .. }) => None,
        Ok(node) => Some(Fault { message: format!("it is {}", node.describe()), span: node.span }),
        Err(fault) => Some(fault),
    }
}

/// Writes the files, none of which may be there.
fn write(project: &Project, files: &[(String, String)]) -> Result<Vec<SourcePath>> {
    let content = write::resolve(&project.content_folder())?;
    for (below, _) in files {
        if write::look(&content.join(below))? != Entry::Nothing {
            bail!("{} is there already; choose another title", project.content_path(below));
        }
    }
    for (below, text) in files {
        let folder = PathBuf::from(SourcePath::new(below).folder());
        write::make_folders_below(&content, &folder)?;
        write::write_new(&content.join(below), text.as_bytes())?;
    }
    Ok(files.iter().map(|(below, _)| project.content_path(below)).collect())
}
