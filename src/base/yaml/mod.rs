//! YAML into a [`Node`] tree: `serde_yaml` reads the values, a small scanner finds where they stand.

mod scan;

use std::cell::Cell;
use std::fmt;

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};

use crate::base::tree::{Entry, Fault, Limits, Node, Value, check_limits};
use scan::{Places, Step};

/// Reads one YAML document.
///
/// # Errors
/// A [`Fault`] when the text is past the limits or is not YAML; its place is the one the parser names.
pub fn parse(text: &str, limits: Limits) -> Result<Node, Fault> {
    check_limits(text, limits)?;
    let budget = Cell::new(limits.values);
    let bare = BareSeed { budget: &budget }
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .map_err(|error| to_fault(text, &error))?;
    let places = scan::scan(text);
    Ok(place(bare, &places, &mut Vec::new(), 0..text.len(), text))
}

/// Reads what can be read of a text that is not YAML as a whole: each top-level key by itself.
///
/// Gives the keys that could be read, and a [`Fault`] for each that could not.
pub fn parse_by_key(text: &str, limits: Limits) -> (Node, Vec<Fault>) {
    let mut entries = Vec::new();
    let mut faults = Vec::new();
    if let Err(fault) = check_limits(text, limits) {
        return (Node::empty_map(0..0), vec![fault]);
    }
    for chunk in scan::top_level_chunks(text) {
        match parse(&text[chunk.clone()], limits) {
            Ok(Node { value: Value::Map(found), .. }) => {
                entries.extend(found.into_iter().map(|entry| shift(entry, chunk.start)))
            }
            Ok(Node { value: Value::Null, .. }) => {}
            Ok(_) => faults.push(Fault { message: "this is not a `key: value` line".into(), span: trim(text, chunk) }),
            Err(fault) => faults.push(place_fault(text, chunk, fault)),
        }
    }
    (Node { value: Value::Map(entries), span: 0..text.len() }, faults)
}

/// A value before it is known where it stands.
enum Bare {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Bare>),
    Map(Vec<(String, Bare)>),
}

/// Reads a [`Bare`] value and counts it, so that aliases cannot expand without end.
struct BareSeed<'a> {
    budget: &'a Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for BareSeed<'_> {
    type Value = Bare;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Bare, D::Error> {
        let Some(left) = self.budget.get().checked_sub(1) else {
            return Err(de::Error::custom("it expands to too many values"));
        };
        self.budget.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for BareSeed<'_> {
    type Value = Bare;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Bare, E> {
        Ok(Bare::Null)
    }

    fn visit_none<E>(self) -> Result<Bare, E> {
        Ok(Bare::Null)
    }

    fn visit_some<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Bare, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Bare, E> {
        Ok(Bare::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Bare, E> {
        Ok(Bare::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Bare, E> {
        Ok(Bare::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Bare, E> {
        Ok(Bare::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Bare, E> {
        Ok(Bare::Text(value.to_string()))
    }

    fn visit_enum<A: de::EnumAccess<'de>>(self, data: A) -> Result<Bare, A::Error> {
        // A tag such as `!secret x`: the tag means nothing here, the value does.
        let budget = self.budget;
        let (_tag, value) = data.variant::<String>()?;
        de::VariantAccess::newtype_variant_seed(value, BareSeed { budget })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Bare, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(BareSeed { budget: self.budget })? {
            items.push(item);
        }
        Ok(Bare::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Bare, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(BareSeed { budget: self.budget })? {
            let value = map.next_value_seed(BareSeed { budget: self.budget })?;
            entries.push((key_text(key), value));
        }
        Ok(Bare::Map(entries))
    }
}

fn key_text(key: Bare) -> String {
    match key {
        Bare::Text(text) | Bare::Number(text) => text,
        Bare::Bool(flag) => flag.to_string(),
        Bare::Null => "null".into(),
        Bare::List(_) | Bare::Map(_) => "?".into(),
    }
}

/// Gives every value its place; one whose place the scanner does not know gets that of the value around it.
fn place(bare: Bare, places: &Places, path: &mut Vec<Step>, around: std::ops::Range<usize>, text: &str) -> Node {
    let value = match bare {
        Bare::Null => Value::Null,
        Bare::Bool(flag) => Value::Bool(flag),
        Bare::Number(number) => Value::Number(as_written(text, &around).unwrap_or(number)),
        Bare::Text(text) => Value::Text(text),
        Bare::List(items) => {
            let place_item = |(index, item)| {
                path.push(Step::Item(index));
                let span = places.value(path, 0).unwrap_or_else(|| around.clone());
                let node = place(item, places, path, span, text);
                path.pop();
                node
            };
            Value::List(items.into_iter().enumerate().map(place_item).collect())
        }
        Bare::Map(items) => {
            let mut entries: Vec<Entry> = Vec::with_capacity(items.len());
            for (key, value) in items {
                let repeat = entries.iter().filter(|entry| entry.key == key).count();
                path.push(Step::Key(key.clone()));
                let key_span = places.key(path, repeat).unwrap_or_else(|| around.clone());
                let span = places.value(path, repeat).unwrap_or_else(|| key_span.clone());
                let value = place(value, places, path, span, text);
                path.pop();
                entries.push(Entry { key, key_span, value });
            }
            Value::Map(entries)
        }
    };
    Node { value, span: around }
}

/// The text of a number as the author wrote it: `1.10` is a title, not 1.1.
fn as_written(text: &str, span: &std::ops::Range<usize>) -> Option<String> {
    let written = text.get(span.clone())?.trim();
    let is_plain = !written.is_empty() && written.len() <= 40 && !written.contains(char::is_whitespace);
    (is_plain && written.parse::<f64>().is_ok()).then(|| written.to_string())
}

fn to_fault(text: &str, error: &serde_yaml::Error) -> Fault {
    let at = error.location().map_or(0, |location| location.index().min(text.len()));
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message).to_string();
    let first = text[at..].chars().next().filter(|c| *c != '\n');
    Fault { message, span: at..at + first.map_or(0, char::len_utf8) }
}

fn shift(entry: Entry, by: usize) -> Entry {
    let Entry { key, key_span, value } = entry;
    Entry { key, key_span: key_span.start + by..key_span.end + by, value: shift_node(value, by) }
}

fn shift_node(node: Node, by: usize) -> Node {
    let value = match node.value {
        Value::List(items) => Value::List(items.into_iter().map(|item| shift_node(item, by)).collect()),
        Value::Map(entries) => Value::Map(entries.into_iter().map(|entry| shift(entry, by)).collect()),
        value => value,
    };
    Node { value, span: node.span.start + by..node.span.end + by }
}

/// Gives a fault of a key its place in the whole text; one that is only seen behind the key is about the key.
fn place_fault(text: &str, chunk: std::ops::Range<usize>, fault: Fault) -> Fault {
    let key = trim(text, chunk.clone());
    let start = fault.span.start + chunk.start;
    let span = if start < key.end { start..fault.span.end + chunk.start } else { key };
    Fault { span, ..fault }
}

fn trim(text: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let inner = text[span.clone()].trim_end();
    span.start..span.start + inner.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tree::LIMITS;

    fn spans(text: &str) -> Vec<(String, String)> {
        fn walk(text: &str, node: &Node, out: &mut Vec<(String, String)>) {
            match &node.value {
                Value::Map(entries) => entries.iter().for_each(|entry| {
                    out.push((text[entry.key_span.clone()].into(), text[entry.value.span.clone()].into()));
                    walk(text, &entry.value, out);
                }),
                Value::List(items) => items.iter().for_each(|item| {
                    out.push(("-".into(), text[item.span.clone()].into()));
                    walk(text, item, out);
                }),
                _ => {}
            }
        }
        let mut out = Vec::new();
        walk(text, &parse(text, LIMITS).expect("YAML"), &mut out);
        out
    }

    #[test]
    fn values_have_their_place() {
        let text =
            "title: \"A: b\" # note\ntags: [x, 'y, z', {id: v}]\nroles:\n  - role: Lead\n    does: it\n  - plain\n";
        let found = spans(text);
        for pair in [
            ("title", "\"A: b\""),
            ("-", "x"),
            ("-", "'y, z'"),
            ("id", "v"),
            ("role", "Lead"),
            ("does", "it"),
            ("-", "plain"),
        ] {
            assert!(found.contains(&(pair.0.into(), pair.1.into())), "{pair:?} is not in {found:?}");
        }
    }

    #[test]
    fn numbers_stay_as_written_and_repeats_stay() {
        let Value::Map(entries) = parse("title: 1.10\ntitle: 08\n", LIMITS).expect("YAML").value else {
            panic!("a map")
        };
        assert_eq!(entries[0].value.value, Value::Number("1.10".into()));
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[1].key_span, 12..17);
    }

    #[test]
    fn bad_keys_do_not_hide_good_ones() {
        let (node, faults) = parse_by_key("title: Good\nowner: [x\ntags: [a]\n", LIMITS);
        let Value::Map(entries) = node.value else { panic!("a map") };
        assert_eq!(entries.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(), ["title", "tags"]);
        assert_eq!(faults.len(), 1);
    }

    #[test]
    fn bombs_are_refused() {
        assert!(parse(&"[".repeat(1000), LIMITS).is_err());
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n";
        assert!(parse(bomb, LIMITS).is_err());
        assert!(parse(&"- ".repeat(20_000), LIMITS).is_err());
    }
}
