//! What the environment says: the clock, and where we run.

use anyhow::{Context as _, Result};

use crate::base::date::{Day, Moment};

/// Returns today: `SOURCE_DATE_EPOCH` (reproducible-builds.org) if it is set, else the date in UTC.
///
/// # Errors
/// When `SOURCE_DATE_EPOCH` is no number of seconds.
pub fn today() -> Result<Day> {
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.trim().parse().with_context(|| format!("reading SOURCE_DATE_EPOCH={text}"))?,
        Err(_) => now(),
    };
    let moment = Moment::from_unix(seconds).with_context(|| format!("{seconds} seconds are no date"))?;
    Ok(moment.day())
}

/// Returns whether this is a preview that search engines should not see, as Netlify says it.
pub fn is_preview() -> bool {
    let context = std::env::var("CONTEXT").unwrap_or_default();
    std::env::var_os("DEPLOY_PRIME_URL").is_some() && context != "production"
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
}
