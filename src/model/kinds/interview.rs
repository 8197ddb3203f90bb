//! An interview: a conversation with a practitioner.

use crate::base::date::Moment;
use crate::model::kinds::KindSpec;
use crate::model::link::Link;
use crate::model::meta::Sort;

/// What the kind declares.
pub static SPEC: KindSpec = KindSpec {
    name: "interview",
    plural: "interviews",
    template: "interview.html",
    folders: &["interviews", "interview"],
    fields: &["person", "recorded"],
    required: &["person"],
    sort: Sort::Date,
    feeds: true,
    form: include_str!("forms/interview.md"),
    json_ld: "Article",
};

/// The fields of an interview.
#[derive(Clone, Debug, Default)]
pub struct Interview {
    /// Who was asked.
    pub person: Option<Person>,
    /// When.
    pub recorded: Option<Moment>,
}

/// Who was asked.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// A name, or a role when no name is given: `A staff engineer`.
    pub name: String,
    /// What they do.
    pub role: Option<String>,
    /// Where they do it.
    pub organisation: Option<String>,
    /// Pages about them, as written.
    pub links: Vec<Link>,
}
