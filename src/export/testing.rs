//! Documents for the tests of the writers.

use std::collections::BTreeMap;

use crate::base::path::SourcePath;
use crate::document::provenance::Provenance;
use crate::document::version::Identity;
use crate::export::Document;
use crate::markdown::events::{Reading, read};

/// Hands the document with some Markdown to `look`.
pub fn with_document<T>(markdown: &str, look: impl FnOnce(&Document<'_>) -> T) -> T {
    let reading = Reading { markdown: Default::default(), questions: false, title: None, taken: &[] };
    let events = read(&SourcePath::new("template.md"), markdown, 0..markdown.len(), &reading).value;
    let provenance = Provenance {
        title: Some("Checklist [new]".to_string()),
        forked_from: "https://example.org/templates/checklist/".to_string(),
        version: 4,
        hash: Some(Identity::of(markdown)),
        license: Some("CC BY 4.0".to_string()),
    };
    look(&Document {
        title: "Checklist [new]",
        events: &events,
        language: "en-GB",
        license: Some("CC BY 4.0"),
        provenance: Some(&provenance),
        labels: &BTreeMap::from([("vendor".to_string(), "Who sells it".to_string())]),
    })
}
