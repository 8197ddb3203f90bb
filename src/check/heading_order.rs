//! Finds headings that leave out a level.

use crate::base::path::SourcePath;
use crate::check::subject::Subject;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::model::body::{Body, Heading};
use crate::model::page::Page;

/// Reports the headings that lie more than one level below the one before them.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject.site.all_pages().flat_map(|(_, page)| of_page(page)).collect()
}

fn of_page(page: &Page) -> Vec<Diagnostic> {
    // The title is the only heading of the first level that readers see; one in the text makes room for itself.
    let first = 2 - page.body.level_shift();
    let mut found = skips(&page.body, first);
    if let Some(document) = &page.document {
        // Where it is used, the document stands alone: it begins where it likes.
        let first = document.headings.first().map_or(1, |heading| heading.level);
        found.extend(skips(document, first));
    }
    found
}

/// The headings of a text that leave out a level; `deepest` is the level that the first may have at most.
fn skips(body: &Body, mut deepest: u8) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut before: Option<&Heading> = None;
    for heading in &body.headings {
        if heading.level > deepest {
            found.push(report(&body.source, heading, before, deepest));
        }
        deepest = heading.level + 1;
        before = Some(heading);
    }
    found
}

fn report(source: &SourcePath, heading: &Heading, before: Option<&Heading>, deepest: u8) -> Diagnostic {
    let Heading { level, text, span, .. } = heading;
    let message = match before {
        Some(before) => {
            format!("\"{text}\" is of level {level}, and \"{}\" before it of level {}", before.text, before.level)
        }
        None => format!("\"{text}\" is of level {level}, and no heading stands before it"),
    };
    let help = format!("write `{} {text}`", "#".repeat(usize::from(deepest)));
    Diagnostic::at(Code::HeadingOrder, source, span.clone(), message).help(help)
}
