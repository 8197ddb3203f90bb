//! Prints: messages about the content, summaries, failures.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, Write};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use crate::base::fs;
use crate::base::path::SourcePath;
use crate::check::mend::{Mended, Replaced};
use crate::cli::options::{ColorArg, FormatArg, MessageArgs};
use crate::cli::{CONTENT_HAS_ERRORS, GOOD};
use crate::config::project::Project;
use crate::diag::Report;
use crate::diag::levels::Severity;
use crate::diag::render::{plain, render};
use crate::pipeline::{Outcome, Texts};

/// Where messages about the content go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// They are the result of the command.
    Out,
    /// They accompany the result.
    Err,
}

/// Prints the messages of a run, and a line that counts them.
pub fn outcome<T>(project: &Project, outcome: &Outcome<T>, args: &MessageArgs, stream: Stream) {
    let report = match args.quiet {
        true => outcome.report.errors_only(),
        false => outcome.report.clone(),
    };
    messages(project, &report, &outcome.texts, args, stream);
    if !args.quiet && args.format == FormatArg::Human && !report.entries().is_empty() {
        say(&format!("{}\n", counts(&report)));
    }
}

/// Prints how many of the faults `check --fix` can mend, if it can any.
pub fn mendable(report: &Report, args: &MessageArgs) {
    let count = report.fixable();
    if count > 0 && !args.quiet && args.format == FormatArg::Human {
        say(&format!("{count} of them can be mended by `fieldbook check --fix`\n"));
    }
}

/// Prints what was mended, and what could not be.
pub fn mended(mended: &Mended) {
    let files: BTreeSet<_> = mended.done.iter().map(|replaced| &replaced.path).collect();
    if !mended.done.is_empty() {
        say(&format!("mended {} in {}:\n", number(mended.done.len(), "link"), number(files.len(), "file")));
    }
    for Replaced { path, at, before, after } in &mended.done {
        say(&format!("{path}:{}:{}: {} -> {}\n", at.line, at.column, plain(before), plain(after)));
    }
    for (path, reason) in &mended.left {
        say(&format!("{path} was left as it is: {reason}\n"));
    }
}

/// Prints messages about the content.
pub fn messages(project: &Project, report: &Report, texts: &Texts, args: &MessageArgs, stream: Stream) {
    let text = render(report, &text_of(project, texts), args.format.to_format(), is_coloured(args.color, stream));
    match stream {
        Stream::Out => print(&text),
        Stream::Err => say(&text),
    }
}

/// Returns what gives the text of a source: as it was when the site was made, else as it is on disk.
pub fn text_of<'a>(project: &'a Project, texts: &'a Texts) -> impl Fn(&SourcePath) -> Option<Arc<str>> + 'a {
    |path| match texts.get(path) {
        Some(text) => Some(text.clone()),
        None => {
            let bytes = fs::read_if_there(&path.on_disk(&project.root)).ok().flatten()?;
            Some(String::from_utf8_lossy(&bytes).into())
        }
    }
}

/// Prints a result to standard output.
pub fn print(text: &str) {
    write(&mut io::stdout().lock(), text);
}

/// Prints something else to standard error.
pub fn say(text: &str) {
    write(&mut io::stderr().lock(), text);
}

/// Prints why the tool failed.
pub fn failure(error: &anyhow::Error) {
    // Words of other sites and of files may be in it, which a terminal must not obey.
    say(&format!("fieldbook: {}\n", plain(&format!("{error:#}"))));
}

/// Returns the exit status of a run.
pub fn status<T>(outcome: &Outcome<T>) -> u8 {
    match outcome.report.has_errors() {
        true => CONTENT_HAS_ERRORS,
        false => GOOD,
    }
}

/// Returns what is told the stages: with `--verbose` it prints how long each took.
pub fn stages(args: &MessageArgs) -> impl Fn(&'static str) + Sync + use<> {
    let is_verbose = args.verbose;
    let last = Mutex::new(None::<(&'static str, Instant)>);
    move |stage| {
        if !is_verbose {
            return;
        }
        let mut last = last.lock().expect("no thread panics while it holds the stage");
        if let Some((name, since)) = last.replace((stage, Instant::now())) {
            say(&format!("{name:<7} {:>8.1} ms\n", since.elapsed().as_secs_f64() * 1000.0));
        }
    }
}

/// `2 errors, 1 warning`.
fn counts(report: &Report) -> String {
    let words = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counted = words.map(|(severity, word)| (report.count(severity), word));
    let parts: Vec<String> =
        counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| number(count, word)).collect();
    parts.join(", ")
}

/// `1 page`, `2 pages`.
pub fn number(count: usize, word: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {word}{s}")
}

fn is_coloured(color: ColorArg, stream: Stream) -> bool {
    let is_terminal = match stream {
        Stream::Out => io::stdout().is_terminal(),
        Stream::Err => io::stderr().is_terminal(),
    };
    match color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

fn write(stream: &mut impl Write, text: &str) {
    // A reader that has gone (`| head`) wants no more; there is nobody to tell of any other failure.
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}
