//! Finds the project and resolves its settings: defaults < `fieldbook.yaml` < command line.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::base::fs;
use crate::base::path::SourcePath;
use crate::base::tree::{LIMITS, Node};
use crate::base::yaml;
use crate::config::project::{Options, Project, Selection};
use crate::config::{BaseUrl, Config, read};
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};

/// The names that a configuration file may have.
pub const CONFIG_NAMES: [&str; 2] = ["fieldbook.yaml", "fieldbook.yml"];

/// Finds the project that `folder` names and resolves its settings.
///
/// A folder with a configuration is a site; one without is itself the content, whatever stands above it. Without a
/// folder it is the nearest one at or above `current` with a configuration, else `current` is the content.
///
/// # Errors
/// When the folder or its configuration cannot be read.
pub fn resolve(folder: Option<&Path>, current: &Path, options: &Options) -> Result<Reported<Project>> {
    let found = find(folder, current)?;
    let mut diagnostics = Vec::new();
    let config_path = found.config_name.map(SourcePath::new);
    let mut config = match &config_path {
        Some(path) => read_config(&found.root, path)?.take(&mut diagnostics),
        None => Config::bare(&title_of_folder(&found.root)),
    };
    apply(&mut config, options)?;
    let content = match config_path {
        Some(_) => "content".to_string(),
        None => String::new(),
    };
    if !fs::is_folder(&found.root.join(&content)) {
        bail!("there is no folder {content}/ in {}; it holds the pages of a site", found.root.display());
    }
    let project = Project {
        out: options.out.clone().unwrap_or_else(|| found.base_for_out.join("public")),
        root: found.root,
        config_path,
        content,
        config,
        selection: Selection {
            today: options.today,
            drafts: options.drafts,
            future: options.future,
            audiences: options.audiences.clone(),
        },
        keep_going: options.keep_going,
    };
    Ok(Reported::new(project, diagnostics))
}

struct Found {
    root: PathBuf,
    config_name: Option<&'static str>,
    /// The folder in which `public/` lies unless the command line says otherwise.
    base_for_out: PathBuf,
}

fn find(folder: Option<&Path>, current: &Path) -> Result<Found> {
    if let Some(folder) = folder {
        let root = current.join(folder);
        let root = root.canonicalize().with_context(|| format!("reading the folder {}", folder.display()))?;
        if !fs::is_folder(&root) {
            bail!("{} is a file; name the folder of a site", folder.display());
        }
        return Ok(match config_in(&root) {
            Some(name) => Found { base_for_out: root.clone(), root, config_name: Some(name) },
            None => Found { root, config_name: None, base_for_out: current.to_path_buf() },
        });
    }
    let site = current.ancestors().find_map(|folder| config_in(folder).map(|name| (folder, name)));
    Ok(match site {
        Some((root, name)) => {
            Found { root: root.to_path_buf(), config_name: Some(name), base_for_out: root.to_path_buf() }
        }
        None => Found { root: current.to_path_buf(), config_name: None, base_for_out: current.to_path_buf() },
    })
}

fn config_in(folder: &Path) -> Option<&'static str> {
    CONFIG_NAMES.into_iter().find(|name| fs::is_file(&folder.join(name)))
}

fn read_config(root: &Path, path: &SourcePath) -> Result<Reported<Config>> {
    let bytes = fs::read(&path.on_disk(root))?;
    let text = String::from_utf8_lossy(&bytes);
    let mut diagnostics = Vec::new();
    let tree = match yaml::parse(&text, LIMITS) {
        Ok(tree) => tree,
        Err(_) => {
            let (tree, faults) = yaml::parse_by_key(&text, LIMITS);
            for fault in faults {
                let message = format!("the configuration is not YAML here: {}", fault.message);
                diagnostics.push(
                    Diagnostic::at(Code::BadConfig, path, fault.span, message)
                        .help("put texts with `:` or `#` in them in quotes, and indent by spaces"),
                );
            }
            tree
        }
    };
    Ok(read_tree(root, path, &tree, diagnostics))
}

fn read_tree(root: &Path, path: &SourcePath, tree: &Node, mut diagnostics: Vec<Diagnostic>) -> Reported<Config> {
    let config = read::read(path, tree, &title_of_folder(root)).take(&mut diagnostics);
    Reported::new(config, diagnostics)
}

fn apply(config: &mut Config, options: &Options) -> Result<()> {
    if let Some(text) = &options.base_url {
        let Some(base_url) = BaseUrl::parse(text) else {
            bail!("--base-url {text}: this is not an address; write https://playbook.example.org/");
        };
        config.id_base = config.id_base.take().or_else(|| Some(base_url.clone()));
        config.base_url = Some(base_url);
    }
    config.levels.strict = options.strict;
    config.is_preview = options.preview;
    Ok(())
}

fn title_of_folder(root: &Path) -> String {
    let name = root.file_name().map(|name| name.to_string_lossy().into_owned());
    crate::base::slug::to_words(&name.unwrap_or_else(|| "Playbook".into()))
}
