//! What the environment says: the clock, and where we run.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::base::date::{Day, Moment};
use crate::fork::Near;
use crate::fork::shelf::Shelf;

/// Returns the day that was `said` on the command line, else `SOURCE_DATE_EPOCH` (reproducible-builds.org), else the date
/// in UTC.
///
/// # Errors
/// When `SOURCE_DATE_EPOCH` is no number of seconds.
pub fn today(said: Option<Day>) -> Result<Day> {
    if let Some(day) = said {
        return Ok(day);
    }
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.trim().parse().with_context(|| format!("reading SOURCE_DATE_EPOCH={text}"))?,
        Err(_) => now(),
    };
    let moment = Moment::from_unix(seconds).with_context(|| format!("{seconds} seconds are no date"))?;
    Ok(moment.day())
}

/// Returns the command of the author's editor: `$VISUAL`, else `$EDITOR`; `None` if neither is set.
pub fn editor() -> Option<OsString> {
    let set = |name| std::env::var_os(name).filter(|command| !command.is_empty());
    set("VISUAL").or_else(|| set("EDITOR"))
}

/// Returns where and when the command is run.
///
/// # Errors
/// Those of [`today`], and when there is no current folder.
pub fn near(said: Option<Day>) -> Result<Near> {
    let current = std::env::current_dir().context("finding the current folder")?;
    Ok(Near { current, today: today(said)? })
}

/// Returns where the files that updates replace are kept: below `$XDG_STATE_HOME` (freedesktop.org), on Windows below
/// `%LOCALAPPDATA%`, else below `~/.local/state`.
///
/// # Errors
/// When none of these is set.
pub fn shelf() -> Result<Shelf> {
    let set = |name| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let local = || set("LOCALAPPDATA").filter(|_| cfg!(windows));
    let folder = set("XDG_STATE_HOME").or_else(local).or_else(|| set("HOME").map(|home| home.join(".local/state")));
    let folder = folder.context("there is no place to keep the file as it was; set XDG_STATE_HOME to a folder")?;
    Ok(Shelf::new(folder.join("fieldbook").join("undo")))
}

/// Returns whether this is a preview that search engines should not see, as Netlify says it.
pub fn is_preview() -> bool {
    let context = std::env::var("CONTEXT").unwrap_or_default();
    std::env::var_os("DEPLOY_PRIME_URL").is_some() && context != "production"
}

/// Returns the moment, in seconds since 1970-01-01T00:00:00Z.
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
}
