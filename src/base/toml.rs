//! TOML into a [`Node`] tree.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::tree::{Entry, Fault, Limits, Node, Value, check_limits};

/// Reads one TOML document.
///
/// # Errors
/// A [`Fault`] when the text is past the limits or is not TOML.
pub fn parse(text: &str, limits: Limits) -> Result<Node, Fault> {
    check_limits(text, limits)?;
    let table = DeTable::parse(text).map_err(|error| {
        let message = error.message().lines().next().unwrap_or("it is not TOML").to_string();
        Fault { message, span: error.span().unwrap_or(0..0) }
    })?;
    Ok(from_table(table.get_ref(), 0..text.len()))
}

fn from_table(table: &DeTable<'_>, span: std::ops::Range<usize>) -> Node {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry { key: key.get_ref().to_string(), key_span: key.span(), value: from_value(value) })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Node { value: Value::Map(entries), span }
}

fn from_value(value: &Spanned<DeValue<'_>>) -> Node {
    let span = value.span();
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => Value::Number(number.to_string()),
        DeValue::Float(number) => Value::Number(number.to_string()),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(from_value).collect()),
        DeValue::Table(table) => return from_table(table, span),
    };
    Node { value, span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tree::LIMITS;

    #[test]
    fn values_have_their_place() {
        let text = "title = \"A\"\ndate = 2026-01-05\n[extra]\nx = [1, 2]\n";
        let Value::Map(entries) = parse(text, LIMITS).expect("TOML").value else { panic!("a map") };
        assert_eq!(&text[entries[1].key_span.clone()], "date");
        assert_eq!(entries[1].value.value, Value::Text("2026-01-05".into()));
        assert!(parse("a = = 1", LIMITS).is_err());
    }
}
