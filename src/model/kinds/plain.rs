//! A plain page: anything that is of no other kind.

use crate::model::kinds::KindSpec;
use crate::model::meta::Sort;

/// What the kind declares.
pub static SPEC: KindSpec = KindSpec {
    name: "page",
    plural: "pages",
    template: "page.html",
    folders: &[],
    fields: &[],
    required: &[],
    sort: Sort::Weight,
    feeds: false,
    form: include_str!("forms/page.md"),
    json_ld: "WebPage",
};
