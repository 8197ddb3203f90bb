//! Finds templates whose twin in Google Docs is of an earlier version.

use crate::check::subject::Subject;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::kinds::Details;
use crate::model::page::Page;

/// The key that says the version of the twin.
const KEY: &str = "google_version";

/// Reports the templates whose `google_version` is lower than their `version`.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject.site.all_pages().filter_map(|(_, page)| of_page(page)).collect()
}

fn of_page(page: &Page) -> Option<Diagnostic> {
    let Details::Template(template) = &page.meta.details else {
        return None;
    };
    let (version, twin) = (template.version?, template.google_version?);
    if template.google.is_none() || twin >= version {
        return None;
    }
    let message =
        format!("the twin of \"{}\" in Google Docs is of version {twin}, the template of {version}", page.title());
    let help = format!("bring the twin up to date, then write `{KEY}: {version}`");
    let front_matter = page.body.text.get(..page.body.span.start);
    let diagnostic = match front_matter.and_then(|text| text.find(KEY)) {
        Some(at) => Diagnostic::at(Code::GoogleBehind, &page.source, at..at + KEY.len(), message),
        None => Diagnostic::about(Code::GoogleBehind, &page.source, message),
    };
    Some(diagnostic.help(help))
}
