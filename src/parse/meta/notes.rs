//! What a template's page says of each of its versions: when it was released, and what changed in it.

use crate::base::date::Moment;
use crate::base::tree::{Entry, Value};
use crate::config::fields::{Fields, scalar};
use crate::diag::code::Code;

/// What is said of versions, oldest first.
#[derive(Default)]
pub struct History {
    /// Number and what changed.
    pub notes: Vec<(i64, String)>,
    /// Number and day of release.
    pub dates: Vec<(i64, Moment)>,
}

impl History {
    /// Takes `notes`: a map of numbers to notes or to maps with `note` and `released`, or a list of maps with `version`
    /// as well.
    pub fn take(fields: &mut Fields<'_>) -> Self {
        let mut history = History::default();
        for node in fields.inner_list("notes") {
            let Value::Map(entries) = &node.value else {
                let help = "write `1: \"First version\"` below `notes:`".to_string();
                let message = format!("`template.notes` holds {}, not notes by version", node.describe());
                fields.report(Code::BadValue, fields.file_span(node), message, Some(help));
                continue;
            };
            if entries.iter().any(|entry| entry.key == "version") {
                let mut item = fields.open_item("notes", node);
                let version = item.whole("version");
                history.add(&mut item, version);
                fields.close(item);
                continue;
            }
            for entry in entries {
                history.entry(fields, entry);
            }
        }
        history.notes.sort_by_key(|(version, _)| *version);
        history.dates.sort_by_key(|(version, _)| *version);
        history
    }

    /// Takes what stands at the number of a version.
    fn entry<'a>(&mut self, fields: &mut Fields<'a>, entry: &'a Entry) {
        let Ok(version) = entry.key.trim().parse::<i64>() else {
            let span = fields.file_span(&entry.value);
            let message = format!("`template.notes` has a key `{}` that is not a version", entry.key);
            return fields.report(Code::BadValue, span, message, Some("write the number of a version".into()));
        };
        if matches!(entry.value.value, Value::Map(_)) {
            let mut item = fields.open_item("notes", &entry.value);
            self.add(&mut item, Some(version));
            fields.close(item);
        } else if let Some(note) = scalar(&entry.value) {
            self.notes.push((version, note.trim().to_string()));
        }
    }

    fn add(&mut self, item: &mut Fields<'_>, version: Option<i64>) {
        self.notes.extend(version.zip(item.text("note")));
        self.dates.extend(version.zip(item.moment("released")));
    }
}
