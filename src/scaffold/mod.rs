//! What authors start from: a whole site, or one page of a kind. Works on files alone, without the pipeline.

pub mod init;
pub mod new;

mod fill;
mod sections;

use crate::base::date::Day;
use crate::base::path::encode_path;
use crate::config::BaseUrl;

/// Returns the identity of a page in feeds that stays when the page moves (RFC 4151):
/// `tag:playbook.example.org,2026-06-15:guides/efficiency`.
fn identity(base_url: &BaseUrl, today: Day, place: &str) -> String {
    format!("tag:{},{today}:{}", base_url.host(), encode_path(place))
}
