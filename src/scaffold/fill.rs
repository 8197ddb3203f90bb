//! Puts values in the places of a form: `{{title}}`, `{{date}}`, `{{id}}`, `{{slug}}`. It is plain replacement; in front
//! matter a value is quoted as its place asks for.

use crate::base::fence::{Split, Style, split};
use crate::base::tree::{LIMITS, Value};
use crate::base::yaml;

/// The values by the names of their places. A place that is not named here is text, and stays.
pub type Values<'a> = [(&'a str, Option<&'a str>)];

/// Fills in a Markdown file. A line of its front matter with a place that has no value is left out.
pub fn page(form: &str, values: &Values<'_>) -> String {
    match split(form) {
        Split::Found { style, inner, .. } => {
            let filled = settings(&form[inner.clone()], style, values);
            format!("{}{filled}{}", &form[..inner.start], text(&form[inner.end..], values))
        }
        Split::None { .. } | Split::Unclosed { .. } => text(form, values),
    }
}

/// Fills in lines of keys and values. A line with a place that has no value is left out.
pub fn settings(form: &str, style: Style, values: &Values<'_>) -> String {
    form.split_inclusive('\n').filter_map(|line| settings_line(line, style, values)).collect()
}

/// Fills in a text.
pub fn text(form: &str, values: &Values<'_>) -> String {
    let mut filled = String::with_capacity(form.len());
    let mut rest = form;
    while let Some((before, value, after)) = next_place(rest, values) {
        filled.push_str(before);
        filled.push_str(value.unwrap_or(""));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn settings_line(line: &str, style: Style, values: &Values<'_>) -> Option<String> {
    let is_comment = line.trim_start().starts_with('#');
    let mut filled = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, value, after)) = next_place(rest, values) {
        filled.push_str(before);
        let value = value?;
        let quoted = match (is_comment, open_quote(&filled)) {
            (true, _) => value.to_string(),
            (false, Some('"')) => without_quotes(&in_quotes(value)).to_string(),
            (false, Some(_)) => value.replace('\'', "''"),
            (false, None) if is_whole_value(&filled, after) => scalar(value, style),
            (false, None) => value.to_string(),
        };
        filled.push_str(&quoted);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// Splits a text at the first place that is named: what is before it, its value, what is behind it.
fn next_place<'t, 'v>(text: &'t str, values: &Values<'v>) -> Option<(&'t str, Option<&'v str>, &'t str)> {
    let places = values.iter().filter_map(|(name, value)| {
        let place = format!("{{{{{name}}}}}");
        let at = text.find(&place)?;
        Some((&text[..at], *value, &text[at + place.len()..]))
    });
    places.min_by_key(|(before, _, _)| before.len())
}

/// Returns the quotation mark that is open at the end of the beginning of a line.
fn open_quote(before: &str) -> Option<char> {
    let mut open = None;
    let mut last = ' ';
    for c in before.chars() {
        match open {
            None if matches!(c, '"' | '\'') && matches!(last, ' ' | '[' | '{' | ',' | ':' | '=') => open = Some(c),
            Some('"') if c == '"' && last != '\\' => open = None,
            Some('\'') if c == '\'' => open = None,
            _ => {}
        }
        last = c;
    }
    open
}

/// Whether a place is all there is of a value: `title: {{title}}`, with a comment behind it at most.
fn is_whole_value(before: &str, after: &str) -> bool {
    let begins = before.trim_end().ends_with([':', '=']) || before.trim() == "-";
    let end = after.trim_start();
    begins && (end.is_empty() || (end.starts_with('#') && end.len() < after.len()))
}

/// Returns a value as YAML or TOML writes it: as it is where that means the same, else in quotes.
fn scalar(value: &str, style: Style) -> String {
    match style {
        Style::Yaml if is_plain(value) => value.to_string(),
        Style::Yaml | Style::Toml => in_quotes(value),
    }
}

/// Whether a value without quotes is read as the text it is.
fn is_plain(value: &str) -> bool {
    let is_printable = value.chars().all(|c| !is_unprintable(c));
    let Ok(node) = yaml::parse(&format!("key: {value}\n"), LIMITS) else {
        return false;
    };
    let Value::Map(entries) = node.value else {
        return false;
    };
    let is_same = |found: &Value| matches!(found, Value::Text(text) if text == value);
    is_printable && matches!(&entries[..], [entry] if entry.key == "key" && is_same(&entry.value.value))
}

/// Returns a value in double quotes, escaped as YAML and TOML both read it.
fn in_quotes(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_unprintable(c) => quoted.push_str(&format!("\\U{:08x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn without_quotes(quoted: &str) -> &str {
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(quoted)
}

/// Characters that YAML does not take as they are, or takes for the end of a line.
fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &str, title: &str, expected: &str) {
        assert_eq!(page(form, &[("title", Some(title)), ("id", None)]), expected, "{form}");
    }

    #[test]
    fn places_are_filled() {
        check("# {{title}}\n\n{{id}}{{other}} {{ title }} {{{title}}}", "A", "# A\n\n{{other}} {{ title }} {A}");
        check("---\ntitle: {{title}}\nid: {{id}}\n---\n{{title}}", "A \"b\"", "---\ntitle: A \"b\"\n---\nA \"b\"");
        check("---\ntitle: {{title}}\n---\n", "{{id}} {{title}}", "---\ntitle: \"{{id}} {{title}}\"\n---\n");
    }

    #[test]
    fn values_are_quoted_as_their_place_asks_for() {
        check("---\nt: {{title}}\n---\n", "A: b", "---\nt: \"A: b\"\n---\n");
        check("---\nt: {{title}} # c\n---\n", "A # b", "---\nt: \"A # b\" # c\n---\n");
        check("---\nt: \"{{title}}!\"\n---\n", "A \"b\" \\", "---\nt: \"A \\\"b\\\" \\\\!\"\n---\n");
        check("---\nt: 'On {{title}}'\n---\n", "it's", "---\nt: 'On it''s'\n---\n");
        check("---\n# t: {{title}}\nt: {{title}}\n---\n", "2026", "---\n# t: 2026\nt: \"2026\"\n---\n");
        check("+++\nt = {{title}}\n+++\n", "it's \"b\"", "+++\nt = \"it's \\\"b\\\"\"\n+++\n");
    }

    #[test]
    fn any_title_is_read_back() {
        let titles =
            ["true", "~", "- a", "a:", "[x", "🎉 Go!", "a\u{85}b", "a\u{2028}b", "\u{feff}a", "*a", "'", "", "@x"];
        for title in titles {
            for form in ["---\nt: {{title}}\n---\n", "---\nt: \"{{title}}\"\n---\n", "---\nt:\n  - {{title}}\n---\n"] {
                let filled = page(form, &[("title", Some(title))]);
                let inner = filled.trim_start_matches("---\n").trim_end_matches("---\n");
                let node = yaml::parse(inner, LIMITS).unwrap_or_else(|fault| panic!("{title:?}: {inner}: {fault:?}"));
                let Value::Map(mut entries) = node.value else { panic!("{inner}") };
                let value = match entries.remove(0).value.value {
                    Value::List(mut items) => items.remove(0).value,
                    value => value,
                };
                assert_eq!(value, Value::Text(title.to_string()), "{inner}");
            }
        }
    }
}
