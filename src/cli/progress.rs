//! Shows on a terminal how far long work is. In a pipe, and of short work, nothing is shown.

use std::ffi::OsStr;
use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::options::{FormatArg, MessageArgs};
use crate::cli::report;
use crate::pipeline::Progress;

/// Work that takes less is not shown, so that nothing flickers.
const PATIENCE: Duration = Duration::from_millis(500);
/// The time between two pictures of what turns.
const TICK: Duration = Duration::from_millis(100);

/// Shows a stage, or how many of how many are done, until it is ended or dropped; nothing of it remains then. With
/// `--verbose` it prints how long each stage took instead.
pub struct Meter {
    bar: Option<Bar>,
    timings: Box<dyn Fn(&'static str) + Sync>,
}

/// What is on the terminal, from the time that it may be.
struct Bar {
    bar: ProgressBar,
    /// Dropped to say that the work is done.
    waiting: Option<Sender<()>>,
    revealer: Option<JoinHandle<()>>,
}

impl Meter {
    /// Begins to measure.
    pub fn begin(args: &MessageArgs) -> Self {
        let (ci, term) = (std::env::var_os("CI"), std::env::var_os("TERM"));
        let is_wanted = is_wanted(args, io::stderr().is_terminal(), (ci.as_deref(), term.as_deref()));
        Meter { bar: is_wanted.then(Bar::begin), timings: Box::new(report::stages(args)) }
    }

    /// Takes it from the terminal, so that other things can be printed.
    pub fn end(self) {
        (self.timings)("end");
    }
}

impl Progress for Meter {
    fn stage(&self, name: &'static str) {
        (self.timings)(name);
        if let Some(Bar { bar, .. }) = &self.bar {
            bar.set_style(style("{spinner} {msg}"));
            bar.set_message(in_words(name));
        }
    }

    fn made(&self, made: usize, of: usize) {
        if let Some(Bar { bar, .. }) = &self.bar {
            if bar.length() != Some(of as u64) {
                bar.set_length(of as u64);
                bar.set_style(style("{spinner} {msg} [{bar:30}] {pos} of {len}"));
            }
            bar.set_position(made as u64);
        }
    }
}

impl Bar {
    fn begin() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let (waiting, is_done) = channel();
        let hidden = bar.clone();
        let revealer = thread::spawn(move || {
            if is_done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                hidden.set_draw_target(ProgressDrawTarget::stderr());
                hidden.enable_steady_tick(TICK);
            }
        });
        Bar { bar, waiting: Some(waiting), revealer: Some(revealer) }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        // It must not come up once it was taken away.
        drop(self.waiting.take());
        if let Some(revealer) = self.revealer.take() {
            let _ = revealer.join();
        }
        self.bar.finish_and_clear();
    }
}

/// Decides whether progress is shown, by the options, by whether standard error is a terminal, and by `$CI` and `$TERM`.
fn is_wanted(args: &MessageArgs, is_terminal: bool, (ci, term): (Option<&OsStr>, Option<&OsStr>)) -> bool {
    let is_plain = !args.quiet && !args.verbose && args.format == FormatArg::Human;
    let is_watched = ci.is_none_or(OsStr::is_empty) && term != Some(OsStr::new("dumb"));
    is_terminal && is_plain && is_watched
}

/// What a stage does, in the words of those who wait for it.
fn in_words(stage: &'static str) -> &'static str {
    match stage {
        "load" => "reading the files",
        "parse" => "reading the pages",
        "link" => "following the links",
        "render" => "planning the site",
        "emit" => "making the site",
        "check" => "checking the site",
        "external" => "asking other sites",
        stage => stage,
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::options::ColorArg;

    #[test]
    fn only_people_who_watch_a_terminal_see_it() {
        let plain = || MessageArgs { format: FormatArg::Human, color: ColorArg::Auto, quiet: false, verbose: false };
        let check = |args: MessageArgs, is_terminal, ci: Option<&str>, term: Option<&str>, expected| {
            assert_eq!(is_wanted(&args, is_terminal, (ci.map(OsStr::new), term.map(OsStr::new))), expected, "{args:?}");
        };
        check(plain(), true, None, Some("xterm"), true);
        check(plain(), true, Some(""), None, true);
        check(plain(), false, None, Some("xterm"), false);
        check(plain(), true, Some("true"), Some("xterm"), false);
        check(plain(), true, None, Some("dumb"), false);
        check(MessageArgs { quiet: true, ..plain() }, true, None, None, false);
        check(MessageArgs { verbose: true, ..plain() }, true, None, None, false);
        check(MessageArgs { format: FormatArg::Json, ..plain() }, true, None, None, false);
    }

    #[test]
    fn what_it_shows_can_be_drawn() {
        for template in ["{spinner} {msg}", "{spinner} {msg} [{bar:30}] {pos} of {len}"] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
