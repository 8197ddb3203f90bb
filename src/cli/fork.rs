//! `fieldbook fork`.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;

use crate::cli::report::{self, number};
use crate::cli::{GOOD, world};
use crate::fork::answers;
use crate::fork::file::{self, Existing};
use crate::fork::make::{self, Options, Place};
use crate::fork::template::{Template, extension};
use crate::fork::upstream;
use crate::model::kinds::template::{Answer, Question};

/// Take a copy of a template, to fill in and keep: a file of your own that can be brought up to date later
///
/// TEMPLATE is the address of its page, or the path of its folder in a site or in a
/// site that was built. The bare name, such as `tech-spec`, is looked up in the site
/// around the current folder, or in the one that `--from` names.
///
/// A template may ask for things: a vendor, a date. What you do not answer with `--set`
/// is asked on a terminal, where Enter leaves it open; what is left open stays in the
/// text as `{{vendor}}`, to be filled in by hand.
///
/// The copy says where it comes from, in its front matter or in a last line. Leave that
/// in: by it `fieldbook status` knows what is new and `fieldbook update` brings it in.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The template; with `--list` the site whose templates are listed
    #[arg(required_unless_present = "list")]
    template: Option<String>,
    /// Where the copy goes: a file, or a folder; default: the name that the template suggests, here
    path: Option<PathBuf>,
    /// List the templates of a site: an address or a folder, default: the site around the current folder
    #[arg(long, conflicts_with_all = ["path", "set", "no_guide", "force", "no_front_matter", "take_as"])]
    list: bool,
    /// Take the template from this site: an address or a folder
    #[arg(long, value_name = "SITE")]
    from: Option<String>,
    /// Answer a question of the template (may be repeated), e.g. `--set vendor=Acme`
    #[arg(long, value_name = "ID=ANSWER")]
    set: Vec<String>,
    /// Leave out the advice, the `> [!GUIDE]` blocks
    #[arg(long)]
    no_guide: bool,
    /// The form of the copy; default: the template's own
    #[arg(long = "as", value_name = "FORM", value_enum)]
    take_as: Option<Form>,
    /// Write where it comes from as a last line that people can read, not as front matter
    #[arg(long)]
    no_front_matter: bool,
    /// Replace a file that is there already
    #[arg(long)]
    force: bool,
}

/// The form of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A Markdown document
    Md,
    /// A sheet of values between commas
    Csv,
}

/// Runs the command and returns the exit status.
pub fn run(args: Args) -> Result<u8> {
    let near = world::near(None)?;
    let Some(wanted) = args.template.as_deref().filter(|_| !args.list) else {
        let listed = upstream::list(args.template.as_deref().or(args.from.as_deref()), &near)?;
        let width = listed.iter().map(|listed| listed.slug.chars().count()).max().unwrap_or(0);
        for listed in listed {
            let released = listed.released.map(|day| format!(", {day}")).unwrap_or_default();
            let (slug, title, version) = (listed.slug, listed.title, listed.version);
            report::print(&format!("{slug:<width$}  {title} (version {version}{released})\n"));
        }
        return Ok(GOOD);
    };
    let found = upstream::find(wanted, args.from.as_deref(), &near)?;
    let template = found.template;
    check_form(&template, args.take_as)?;
    let version = match found.version {
        Some(number) => template.wanted(number)?,
        None => template.newest(),
    };
    let text = template.text_of(version)?;
    let path = make::path(&template, args.path.as_deref(), &near.current)?;
    let existing = if args.force { Existing::Replace } else { Existing::Refuse };
    // Before anything is asked, so that no answer is given in vain.
    file::check_free(&path, template.format, existing)?;
    let mut answers = answers::read(&args.set, &template, &text)?;
    for question in template.ask.iter().filter(|question| !is_set(&args.set, &question.id)) {
        if let Some(answer) = ask(question)? {
            answers.insert(question.id.clone(), answer);
        }
    }
    let place = if args.no_front_matter { Place::LastLine } else { Place::FrontMatter };
    let options = Options { drops_guides: args.no_guide, place };
    let made = make::make(&template, version, &text, &answers, options);
    file::create(&path, &made.text, made.note.as_ref(), existing)?;
    report::print(&format!("{}\n", path.display()));
    report::say(&summary(&template, version.number, &made, &path));
    Ok(GOOD)
}

fn summary(template: &Template, version: u32, made: &make::Made, path: &Path) -> String {
    let mut text = format!("a copy of \"{}\", version {version}\n", template.title);
    if made.note.is_some() {
        text.push_str(&format!("{} says where it comes from\n", file::note_path(path).display()));
    }
    if !made.open.is_empty() {
        let open: Vec<String> = made.open.iter().map(|id| format!("{{{{{id}}}}}")).collect();
        text.push_str(&format!("{} left open: {}\n", number(open.len(), "field"), open.join(", ")));
    }
    text
}

fn check_form(template: &Template, form: Option<Form>) -> Result<()> {
    let own = if extension(template.format) == "csv" { Form::Csv } else { Form::Md };
    match form.unwrap_or(own) {
        form if form == own => Ok(()),
        Form::Csv => bail!("\"{}\" is a document, no sheet; take it with `--as md`", template.title),
        Form::Md => bail!("\"{}\" is a sheet, no document; take it with `--as csv`", template.title),
    }
}

fn is_set(set: &[String], id: &str) -> bool {
    set.iter().any(|pair| pair.split_once('=').is_some_and(|(set, _)| set.trim() == id))
}

/// Asks a question until the answer is one; none without a terminal, or if the person leaves it open.
fn ask(question: &Question) -> Result<Option<String>> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    let hint = match (&question.answer, &question.example) {
        (Answer::Choice(options), _) => format!(" ({})", options.join(", ")),
        (_, Some(example)) => format!(" (e.g. {example})"),
        (Answer::Date, None) => " (e.g. 2026-01-05)".to_string(),
        _ => String::new(),
    };
    loop {
        report::say(&format!("{}{hint}: ", question.label));
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line).context("reading the answer")?;
        if read == 0 || line.trim().is_empty() {
            return Ok(None);
        }
        match answers::check(question, line.trim()) {
            Ok(answer) => return Ok(Some(answer)),
            Err(fault) => report::say(&format!("{fault}\n")),
        }
    }
}
