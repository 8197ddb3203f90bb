//! What a code means, for people.

use crate::diag::code::Code;
use crate::diag::levels::Severity;

/// Returns what a code means and how its level is changed.
pub fn explain(code: Code) -> String {
    let text = code.explanation().lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let (name, severity) = (code.name(), code.default_severity());
    let other = match severity {
        Severity::Error => "warn",
        Severity::Warning | Severity::Note => "off",
    };
    format!(
        "{name} ({severity} unless `checks:` in fieldbook.yaml says otherwise)\n\n{text}\n\n\
        To change its level:\n\n    checks:\n      {name}: {other}    # error, warn, note or off\n"
    )
}

/// Returns a line for each code.
pub fn table() -> String {
    let rows = Code::ALL.iter().map(|code| {
        let whole = code.explanation().split_whitespace().collect::<Vec<_>>().join(" ");
        let first = whole.split(". ").next().unwrap_or_default();
        format!("{:<22} {:<8} {}\n", code.name(), code.default_severity().to_string(), first.trim_end_matches('.'))
    });
    rows.collect()
}
