//! A client that writes its requests by hand.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

use tempfile::TempDir;

use crate::serve::{Options, Server, serve};

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

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("public");
        let put = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("secret.txt", "secret");
        put("public/index.html", "home");
        put("public/a/index.html", "a page");
        put("public/a/index.md", "# A page");
        put("public/feed.xml", "<rss/>");
        put("public/404.html", "not here");
        put("public/assets/style.css", "0123456789");
        put("public/_redirects", "/old /a/ 301!\n");
        put(
            "public/_headers",
            "/*\n  X-Content-Type-Options: nosniff\n/assets/*\n  Cache-Control: immutable\n/feed.xml\n  Content-Type: application/rss+xml; charset=utf-8\n",
        );
        let server = serve(&site, Options::default()).unwrap();
        Bench { folder, server }
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
        assert_eq!((reply.status, reply.body.as_str()), (status, body), "{path}");
        assert_eq!(reply.header("content-type"), Some(media_type), "{path}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
    };
    check("/", 200, "home", "text/html; charset=utf-8");
    check("/a/", 200, "a page", "text/html; charset=utf-8");
    check("/a/index.md", 200, "# A page", "text/markdown; charset=utf-8");
    check("/feed.xml", 200, "<rss/>", "application/rss+xml; charset=utf-8");
    check("/nope/", 404, "not here", "text/html; charset=utf-8");
    check("/_headers", 404, "not here", "text/html; charset=utf-8");
    assert_eq!(bench.get("/assets/style.css").header("cache-control"), Some("immutable"));
    assert_eq!(bench.get("/").header("cache-control"), Some("public, max-age=0, must-revalidate"));
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
fn rules_may_change_while_it_runs() {
    let bench = Bench::new();
    assert_eq!(bench.get("/older").status, 404);
    fs::write(bench.folder.path().join("public/_redirects"), "/older / 302\n").unwrap();
    assert_eq!(bench.get("/older").status, 302);
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
    let reply = bench.ask("GET", "/assets/style.css", "Range: bytes=2-4\n");
    assert_eq!((reply.status, reply.body.as_str()), (206, "234"));
    assert_eq!(reply.header("content-range"), Some("bytes 2-4/10"));
    assert_eq!(reply.header("content-length"), Some("3"));
    let reply = bench.ask("GET", "/assets/style.css", "Range: bytes=10-\n");
    assert_eq!((reply.status, reply.body.as_str()), (416, ""));
    assert_eq!(reply.header("content-range"), Some("bytes */10"));
}

#[test]
fn what_the_client_has_is_not_sent_again() {
    let bench = Bench::new();
    let tag = bench.get("/").header("etag").unwrap().to_string();
    let reply = bench.ask("GET", "/", &format!("If-None-Match: {tag}\n"));
    assert_eq!((reply.status, reply.body.as_str()), (304, ""));
    assert_eq!(reply.header("etag"), Some(tag.as_str()));
    fs::write(bench.folder.path().join("public/index.html"), "a new home").unwrap();
    assert_eq!(bench.ask("GET", "/", &format!("If-None-Match: {tag}\n")).body, "a new home");
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let bench = Bench::new();
    for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/a/..%2f..%2fsecret.txt", "//secret.txt", "/..\\secret.txt"] {
        let reply = bench.get(path);
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.status);
        assert!(!reply.body.contains("secret"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_not_followed() {
    use std::os::unix::fs::symlink;
    let bench = Bench::new();
    symlink(bench.folder.path().join("secret.txt"), bench.folder.path().join("public/link.txt")).unwrap();
    symlink(bench.folder.path(), bench.folder.path().join("public/up")).unwrap();
    symlink("index.html", bench.folder.path().join("public/same.html")).unwrap();
    assert_eq!(bench.get("/link.txt").status, 404);
    assert_eq!(bench.get("/up/secret.txt").status, 404);
    assert_eq!(bench.get("/same.html").body, "home");
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
    let folder = tempfile::tempdir().unwrap();
    let options = Options { host: IpAddr::V4(Ipv4Addr::LOCALHOST), port };
    let message = serve(folder.path(), options).unwrap_err().to_string();
    assert!(message.starts_with(&format!("port {port} on 127.0.0.1 is taken")), "{message}");
    assert!(serve(&folder.path().join("nope"), Options::default()).unwrap_err().to_string().contains("no folder"));
}
