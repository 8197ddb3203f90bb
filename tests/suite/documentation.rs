//! The manual says what is the case.

use std::fs;

use fieldbook::diag::code::Code;

#[test]
fn every_code_is_documented() {
    let text = fs::read_to_string("docs/diagnostics.md").expect("the page");
    let head = text.split("\n| code |").next().expect("something").trim_end();
    let rows: String = Code::ALL
        .iter()
        .map(|code| {
            let words = code.explanation().split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
            format!("| `{}` | {} | {words} |\n", code.name(), code.default_severity())
        })
        .collect();
    let now = format!("{head}\n\n| code | level | what it means |\n|---|---|---|\n{rows}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write("docs/diagnostics.md", &now).expect("written");
    } else {
        assert!(text == now, "docs/diagnostics.md is behind; UPDATE=1 cargo test every_code_is_documented");
    }
}

/// The manual is a folder of plain Markdown without a configuration: it builds, and all its links lead somewhere.
#[test]
fn the_manual_builds_as_it_is() {
    let project = crate::harness::Project::bare();
    for entry in fs::read_dir("docs").expect("the manual") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        project.write(&name, fs::read(&path).expect("read"));
    }
    let built = project.build();
    assert!(built.outcome.made.is_some() && built.report.is_empty(), "{}", built.report);
    assert!(built.has("links/index.html"));
}
