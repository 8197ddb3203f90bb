//! Addresses on the web.

use std::fmt;

use url::{Host, Url};

/// A whole `http` or `https` address in the one form it has for programs (WHATWG URL): names of hosts in ASCII, what
/// cannot stand in an address percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebUrl(Url);

impl WebUrl {
    /// Reads an address as people write it, with its scheme; one that begins with `//` is taken for `https`. `None` if
    /// it is none, or one of another scheme.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let url = match text.strip_prefix("//") {
            Some(rest) => Url::parse(&format!("https://{rest}")),
            None => Url::parse(text),
        };
        url.ok().and_then(Self::of_the_web)
    }

    /// Returns the address that a link on the page at this address leads to; `None` if that is not on the web.
    pub fn join(&self, link: &str) -> Option<Self> {
        self.0.join(link).ok().and_then(Self::of_the_web)
    }

    /// Returns the address without what follows `#`, which is never sent.
    pub fn without_fragment(mut self) -> Self {
        self.0.set_fragment(None);
        self
    }

    /// Returns the address with what is to follow `#`, unless it has something there already.
    pub fn with_fragment(mut self, fragment: Option<&str>) -> Self {
        if self.0.fragment().is_none() {
            self.0.set_fragment(fragment);
        }
        self
    }

    /// Returns what follows `#`.
    pub fn fragment(&self) -> Option<&str> {
        self.0.fragment()
    }

    /// Returns the address as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the name of the host, without a port.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Returns the host and the port, which is whom one talks to: `example.org:443`.
    pub fn peer(&self) -> String {
        format!("{}:{}", self.host(), self.0.port_or_known_default().unwrap_or_default())
    }

    /// Returns whether what is said to the host is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Returns whether the host is this machine.
    pub fn is_local(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    fn of_the_web(url: Url) -> Option<Self> {
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(WebUrl(url))
    }
}

impl fmt::Display for WebUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let found = WebUrl::parse(text).map(|url| url.to_string());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn one_form() {
        check(" HTTPS://Exämple.org:443/a b?é#C ", Some("https://xn--exmple-cua.org/a%20b?%C3%A9#C"));
        check("//example.org", Some("https://example.org/"));
        for none in ["mailto:a@example.org", "/guides/", "https://", "http://[::1", "https://exa mple.org/"] {
            check(none, None);
        }
    }

    #[test]
    fn links_from_an_address() {
        let url = WebUrl::parse("https://example.org/a/b#c").expect("an address");
        let joined = |link: &str| url.join(link).map(|url| url.with_fragment(Some("c")).to_string());
        assert_eq!(joined("../d").as_deref(), Some("https://example.org/d#c"));
        assert_eq!(joined("//other.org/#e").as_deref(), Some("https://other.org/#e"));
        assert_eq!(joined("ftp://example.org/"), None);
        assert_eq!(url.peer(), "example.org:443");
    }
}
