//! `fieldbook new`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::base::date::Day;
use crate::base::path::SourcePath;
use crate::cli::options::{ColorArg, FormatArg, MessageArgs};
use crate::cli::report::{self, Stream};
use crate::cli::{GOOD, options, world};
use crate::config::project::{Options, Project};
use crate::config::resolve;
use crate::diag::{Diagnostic, Report};
use crate::model::kinds::Kind;
use crate::pipeline::Texts;
use crate::scaffold::new::{self, Request};

/// Begin a page: its kind's fields and headings, in the right folder, with today's date
///
/// The path of the page is printed. The folder is the section whose pages are of the
/// kind, by `children.kind` or by its name, else the kind's usual one. A site's own
/// `forms/<kind>.md` is taken in place of the built-in form. No file is overwritten.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The kind of the page
    #[arg(value_parser = kind_parser())]
    kind: Kind,
    /// Its title, in quotes; the name of its file is made from it
    title: String,
    /// Put it into this folder of the content, e.g. `guides/costs`
    #[arg(long, short, value_name = "FOLDER")]
    section: Option<String>,
    /// Open it in the editor that `$VISUAL` or `$EDITOR` names
    #[arg(long, short)]
    edit: bool,
    /// Date it by this day (YYYY-MM-DD); default: `SOURCE_DATE_EPOCH`, else today in UTC
    #[arg(long, value_name = "DAY", value_parser = options::day)]
    today: Option<Day>,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    // Before anything is written, so that the command can be repeated as it is.
    let editor = match (args.edit, world::editor()) {
        (true, None) => bail!("--edit: neither $VISUAL nor $EDITOR is set; set one, e.g. `export EDITOR=vim`"),
        (is_wanted, editor) => editor.filter(|_| is_wanted),
    };
    let current = std::env::current_dir().context("finding the current folder")?;
    let options = Options { today: world::today(args.today)?, ..Options::default() };
    let mut diagnostics = Vec::new();
    let project = resolve::resolve(None, &current, &options)?.take(&mut diagnostics);
    say_faults(&project, diagnostics);
    let request = Request { kind: args.kind, title: &args.title, section: args.section.as_deref() };
    let made = new::new(&project, request)?;
    if let Some(folder) = &made.new_section {
        report::say(&format!("{folder}/ is a new section\n"));
    }
    for other in &made.others {
        report::say(&format!("{} is there too\n", shown(&project, &current, other).display()));
    }
    let page = shown(&project, &current, &made.page);
    report::print(&format!("{}\n", page.display()));
    if let Some(editor) = editor {
        open(&editor, &page)?;
    }
    Ok(GOOD)
}

/// The names of the kinds, in one or for several: `guide`, `guides`.
fn kind_parser() -> impl TypedValueParser<Value = Kind> {
    let names = Kind::ALL.map(|kind| PossibleValue::new(kind.name()).alias(kind.spec().plural));
    let kind = |name: String| Kind::ALL.into_iter().find(|kind| [kind.name(), kind.spec().plural].contains(&&*name));
    PossibleValuesParser::new(names).try_map(move |name| kind(name).ok_or("this is no kind of page"))
}

/// What is wrong with the configuration is no reason not to write, and may be why the page lands elsewhere.
fn say_faults(project: &Project, diagnostics: Vec<Diagnostic>) {
    let report = Report::new(diagnostics, &project.config.levels);
    let args = MessageArgs { format: FormatArg::Human, color: ColorArg::Auto, quiet: false, verbose: false };
    report::messages(project, &report, &Texts::new(), &args, Stream::Err);
}

/// A path of the project as it is seen from the current folder.
fn shown(project: &Project, current: &Path, path: &SourcePath) -> PathBuf {
    let whole = path.on_disk(&project.root);
    let current = current.canonicalize().unwrap_or_else(|_| current.to_path_buf());
    whole.strip_prefix(&current).map_or(whole.clone(), Path::to_path_buf)
}

/// Opens a file in the editor and waits for it.
fn open(editor: &OsStr, page: &Path) -> Result<()> {
    let status = editor_command(editor).arg(page).status();
    let status = status.with_context(|| format!("starting the editor {}", editor.display()))?;
    if !status.success() {
        bail!("the editor {} ended with {status}; {} is written", editor.display(), page.display());
    }
    Ok(())
}

/// The variables may hold options and quotes, which the shell understands: `code --wait`.
#[cfg(unix)]
fn editor_command(editor: &OsStr) -> Command {
    let mut script = editor.to_os_string();
    script.push(" \"$@\"");
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg(editor);
    command
}

#[cfg(not(unix))]
fn editor_command(editor: &OsStr) -> Command {
    let words = editor.to_string_lossy().into_owned();
    let mut words = words.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}
