//! What a published site says of its templates: the catalogue and the versions of one, both read with suspicion.

use anyhow::{Context as _, Result, anyhow, bail};
use serde::Deserialize;

use crate::base::http::address::WebUrl;
use crate::base::slug::to_words;
use crate::document::version::Identity;
use crate::document::{Format, placeholders};
use crate::fork::template::{Listed, Template, Texts, Version, slug_of};
use crate::fork::upstream::store::Store;
use crate::model::kinds::template::{Answer, Question};

/// The most versions or templates that a list may have.
const MOST: usize = 10_000;

/// Reads a catalogue. Each entry comes with the address that it gives for its template.
///
/// # Errors
/// When it is not what a site publishes.
pub fn catalogue(bytes: &[u8], place: &str) -> Result<Vec<Listed>> {
    let catalogue: Catalogue =
        serde_json::from_slice(bytes).map_err(|error| anyhow!("{place} is no list of templates: {error}"))?;
    if catalogue.templates.len() > MOST {
        bail!("{place} has more than {MOST} templates");
    }
    let listed = |entry: CatalogueEntry| {
        let hash = identity(&entry.hash, entry.version, place)?;
        let slug = slug_of(&entry.url).to_string();
        if slug.is_empty() || entry.slug != slug || line(&slug) != slug {
            bail!("{place}: the address of \"{}\" is \"{}\", not its own", line(&entry.slug), line(&entry.url));
        }
        let (version, released) = (entry.version, entry.released.map(|day| line(&day)));
        let (title, description) = (line(&entry.title), line(&entry.description.unwrap_or_default()));
        Ok(Listed { slug, title, description, address: entry.url, version, hash, released })
    };
    catalogue.templates.into_iter().map(listed).collect()
}

/// Reads the versions of a template that lies in `store`.
///
/// # Errors
/// When it is not what a site publishes, or does not agree with itself.
pub fn template(bytes: &[u8], store: &Store) -> Result<Template> {
    let place = store.shown("versions.json");
    let list: VersionList =
        serde_json::from_slice(bytes).map_err(|error| anyhow!("{place} is no list of versions: {error}"))?;
    if list.versions.is_empty() || list.versions.len() > MOST {
        bail!("{place} has {} versions", list.versions.len());
    }
    let mut formats = Vec::new();
    let mut versions = Vec::new();
    for entry in list.versions {
        formats.push(format_of(&entry.text_url, entry.number, &place)?);
        let hash = identity(&entry.hash, entry.number, &place)?;
        let note = entry.note.map(|note| line(&note)).filter(|note| !note.is_empty());
        versions.push(Version { number: entry.number, hash, released: entry.released.map(|day| line(&day)), note });
    }
    versions.sort_by_key(|version| version.number);
    let newest = versions.last().map(|version| version.number);
    if versions[0].number == 0 || versions.windows(2).any(|pair| pair[0].number == pair[1].number) {
        bail!("{place} has a version 0, or two versions with the same number");
    }
    if newest != Some(list.newest) {
        bail!("{place} says that the newest version is {}, and that is not the highest it has", list.newest);
    }
    let format = formats[0];
    if formats.iter().any(|other| *other != format) {
        bail!("{place} has versions in several formats");
    }
    let address = match store {
        Store::Web(_, url) => url.to_string(),
        Store::Folder(_) => with_slash(&list.url),
    };
    let (title, license) = (line(&list.title), list.license.map(|license| line(&license)));
    let ask = list.ask.into_iter().map(question).collect::<Result<_>>().with_context(|| format!("reading {place}"))?;
    let texts = Texts::Store(store.clone());
    Ok(Template { title, address, license, file: list.file, ask, format, versions, texts })
}

/// Returns the parts of the path in an address: of `https://example.org/a/b/` they are `a` and `b`.
pub fn path_parts(address: &str) -> Vec<String> {
    let path = match WebUrl::parse(address) {
        Some(url) => url.as_str().splitn(4, '/').nth(3).unwrap_or_default().to_string(),
        None => address.to_string(),
    };
    let path = &path[..path.find(['?', '#']).unwrap_or(path.len())];
    path.split('/').filter(|part| !part.is_empty()).map(str::to_string).collect()
}

#[derive(Deserialize)]
struct Catalogue {
    templates: Vec<CatalogueEntry>,
}

#[derive(Deserialize)]
struct CatalogueEntry {
    slug: String,
    title: String,
    description: Option<String>,
    url: String,
    version: u32,
    hash: String,
    released: Option<String>,
}

#[derive(Deserialize)]
struct VersionList {
    title: String,
    url: String,
    license: Option<String>,
    file: Option<String>,
    #[serde(default)]
    ask: Vec<Asked>,
    newest: u32,
    versions: Vec<VersionEntry>,
}

#[derive(Deserialize)]
struct Asked {
    id: String,
    label: Option<String>,
    example: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    options: Vec<String>,
}

#[derive(Deserialize)]
struct VersionEntry {
    number: u32,
    hash: String,
    released: Option<String>,
    note: Option<String>,
    text_url: String,
}

fn question(asked: Asked) -> Result<Question> {
    if !placeholders::is_id(&asked.id) {
        bail!("\"{}\" is not the id of a question", line(&asked.id));
    }
    let options: Vec<String> = asked.options.iter().map(|option| line(option)).collect();
    let answer = match asked.kind.as_deref() {
        Some("date") => Answer::Date,
        Some("number") => Answer::Number,
        Some("choice") => Answer::Choice(options),
        _ => Answer::Text,
    };
    let label = asked.label.map_or_else(|| to_words(&asked.id), |label| line(&label));
    Ok(Question { id: asked.id, label, example: asked.example.map(|example| line(&example)), answer })
}

fn identity(hash: &str, number: u32, place: &str) -> Result<Identity> {
    Identity::from_hex(hash)
        .with_context(|| format!("{place}: the hash of version {number} is \"{}\", which is none", line(hash)))
}

/// How a version is written, by the address of its text. That address is where the text lies on every site, or the list
/// is refused: a text is only ever fetched from below the template.
fn format_of(text_url: &str, number: u32, place: &str) -> Result<Format> {
    let is_local = text_url.starts_with('/') && !text_url.starts_with("//");
    let parts = path_parts(text_url);
    let is_plain = parts.iter().all(|part| part != ".." && part != ".") && !text_url.contains('\\');
    let end = parts.iter().rev().take(2).rev().map(String::as_str).collect::<Vec<_>>().join("/");
    let format = match end.strip_prefix(&format!("v/{number}.")) {
        Some("md") => Some(Format::Markdown),
        Some("csv") => Some(Format::Csv),
        _ => None,
    };
    let is_good = is_plain && (is_local || WebUrl::parse(text_url).is_some());
    format.filter(|_| is_good).with_context(|| {
        format!("{place}: the text of version {number} is said to be at \"{}\", not below the template", line(text_url))
    })
}

fn with_slash(address: &str) -> String {
    format!("{}/", line(address).trim_end_matches('/'))
}

/// A text of others, in one line and without what a terminal would obey.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(char::is_control, "")
}

#[cfg(test)]
mod tests {
    use super::{format_of, path_parts};

    #[test]
    fn texts_lie_below_their_template() {
        let check = |url: &str, is_good: bool| assert_eq!(format_of(url, 4, "here").is_ok(), is_good, "{url}");
        check("/templates/x/v/4.md", true);
        check("https://example.org/handbook/templates/x/v/4.csv", true);
        check("/templates/x/v/3.md", false);
        check("file:///etc/v/4.md", false);
        check("/templates/../v/4.md", false);
        check("../v/4.md", false);
        check("/v/4.sh", false);
    }

    #[test]
    fn parts_of_paths() {
        assert_eq!(path_parts("https://example.org/a/b/?c#d"), ["a", "b"]);
        assert_eq!(path_parts("/a/"), ["a"]);
        assert!(path_parts("https://example.org").is_empty());
    }
}
