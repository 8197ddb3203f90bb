//! Words and files: the ground floor. Nothing here knows of pages or sites.

pub mod date;
pub mod did_you_mean;
pub mod digest;
pub mod fence;
pub mod fs;
pub mod git;
pub mod html;
pub mod http;
pub mod path;
pub mod slug;
pub mod toml;
pub mod tree;
pub mod xml;
pub mod yaml;
