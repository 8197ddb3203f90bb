//! Finds links to other sites that are not encrypted.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::check::subject::{Subject, links_of};
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::page::Page;

/// The ends of names that no host on the web has.
const PRIVATE: [&str; 6] = [".localhost", ".local", ".internal", ".test", ".invalid", ".example"];

/// Reports the links that begin with `http://`, but for those within one machine or a network of its own.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject.site.all_pages().flat_map(|(_, page)| of_page(page)).collect()
}

fn of_page(page: &Page) -> Vec<Diagnostic> {
    let open = links_of(page).filter_map(|(body, link)| {
        let rest = without_scheme(&link.destination)?;
        // `www.example.org` alone is made a link with this scheme; nobody wrote it.
        let is_written = body.text.get(link.span.clone()).is_some_and(|text| !starts_with(text, "www."));
        (is_written && is_public(host(rest))).then(|| {
            let message = format!("the link to {} is not encrypted", host(rest));
            let help = format!("write https://{rest} if that leads to the same page");
            Diagnostic::at(Code::HttpLink, &body.source, link.destination_span.clone(), message).help(help)
        })
    });
    open.collect()
}

fn without_scheme(destination: &str) -> Option<&str> {
    let destination = destination.trim();
    starts_with(destination, "http://").then(|| &destination["http://".len()..])
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
}

/// The host of an address without its scheme, without a port.
fn host(rest: &str) -> &str {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    match host.strip_prefix('[').and_then(|six| six.split_once(']')) {
        Some((six, _)) => six,
        None => host.split(':').next().unwrap_or(host),
    }
}

/// Whether a host can be reached, and have a certificate, on the web.
fn is_public(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let is_address = host.parse::<Ipv4Addr>().is_ok() || host.parse::<Ipv6Addr>().is_ok();
    host.contains('.') && !is_address && !PRIVATE.iter().any(|end| host.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(link: &str, expected: Option<&str>) {
        let found = without_scheme(link).map(host).filter(|host| is_public(host));
        assert_eq!(found, expected, "{link}");
    }

    #[test]
    fn hosts_of_the_web() {
        check("http://example.org/a?b#c", Some("example.org"));
        check("HTTP://user@Example.org:8080", Some("Example.org"));
        check("https://example.org", None);
        for private in ["localhost:4040/", "127.0.0.1", "[::1]:80/", "wiki/", "printer.local", "a.example", ""] {
            check(&format!("http://{private}"), None);
        }
        check("http:/\u{e9}", None);
    }
}
