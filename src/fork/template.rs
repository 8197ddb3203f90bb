//! A template as its upstream offers it: what is asked, its versions, and where their texts are.

use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};

use crate::base::did_you_mean::nearest;
use crate::base::fs;
use crate::document::Format;
use crate::document::version::Identity;
use crate::fork::LONGEST_TEXT;
use crate::fork::upstream::store::Store;
use crate::model::kinds::template::Question;

/// A template with its versions.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its title.
    pub title: String,
    /// Its address, as a fork records it; a path from the root if its site does not say where it is served.
    pub address: String,
    /// Its licence, as an SPDX identifier.
    pub license: Option<String>,
    /// The suggested name of a fork. It is not trusted.
    pub file: Option<String>,
    /// What is asked.
    pub ask: Vec<Question>,
    /// How its document is written.
    pub format: Format,
    /// Its versions, oldest first; there is at least one.
    pub versions: Vec<Version>,
    /// Where their texts are.
    pub texts: Texts,
}

/// A version of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// The identity of its text.
    pub hash: Identity,
    /// The day it was released, as `2026-01-05`.
    pub released: Option<String>,
    /// What changed.
    pub note: Option<String>,
}

/// Where the texts of versions are.
#[derive(Clone, Debug)]
pub enum Texts {
    /// In a folder with a file for each number.
    Folder(PathBuf),
    /// The one file there is.
    File(PathBuf),
    /// On a published site, below the address of the template.
    Store(Store),
}

/// A template in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The last part of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// One sentence about it; may be empty.
    pub description: String,
    /// Its address.
    pub address: String,
    /// The number of its newest version.
    pub version: u32,
    /// The identity of that version's text.
    pub hash: Identity,
    /// The day that version was released.
    pub released: Option<String>,
}

impl Template {
    /// Returns the newest version.
    pub fn newest(&self) -> &Version {
        self.versions.last().expect("a template without a version is not made")
    }

    /// Returns a version by its number.
    pub fn version(&self, number: u32) -> Option<&Version> {
        self.versions.iter().find(|version| version.number == number)
    }

    /// Returns the last part of its address.
    pub fn slug(&self) -> &str {
        slug_of(&self.address)
    }

    /// Returns a version by its number, or an error that says which there are.
    ///
    /// # Errors
    /// When there is none with this number.
    pub fn wanted(&self, number: u32) -> Result<&Version> {
        self.version(number).with_context(|| {
            let numbers: Vec<String> = self.versions.iter().map(|version| version.number.to_string()).collect();
            format!("\"{}\" has no version {number}; there are {}", self.title, numbers.join(", "))
        })
    }

    /// Fetches the text of a version; `None` if it is not there.
    ///
    /// # Errors
    /// When it cannot be fetched, is too long, is not UTF-8, or is not the text that the list of versions says it is.
    pub fn text(&self, version: &Version) -> Result<Option<String>> {
        let extension = extension(self.format);
        let name = format!("{}.{extension}", version.number);
        let (bytes, place) = match &self.texts {
            Texts::Folder(folder) => (read_limited(&folder.join(&name))?, folder.join(&name).display().to_string()),
            Texts::File(path) => (read_limited(path)?, path.display().to_string()),
            Texts::Store(store) => {
                let name = format!("v/{name}");
                (store.read(&name, LONGEST_TEXT)?, store.shown(&name))
            }
        };
        let Some(bytes) = bytes else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| anyhow!("{place} is not UTF-8"))?;
        let found = Identity::of(&text);
        if found != version.hash {
            bail!(
                "{place} is not what the list of versions says it is: version {} is {} there, and the text is {found}",
                version.number,
                version.hash
            );
        }
        Ok(Some(text))
    }

    /// Fetches the text of a version that must be there.
    ///
    /// # Errors
    /// Those of [`Template::text`], and when it is not there.
    pub fn text_of(&self, version: &Version) -> Result<String> {
        let text = self.text(version)?;
        text.with_context(|| format!("the text of version {} of \"{}\" is not there", version.number, self.title))
    }
}

impl Listed {
    /// Finds a template in a list by its slug.
    ///
    /// # Errors
    /// When there is none; it says which there are.
    pub fn find<'a>(list: &'a [Listed], slug: &str) -> Result<&'a Listed> {
        if let Some(listed) = list.iter().find(|listed| listed.slug == slug) {
            return Ok(listed);
        }
        let slugs = || list.iter().map(|listed| listed.slug.as_str());
        if list.is_empty() {
            bail!("there is no template \"{slug}\": the site has none");
        }
        match nearest(slug, slugs()) {
            Some(meant) => bail!("there is no template \"{slug}\"; did you mean \"{meant}\"?"),
            None => bail!("there is no template \"{slug}\"; there are {}", slugs().collect::<Vec<_>>().join(", ")),
        }
    }
}

/// Returns the last part of an address.
pub fn slug_of(address: &str) -> &str {
    let address = address.trim_end_matches('/');
    address.rsplit('/').next().unwrap_or(address)
}

/// Returns the extension of documents that are written so.
pub fn extension(format: Format) -> &'static str {
    match format {
        Format::Markdown => "md",
        Format::Csv => "csv",
    }
}

fn read_limited(path: &std::path::Path) -> Result<Option<Vec<u8>>> {
    let bytes = fs::read_if_there(path)?;
    if bytes.as_ref().is_some_and(|bytes| bytes.len() as u64 > LONGEST_TEXT) {
        bail!("{} has more than {} MB", path.display(), LONGEST_TEXT / (1024 * 1024));
    }
    Ok(bytes)
}
