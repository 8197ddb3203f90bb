//! Reads the theme: the site's own folder if it has one, else the one in the binary; with the site's overrides.

use std::collections::BTreeMap;

use anyhow::Result;
use include_dir::{Dir, include_dir};

use crate::base::fs::{self, Walked};
use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::model::theme::{Template, Theme, ThemeAsset};

/// The default theme, so that a site without a `themes/` folder works.
static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/fieldbook");

/// The name of the default theme.
const DEFAULT_NAME: &str = "fieldbook";

/// Reads the theme of a project.
pub fn load(project: &Project) -> Result<Reported<Theme>> {
    let name = &project.config.theme;
    let folder = project.root.join("themes").join(name);
    let mut diagnostics = Vec::new();
    let mut files = match project.has_config() && fs::is_folder(&folder) {
        true => from_disk(&folder, &format!("themes/{name}"), &mut diagnostics)?,
        false => {
            if name != DEFAULT_NAME {
                diagnostics.push(missing(project, name));
            }
            embedded()
        }
    };
    let overrides = project.root.join(project.templates_folder());
    if project.has_config() && fs::is_folder(&overrides) {
        let own = from_disk(&overrides, project.templates_folder(), &mut diagnostics)?;
        files.extend(own.into_iter().map(|(name, file)| (format!("templates/{name}"), file)));
    }
    Ok(Reported::new(to_theme(name, files), diagnostics))
}

/// Returns the default theme as it is.
pub fn default_theme() -> Theme {
    to_theme(DEFAULT_NAME, embedded())
}

/// The files of a theme by their path in it.
type Files = BTreeMap<String, (SourcePath, Vec<u8>)>;

fn from_disk(folder: &std::path::Path, shown: &str, diagnostics: &mut Vec<Diagnostic>) -> Result<Files> {
    let is_hidden = |path: &str| path.rsplit('/').next().is_some_and(|name| name.starts_with('.'));
    let Walked { found, passed, .. } = fs::walk(folder, |path| !is_hidden(path))?;
    for passed in passed {
        let path = SourcePath::new(&format!("{shown}/{}", passed.relative));
        let message = format!("`{path}` was passed over: {}", passed.reason);
        diagnostics.push(Diagnostic::about(Code::PassedOver, &path, message));
    }
    let mut files = Files::new();
    for found in found {
        let path = SourcePath::new(&format!("{shown}/{}", found.relative));
        if let Some(bytes) = fs::read_if_there(&found.path)? {
            files.insert(found.relative, (path, bytes));
        }
    }
    Ok(files)
}

fn embedded() -> Files {
    let mut files = Files::new();
    let mut folders = vec![&DEFAULT];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            let path = SourcePath::new(&format!("themes/{DEFAULT_NAME}/{name}"));
            files.insert(name, (path, file.contents().to_vec()));
        }
    }
    files
}

fn to_theme(name: &str, files: Files) -> Theme {
    let mut theme = Theme { name: name.to_string(), ..Theme::default() };
    for (file, (path, bytes)) in files {
        if let Some(template) = file.strip_prefix("templates/") {
            let text = String::from_utf8_lossy(&bytes).into_owned().into();
            theme.templates.push(Template { name: template.to_string(), path, text });
        } else if let Some(asset) = file.strip_prefix("assets/").filter(|asset| !asset.starts_with('_')) {
            theme.assets.push(ThemeAsset { name: asset.to_string(), bytes: bytes.into() });
        }
    }
    theme
}

fn missing(project: &Project, name: &str) -> Diagnostic {
    let message = format!("there is no theme `{name}`");
    let help = format!("make the folder themes/{name}/, or write `theme: {DEFAULT_NAME}`");
    match &project.config_path {
        Some(path) => Diagnostic::about(Code::BadConfig, path, message).help(help),
        None => Diagnostic::general(Code::BadConfig, message).help(help),
    }
}
