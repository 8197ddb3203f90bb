//! A published site, on the web or in a folder: files by their path below one place, and nothing outside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::base::fs::write::{self, Entry};
use crate::base::fs::{self};
use crate::base::http::address::WebUrl;
use crate::base::http::{Client, Limits, reason};
use crate::base::path::decode;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// A place whose files are read.
#[derive(Clone, Debug)]
pub enum Store {
    /// An address, with a slash at its end.
    Web(Arc<Client>, WebUrl),
    /// A folder.
    Folder(PathBuf),
}

impl Store {
    /// Makes the store of an address. What follows `?` or `#` in it is not part of the place.
    pub fn web(url: &WebUrl) -> Result<Self> {
        let limits = Limits { time: PATIENCE, redirects: REDIRECTS, keeps_encryption: true };
        Ok(Store::Web(Arc::new(Client::new("fork", limits)), as_folder(url)?))
    }

    /// Returns the store of a place below this one.
    ///
    /// # Errors
    /// When the path would leave this one.
    pub fn below(&self, path: &str) -> Result<Self> {
        Ok(match self {
            Store::Web(client, _) => Store::Web(client.clone(), as_folder(&self.address(path)?)?),
            Store::Folder(folder) => Store::Folder(folder.join(checked(path)?)),
        })
    }

    /// Reads a file by its path below this place; `None` if it is not there.
    ///
    /// # Errors
    /// When it cannot be read, has more than `most` bytes, or would lie outside this place.
    pub fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>> {
        match self {
            Store::Web(client, _) => ask(client, &self.address(path)?, most),
            Store::Folder(folder) => read_below(folder, &checked(path)?, most),
        }
    }

    /// Returns a path below this place as messages show it.
    pub fn shown(&self, path: &str) -> String {
        match self {
            Store::Web(_, url) => format!("{url}{path}"),
            Store::Folder(folder) => folder.join(path).display().to_string(),
        }
    }

    fn address(&self, path: &str) -> Result<WebUrl> {
        checked(path)?;
        let Store::Web(_, base) = self else { bail!("a folder has no address") };
        let url = base.join(path).filter(|url| url.as_str().starts_with(base.as_str()));
        url.with_context(|| format!("\"{path}\" lies outside {base}"))
    }
}

/// A path that goes down and nowhere else.
fn checked(path: &str) -> Result<String> {
    let path = decode(path);
    let is_good = |part: &str| !part.is_empty() && part != "." && part != "..";
    if path.contains(['\\', ':', '?', '#']) || path.contains(char::is_control) || !path.split('/').all(is_good) {
        bail!("\"{path}\" is no path below a site");
    }
    Ok(path)
}

fn as_folder(url: &WebUrl) -> Result<WebUrl> {
    let text = url.as_str();
    let text = &text[..text.find(['?', '#']).unwrap_or(text.len())];
    let with_slash = if text.ends_with('/') { text.to_string() } else { format!("{text}/") };
    WebUrl::parse(&with_slash).with_context(|| format!("{url} is no address of a site"))
}

fn ask(client: &Client, url: &WebUrl, most: u64) -> Result<Option<Vec<u8>>> {
    let context = || format!("asking for {url}");
    let response = client.get(url).with_context(context)?;
    match response.status {
        200 => Ok(Some(response.read(most).with_context(context)?)),
        404 | 410 => Ok(None),
        status => bail!("asking for {url}: it answers {status} {}", reason(status).unwrap_or_default()),
    }
}

/// Reads a file below a folder. A link that leads out of the folder is not followed.
fn read_below(folder: &Path, path: &str, most: u64) -> Result<Option<Vec<u8>>> {
    let whole = folder.join(path);
    if !fs::is_file(&whole) {
        return Ok(None);
    }
    let (root, real) = (write::resolve(folder)?, write::resolve(&whole)?);
    if !real.starts_with(&root) {
        bail!("{} leads out of {}", whole.display(), folder.display());
    }
    match write::look(&real)? {
        Entry::File(stamp) if stamp.size > most => {
            bail!("{} has more than {} MB", whole.display(), most / (1024 * 1024))
        }
        _ => fs::read_if_there(&real),
    }
}
