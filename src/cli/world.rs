//! What the environment says: the clock, and where we run.

use std::ffi::OsString;

use anyhow::{Context as _, Result};

use crate::base::date::{Day, Moment};

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
