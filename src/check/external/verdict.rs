//! What an answer says of a link.

use serde::{Deserialize, Serialize};

use crate::base::http::{Failure, reason};

/// What became of asking for an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The site answered.
    Status {
        /// The status at the end of all redirects.
        status: u16,
        /// Where it has moved for good.
        moved: Option<String>,
    },
    /// There was no answer.
    Failure(Failure),
    /// It was not asked, or not to the end: the site asks to be left alone for longer than we wait.
    Busy,
    /// It was not asked: the site did not answer several times in a row.
    Silent,
}

/// What is to be told of a link. The words end a sentence that begins with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Good,
    /// It works, and has another address.
    Moved(String),
    /// Nobody knows.
    Unsure(String),
    /// It does not work.
    Broken(String),
}

/// The statuses with which sites turn programs away, or want a password, whatever is there. 999 is LinkedIn's.
const TELL_NOTHING: [u16; 5] = [401, 403, 407, 429, 999];

/// Judges an answer; `accept` are statuses that are as good as 200.
pub fn judge(answer: &Answer, accept: &[u16]) -> Verdict {
    match answer {
        Answer::Status { status, .. } if accept.contains(status) => Verdict::Good,
        Answer::Status { status: 200..=299, moved: Some(url) } => Verdict::Moved(url.clone()),
        Answer::Status { status: 200..=299, moved: None } => Verdict::Good,
        Answer::Status { status, .. } => {
            let words = reason(*status).map_or(String::new(), |words| format!(" {words}"));
            let words = format!("it answers {status}{words}");
            match TELL_NOTHING.contains(status) {
                true => Verdict::Unsure(words),
                false => Verdict::Broken(words),
            }
        }
        Answer::Failure(failure) => Verdict::Broken(failure.to_string()),
        Answer::Busy => Verdict::Unsure("the site asks to be left alone for longer than we wait".into()),
        Answer::Silent => Verdict::Unsure("the site did not answer several times before".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, moved: Option<&str>, expected: &str) {
        let answer = Answer::Status { status, moved: moved.map(str::to_string) };
        let found = match judge(&answer, &[418]) {
            Verdict::Good => "good".to_string(),
            Verdict::Moved(url) => format!("moved {url}"),
            Verdict::Unsure(words) => format!("unsure {words}"),
            Verdict::Broken(words) => format!("broken {words}"),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn statuses() {
        check(204, None, "good");
        check(418, Some("https://example.org/"), "good");
        check(200, Some("https://example.org/"), "moved https://example.org/");
        check(404, Some("https://example.org/"), "broken it answers 404 Not Found");
        check(304, None, "broken it answers 304 Not Modified");
        check(503, None, "broken it answers 503 Service Unavailable");
        check(403, None, "unsure it answers 403 Forbidden");
        check(999, None, "unsure it answers 999");
    }
}
