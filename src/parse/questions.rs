//! Compares the placeholders of a template's document with the questions that its page declares under `ask`.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::did_you_mean::nearest;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::document::placeholders;
use crate::model::kinds::template::Template;
use crate::model::release::format_of;
use crate::model::source::Source;

/// Reports placeholders that no question declares, each once, and questions that no placeholder uses. `front_matter` are
/// the bytes of the page before its body.
pub fn compare(page: &Source, front_matter: Range<usize>, template: &Template, document: &Source) -> Reported<()> {
    let declared: Vec<&str> = template.ask.iter().map(|question| question.id.as_str()).collect();
    let mut diagnostics = Vec::new();
    let mut used = BTreeSet::new();
    for placeholder in placeholders::find(&document.text, format_of(&document.path)) {
        let is_known = declared.contains(&placeholder.id.as_str());
        if !used.insert(placeholder.id.clone()) || is_known {
            continue;
        }
        let id = &placeholder.id;
        let message = format!("nobody is asked for `{id}`");
        let help = match nearest(id, declared.iter().copied()) {
            Some(near) => format!("did you mean `{{{{{near}}}}}`?"),
            None => format!("add `- {{id: {id}}}` below `ask:` in {}, or write it as code", page.path),
        };
        let fault = Diagnostic::at(Code::UndeclaredPlaceholder, &document.path, placeholder.span, message);
        diagnostics.push(fault.help(help));
    }
    for question in template.ask.iter().filter(|question| !used.contains(&question.id)) {
        let id = &question.id;
        let message = format!("the answer to `{id}` goes nowhere: {} has no `{{{{{id}}}}}`", document.path);
        let fault = match place_of(&page.text[front_matter.clone()], id) {
            Some(place) => {
                let place = place.start + front_matter.start..place.end + front_matter.start;
                Diagnostic::at(Code::UnusedQuestion, &page.path, place, message)
            }
            None => Diagnostic::about(Code::UnusedQuestion, &page.path, message),
        };
        diagnostics
            .push(fault.help(format!("write `{{{{{id}}}}}` where the answer belongs, or take the question out")));
    }
    Reported::new((), diagnostics)
}

/// The first place behind `ask` where an id stands as a word of its own.
fn place_of(front_matter: &str, id: &str) -> Option<Range<usize>> {
    let start = front_matter.find("ask")? + "ask".len();
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    front_matter[start..].match_indices(id).map(|(at, _)| start + at).find_map(|at| {
        let end = at + id.len();
        let is_word = !front_matter[..at].ends_with(is_inner) && !front_matter[end..].starts_with(is_inner);
        (is_word && !id.is_empty()).then_some(at..end)
    })
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn the_place_of_an_id() {
        let text = "---\nid: vendor\ntemplate:\n  ask:\n    - {id: vendor-name}\n    - {id: vendor}\n";
        assert_eq!(place_of(text, "vendor"), text.rfind("vendor").map(|at| at..at + "vendor".len()));
        assert_eq!(place_of(text, "lead"), None);
    }
}
