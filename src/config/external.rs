//! How links to other sites are checked.

use globset::GlobSet;

/// How links to other sites are checked.
#[derive(Clone, Debug)]
pub struct External {
    /// How many seconds one request may take.
    pub timeout: u64,
    /// How often a site is asked again when it does not answer, or says that it cannot at the moment.
    pub retries: u32,
    /// How many requests one host gets at the same time.
    pub per_host: usize,
    /// For how many days it is remembered that a link is good.
    pub keep: i64,
    /// Statuses that are as good as 200.
    pub accept: Vec<u16>,
    /// What is not asked.
    pub ignore: Ignored,
}

/// Addresses that are not asked.
#[derive(Clone, Debug, Default)]
pub struct Ignored {
    /// Hosts, with those below them, in lower case: `example.org` is `www.example.org` too.
    pub hosts: Vec<String>,
    /// Patterns of whole addresses.
    pub addresses: GlobSet,
}

impl Default for External {
    fn default() -> Self {
        External { timeout: 20, retries: 2, per_host: 2, keep: 7, accept: Vec::new(), ignore: Ignored::default() }
    }
}

impl Ignored {
    /// Returns whether an address on a host is not asked.
    pub fn has(&self, host: &str, address: &str) -> bool {
        let is_below = |name: &String| {
            host.strip_suffix(name.as_str()).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        self.hosts.iter().any(is_below) || self.addresses.is_match(address)
    }
}
