//! A guide: how to do something.

use crate::model::kinds::KindSpec;
use crate::model::meta::Sort;

/// What the kind declares.
pub static SPEC: KindSpec = KindSpec {
    name: "guide",
    plural: "guides",
    template: "guide.html",
    folders: &["guides", "guide"],
    fields: &[],
    required: &[],
    sort: Sort::Weight,
    feeds: true,
    form: include_str!("forms/guide.md"),
    json_ld: "TechArticle",
};
