//! Tells pages that are open what has become of them, by server-sent events (HTML, section 9.2).

use std::cmp::Reverse;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::http::Uri;
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::base::digest::Digest;
use crate::base::path::decode;
use crate::diag::levels::Severity;
use crate::serve::change::{Change, View, change};
use crate::serve::edition::{Edition, Live, Served};
use crate::serve::faults::Fault;
use crate::serve::route::{Request, Route};

/// How often a page is told that the server is still there.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// The faults that a page is sent; it is told how many more there are.
const MOST_FAULTS: usize = 50;

/// A page that somebody looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reader {
    /// The path of its address, still encoded.
    path: String,
    /// The digest of its bytes.
    digest: Digest,
}

/// Answers with the stream of events for the page in the query, or refuses.
pub(super) fn events(live: &Arc<Live>, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
    if !is_same_origin(headers) {
        return None;
    }
    let reader = Reader::parse(uri.query().unwrap_or_default())?;
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(tell(live.clone(), reader, sender));
    let beat = KeepAlive::new().interval(HEARTBEAT).event(Event::default().event("beat").data(""));
    Some(Sse::new(ReceiverStream::new(receiver)).keep_alive(beat).into_response())
}

/// Returns whether the request comes from a page of this server. Browsers name the origin of every other.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = text(header::HOST).unwrap_or_default();
    let is_own = text(header::ORIGIN).is_none_or(|origin| origin.eq_ignore_ascii_case(&format!("http://{host}")));
    let site = text(HeaderName::from_static("sec-fetch-site"));
    is_own && site.is_none_or(|site| matches!(site, "same-origin" | "none"))
}

impl Reader {
    /// Reads `page=…&digest=…`.
    fn parse(query: &str) -> Option<Self> {
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let path = decode(value("page")?);
        let digest = Digest(u64::from_str_radix(value("digest")?, 16).ok()?);
        path.starts_with('/').then_some(Reader { path, digest })
    }

    fn route(&self, live: &Live, served: &Served) -> Route {
        let request = Request { method: "GET", path: &self.path, query: None, host: Some("localhost") };
        served.route(&request, live.host)
    }
}

/// Sends what each edition means for a page, until the page goes away or the server stops.
async fn tell(live: Arc<Live>, mut reader: Reader, sender: mpsc::Sender<Result<Event, Infallible>>) {
    let mut editions = live.editions.subscribe();
    let mut is_stopping = live.is_stopping.subscribe();
    let mut before: Option<(Arc<Served>, Route)> = None;
    loop {
        let now = editions.borrow_and_update().clone();
        let route = reader.route(&live, &now);
        let view = View { site: &now.edition.site, route: &route };
        let old = before.as_ref().map(|(served, route)| View { site: &served.edition.site, route });
        let change = change(reader.digest, old, view);
        reader.digest = view.digest();
        let event = Event::default().data(message(&change, &reader, &now.edition).to_string());
        before = Some((now, route));
        let next = async {
            sender.send(Ok(event)).await.ok()?;
            editions.changed().await.ok()
        };
        tokio::select! {
            word = next => if word.is_none() { return },
            () = sender.closed() => return,
            _ = is_stopping.wait_for(|is_stopping| *is_stopping) => return,
        }
    }
}

fn message(change: &Change, reader: &Reader, edition: &Edition) -> Value {
    let (name, swaps) = match change {
        Change::Nothing => ("nothing", &[][..]),
        Change::Styles(swaps) => ("styles", swaps.as_slice()),
        Change::Content => ("content", &[][..]),
        Change::Gone => ("gone", &[][..]),
        Change::Moved => ("moved", &[][..]),
    };
    let faults = edition.faults.as_slice();
    let count = |severity: Severity| faults.iter().filter(|fault| fault.severity == severity).count();
    json!({
        "change": name,
        "digest": format!("{:x}", reader.digest.0),
        "styles": swaps.iter().map(|swap| [&swap.from, &swap.to]).collect::<Vec<_>>(),
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "faults": chosen(faults, &reader.path).into_iter().map(Fault::to_json).collect::<Vec<_>>(),
        "more": faults.len().saturating_sub(MOST_FAULTS),
    })
}

/// Returns the faults that are sent: those of the page first, errors before warnings.
fn chosen<'a>(faults: &'a [Fault], path: &str) -> Vec<&'a Fault> {
    let path = decode(path);
    let mut chosen: Vec<&Fault> = faults.iter().collect();
    chosen.sort_by_key(|fault| (fault.page.as_ref() != Some(&path), Reverse(fault.severity)));
    chosen.truncate(MOST_FAULTS);
    chosen
}
