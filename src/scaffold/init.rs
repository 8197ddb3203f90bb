//! `init`: a site that works at once, with a page of every kind.

use std::path::Path;

use anyhow::{Result, bail};
use include_dir::{Dir, include_dir};

use crate::base::date::Day;
use crate::base::fence::Style;
use crate::base::fs;
use crate::base::fs::write::{self, Entry};
use crate::base::path::SourcePath;
use crate::config::BaseUrl;
use crate::config::resolve::CONFIG_NAMES;
use crate::scaffold::fill::{self, Values};
use crate::scaffold::identity;
use crate::scaffold::sections::OWN_PAGES;

/// The files of the site that everybody starts with.
static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/starter");

/// How the site is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its title.
    pub title: String,
    /// Where it will be served.
    pub base_url: BaseUrl,
    /// The date of its pages.
    pub today: Day,
    /// What to do in a folder that is not empty.
    pub existing: Existing,
}

/// What to do in a folder that is not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Nothing at all.
    Refuse,
    /// Add what is missing, and leave what is there as it is.
    Keep,
}

/// What was made, by paths below the folder of the site, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The files that were written.
    pub written: Vec<String>,
    /// The files that would have been written if nothing had been in their place.
    pub left: Vec<String>,
}

/// Makes a site in a folder, which need not be there.
///
/// # Errors
/// When the folder is not empty and that was not allowed, or when the disk refuses.
pub fn init(folder: &Path, options: &Options) -> Result<Made> {
    if fs::is_file(folder) {
        bail!("{} is a file; name a folder", folder.display());
    }
    // A new repository is as good as an empty folder.
    let names: Vec<String> = fs::names_in(folder)?.into_iter().filter(|name| name != ".git").collect();
    if let (Existing::Refuse, [first, rest @ ..]) = (options.existing, &names[..]) {
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        let way_out = "name another folder, or add --force: then what is missing is added and nothing is overwritten";
        bail!("{} is not empty, it has {first}{more}; {way_out}", folder.display());
    }
    write::make_folders(folder)?;
    let root = write::resolve(folder)?;
    let mut made = Made::default();
    for (path, form) in starter() {
        if is_taken(&root, &path)? {
            made.left.push(path);
            continue;
        }
        let text = filled(&path, form, options);
        write::make_folders_below(&root, Path::new(SourcePath::new(&path).folder()))?;
        write::write_new(&root.join(&path), text.as_bytes())?;
        made.written.push(path);
    }
    Ok(made)
}

/// The files of the starter by their path, sorted.
fn starter() -> Vec<(String, &'static str)> {
    let mut files = Vec::new();
    let mut folders = vec![&STARTER];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().filter_map(|file| {
            let path = file.path().to_string_lossy().replace('\\', "/");
            Some((path, file.contents_utf8()?))
        }));
    }
    files.sort();
    files
}

/// Whether something is there already: the file, or another one that does the same.
fn is_taken(root: &Path, path: &str) -> Result<bool> {
    if write::look(&root.join(path))? != Entry::Nothing {
        return Ok(true);
    }
    let path = SourcePath::new(path);
    let is_like = |name: &str| match path.file_name() {
        config if CONFIG_NAMES.contains(&config) => CONFIG_NAMES.contains(&name),
        page if page.starts_with("_index.") => {
            let name = SourcePath::new(name);
            name.is_markdown() && OWN_PAGES.iter().any(|own| name.stem().eq_ignore_ascii_case(own))
        }
        _ => false,
    };
    Ok(fs::names_in(&root.join(path.folder()))?.iter().any(|name| is_like(name)))
}

fn filled(path: &str, form: &str, options: &Options) -> String {
    let place = path.trim_start_matches("content/").trim_end_matches(".md").trim_end_matches("/index");
    let id = identity(&options.base_url, options.today, place);
    let date = options.today.to_string();
    let base_url = format!("{}{}/", options.base_url.origin, options.base_url.path);
    let values: &Values<'_> =
        &[("title", Some(&options.title)), ("date", Some(&date)), ("id", Some(&id)), ("base_url", Some(&base_url))];
    match CONFIG_NAMES.contains(&path) {
        true => fill::settings(form, Style::Yaml, values),
        false => fill::page(form, values),
    }
}
