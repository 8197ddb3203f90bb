//! Destinations with a scheme, and those on other sites.

use std::borrow::Cow;

use crate::config::BaseUrl;
use crate::link::resolve::Wants;

/// What kind of destination something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A path, a fragment or a name.
    Local,
    /// Another site, or something that other programs open.
    External,
    /// Something no page may link to: the message and the help.
    Refused(String, &'static str),
    /// Something with a scheme nobody knows, unless it is a file's name: the message and the help.
    Unknown(String, &'static str),
}

/// Schemes that other programs open.
const ALLOWED: &[&str] = &[
    "http", "https", "mailto", "tel", "ftp", "ftps", "sftp", "irc", "ircs", "sms", "xmpp", "geo", "ssh", "git", "news",
    "magnet", "webcal", "sip", "sips", "matrix",
];

/// Schemes that run something or read the reader's disk.
const REFUSED: &[&str] = &["javascript", "vbscript", "data", "file", "blob", "about", "view-source"];

/// Removes what browsers remove from an address before they read it: control characters at its ends, and tabs and line
/// breaks anywhere.
pub fn clean(destination: &str) -> Cow<'_, str> {
    let trimmed = destination.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    match trimmed.contains(['\t', '\n', '\r']) {
        true => Cow::Owned(trimmed.replace(['\t', '\n', '\r'], "")),
        false => Cow::Borrowed(trimmed),
    }
}

/// Returns the path, from the root of the site, of an address that leads to the site itself.
pub fn own_path<'d>(base: &BaseUrl, destination: &'d str) -> Option<&'d str> {
    let without_scheme = |address: &'d str| match scheme(address)? {
        scheme if ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) => {
            Some(&address[scheme.len() + 1..])
        }
        _ => None,
    };
    let address = if destination.starts_with("//") { destination } else { without_scheme(destination)? };
    let host = base.origin.split_once(':').map_or(base.origin.as_str(), |(_, host)| host);
    let is_here = address.get(..host.len())?.eq_ignore_ascii_case(host);
    let path = address[host.len()..].strip_prefix(base.path.as_str()).filter(|_| is_here)?;
    match path.starts_with('/') {
        true => Some(path).filter(|path| !path.starts_with("//")),
        // The home page may be written without a slash at its end.
        false => path.is_empty().then_some("/"),
    }
}

/// Tells what kind of destination a clean one is.
pub fn classify(destination: &str, wants: Wants) -> Destination {
    if destination.starts_with("//") {
        return Destination::External;
    }
    if destination.starts_with("\\\\") || destination.starts_with("/\\") || destination.starts_with("\\/") {
        let message = format!("\"{destination}\" is a path on another computer, which readers cannot open");
        return Destination::Refused(message, "put the file beside the page, or link to its address on the web");
    }
    let Some(scheme) = scheme(destination) else {
        return Destination::Local;
    };
    let rest = &destination[scheme.len() + 1..];
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" if !has_host(rest) => {
            let message = format!("\"{destination}\" names no site");
            Destination::Refused(message, "write the whole address, such as https://example.org/page")
        }
        "data" if wants != Wants::Anything && rest.get(..6).is_some_and(|kind| kind.eq_ignore_ascii_case("image/")) => {
            Destination::External
        }
        scheme if ALLOWED.contains(&scheme) => Destination::External,
        scheme if REFUSED.contains(&scheme) => {
            let message = format!("a link cannot lead to a `{scheme}:` address");
            Destination::Refused(message, "link to a page, a file of the site or an address on the web")
        }
        scheme if scheme.len() == 1 => {
            let message = format!("\"{destination}\" is a path on your own disk");
            Destination::Refused(message, "put the file beside the page and write its path from there")
        }
        _ if rest.starts_with("//") => Destination::External,
        scheme => {
            let message = format!("there is no file \"{destination}\", and `{scheme}:` is no kind of address we know");
            Destination::Unknown(message, "write the path from this file, or an address such as https://example.org/")
        }
    }
}

fn scheme(destination: &str) -> Option<&str> {
    let (scheme, _) = destination.split_once(':')?;
    let mut chars = scheme.chars();
    let is_scheme =
        chars.next()?.is_ascii_alphabetic() && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some(scheme)
}

fn has_host(rest: &str) -> bool {
    rest.strip_prefix("//").is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '?', '#', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_addresses() {
        let base = BaseUrl { origin: "https://ex.org".into(), path: "/pb".into() };
        for (destination, expected) in [
            ("https://ex.org/pb/a/?b#c", Some("/a/?b#c")),
            ("HTTP://EX.org/pb/", Some("/")),
            ("//ex.org/pb", Some("/")),
            ("https://ex.org/pbx/", None),
            ("https://ex.org/", None),
            ("https://ex.org.net/pb/", None),
            ("https://ex.org:81/pb/", None),
            ("https://ex.org/pb//other.org/", None),
            ("ftp://ex.org/pb/", None),
            ("https:/é", None),
            ("/pb/", None),
        ] {
            assert_eq!(own_path(&base, destination), expected, "{destination}");
        }
    }

    #[test]
    fn kinds_of_destination() {
        let kind = |destination: &str, wants| match classify(&clean(destination), wants) {
            Destination::Local => "local",
            Destination::External => "external",
            Destination::Refused(..) => "refused",
            Destination::Unknown(..) => "unknown",
        };
        for (destination, expected) in [
            ("https://example.org", "external"),
            ("HTTP://EXAMPLE.ORG", "external"),
            ("//example.org/x", "external"),
            ("mailto:a@example.org", "external"),
            ("slack://channel", "external"),
            ("http:", "refused"),
            ("https:///x", "refused"),
            ("javascript:alert(1)", "refused"),
            (" java\tscript:alert(1)", "refused"),
            ("\u{1}javascript:alert(1)", "refused"),
            ("data:image/png;base64,x", "refused"),
            ("file:///etc/passwd", "refused"),
            ("C:\\notes\\x.md", "refused"),
            ("\\\\server\\x", "refused"),
            ("/\\example.org", "refused"),
            ("note: x.md", "unknown"),
            ("a/b:c", "local"),
            ("x.md", "local"),
            (":x", "local"),
        ] {
            assert_eq!(kind(destination, Wants::Anything), expected, "{destination}");
        }
        assert_eq!(kind("data:image/png;base64,x", Wants::Image), "external");
        assert_eq!(kind("data:text/html,x", Wants::Image), "refused");
    }
}
