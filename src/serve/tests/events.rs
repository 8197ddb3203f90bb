//! Streams of events, read line by line.

use std::io::{BufRead as _, BufReader};
use std::sync::mpsc;
use std::thread;

use serde_json::Value;
use tokio::sync::oneshot;

use super::*;
use crate::base::digest::Digest;
use crate::diag::levels::Severity;
use crate::serve::Fault;

const PAGE: &str = "<link rel=stylesheet href=\"/assets/style.3f2ac81be0.css\"><body>styled</body>";

/// A page that is open in a browser.
struct Stream {
    lines: BufReader<TcpStream>,
}

impl Stream {
    /// Opens the stream of the page at a path, whose bytes are `page`.
    fn open(bench: &Bench, path: &str, page: &str) -> Self {
        let mut stream = Self::ask(bench, &query(path, page), "");
        assert!(stream.line().starts_with("HTTP/1.1 200"));
        stream
    }

    fn ask(bench: &Bench, query: &str, headers: &str) -> Self {
        let mut stream = TcpStream::connect(bench.server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let head = format!("GET /_fieldbook/events?{query} HTTP/1.1\nHost: localhost\n{headers}\n");
        stream.write_all(head.replace('\n', "\r\n").as_bytes()).unwrap();
        Stream { lines: BufReader::new(stream) }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line
    }

    /// Waits for the next event.
    fn event(&mut self) -> Value {
        loop {
            let line = self.line();
            assert!(!line.is_empty(), "the stream has ended");
            if let Some(data) = line.strip_prefix("data: ").filter(|data| !data.trim().is_empty()) {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// Waits for the next event and returns what it says of the page.
    fn change(&mut self) -> String {
        self.event()["change"].as_str().unwrap().to_string()
    }
}

fn query(path: &str, page: &str) -> String {
    format!("page={}&digest={:x}", path.replace('%', "%25"), Digest::of(page.as_bytes()).0)
}

fn fault(severity: Severity, page: &str) -> Fault {
    Fault {
        severity,
        code: "broken-link",
        message: format!("{severity} on {page}"),
        place: Some(format!("content{page}index.md:1:1")),
        excerpt: "1 | x\n  | ^\n".into(),
        help: None,
        editor_url: None,
        page: Some(page.into()),
    }
}

#[test]
fn each_page_is_told_what_has_become_of_it() {
    let bench = Bench::new();
    let mut home = Stream::open(&bench, "/", "<body>home</body>");
    let mut page = Stream::open(&bench, "/a/", "<body>a page</body>");
    let mut missing = Stream::open(&bench, "/%C3%A9/", "<body>not here</body>");
    assert_eq!([home.change(), page.change(), missing.change()], ["nothing"; 3]);
    bench.publish(&[("a/index.html", "other"), ("é/index.html", "come to be")]);
    assert_eq!([home.change(), page.change(), missing.change()], ["nothing", "content", "content"]);
    let mut other = site(&[]);
    other.files.remove(&OutputPath::parse("a/index.html").unwrap());
    bench.server.publisher().publish(Edition { site: Arc::new(other), ..Edition::default() });
    assert_eq!([home.change(), page.change(), missing.change()], ["nothing", "gone", "gone"]);
    bench.publish(&[("_redirects", "/a/ / 301!\n")]);
    assert_eq!([home.change(), page.change(), missing.change()], ["nothing", "moved", "nothing"]);
}

#[test]
fn a_page_that_is_old_when_it_connects_is_told() {
    let bench = Bench::new();
    assert_eq!(Stream::open(&bench, "/", "as it was yesterday").change(), "content");
    assert_eq!(Stream::open(&bench, "/old", "before the redirect").change(), "moved");
}

#[test]
fn style_sheets_are_swapped() {
    let bench = Bench::new();
    let changed = PAGE.replace("3f2ac81be0", "0123456789");
    bench.publish(&[("x/index.html", PAGE), ("assets/style.3f2ac81be0.css", "a")]);
    let mut page = Stream::open(&bench, "/x/", PAGE);
    assert_eq!(page.change(), "nothing");
    bench.publish(&[("x/index.html", &changed), ("assets/style.0123456789.css", "b")]);
    let event = page.event();
    assert_eq!(event["change"], "styles");
    let pair = ["/assets/style.3f2ac81be0.css", "/assets/style.0123456789.css"];
    assert_eq!(event["styles"], serde_json::json!([pair]));
    assert_eq!(event["digest"], format!("{:x}", Digest::of(changed.as_bytes()).0));
    let more = PAGE.replace("styled", "more");
    bench.publish(&[("x/index.html", &more), ("assets/style.3f2ac81be0.css", "a")]);
    assert_eq!(page.change(), "content");
}

#[test]
fn faults_arrive_with_those_of_the_page_first() {
    let bench = Bench::new();
    let mut page = Stream::open(&bench, "/a/", "<body>a page</body>");
    assert_eq!(page.event()["faults"], serde_json::json!([]));
    let mut faults = vec![fault(Severity::Warning, "/"); 60];
    faults.extend([fault(Severity::Warning, "/a/"), fault(Severity::Error, "/"), fault(Severity::Error, "/a/")]);
    bench.server.publisher().publish_faults(faults);
    let event = page.event();
    let messages: Vec<&str> =
        event["faults"].as_array().unwrap().iter().filter_map(|f| f["message"].as_str()).collect();
    assert_eq!(messages[..4], ["error on /a/", "warning on /a/", "error on /", "warning on /"]);
    assert_eq!(
        (messages.len(), &event["more"], &event["errors"], &event["warnings"]),
        (50, &13.into(), &2.into(), &61.into())
    );
    assert_eq!((&event["change"], bench.get("/a/").status), (&"nothing".into(), 200));
}

#[test]
fn events_are_for_own_pages_only() {
    let bench = Bench::new();
    let query = query("/", "");
    let status = |query: &str, headers: &str| Stream::ask(&bench, query, headers).line()[9..12].to_string();
    let own = "Origin: http://localhost\nSec-Fetch-Site: same-origin\n";
    assert_eq!(status(&query, own), "200");
    for headers in ["Origin: http://evil.example\n", "Origin: null\n", "Sec-Fetch-Site: cross-site\n"] {
        assert_eq!(status(&query, headers), "403", "{headers}");
    }
    for query in ["", "page=/", "page=x&digest=1", "page=/&digest=x"] {
        assert_eq!(status(query, ""), "403", "{query}");
    }
    for path in ["events?page=/&digest=1", "live.js"] {
        let head = format!("GET /_fieldbook/{path} HTTP/1.1\nHost: evil.example\nConnection: close\n\n");
        assert_eq!(bench.send(&head).status, 403, "{path}");
    }
    let head = "GET /_fieldbook/events?page=/&digest=1 HTTP/1.1\nHost: evil.example\nConnection: close\n\n";
    assert!(!bench.send(head).head.to_lowercase().contains("access-control"));
}

#[test]
fn open_streams_end_with_the_server() {
    let bench = Bench::new();
    let mut page = Stream::open(&bench, "/", "<body>home</body>");
    assert_eq!(page.change(), "nothing");
    let (stop, stopped) = oneshot::channel();
    let (say, said) = mpsc::channel();
    let Bench { server, folder: _folder } = bench;
    let running = thread::spawn(move || server.run_until(async { drop(stopped.await) }).map(|()| say.send(())));
    stop.send(()).unwrap();
    let mut rest = String::new();
    page.lines.read_to_string(&mut rest).unwrap();
    // A stream that is cut off has no last chunk.
    assert!(rest.ends_with("0\r\n\r\n"), "{rest:?}");
    said.recv().unwrap();
    running.join().unwrap().unwrap().unwrap();
}
