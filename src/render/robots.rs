//! `robots.txt`: what search engines may read.

use crate::config::Config;
use crate::model::feed::{SITEMAP, generated};

/// Writes `robots.txt`. A preview asks all to stay away.
pub fn robots(config: &Config) -> String {
    if config.is_preview {
        return "User-agent: *\nDisallow: /\n".to_string();
    }
    let sitemap = config.base_url.as_ref().map(|base| format!("\nSitemap: {}\n", base.absolute(&generated(SITEMAP))));
    format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default())
}
