//! Decides what answers a request: which file, with which status and headers. It touches nothing.

use std::net::IpAddr;

use crate::base::path::{OutputPath, decode, encode_path};
use crate::serve::rules::Rules;

/// What is asked for, as it came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// `GET` and the like.
    pub method: &'a str,
    /// The path, still encoded.
    pub path: &'a str,
    /// What follows `?`.
    pub query: Option<&'a str>,
    /// Who is asked: the `Host`, with or without a port.
    pub host: Option<&'a str>,
}

/// What answers a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// A file of the site.
    File {
        /// The file.
        path: OutputPath,
        /// 200, or 404 for the page that says so.
        status: u16,
    },
    /// Another address.
    Redirect {
        /// The value of `Location`.
        to: String,
        /// 301 and the like.
        status: u16,
    },
    /// A refusal, or that there is nothing.
    Text {
        /// The status.
        status: u16,
        /// A sentence.
        text: &'static str,
    },
}

/// The page for what is not there.
const NOT_FOUND: &str = "404.html";

/// The file with the redirects.
pub const REDIRECTS: &str = "_redirects";

/// The file with the headers.
pub const HEADERS: &str = "_headers";

/// What is said when the site has no page that says it.
pub const NO_PAGE: &str = "There is no such page.\n";

/// Files that say how to serve the site and are not served themselves.
const UNSERVED: [&str; 2] = [REDIRECTS, HEADERS];

/// Decides what answers a request as Netlify would. `is_file` says which files the site has; `chosen_host` is the
/// address the server was told to listen on.
pub fn route(
    request: &Request<'_>,
    rules: &Rules,
    chosen_host: IpAddr,
    is_file: &dyn Fn(&OutputPath) -> bool,
) -> Route {
    if let Some(refusal) = refuse(request, chosen_host) {
        return refusal;
    }
    let path = decode(request.path);
    let redirect = rules.redirect(&path).map(|found| (found, with_query(&found.to, request.query)));
    if let Some((found, to)) = &redirect
        && found.is_forced
    {
        return Route::Redirect { to: to.clone(), status: found.status };
    }
    let has = |text: &str| OutputPath::parse(text).ok().filter(|path| is_served(path) && is_file(path));
    if is_plain(&path) {
        let found = match path.strip_suffix('/') {
            Some(folder) => has(&format!("{folder}/index.html")),
            None => has(&path),
        };
        if let Some(path) = found {
            return Route::File { path, status: 200 };
        }
        if !path.ends_with('/') {
            if has(&format!("{path}/index.html")).is_some() {
                let to = with_query(&format!("{}/", encode_path(&path)), request.query);
                return Route::Redirect { to, status: 301 };
            }
            if let Some(path) = has(&format!("{path}.html")) {
                return Route::File { path, status: 200 };
            }
        }
    }
    if let Some((found, to)) = redirect {
        return Route::Redirect { to, status: found.status };
    }
    match has(NOT_FOUND) {
        Some(path) => Route::File { path, status: 404 },
        None => Route::Text { status: 404, text: NO_PAGE },
    }
}

/// Returns why a request is refused whatever it asks for: a foreign host, a method that is not known.
pub fn refuse(request: &Request<'_>, chosen_host: IpAddr) -> Option<Route> {
    if !is_host_known(request.host, chosen_host) {
        let text = "This server answers requests for its own address only.\n";
        return Some(Route::Text { status: 403, text });
    }
    if !matches!(request.method, "GET" | "HEAD") {
        return Some(Route::Text { status: 405, text: "This server knows GET and HEAD only.\n" });
    }
    None
}

/// Returns whether a host is this machine: by name, by loopback address, or by the address that was chosen.
///
/// A page of another site could otherwise read from this server, by a name of its own that leads here. Who listens on
/// all addresses has no address of their own to name; there every plain address will do, since a name is what such an
/// attack needs.
fn is_host_known(host: Option<&str>, chosen: IpAddr) -> bool {
    let Some(host) = host else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or(rest, |(name, _)| name),
        None => host.split_once(':').map_or(host, |(name, _)| name),
    };
    match name.parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || address == chosen || chosen.is_unspecified(),
        Err(_) => name.eq_ignore_ascii_case("localhost"),
    }
}

/// Returns whether a decoded path is one that a page can have: no empty or dotted parts.
fn is_plain(path: &str) -> bool {
    path.starts_with('/') && !path.contains("//") && !path.split('/').any(|part| part == "." || part == "..")
}

/// Everything is served but what is for the server, and what Fieldbook keeps for itself.
fn is_served(path: &OutputPath) -> bool {
    !UNSERVED.contains(&path.as_str()) && !path.as_str().split('/').any(|part| part == ".fieldbook")
}

fn with_query(to: &str, query: Option<&str>) -> String {
    match query {
        Some(query) if !to.contains(['?', '#']) => format!("{to}?{query}"),
        _ => to.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [&str; 9] = [
        "index.html",
        "a/index.html",
        "a/index.md",
        "b.html",
        "c d/index.html",
        "404.html",
        "_redirects",
        "_headers",
        ".fieldbook/manifest",
    ];
    const REDIRECTS: &str =
        "/old /a/ 301!\n/a/forced /b 302!\n/b.html /shadowed 301\n/gone/ /a/#x 301\n/_headers2 /a 301";

    fn answer(path: &str) -> String {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        ask(&Request { method: "GET", path, query, host: Some("localhost:8000") })
    }

    fn ask(request: &Request<'_>) -> String {
        let rules = Rules::parse(REDIRECTS, "");
        let is_file = |path: &OutputPath| FILES.contains(&path.as_str());
        match route(request, &rules, IpAddr::from([127, 0, 0, 1]), &is_file) {
            Route::File { path, status } => format!("{status} {path}"),
            Route::Redirect { to, status } => format!("{status} -> {to}"),
            Route::Text { status, .. } => status.to_string(),
        }
    }

    #[test]
    fn files_are_found() {
        let check = |path: &str, expected: &str| assert_eq!(answer(path), expected, "{path}");
        check("/", "200 index.html");
        check("/?x=1", "200 index.html");
        check("/a/", "200 a/index.html");
        check("/a/index.html", "200 a/index.html");
        check("/a/index.md", "200 a/index.md");
        check("/a", "301 -> /a/");
        check("/a?x=1&y", "301 -> /a/?x=1&y");
        check("/c%20d", "301 -> /c%20d/");
        check("/%63%20d/", "200 c d/index.html");
        check("/b", "200 b.html");
        check("/b.html", "200 b.html");
        check("/b.html/", "301 -> /shadowed");
        check("/nope", "404 404.html");
    }

    #[test]
    fn redirects_are_followed() {
        let check = |path: &str, expected: &str| assert_eq!(answer(path), expected, "{path}");
        check("/old", "301 -> /a/");
        check("/old/?q", "301 -> /a/?q");
        check("/a/forced", "302 -> /b");
        check("/gone?q", "301 -> /a/#x");
    }

    #[test]
    fn nothing_else_is_served() {
        for path in [
            "/_redirects",
            "/_headers",
            "/%5Fheaders",
            "/.fieldbook/manifest",
            "/../a/index.html",
            "/%2e%2e/a/index.html",
            "/a/..%2findex.html",
            "/a/./index.html",
            "//a/",
            "/a//index.html",
            "//localhost",
            "/a\\index.html",
            "/%00",
            "/a/%ff",
            "*",
            "",
        ] {
            assert_eq!(answer(path), "404 404.html", "{path}");
        }
    }

    #[test]
    fn foreign_hosts_are_refused() {
        let check = |host: Option<&str>, expected: &str| {
            assert_eq!(ask(&Request { method: "GET", path: "/", query: None, host }), expected, "{host:?}");
        };
        for host in ["localhost", "LOCALHOST:1", "127.0.0.1:80", "[::1]", "[::1]:8000"] {
            check(Some(host), "200 index.html");
        }
        for host in ["evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "192.168.0.1", ""] {
            check(Some(host), "403");
        }
        check(None, "403");
        assert!(is_host_known(Some("192.168.0.1:80"), IpAddr::from([0, 0, 0, 0])));
        assert!(!is_host_known(Some("evil.example"), IpAddr::from([0, 0, 0, 0])));
        assert!(is_host_known(Some("10.0.0.1"), IpAddr::from([10, 0, 0, 1])));
    }

    #[test]
    fn other_methods_are_refused() {
        assert_eq!(ask(&Request { method: "POST", path: "/", query: None, host: Some("localhost") }), "405");
        assert_eq!(ask(&Request { method: "HEAD", path: "/", query: None, host: Some("localhost") }), "200 index.html");
    }
}
