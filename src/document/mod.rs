//! Documents that people fork and fill in: their blocks, their versions, what is filled in, what changed, the merge.
//! Texts come in, texts go out; nothing here reads a file or knows of a site.

pub mod blocks;
pub mod cells;
pub mod diff;
pub mod merge;
pub mod placeholders;
pub mod provenance;
pub mod state;
pub mod summary;
pub mod version;

mod align;
mod answers;
mod units;
mod words;

/// How a document is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Markdown, as on the site.
    #[default]
    Markdown,
    /// Values between commas, as in RFC 4180; the first row is the header.
    Csv,
}
