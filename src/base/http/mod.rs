//! Asks sites on the web, with a bound on everything: time, redirects, headers, what is read of the body.
//!
//! Certificates are trusted as this machine trusts them, those of an organisation's own among them. The proxy is the one that `ALL_PROXY`, `HTTPS_PROXY` or `HTTP_PROXY` names, but for hosts in `NO_PROXY` and for this
//! machine.

pub mod address;

use std::io::{self, Read as _};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ureq::http::{HeaderMap, Method, Request, Response as Answered, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use crate::base::date::Moment;
use crate::base::http::address::WebUrl;

/// How much patience a [`Client`] has.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long one request may take, until the body is read.
    pub time: Duration,
    /// How many redirects are followed.
    pub redirects: usize,
    /// Whether a redirect from `https` to `http` is refused.
    pub keeps_encryption: bool,
}

/// Asks sites. Shared by threads.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    redirects: usize,
    keeps_encryption: bool,
}

/// What a site answered, at the end of its redirects. The body is not read yet.
#[derive(Debug)]
pub struct Response {
    /// The status (RFC 9110).
    pub status: u16,
    /// Where the address leads for good: to the end of the permanent redirects (301, 308) that it begins with.
    pub moved: Option<WebUrl>,
    /// How long the site asks to wait (`Retry-After`), by its own clock.
    pub retry_after: Option<Duration>,
    body: Body,
}

/// Why there was no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// The name of the host is not known.
    #[error("there is no such host")]
    NoSuchHost,
    /// No connection could be made.
    #[error("it cannot be reached")]
    Unreachable,
    /// The connection was closed before there was an answer.
    #[error("it breaks off without an answer")]
    Closed,
    /// It took longer than the limit.
    #[error("it does not answer in time")]
    Timeout,
    /// No connection could be made that is encrypted and with the right host; the reason is given.
    #[error("its certificate or encryption does not hold ({0})")]
    Insecure(String),
    /// There are more redirects than the limit.
    #[error("it redirects without end")]
    Redirects,
    /// A redirect leads to something that is not on the web.
    #[error("it redirects to \"{0}\", which is not on the web")]
    Redirect(String),
    /// A redirect leads from `https` to `http`, which is not wanted.
    #[error("it redirects to {0}, which is not encrypted")]
    Unencrypted(String),
    /// A redirect leads to an address that does not answer, and why.
    #[error("it redirects to {0}, and {1}")]
    Onward(String, Box<Failure>),
    /// The answer is longer than the limit.
    #[error("its answer is too long")]
    TooLong,
    /// What came is not HTTP.
    #[error("its answer cannot be understood")]
    Garbled,
}

impl Client {
    /// Makes a client that calls itself `Fieldbook/<version> (<purpose>)`.
    pub fn new(purpose: &str, limits: Limits) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(limits.time))
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .user_agent(format!("Fieldbook/{} ({purpose})", env!("CARGO_PKG_VERSION")))
            .build();
        Client { agent: config.new_agent(), redirects: limits.redirects, keeps_encryption: limits.keeps_encryption }
    }

    /// Asks whether there is something at an address (`HEAD`).
    ///
    /// # Errors
    /// A [`Failure`] when there is no answer; an answer of any status is one.
    pub fn head(&self, url: &WebUrl) -> Result<Response, Failure> {
        self.follow(&Method::HEAD, url)
    }

    /// Asks for what is at an address (`GET`).
    ///
    /// # Errors
    /// A [`Failure`] when there is no answer; an answer of any status is one.
    pub fn get(&self, url: &WebUrl) -> Result<Response, Failure> {
        self.follow(&Method::GET, url)
    }

    /// Redirects are followed here, since it matters which of them are permanent.
    fn follow(&self, method: &Method, url: &WebUrl) -> Result<Response, Failure> {
        let mut at = url.clone().without_fragment();
        let mut moved = None;
        let mut is_permanent = true;
        for hop in 0..=self.redirects {
            let answered = self.once(method, &at).map_err(|failure| match hop {
                0 => failure,
                _ => Failure::Onward(at.to_string(), Box::new(failure)),
            })?;
            let status = answered.status().as_u16();
            let Some(location) = location(&answered) else {
                let retry_after = retry_after(answered.headers());
                return Ok(Response { status, moved, retry_after, body: answered.into_body() });
            };
            let next = at.join(&location).ok_or(Failure::Redirect(location))?;
            if self.keeps_encryption && loses_encryption(&at, &next) {
                return Err(Failure::Unencrypted(next.to_string()));
            }
            is_permanent &= matches!(status, 301 | 308);
            if is_permanent {
                moved = Some(next.clone());
            }
            at = next.without_fragment();
        }
        Err(Failure::Redirects)
    }

    fn once(&self, method: &Method, url: &WebUrl) -> Result<Answered<Body>, Failure> {
        let request = Request::builder().method(method).uri(url.as_str()).body(());
        let request = request.map_err(|_| Failure::Garbled)?;
        let answered = match url.is_local() {
            true => self.agent.run(self.agent.configure_request(request).proxy(None).build()),
            false => self.agent.run(request),
        };
        answered.map_err(failure)
    }
}

impl Failure {
    /// Returns what went wrong in the end, behind redirects.
    pub fn cause(&self) -> &Failure {
        match self {
            Failure::Onward(_, failure) => failure.cause(),
            failure => failure,
        }
    }

    /// Returns whether it may be different a moment later.
    pub fn may_pass(&self) -> bool {
        matches!(self.cause(), Failure::Unreachable | Failure::Closed | Failure::Timeout)
    }
}

impl Response {
    /// Reads the body, unpacked if it is packed.
    ///
    /// # Errors
    /// A [`Failure`] when it breaks off, takes too long or has more than `most` bytes.
    pub fn read(self, most: u64) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        let mut reader = self.body.into_reader().take(most.saturating_add(1));
        reader.read_to_end(&mut bytes).map_err(|error| failure(error.into()))?;
        match bytes.len() as u64 > most {
            true => Err(Failure::TooLong),
            false => Ok(bytes),
        }
    }
}

/// Returns the words that belong to a status: `Not Found`.
pub fn reason(status: u16) -> Option<&'static str> {
    StatusCode::from_u16(status).ok()?.canonical_reason()
}

fn loses_encryption(from: &WebUrl, to: &WebUrl) -> bool {
    from.is_encrypted() && !to.is_encrypted()
}

/// Where a redirect leads; `None` if it is none.
fn location(answered: &Answered<Body>) -> Option<String> {
    if !matches!(answered.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = answered.headers().get(header::LOCATION)?;
    Some(String::from_utf8_lossy(location.as_bytes()).replace(char::is_control, ""))
}

/// Reads `Retry-After` (RFC 9110): seconds, or a date, which is compared with the date of the answer.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let wanted = text(header::RETRY_AFTER)?;
    if let Ok(seconds) = wanted.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = Moment::parse(wanted).ok()?.to_unix();
    let now = Moment::parse(text(header::DATE)?).ok()?.to_unix();
    Some(Duration::from_secs(u64::try_from(until - now).unwrap_or(0)))
}

fn failure(error: ureq::Error) -> Failure {
    use ureq::Error;
    match error {
        Error::HostNotFound => Failure::NoSuchHost,
        Error::Timeout(_) => Failure::Timeout,
        Error::Io(error) => io_failure(&error),
        Error::Rustls(error) => Failure::Insecure(error.to_string()),
        Error::Tls(reason) => Failure::Insecure(reason.to_string()),
        Error::ConnectionFailed | Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => Failure::Unreachable,
        Error::LargeResponseHeader(..) => Failure::TooLong,
        _ => Failure::Garbled,
    }
}

/// What systems say of a name that nobody has; the standard library has no kind of error for it.
const NO_NAME: [&str; 4] =
    ["Name or service not known", "nodename nor servname", "No address associated", "No such host"];

fn io_failure(error: &io::Error) -> Failure {
    let words = error.to_string();
    if NO_NAME.iter().any(|no_name| words.contains(no_name)) {
        return Failure::NoSuchHost;
    }
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Failure::Timeout,
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => Failure::Closed,
        // What TLS refuses arrives as an error of this kind around the reason.
        io::ErrorKind::InvalidData if error.get_ref().is_some() => Failure::Insecure(words),
        _ => Failure::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(retry: &str, date: Option<&str>, expected: Option<u64>) {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, retry.parse().expect("a value"));
        if let Some(date) = date {
            headers.insert(header::DATE, date.parse().expect("a value"));
        }
        assert_eq!(retry_after(&headers), expected.map(Duration::from_secs), "{retry}");
    }

    #[test]
    fn names_that_nobody_has() {
        let failed = |why: &str| io_failure(&io::Error::other(format!("failed to lookup address information: {why}")));
        assert_eq!(failed("Name or service not known"), Failure::NoSuchHost);
        assert_eq!(failed("Temporary failure in name resolution"), Failure::Unreachable);
    }

    #[test]
    fn redirects_that_lose_encryption() {
        let check = |from: &str, to: &str, expected: bool| {
            let url = |text| WebUrl::parse(text).expect("an address");
            assert_eq!(loses_encryption(&url(from), &url(to)), expected, "{from} -> {to}");
        };
        check("https://example.org/", "http://example.org/", true);
        check("http://example.org/", "https://example.org/", false);
        check("https://example.org/", "https://other.org/", false);
        check("http://example.org/", "http://other.org/", false);
    }

    #[test]
    fn waits_that_are_asked_for() {
        let date = Some("Wed, 21 Oct 2015 07:28:00 GMT");
        check("120", None, Some(120));
        check("Wed, 21 Oct 2015 07:29:30 GMT", date, Some(90));
        check("Wed, 21 Oct 2015 07:27:00 GMT", date, Some(0));
        check("Wed, 21 Oct 2015 07:29:30 GMT", None, None);
        check("-1", date, None);
        check("soon", date, None);
    }
}
