//! A client that writes its requests by hand.

mod events;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use crate::base::path::OutputPath;
use crate::emit::memory::{MemoryFile, MemorySite};
use crate::model::output::Content;
use crate::serve::{Edition, Options, Server, serve};

/// A site that is served.
struct Bench {
    folder: TempDir,
    server: Server,
}

/// What came back.
struct Reply {
    status: u16,
    head: String,
    body: String,
}

/// The files of the site that are in memory.
const FILES: [(&str, &str); 8] = [
    ("index.html", "<body>home</body>"),
    ("a/index.html", "<body>a page</body>"),
    ("a/index.md", "# A page"),
    ("feed.xml", "<rss/>"),
    ("404.html", "<body>not here</body>"),
    ("assets/style.css", "0123456789"),
    ("_redirects", "/old /a/ 301!\n"),
    (
        "_headers",
        "/*\n  X-Content-Type-Options: nosniff\n  Content-Security-Policy: default-src 'none'\n/assets/*\n  Cache-Control: immutable\n/feed.xml\n  Content-Type: application/rss+xml; charset=utf-8\n",
    ),
];

/// Makes a site of files with some of them changed.
fn site(changes: &[(&str, &str)]) -> MemorySite {
    let mut site = MemorySite::default();
    for (path, text) in FILES.iter().chain(changes) {
        let file = MemoryFile::new(Content::Bytes(text.as_bytes().to_vec())).unwrap();
        site.files.insert(OutputPath::parse(path).unwrap(), file);
    }
    site
}

fn edition(changes: &[(&str, &str)]) -> Edition {
    Edition { site: Arc::new(site(changes)), ..Edition::default() }
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        fs::write(folder.path().join("copied.txt"), "abcdefghij").unwrap();
        let mut site = site(&[]);
        let copied = MemoryFile::new(Content::File(folder.path().join("copied.txt"))).unwrap();
        site.files.insert(OutputPath::parse("copied.txt").unwrap(), copied);
        let server = serve(Edition { site: Arc::new(site), ..Edition::default() }, Options::default()).unwrap();
        Bench { folder, server }
    }

    fn publish(&self, changes: &[(&str, &str)]) {
        self.server.publisher().publish(edition(changes));
    }

    fn send(&self, request: &str) -> Reply {
        let mut stream = TcpStream::connect(self.server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(request.replace('\n', "\r\n").as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        let (head, body) = reply.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, head: format!("{head}\r\n"), body: body.to_string() }
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> Reply {
        self.send(&format!("{method} {path} HTTP/1.1\nHost: localhost\nConnection: close\n{headers}\n"))
    }

    fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, "")
    }
}

impl Reply {
    /// Returns the body without the script that every page gets.
    fn page(&self) -> String {
        let Some((before, rest)) = self.body.split_once("<script src=\"/_fieldbook/live.js\" data-digest=\"") else {
            return self.body.clone();
        };
        let (_, after) = rest.split_once("\"></script>\n").unwrap();
        format!("{before}{after}")
    }

    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

#[test]
fn pages_are_served_with_their_headers() {
    let bench = Bench::new();
    let check = |path: &str, status: u16, body: &str, media_type: &str| {
        let reply = bench.get(path);
        assert_eq!((reply.status, reply.page().as_str()), (status, body), "{path}");
        assert_eq!(reply.header("content-type"), Some(media_type), "{path}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
    };
    check("/", 200, "<body>home</body>", "text/html; charset=utf-8");
    check("/a/", 200, "<body>a page</body>", "text/html; charset=utf-8");
    check("/a/index.md", 200, "# A page", "text/markdown; charset=utf-8");
    check("/feed.xml", 200, "<rss/>", "application/rss+xml; charset=utf-8");
    check("/nope/", 404, "<body>not here</body>", "text/html; charset=utf-8");
    check("/_headers", 404, "<body>not here</body>", "text/html; charset=utf-8");
    for path in ["/", "/assets/style.css", "/copied.txt", "/nope/"] {
        assert_eq!(bench.get(path).header("cache-control"), Some("no-cache"), "{path}");
    }
    let policy = "default-src 'none'; script-src-elem 'self'; connect-src 'self'";
    assert_eq!(bench.get("/").header("content-security-policy"), Some(policy));
}

#[test]
fn redirects_lead_on() {
    let bench = Bench::new();
    for (path, to) in [("/old", "/a/"), ("/a", "/a/"), ("/a?x", "/a/?x")] {
        let reply = bench.get(path);
        assert_eq!((reply.status, reply.header("location")), (301, Some(to)), "{path}");
    }
}

#[test]
fn an_edition_takes_the_place_of_another() {
    let bench = Bench::new();
    assert_eq!(bench.get("/older").status, 404);
    bench.publish(&[("_redirects", "/older / 302\n"), ("a/index.html", "another"), ("index.html", "")]);
    assert_eq!(bench.get("/older").status, 302);
    assert_eq!(bench.get("/old").status, 404);
    assert_eq!(bench.get("/a/").page(), "another");
    assert_eq!(bench.get("/copied.txt").status, 404);
}

#[test]
fn pages_and_nothing_else_get_the_script() {
    let bench = Bench::new();
    let has_script = |path: &str| bench.get(path).body.contains("live.js");
    assert!(has_script("/") && has_script("/nope/"));
    assert!(!has_script("/feed.xml") && !has_script("/a/index.md") && !has_script("/copied.txt"));
    let [script, overlay] = ["/_fieldbook/live.js", "/_fieldbook/overlay.js"].map(|path| bench.get(path));
    for script in [&script, &overlay] {
        assert_eq!((script.status, script.header("content-type")), (200, Some("text/javascript; charset=utf-8")));
        assert!(script.body.len() < 8192, "a page is not held up by it: {} bytes", script.body.len());
    }
    assert_eq!(bench.get("/_fieldbook/other").status, 404);
    bench.publish(&[("_fieldbook/live.js", "the site's own")]);
    assert_eq!(bench.get("/_fieldbook/live.js").body, "the site's own");
    assert!(bench.get("/").body.contains("\"/_fieldbook_/live.js\""));
    assert_eq!(bench.get("/_fieldbook_/live.js").body, script.body);
}

#[test]
fn a_site_without_pages_says_so_in_one() {
    let server = serve(Edition::default(), Options::default()).unwrap();
    let reply = Bench { folder: tempfile::tempdir().unwrap(), server }.get("/");
    assert_eq!((reply.status, reply.header("content-type")), (404, Some("text/html; charset=utf-8")));
    assert!(reply.page().contains("<p>There is no such page.</p>") && reply.page() != reply.body);
}

#[test]
fn a_head_has_no_body() {
    let reply = Bench::new().ask("HEAD", "/assets/style.css", "");
    assert_eq!((reply.status, reply.body.as_str()), (200, ""));
    assert_eq!(reply.header("content-length"), Some("10"));
    assert!(reply.header("etag").is_some());
}

#[test]
fn parts_are_sent() {
    let bench = Bench::new();
    for (path, part) in [("/assets/style.css", "234"), ("/copied.txt", "cde")] {
        let reply = bench.ask("GET", path, "Range: bytes=2-4\n");
        assert_eq!((reply.status, reply.body.as_str()), (206, part));
        assert_eq!(reply.header("content-range"), Some("bytes 2-4/10"));
        assert_eq!(reply.header("content-length"), Some("3"));
        let reply = bench.ask("GET", path, "Range: bytes=10-\n");
        assert_eq!((reply.status, reply.body.as_str()), (416, ""));
        assert_eq!(reply.header("content-range"), Some("bytes */10"));
    }
}

#[test]
fn what_the_client_has_is_not_sent_again() {
    let bench = Bench::new();
    let again = |path: &str, tag: &str| bench.ask("GET", path, &format!("If-None-Match: {tag}\n"));
    for path in ["/", "/assets/style.css", "/copied.txt", "/_fieldbook/live.js"] {
        let tag = bench.get(path).header("etag").unwrap().to_string();
        let reply = again(path, &tag);
        assert_eq!((reply.status, reply.body.as_str()), (304, ""), "{path}");
        assert_eq!(reply.header("etag"), Some(tag.as_str()), "{path}");
    }
    let tags = ["/", "/copied.txt"].map(|path| bench.get(path).header("etag").unwrap().to_string());
    fs::write(bench.folder.path().join("copied.txt"), "longer than it was").unwrap();
    assert_eq!(again("/copied.txt", &tags[1]).body, "longer than it was");
    bench.publish(&[("index.html", "a new home")]);
    assert_eq!(again("/", &tags[0]).page(), "a new home");
}

#[test]
fn nothing_outside_the_site_is_served() {
    let bench = Bench::new();
    for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/a/..%2f..%2fsecret.txt", "//secret.txt", "/..\\secret.txt"] {
        let reply = bench.get(path);
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.status);
        assert!(!reply.body.contains("secret"), "{path}");
    }
}

#[test]
fn a_foreign_host_is_refused() {
    let bench = Bench::new();
    let ask = |head: &str| bench.send(&format!("{head}\nConnection: close\n\n")).status;
    assert_eq!(ask("GET / HTTP/1.1\nHost: evil.example"), 403);
    assert_eq!(ask("GET http://evil.example/ HTTP/1.1\nHost: localhost"), 403);
    assert_eq!(ask(&format!("GET / HTTP/1.1\nHost: {}", bench.server.address())), 200);
    assert_eq!(ask("GET / HTTP/1.1\nHost: [::1]:80"), 200);
    let reply = bench.ask("POST", "/", "Content-Length: 0\n");
    assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, HEAD")));
}

#[test]
fn a_port_that_is_taken_is_an_error_that_names_a_free_one() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let options = Options { host: IpAddr::V4(Ipv4Addr::LOCALHOST), port };
    let message = serve(Edition::default(), options).unwrap_err().to_string();
    assert!(message.starts_with(&format!("port {port} on 127.0.0.1 is taken")), "{message}");
}
