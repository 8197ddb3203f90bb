//! Reads what answers a request and sends it. Files are read whole: this is a server for one reader, at a desk.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::response::Response;

use crate::base::fs;
use crate::base::fs::write::{self as disk, Stamp};
use crate::base::path::{OutputPath, decode};
use crate::serve::conditions::{Conditions, Share};
use crate::serve::media_type;
use crate::serve::route::{Request, Route, route};
use crate::serve::rules::Rules;

/// The folder that is served.
#[derive(Debug)]
pub(super) struct Site {
    folder: PathBuf,
    host: IpAddr,
    /// The rules, with the stamps of the files that they were read from: a build may change them at any time.
    rules: Mutex<(Stamps, Arc<Rules>)>,
}

type Stamps = [Option<Stamp>; 2];

/// What Netlify says unless the site says otherwise.
const CACHE_CONTROL: &str = "public, max-age=0, must-revalidate";

impl Site {
    pub(super) fn new(folder: PathBuf, host: IpAddr) -> Self {
        Site { folder, host, rules: Mutex::default() }
    }

    /// Returns the rules as the files say them now.
    fn rules(&self) -> Arc<Rules> {
        let paths = ["_redirects", "_headers"].map(|name| self.folder.join(name));
        let stamps = [disk::stamp(&paths[0]).ok(), disk::stamp(&paths[1]).ok()];
        let mut known = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != stamps {
            let [redirects, headers] = paths.map(|path| fs::read(&path).unwrap_or_default());
            let rules = Rules::parse(&String::from_utf8_lossy(&redirects), &String::from_utf8_lossy(&headers));
            *known = (stamps, Arc::new(rules));
        }
        known.1.clone()
    }

    /// Returns where a file of the site is on disk; a link that leads out of the folder leads nowhere.
    fn file(&self, path: &OutputPath) -> Option<PathBuf> {
        let real = disk::resolve(&path.on_disk(&self.folder)).ok()?;
        (real.starts_with(&self.folder) && fs::is_file(&real)).then_some(real)
    }

    fn answer(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let hosts = [uri.authority().map(|authority| authority.as_str()), text(header::HOST)];
        let request = Request {
            method: method.as_str(),
            path: uri.path(),
            query: uri.query(),
            host: hosts.into_iter().flatten().next(),
        };
        let rules = self.rules();
        let mut response = match route(&request, &rules, self.host, &|path| self.file(path).is_some()) {
            Route::File { path, status } => {
                let conditions = Conditions {
                    range: text(header::RANGE),
                    if_range: text(header::IF_RANGE),
                    if_none_match: text(header::IF_NONE_MATCH),
                };
                self.send(&path, status, if status == 200 { conditions } else { Conditions::default() })
            }
            Route::Redirect { to, status } => {
                let mut response = message(status, "");
                set(response.headers_mut(), header::LOCATION, &to);
                response
            }
            Route::Text { status, text } => message(status, text),
        };
        if response.status() == StatusCode::METHOD_NOT_ALLOWED {
            set(response.headers_mut(), header::ALLOW, "GET, HEAD");
        }
        if response.status() != StatusCode::FORBIDDEN {
            let kind = response.headers().get(header::CONTENT_TYPE).cloned();
            let is_missing = response.status() == StatusCode::NOT_FOUND;
            add(response.headers_mut(), &rules.headers(&decode(uri.path())));
            // The rules are about the file that is not there, not about the page that says so.
            if let (true, Some(kind)) = (is_missing, kind) {
                response.headers_mut().insert(header::CONTENT_TYPE, kind);
            }
        }
        response
    }

    /// Sends a file, or the part of it that is wanted.
    fn send(&self, path: &OutputPath, status: u16, conditions: Conditions<'_>) -> Response {
        let gone = || message(404, "There is no such page.\n");
        let Some(file) = self.file(path) else { return gone() };
        let Ok(stamp) = disk::stamp(&file) else { return gone() };
        let tag = format!("\"{:x}-{:x}\"", stamp.size, stamp.modified);
        let share = conditions.share(stamp.size, &tag);
        let (status, part) = match &share {
            Share::Whole => (status, 0..stamp.size),
            Share::Part(part) => (206, part.clone()),
            Share::Unchanged => (304, 0..0),
            Share::Outside => (416, 0..0),
        };
        let Ok(bytes) = fs::read_part(&file, part.clone()) else { return gone() };
        let length = bytes.len();
        let mut response = reply(status, Body::from(bytes));
        let headers = response.headers_mut();
        if share != Share::Unchanged {
            set(headers, header::CONTENT_TYPE, media_type::of(path.as_str()));
            set(headers, header::CONTENT_LENGTH, &length.to_string());
        }
        match share {
            Share::Part(part) => {
                set(headers, header::CONTENT_RANGE, &format!("bytes {}-{}/{}", part.start, part.end - 1, stamp.size));
            }
            Share::Outside => set(headers, header::CONTENT_RANGE, &format!("bytes */{}", stamp.size)),
            Share::Whole | Share::Unchanged => {}
        }
        set(headers, header::ETAG, &tag);
        set(headers, header::ACCEPT_RANGES, "bytes");
        set(headers, header::CACHE_CONTROL, CACHE_CONTROL);
        response
    }
}

/// Answers one request.
pub(super) async fn answer(State(site): State<Arc<Site>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let answer = move || site.answer(&method, &uri, &headers);
    match tokio::task::spawn_blocking(answer).await {
        Ok(response) => response,
        Err(_) => message(500, "The server failed.\n"),
    }
}

/// Sets the headers that the site's rules name, in place of our own.
fn add(headers: &mut HeaderMap, rules: &[(&str, &str)]) {
    let parsed = rules.iter().filter_map(|(name, value)| Some((HeaderName::try_from(*name).ok()?, value)));
    let parsed: Vec<(HeaderName, &&str)> = parsed.filter(|(name, _)| *name != header::CONTENT_LENGTH).collect();
    for (name, _) in &parsed {
        headers.remove(name);
    }
    for (name, value) in parsed {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.append(name, value);
        }
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn message(status: u16, text: &'static str) -> Response {
    let mut response = reply(status, Body::from(text));
    set(response.headers_mut(), header::CONTENT_TYPE, "text/plain; charset=utf-8");
    response
}

fn reply(status: u16, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}
