//! A chapter of a book.

use crate::model::kinds::KindSpec;
use crate::model::meta::Sort;

/// What the kind declares.
pub static SPEC: KindSpec = KindSpec {
    name: "chapter",
    plural: "chapters",
    template: "chapter.html",
    folders: &["book", "chapters", "chapter"],
    fields: &["part", "number"],
    required: &[],
    sort: Sort::Number,
    feeds: true,
    form: include_str!("forms/chapter.md"),
    json_ld: "Chapter",
};

/// The fields of a chapter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chapter {
    /// The part of the book it is in.
    pub part: Option<String>,
    /// Its number in the book.
    pub number: Option<i64>,
}
