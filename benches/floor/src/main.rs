//! The floor below any static site generator: reads every Markdown file of a folder, makes HTML of it, writes that.
//!
//!     floor <content folder> <output folder>
//!
//! Front matter is cut off and not read; links, lists, templates and feeds do not exist. It works on as many threads
//! as there are cores.
#![expect(clippy::disallowed_methods, reason = "the rule is for the program, whose disk is base/fs/")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use walkdir::WalkDir;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [content, out] = &arguments[..] else {
        return Err("floor <content folder> <output folder>".into());
    };
    let pages = pages(content)?;
    pages.par_iter().try_for_each(|page| make(content, page, out))
}

/// The Markdown files below a folder.
fn pages(content: &Path) -> Outcome<Vec<PathBuf>> {
    let mut pages = Vec::new();
    for entry in WalkDir::new(content) {
        let path = entry?.into_path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    Ok(pages)
}

/// Makes `<page>/index.html` of one file.
fn make(content: &Path, page: &Path, out: &Path) -> Outcome<()> {
    let text = fs::read_to_string(page)?;
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut made = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut made, Parser::new_ext(body(&text), extensions));
    let folder = out.join(page.strip_prefix(content)?.with_extension(""));
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join("index.html"), made)?)
}

/// What stands behind the front matter.
fn body(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("---\n") else { return text };
    rest.split_once("\n---\n").map_or(text, |(_, body)| body)
}
