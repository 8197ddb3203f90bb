//! A template: a document that people fork.

use crate::base::date::Moment;
use crate::model::kinds::KindSpec;
use crate::model::meta::Sort;

/// What the kind declares.
pub static SPEC: KindSpec = KindSpec {
    name: "template",
    plural: "templates",
    template: "template.html",
    folders: &["templates", "template"],
    fields: &["template"],
    required: &[],
    sort: Sort::Weight,
    feeds: true,
    form: include_str!("forms/template.md"),
    json_ld: "CreativeWork",
};

/// What the document of a new template begins from, like the form of a page.
pub static DOCUMENT_FORM: &str = include_str!("forms/document.md");

/// The fields of a template, from the key `template:`.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// Its version, from 1.
    pub version: Option<i64>,
    /// When this version was released.
    pub released: Option<Moment>,
    /// The suggested name of a fork.
    pub file: Option<String>,
    /// The licence of the document.
    pub license: Option<String>,
    /// What is asked of the person who forks it.
    pub ask: Vec<Question>,
    /// What changed in each version: number and note, oldest first.
    pub notes: Vec<(i64, String)>,
    /// When each version was released, as far as the notes say so: number and day.
    pub dates: Vec<(i64, Moment)>,
    /// A twin in Google Docs.
    pub google: Option<String>,
    /// The version of that twin.
    pub google_version: Option<i64>,
}

impl Template {
    /// Returns when a version was released, if the page says so.
    pub fn released_on(&self, number: i64) -> Option<&Moment> {
        let own = self.released.as_ref().filter(|_| self.version == Some(number));
        own.or_else(|| self.dates.iter().find(|(dated, _)| *dated == number).map(|(_, date)| date))
    }

    /// Returns what changed in a version.
    pub fn note_on(&self, number: i64) -> Option<&str> {
        self.notes.iter().find(|(noted, _)| *noted == number).map(|(_, note)| note.as_str())
    }
}

/// Something that is asked of the person who forks a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The name of the placeholder: `vendor`.
    pub id: String,
    /// The words shown: `Vendor`.
    pub label: String,
    /// An example answer.
    pub example: Option<String>,
    /// What an answer is.
    pub answer: Answer,
}

/// What an answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Any text.
    Text,
    /// A date.
    Date,
    /// A number.
    Number,
    /// One of these.
    Choice(Vec<String>),
}
