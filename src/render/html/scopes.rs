//! What the scopes of the grammars look like: one of about twenty short classes.

use std::sync::LazyLock;

use syntect::parsing::Scope;

/// What a scope looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Like this class.
    Class(&'static str),
    /// Strings in it are keys.
    Key,
    /// Like the text around the code, whatever is further out.
    Plain,
    /// Like whatever is further out.
    Unknown,
}

/// Returns what a scope looks like: the most specific row of the table counts.
pub fn meaning(scope: Scope) -> Meaning {
    let rows = TABLE.iter().filter(|(prefix, _)| prefix.is_prefix_of(scope));
    rows.max_by_key(|(prefix, _)| prefix.len()).map_or(Meaning::Unknown, |(_, meaning)| *meaning)
}

static TABLE: LazyLock<Vec<(Scope, Meaning)>> = LazyLock::new(|| {
    let rows = CLASSES.iter().flat_map(|(class, scopes)| scopes.iter().map(|scope| (*scope, Meaning::Class(class))));
    let keys = KEYS.iter().map(|scope| (*scope, Meaning::Key));
    let plain = PLAIN.iter().map(|scope| (*scope, Meaning::Plain));
    rows.chain(keys).chain(plain).filter_map(|(scope, meaning)| Some((Scope::new(scope).ok()?, meaning))).collect()
});

/// The scopes of each class, by their beginnings.
const CLASSES: [(&str, &[&str]); 20] = [
    ("hk", &["keyword", "storage", "keyword.operator.word", "keyword.operator.logical.python", "keyword.operator.new"]),
    ("hs", &["string", "punctuation.definition.string", "markup.raw", "markup.inline.raw", "keyword.other.template"]),
    ("hc", &["comment", "punctuation.definition.comment", "markup.quote", "meta.diff.index"]),
    ("hn", &["constant", "keyword.other.unit", "support.constant"]),
    ("hf", &["entity.name.function", "variable.function", "entity.name.macro", "support.macro"]),
    (
        "ht",
        &[
            "entity.name",
            "entity.other.inherited-class",
            "support.type",
            "support.class",
            "storage.type.class",
            "entity.name.type",
        ],
    ),
    ("hv", &["variable.parameter", "punctuation.definition.variable", "variable.other.readwrite.shell"]),
    ("ha", &["entity.other.attribute-name", "variable.annotation", "meta.annotation", "meta.decorator"]),
    ("hg", &["entity.name.tag"]),
    ("hp", &["punctuation.definition.tag", "punctuation.definition.annotation", "markup.list", "meta.separator"]),
    ("ho", &["keyword.operator"]),
    ("hb", &["support.function", "support.module", "support.variable", "variable.language", "support"]),
    ("hm", &["markup.heading", "entity.name.section", "entity.section", "meta.diff.header", "meta.diff.range"]),
    ("hi", &["markup.inserted"]),
    ("hd", &["markup.deleted"]),
    ("he", &["constant.character.escape", "constant.other.placeholder"]),
    (
        "hl",
        &[
            "entity.name.label",
            "entity.name.tag.yaml",
            "support.type.property-name",
            "variable.other.key",
            "entity.name.tag.toml",
            "meta.property-name",
            "keyword.name.ini",
            "variable.other.member.hcl",
            "entity.name.other.key",
            "variable.declaration.terraform",
        ],
    ),
    ("hr", &["string.regexp"]),
    ("hx", &["invalid"]),
    ("hq", &["markup.italic", "markup.bold", "markup.underline.link"]),
];

/// Scopes in which strings are keys.
const KEYS: [&str; 3] = ["meta.mapping.key", "meta.object-literal.key", "meta.structure.dictionary.key"];

/// Scopes in which code begins anew inside something else.
const PLAIN: [&str; 7] = [
    "source",
    "text",
    "meta.interpolation",
    "meta.embedded",
    "meta.template.expression",
    "entity.name.namespace",
    "meta.function-call.arguments",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_row_counts() {
        for (scope, expected) in [
            ("keyword.control.rust", Meaning::Class("hk")),
            ("keyword.operator.assignment.rust", Meaning::Class("ho")),
            ("constant.character.escape.json", Meaning::Class("he")),
            ("source.rust", Meaning::Plain),
            ("meta.block.rust", Meaning::Unknown),
        ] {
            assert_eq!(meaning(Scope::new(scope).expect("good")), expected, "{scope}");
        }
    }

    #[test]
    fn every_row_is_a_scope() {
        let rows = CLASSES.iter().map(|(_, scopes)| scopes.len()).sum::<usize>() + KEYS.len() + PLAIN.len();
        assert_eq!(TABLE.len(), rows);
    }
}
