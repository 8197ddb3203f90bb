//! The glossary: a page called `glossary` whose headings are terms and whose paragraphs explain them.

use std::sync::Arc;

use crate::model::glossary::{Glossary, GlossaryEntry};
use crate::model::page::{Page, PageId, Role};

/// Finds the glossary: of the pages called so that have headings the shallowest, of those the first.
pub fn find(pages: &[Arc<Page>]) -> Option<Glossary> {
    let candidates = (0..).map(PageId).zip(pages).filter(|(_, page)| is_glossary(page));
    let (id, page) = candidates.min_by_key(|(id, page)| (page.source.as_str().matches('/').count(), *id))?;
    Some(Glossary { page: id, entries: entries(page) })
}

fn is_glossary(page: &Page) -> bool {
    let name = match page.role {
        Role::Leaf => page.source.stem(),
        Role::Bundle | Role::Section => page.source.folder().rsplit('/').next().unwrap_or(""),
    };
    name.eq_ignore_ascii_case("glossary") && page.body.headings.iter().any(|heading| heading.level > 1)
}

fn entries(page: &Page) -> Vec<GlossaryEntry> {
    let mut entries = Vec::new();
    for (number, definition) in &page.body.definitions {
        let Some(heading) = page.body.headings.get(*number) else { continue };
        if heading.level < 2 || definition.trim().is_empty() {
            continue;
        }
        let forms = forms(&heading.text);
        if !forms.is_empty() {
            entries.push(GlossaryEntry { forms, id: heading.id.clone(), definition: definition.clone() });
        }
    }
    entries
}

/// The forms of a term: `Service level objective (SLO)` is both.
fn forms(heading: &str) -> Vec<String> {
    let heading = heading.trim();
    let split = heading.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let forms: Vec<&str> = match split {
        Some((long, short)) => std::iter::once(long).chain(short.split(',')).collect(),
        None => vec![heading],
    };
    forms.into_iter().map(str::trim).filter(|form| !form.is_empty()).map(str::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn forms_of_a_term() {
        for (heading, expected) in [
            ("Service level objective (SLO)", vec!["Service level objective", "SLO"]),
            ("Toil", vec!["Toil"]),
            ("On call (on-call, pager duty)", vec!["On call", "on-call", "pager duty"]),
            ("(x)", vec!["x"]),
            (" ( ) ", vec![]),
            ("f(x) and more", vec!["f(x) and more"]),
        ] {
            assert_eq!(forms(heading), expected, "{heading}");
        }
    }
}
