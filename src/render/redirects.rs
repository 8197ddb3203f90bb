//! `_redirects` for hosts that read it: former addresses, as redirects that nothing in their place shadows.

use crate::base::path::UrlPath;
use crate::config::Config;
use crate::model::feed::generated;
use crate::model::output::{FeedFormat, FeedScope, Output, Recipe};
use crate::model::site::Site;
use crate::render::address::Addresses;

/// Where sites that come from Hugo had their feed.
const FORMER_FEED: &str = "/index.xml";

/// Writes the redirects of the aliases that are in `outputs`, one a line.
pub fn redirects(config: &Config, site: &Site, outputs: &[Output], addresses: Addresses<'_>) -> String {
    let mut text = String::new();
    let mut add = |from: &UrlPath, to: &UrlPath| {
        text.push_str(&format!("{} {} 301!\n", pattern(&addresses.href(from)), pattern(&addresses.href(to))));
    };
    for output in outputs {
        if let Recipe::RedirectPage(number) = output.recipe {
            let redirect = &site.redirects[number];
            add(&redirect.from, &site.page(redirect.to).url);
        }
    }
    let former = generated(FORMER_FEED);
    let is_taken = outputs.iter().any(|output| output.path == former.to_output());
    if let Some(feed) = site.feeds.iter().find(|feed| feed.scope == FeedScope::Site)
        && !is_taken
    {
        add(&former, &feed.url(FeedFormat::Rss, &config.feeds.path));
    }
    text
}

/// A path in which nothing is read as a placeholder.
fn pattern(href: &str) -> String {
    href.replace(':', "%3A")
}
