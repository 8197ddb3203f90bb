//! Settings and front matter as a tree of values, each with the bytes it was read from.
//!
//! YAML and TOML are both read into this, so that everything above knows one shape and every fault has a place.

use std::ops::Range;

/// A value and where it stands in the text it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its bytes in the text; the nearest thing around it when its own are not known.
    pub span: Range<usize>,
}

/// What YAML and TOML have in common.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written: `08`, `1.10`.
    Number(String),
    /// A text, or a date of TOML as written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map in the order written. A key may stand in it twice.
    Map(Vec<Entry>),
}

/// A key of a map with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The bytes of the key.
    pub key_span: Range<usize>,
    /// Its value.
    pub value: Node,
}

/// Why a text could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// One clause without a full stop.
    pub message: String,
    /// The bytes it is about; may be empty.
    pub span: Range<usize>,
}

/// How large and how deep a text may be before it is refused unread.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of text.
    pub bytes: usize,
    /// Brackets open at once.
    pub depth: usize,
    /// Values after aliases are expanded.
    pub values: usize,
}

/// The limits of front matter and of settings: 64 KiB, 64 levels, 20,000 values.
pub const LIMITS: Limits = Limits { bytes: 64 * 1024, depth: 64, values: 20_000 };

impl Node {
    /// Returns an empty map at a place.
    pub fn empty_map(span: Range<usize>) -> Self {
        Node { value: Value::Map(Vec::new()), span }
    }

    /// Returns what the value is, for messages: `a list`.
    pub fn describe(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map of keys",
        }
    }

    /// Returns the value as JSON, for templates; of a key written twice the last wins.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(flag) => (*flag).into(),
            Value::Number(number) => number_to_json(number),
            Value::Text(text) => text.clone().into(),
            Value::List(items) => items.iter().map(Node::to_json).collect(),
            Value::Map(entries) => entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.value.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}

/// Checks a text against the limits before any parser sees it.
///
/// # Errors
/// A [`Fault`] at the byte where a limit is passed.
pub fn check_limits(text: &str, limits: Limits) -> Result<(), Fault> {
    if text.len() > limits.bytes {
        let message = format!("it is longer than {} KiB", limits.bytes / 1024);
        return Err(Fault { message, span: 0..0 });
    }
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limits.depth {
            return Err(Fault { message: format!("more than {} brackets are open", limits.depth), span: at..at + 1 });
        }
    }
    Ok(())
}

fn number_to_json(number: &str) -> serde_json::Value {
    if let Ok(whole) = number.parse::<i64>() {
        return whole.into();
    }
    match number.parse::<f64>() {
        Ok(float) if float.is_finite() => float.into(),
        _ => number.into(),
    }
}
