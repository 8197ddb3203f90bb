//! Explains keys that stand in the wrong place: those of other kinds of page, of sections, and of other generators.

use crate::base::tree::{Node, Value};
use crate::config::TaxonomySettings;
use crate::config::fields::Fields;
use crate::diag::code::Code;
use crate::model::kinds::Kind;
use crate::model::page::Role;

/// Keys that mean something in a section's own page.
const SECTION: [&str; 3] = ["children", "sort", "paginate"];

/// Keys of Hugo, Jekyll, Zola and Docusaurus, and what to do about each. Those that hide a page are in `hiding`.
const FOREIGN: [(&str, &str); 23] = [
    ("lastmod", "write `updated:`"),
    ("last_modified_at", "write `updated:`"),
    ("modified", "write `updated:`"),
    ("summary", "write `description:`"),
    ("excerpt", "write `description:`"),
    ("subtitle", "write `description:`"),
    ("keywords", "write `tags:`"),
    ("category", "write `categories:`"),
    ("tag", "write `tags:`"),
    ("permalink", "write `url:`"),
    ("path", "write `url:`"),
    ("redirect_from", "write `aliases:`"),
    ("linkTitle", "write `also_called:` for another name to link by"),
    ("sidebar_position", "write `weight:`"),
    ("nav_order", "write `weight:`"),
    ("order", "write `weight:`"),
    ("menu", "write `menu:` in fieldbook.yaml, or `weight:` for the order in the section"),
    ("type", "write `kind:`"),
    ("template", "write `layout:`"),
    ("cover", "write `image:`"),
    ("images", "write `image:`"),
    ("params", "write `extra:`"),
    ("cascade", "write `children:` in the section's own page"),
];

/// Reports the keys of a page that are known elsewhere, so that they are not reported as unknown with a wrong guess.
pub fn explain<'a>(
    taxonomies: &[TaxonomySettings],
    fields: &mut Fields<'a>,
    node: &'a Node,
    (kind, role): (Kind, Role),
) {
    let Value::Map(entries) = &node.value else {
        return;
    };
    for entry in entries {
        let key = entry.key.as_str();
        if taxonomies.iter().any(|taxonomy| taxonomy.name == key) {
            continue;
        }
        let others = Kind::ALL.into_iter().find(|other| *other != kind && other.spec().fields.contains(&key));
        let is_own = kind.spec().fields.contains(&key);
        let foreign = FOREIGN.iter().find(|(foreign, _)| *foreign == key).filter(|_| !is_own);
        let is_sections = SECTION.contains(&key) && role != Role::Section;
        let (message, help) = match (others, foreign) {
            (Some(other), _) => {
                let message = format!("`{key}` is a key of {}, and this is a {}", other.spec().plural, kind.name());
                let help = match (kind, foreign) {
                    (Kind::Page, _) => format!("add `kind: {}`, or delete the key", other.name()),
                    (_, Some((_, help))) => format!("{help}, or add `kind: {}`", other.name()),
                    (_, None) => "delete it, or put it under `extra:`".to_string(),
                };
                (message, help)
            }
            (None, _) if is_sections => {
                let message = format!("`{key}` is a key of sections, and this is a page in one");
                (message, "write it in the section's own page, `_index.md`".to_string())
            }
            (None, Some((_, help))) => (format!("the key `{key}` is not known"), help.to_string()),
            (None, None) => continue,
        };
        if fields.node(key).is_some() {
            fields.report(Code::UnknownKey, fields.key_span(key).unwrap_or(0..0), message, Some(help));
        }
    }
}
