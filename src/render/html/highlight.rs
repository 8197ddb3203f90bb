//! Code to spans with short classes, by the grammars of syntect and two-face.

use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::render::html::escape;
use crate::render::html::scopes::{Meaning, meaning};

/// All grammars. They never change, and take about two milliseconds to load.
pub static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Whether the grammars are quick on some code: they are slow on very long lines.
pub fn is_quick(code: &str) -> bool {
    code.len() <= 200_000 && code.lines().all(|line| line.len() <= 2_000)
}

/// Returns the HTML of some code. No element reaches from one line into the next.
pub fn highlight(syntax: &SyntaxReference, code: &str) -> String {
    let mut painter = Painter { out: String::with_capacity(code.len() * 2), class: "", meanings: HashMap::new() };
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    for line in LinesWithEndings::from(code) {
        let Ok(changes) = state.parse_line(line, &SYNTAXES) else {
            return plain(code);
        };
        let text = line.trim_end_matches('\n');
        let mut at = 0;
        for (place, change) in changes {
            painter.paint(&text[at.min(text.len())..place.min(text.len())], &stack);
            if stack.apply(&change).is_err() {
                return plain(code);
            }
            at = at.max(place);
        }
        painter.paint(&text[at.min(text.len())..], &stack);
        painter.change("");
        painter.out.push_str(&line[text.len()..]);
    }
    painter.out
}

/// Code as it is.
fn plain(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + 16);
    escape::text(&mut out, code);
    out
}

/// The HTML so far, with neighbours of the same class in one element.
struct Painter {
    out: String,
    /// The class of the element that is open; empty if none is.
    class: &'static str,
    meanings: HashMap<Scope, Meaning>,
}

impl Painter {
    fn paint(&mut self, text: &str, stack: &ScopeStack) {
        if text.is_empty() {
            return;
        }
        // White space looks the same in every class, so it does not end an element.
        if !text.trim().is_empty() {
            let class = self.class_of(stack.as_slice());
            self.change(class);
        }
        escape::text(&mut self.out, text);
    }

    fn change(&mut self, class: &'static str) {
        if class == self.class {
            return;
        }
        if !self.class.is_empty() {
            self.out.push_str("</span>");
        }
        if !class.is_empty() {
            self.out.push_str("<span class=\"");
            self.out.push_str(class);
            self.out.push_str("\">");
        }
        self.class = class;
    }

    /// The class of the innermost scope that has one. A string that is a key is a label.
    fn class_of(&mut self, scopes: &[Scope]) -> &'static str {
        let mut found = None;
        for scope in scopes.iter().rev() {
            match (found, *self.meanings.entry(*scope).or_insert_with(|| meaning(*scope))) {
                (None, Meaning::Class(class)) => found = Some(class),
                (None, Meaning::Key) => found = Some(""),
                (Some("hs"), Meaning::Key) => return "hl",
                (None, Meaning::Plain) => return "",
                (Some(class), Meaning::Plain) => return class,
                _ => {}
            }
        }
        found.unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::languages::{Language, find};

    fn check(language: &str, code: &str, expected: &str) {
        let Language::Known(syntax) = find(language) else {
            panic!("{language} is not known");
        };
        assert_eq!(highlight(syntax, code), expected, "{language}");
    }

    #[test]
    fn neighbours_share_an_element_and_lines_do_not() {
        check("rust", "/* a\nb */\n", "<span class=\"hc\">/* a</span>\n<span class=\"hc\">b */</span>\n");
        check("json", "{\"a\": 1}", "{<span class=\"hl\">\"a\"</span>: <span class=\"hn\">1</span>}");
    }

    #[test]
    fn keys_are_labels() {
        check("yaml", "a: b", "<span class=\"hl\">a</span>: <span class=\"hs\">b</span>");
        check("toml", "a = 1", "<span class=\"hl\">a </span>= <span class=\"hn\">1</span>");
    }

    #[test]
    fn nothing_is_lost() {
        let code = "fn a<'b>() { \"<&\\n\" } // é\r\n\r\n\tx\u{0}";
        for syntax in SYNTAXES.syntaxes() {
            let html = highlight(syntax, code);
            let mut text = String::new();
            for part in html.split('<') {
                text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
            }
            assert_eq!(crate::base::html::unescape(&text), code, "{}", syntax.name);
        }
    }

    #[test]
    fn what_is_slow_is_left_alone() {
        assert!(is_quick("fn main() {}"));
        assert!(!is_quick(&"x".repeat(2_001)));
        assert!(!is_quick(&"x\n".repeat(100_001)));
    }
}
