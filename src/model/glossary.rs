//! The glossary: terms that are explained where they are first mentioned.

use crate::model::page::PageId;

/// The terms of the glossary page.
#[derive(Clone, Debug)]
pub struct Glossary {
    /// The page.
    pub page: PageId,
    /// Its entries in the order written.
    pub entries: Vec<GlossaryEntry>,
}

/// A term with its definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlossaryEntry {
    /// The term as its heading says it; text in brackets behind it is another form: `Service level objective (SLO)`.
    pub forms: Vec<String>,
    /// The id of its heading.
    pub id: String,
    /// Its definition as plain text.
    pub definition: String,
}
