//! Answers requests from the edition that is served. A file on disk is read when it is asked for.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::response::Response;

use crate::base::digest::Digest;
use crate::base::fs;
use crate::base::fs::write as disk;
use crate::base::path::{OutputPath, decode};
use crate::emit::memory::Held;
use crate::serve::conditions::{Conditions, Share};
use crate::serve::edition::{Live, Served};
use crate::serve::events::events;
use crate::serve::inject::inject;
use crate::serve::route::{Request, Route, refuse};
use crate::serve::{media_type, policy};

/// A browser may keep what it was sent, and asks each time whether it is still good: it never shows an old page.
const CACHE_CONTROL: &str = "no-cache";

/// The script that every page gets, and the one that it fetches when there is something wrong.
const SCRIPTS: [(&str, &str); 2] = [("live.js", include_str!("live.js")), ("overlay.js", include_str!("overlay.js"))];

/// The page for what is not there, in a site that has none of its own: it is there for the script in it.
const MISSING: &str = "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>No such page</title></head>\n\
    <body><p>There is no such page.</p></body>\n</html>\n";

/// Something that can be sent, whole or in part.
struct Sendable {
    bytes: Bytes,
    size: u64,
    /// The entity tag, in its quotes.
    tag: String,
    media_type: &'static str,
}

enum Bytes {
    Shared(Arc<Vec<u8>>),
    Made(Vec<u8>),
    Disk(PathBuf),
}

/// Answers one request.
pub(super) async fn answer(State(live): State<Arc<Live>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let answer = move || answer_now(&live, &method, &uri, &headers);
    match tokio::task::spawn_blocking(answer).await {
        Ok(response) => response,
        Err(_) => message(500, "The server failed.\n"),
    }
}

fn answer_now(live: &Arc<Live>, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let hosts = [uri.authority().map(|authority| authority.as_str()), text(header::HOST)];
    let host = hosts.into_iter().flatten().next();
    let request = Request { method: method.as_str(), path: uri.path(), query: uri.query(), host };
    let conditions = Conditions {
        range: text(header::RANGE),
        if_range: text(header::IF_RANGE),
        if_none_match: text(header::IF_NONE_MATCH),
    };
    let served = live.current();
    if let Some(name) = served.own_name(uri.path()) {
        if let Some(Route::Text { status, text }) = refuse(&request, live.host) {
            return message(status, text);
        }
        return match SCRIPTS.iter().find(|(script, _)| *script == name) {
            Some((_, script)) => send(Sendable::script(script), 200, conditions),
            None if name == "events" => {
                events(live, uri, headers).unwrap_or_else(|| message(403, "This is for own pages only.\n"))
            }
            None => message(404, "There is no such file.\n"),
        };
    }
    let mut response = match served.route(&request, live.host) {
        Route::File { path, status } => match Sendable::find(&served, &path) {
            Some(file) => send(file, status, if status == 200 { conditions } else { Conditions::default() }),
            None => message(404, "This file is there no more.\n"),
        },
        Route::Redirect { to, status } => {
            let mut response = message(status, "");
            set(response.headers_mut(), header::LOCATION, &to);
            response
        }
        Route::Text { status: 404, text } => {
            let page = Sendable::page(MISSING.as_bytes(), &served, Digest::of(text.as_bytes()));
            send(page, 404, Conditions::default())
        }
        Route::Text { status, text } => message(status, text),
    };
    if response.status() != StatusCode::FORBIDDEN {
        add_rules(&mut response, &served, uri.path());
    }
    response
}

/// Sets the headers that the site asks for, as far as they are about what is sent, and leave it to be seen at once.
fn add_rules(response: &mut Response, served: &Served, path: &str) {
    let kind = response.headers().get(header::CONTENT_TYPE).cloned();
    let is_missing = response.status() == StatusCode::NOT_FOUND;
    let rules = served.rules.headers(&decode(path));
    let headers = response.headers_mut();
    add(headers, &rules);
    // The rules are about the file that is not there, not about the page that says so.
    if let (true, Some(kind)) = (is_missing, kind) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    set(headers, header::CACHE_CONTROL, CACHE_CONTROL);
}

impl Sendable {
    /// Finds a file of the site; a page gets the script.
    fn find(served: &Served, path: &OutputPath) -> Option<Self> {
        let file = served.file(path)?;
        let media_type = media_type::of(path.as_str());
        let is_page = media_type.starts_with("text/html");
        match &file.held {
            Held::Bytes(bytes) if is_page => Some(Self::page(bytes, served, file.digest)),
            Held::Disk(path) if is_page => Some(Self::page(&fs::read(path).ok()?, served, file.digest)),
            Held::Bytes(bytes) => {
                let tag = format!("\"{:x}\"", file.digest.0);
                Some(Sendable { size: bytes.len() as u64, bytes: Bytes::Shared(bytes.clone()), tag, media_type })
            }
            Held::Disk(path) => {
                // It may have changed since the edition was made.
                let stamp = disk::stamp(path).ok()?;
                let tag = format!("\"{:x}-{:x}\"", stamp.size, stamp.modified);
                Some(Sendable { size: stamp.size, bytes: Bytes::Disk(path.clone()), tag, media_type })
            }
        }
    }

    fn page(bytes: &[u8], served: &Served, digest: Digest) -> Self {
        let bytes = inject(bytes, &served.own, digest);
        let tag = format!("\"{:x}{}\"", digest.0, served.own);
        Sendable { size: bytes.len() as u64, bytes: Bytes::Made(bytes), tag, media_type: media_type::of(".html") }
    }

    fn script(text: &str) -> Self {
        let tag = format!("\"{:x}\"", Digest::of(text.as_bytes()).0);
        let bytes = Bytes::Made(text.as_bytes().to_vec());
        Sendable { size: text.len() as u64, bytes, tag, media_type: media_type::of(".js") }
    }
}

/// Sends something, or the part of it that is wanted.
fn send(sendable: Sendable, status: u16, conditions: Conditions<'_>) -> Response {
    let Sendable { bytes, size, tag, media_type } = sendable;
    let share = conditions.share(size, &tag);
    let (status, part) = match &share {
        Share::Whole => (status, 0..size),
        Share::Part(part) => (206, part.clone()),
        Share::Unchanged => (304, 0..0),
        Share::Outside => (416, 0..0),
    };
    let Some(bytes) = bytes.part(part) else { return message(404, "This file is there no more.\n") };
    let length = bytes.len();
    let mut response = reply(status, Body::from(bytes));
    let headers = response.headers_mut();
    if share != Share::Unchanged {
        set(headers, header::CONTENT_TYPE, media_type);
        set(headers, header::CONTENT_LENGTH, &length.to_string());
    }
    match share {
        Share::Part(part) => {
            set(headers, header::CONTENT_RANGE, &format!("bytes {}-{}/{size}", part.start, part.end - 1));
        }
        Share::Outside => set(headers, header::CONTENT_RANGE, &format!("bytes */{size}")),
        Share::Whole | Share::Unchanged => {}
    }
    set(headers, header::ETAG, &tag);
    set(headers, header::ACCEPT_RANGES, "bytes");
    set(headers, header::CACHE_CONTROL, CACHE_CONTROL);
    response
}

impl Bytes {
    /// Returns some of them; `None` if the file cannot be read.
    fn part(self, part: Range<u64>) -> Option<Vec<u8>> {
        let range = usize::try_from(part.start).ok()?..usize::try_from(part.end).ok()?;
        match self {
            Bytes::Made(bytes) if range.len() == bytes.len() => Some(bytes),
            Bytes::Made(bytes) => bytes.get(range).map(<[u8]>::to_vec),
            Bytes::Shared(bytes) => bytes.get(range).map(<[u8]>::to_vec),
            Bytes::Disk(path) => fs::read_part(&path, part).ok(),
        }
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
        let value = match name == header::CONTENT_SECURITY_POLICY {
            true => policy::adapt(value),
            false => value.to_string(),
        };
        if let Ok(value) = HeaderValue::from_str(&value) {
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
    set(response.headers_mut(), header::CACHE_CONTROL, CACHE_CONTROL);
    if status == 405 {
        set(response.headers_mut(), header::ALLOW, "GET, HEAD");
    }
    response
}

fn reply(status: u16, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}
