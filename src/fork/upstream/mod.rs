//! Where templates come from: a site's sources, a site that was built into a folder, or one on the web.

pub mod lists;
pub mod site;
pub mod store;

use anyhow::{Context as _, Result, bail};

use crate::base::fs;
use crate::base::http::address::WebUrl;
use crate::base::path::UrlPath;
use crate::config::resolve;
use crate::document::provenance::Provenance;
use crate::fork::template::{Listed, Template, slug_of};
use crate::fork::upstream::site::Site;
use crate::fork::upstream::store::Store;
use crate::fork::{LONGEST_LIST, Near};

/// A template that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The template.
    pub template: Template,
    /// The version that its address named, if it was that of one version.
    pub version: Option<u32>,
}

/// Lists the templates of a source: a folder or an address; without one those of the site around the current folder.
///
/// # Errors
/// When there is no such source, or what it says of its templates cannot be read.
pub fn list(source: Option<&str>, near: &Near) -> Result<Vec<Listed>> {
    let place = match source {
        Some(source) => open(source, near)?,
        None => Place::Site(Box::new(site::read(None, near)?)),
    };
    match place {
        Place::Site(site) => site.list(),
        Place::Published(store) => catalogue(&store),
        Place::Template(found) => Ok(vec![listed(&found.template)]),
    }
}

/// Finds a template: by its address, by a path with a `/` in it, or by its slug in `from`, without which it is the site
/// around the current folder.
///
/// # Errors
/// When there is none, when there are several, or when what its site says of it cannot be trusted.
pub fn find(wanted: &str, from: Option<&str>, near: &Near) -> Result<Found> {
    let is_source = has_scheme(wanted) || wanted.contains(['/', '\\']) || matches!(wanted, "." | "..");
    let source = match (from, is_source) {
        (Some(from), _) => Some(from),
        (None, true) => Some(wanted),
        (None, false) => None,
    };
    let place = match source {
        Some(source) => open(source, near)?,
        None => Place::Site(Box::new(site::read(None, near)?)),
    };
    let slug = (from.is_some() || !is_source).then(|| slug_of(wanted));
    let template = match (place, slug) {
        (Place::Template(found), None) => return Ok(found),
        (Place::Template(found), Some(slug)) => {
            Listed::find(&[listed(&found.template)], slug)?;
            return Ok(found);
        }
        (Place::Site(site), slug) => site.template(&only(&site.list()?, slug, wanted)?)?,
        (Place::Published(store), slug) => of_catalogue(&store, slug, wanted)?,
    };
    Ok(Found { template, version: None })
}

/// Finds the template of a fork: at the address that its provenance names, or in `from`. Inside a site's folder, what was
/// forked from that site's address is looked for in its sources.
///
/// # Errors
/// Those of [`find`], and when the provenance names no address.
pub fn of_fork(provenance: &Provenance, from: Option<&str>, near: &Near) -> Result<Template> {
    let address = &provenance.forked_from;
    if let Some(from) = from {
        return Ok(match open(from, near)? {
            Place::Template(found) => found.template,
            Place::Site(site) => site.template(&only(&site.list()?, Some(slug_of(address)), from)?)?,
            Place::Published(store) => of_catalogue(&store, Some(slug_of(address)), from)?,
        });
    }
    let Some(url) = WebUrl::parse(address).filter(|_| has_scheme(address)) else {
        bail!(
            "it says that it was forked from \"{address}\", which is no http or https address; \
            say where the template is: --from <site>"
        );
    };
    if is_of_this_site(address, near) {
        let site = site::read(None, near)?;
        return site.template(&only(&site.list()?, Some(slug_of(address)), address)?);
    }
    match web(&url)? {
        Place::Template(found) => Ok(found.template),
        _ => bail!("there is no template at {url}; if it has moved, say where it is: --from <address>"),
    }
}

/// What is at a source.
enum Place {
    Site(Box<Site>),
    Template(Found),
    Published(Store),
}

fn open(source: &str, near: &Near) -> Result<Place> {
    if !has_scheme(source) {
        return folder(source, near);
    }
    match WebUrl::parse(source) {
        Some(url) => web(&url),
        None => bail!("{source} is no http or https address; a folder is named by its path"),
    }
}

fn web(url: &WebUrl) -> Result<Place> {
    let (base, version) = without_version(url.as_str());
    let url = WebUrl::parse(base).with_context(|| format!("{url} is no address of a site"))?;
    published(Store::web(&url)?, version)
}

fn folder(source: &str, near: &Near) -> Result<Place> {
    let (base, version) = without_version(source);
    let path = near.current.join(base);
    if !fs::is_folder(&path) {
        bail!("there is no folder {base}");
    }
    let has = |name: &str| fs::is_file(&path.join(name));
    if resolve::CONFIG_NAMES.into_iter().any(has) {
        return Ok(Place::Site(Box::new(site::read(Some(&path), near)?)));
    }
    if has("template.md") || has("template.csv") {
        let root =
            path.ancestors().find(|folder| resolve::CONFIG_NAMES.iter().any(|name| fs::is_file(&folder.join(name))));
        if !has("versions.json") {
            let site = site::read(Some(root.unwrap_or(&path)), near)?;
            return Ok(Place::Template(Found { template: site.template_in(&path)?, version }));
        }
    }
    published(Store::Folder(path), version)
}

/// A place that has a list of versions is a template's.
fn published(store: Store, version: Option<u32>) -> Result<Place> {
    match store.read("versions.json", LONGEST_LIST)? {
        Some(bytes) => Ok(Place::Template(Found { template: lists::template(&bytes, &store)?, version })),
        None => Ok(Place::Published(store)),
    }
}

fn catalogue(store: &Store) -> Result<Vec<Listed>> {
    for name in ["templates/index.json", "index.json"] {
        if let Some(bytes) = store.read(name, LONGEST_LIST)? {
            return lists::catalogue(&bytes, &store.shown(name));
        }
    }
    bail!(
        "there is no list of templates at {} or below it in templates/; name a Fieldbook site, its section of templates, \
        or the page of a template",
        store.shown("")
    )
}

/// Finds a template by the catalogue. Where it lies is told by the path in its address, from the first part on that leads
/// somewhere below the store: the site may be served elsewhere than it says.
fn of_catalogue(store: &Store, slug: Option<&str>, wanted: &str) -> Result<Template> {
    let listed = only(&catalogue(store)?, slug, wanted)?;
    let parts = lists::path_parts(&listed.address);
    let known = match store {
        Store::Web(_, url) => lists::path_parts(url.as_str()),
        Store::Folder(_) => Vec::new(),
    };
    let first = if parts.starts_with(&known) { known.len() } else { 0 };
    for at in (first..parts.len()).chain(0..first).take(8) {
        let place = store.below(&parts[at..].join("/"))?;
        let Some(bytes) = place.read("versions.json", LONGEST_LIST)? else { continue };
        let template = lists::template(&bytes, &place)?;
        let newest = template.newest();
        if (newest.number, &newest.hash) != (listed.version, &listed.hash) {
            bail!(
                "the list of templates says that the newest version of \"{}\" is {} ({}), and {} says {} ({})",
                listed.title,
                listed.version,
                listed.hash,
                place.shown("versions.json"),
                newest.number,
                newest.hash
            );
        }
        return Ok(template);
    }
    bail!("the list of templates has \"{}\", but there is no list of its versions", listed.slug)
}

/// The template with a slug; without one the only one there is.
fn only(list: &[Listed], slug: Option<&str>, wanted: &str) -> Result<Listed> {
    match (slug, list) {
        (Some(slug), _) => Listed::find(list, slug).cloned(),
        (None, [listed]) => Ok(listed.clone()),
        (None, _) => bail!(
            "{wanted} has {} templates; say which one, as in `fieldbook fork {} --from {wanted}`",
            list.len(),
            list.first().map_or("<slug>", |listed| &listed.slug)
        ),
    }
}

fn listed(template: &Template) -> Listed {
    let newest = template.newest();
    Listed {
        slug: template.slug().to_string(),
        title: template.title.clone(),
        description: String::new(),
        address: template.address.clone(),
        version: newest.number,
        hash: newest.hash.clone(),
        released: newest.released.clone(),
    }
}

/// Splits `…/v/3/`, `…/v/3.md` and `…/v/3/#hash` into the address of the template and the number.
fn without_version(source: &str) -> (&str, Option<u32>) {
    let end = source.find('#').unwrap_or(source.len());
    let trimmed = source[..end].trim_end_matches('/');
    let Some((base, last)) = trimmed.rsplit_once("/v/") else { return (source, None) };
    let number = last.strip_suffix(".md").or_else(|| last.strip_suffix(".csv")).unwrap_or(last);
    match number.parse() {
        Ok(number) => (base, Some(number)),
        Err(_) => (source, None),
    }
}

/// Whether a text begins as an address does. One letter before a colon is a drive.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

fn is_of_this_site(address: &str, near: &Near) -> bool {
    let Ok(project) = resolve::resolve(None, &near.current, &site::options(near)) else { return false };
    let base_url = project.value.config.base_url.as_ref().filter(|_| project.value.has_config());
    base_url.is_some_and(|base| address.starts_with(&base.absolute(&UrlPath::root())))
}

#[cfg(test)]
mod tests {
    use super::{has_scheme, without_version};

    #[test]
    fn addresses_of_versions() {
        let check = |source: &str, base: &str, number: Option<u32>| {
            assert_eq!(without_version(source), (base, number), "{source}");
        };
        check("https://example.org/x/v/3/#3f2ac81be07d", "https://example.org/x", Some(3));
        check("https://example.org/x/v/3.md", "https://example.org/x", Some(3));
        check("https://example.org/x/", "https://example.org/x/", None);
        check("public/x/v/next", "public/x/v/next", None);
    }

    #[test]
    fn schemes() {
        assert!(has_scheme("file:../x") && has_scheme("https://example.org/") && has_scheme("data:,x"));
        assert!(!has_scheme("C:\\x") && !has_scheme("./a:b") && !has_scheme("tech-spec"));
    }
}
