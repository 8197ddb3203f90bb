//! Runs `tests/spec/*.md`: behaviour written in Markdown, with files in and a report or HTML out.
//!
//! A case is a heading of the second level with what follows it. Its fenced blocks are
//! - ` ```md content/guides/a.md `: a file of the project (any language, then the path);
//! - ` ```report `: the whole report, as people see it; a case without one must report nothing;
//! - ` ```html guides/a/ `: what the Markdown of the page at this address becomes.
//!
//! A case without a `fieldbook.yaml` gets one with a title and an address, unless its heading ends in "(no
//! configuration)". One whose heading ends in "(check)" is checked instead of built; "(check --external)" looks at links to
//! other sites too, at the moment 0, and its `.fieldbook/external.json` holds what they answered, so that none is asked.
//! `UPDATE=1 cargo test spec` writes what is the case into the files: read the diff.

use std::fmt::Write as _;
use std::fs;

use fieldbook::check::external;

use crate::harness::Project;

#[test]
fn specs_hold() {
    let mut failed = Vec::new();
    let mut cases = 0;
    let mut files: Vec<_> =
        fs::read_dir("tests/spec").expect("the specs").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    for file in files.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(&file).expect("a spec");
        let now = run_file(&text, &mut cases);
        if now == text {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, now).expect("written");
        } else {
            failed.push(format!("{}:\n{}", file.display(), differences(&text, &now)));
        }
    }
    assert!(cases > 0, "no spec was run");
    assert!(failed.is_empty(), "{}\nUPDATE=1 writes what is the case", failed.join("\n"));
}

/// Every code is shown at least once, and every code that is shown exists.
#[test]
fn every_code_has_a_spec() {
    let mut shown = String::new();
    for entry in fs::read_dir("tests/spec").expect("the specs") {
        write!(shown, "{}", fs::read_to_string(entry.expect("an entry").path()).expect("a spec")).expect("a string");
    }
    let codes = fieldbook::diag::code::Code::ALL.iter().map(|code| code.name());
    let missing: Vec<&str> = codes.filter(|name| !shown.contains(&format!("[{name}]"))).collect();
    assert!(missing.is_empty(), "no spec shows {}", missing.join(", "));
}

/// The text of a spec with the expectations replaced by what is the case.
fn run_file(text: &str, cases: &mut usize) -> String {
    let mut out = String::new();
    for (number, section) in sections_of(text).into_iter().enumerate() {
        match number {
            0 => out.push_str(section),
            _ => {
                out.push_str(&run_case(section));
                *cases += 1;
            }
        }
    }
    out
}

/// The parts of a spec that begin at a heading of the second level outside of fenced blocks, and what is before them.
fn sections_of(text: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut open: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match open {
            None if ticks.len() >= 3 => open = Some(ticks),
            Some(fence) if line.trim_end() == fence => open = None,
            None if line.starts_with("## ") => starts.push(at),
            _ => {}
        }
        at += line.len();
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// A part of a case: prose, or a fenced block with its info string and text.
enum Part<'a> {
    Prose(&'a str),
    Block { fence: &'a str, info: &'a str, text: String },
}

fn run_case(section: &str) -> String {
    let heading = section.lines().next().unwrap_or_default();
    let parts = parts_of(section);
    let is_bare = heading.ends_with("(no configuration)");
    let project = if is_bare { Project::bare() } else { Project::new() };
    let mut project = project.with(|options| options.keep_going = true);
    for part in &parts {
        let Part::Block { info, text, .. } = part else { continue };
        if let Some((language, path)) = info.split_once(' ')
            && language != "html"
        {
            project = project.file(path, unescaped(text));
        }
    }
    if parts.iter().any(|part| matches!(part, Part::Block { info, .. } if info.starts_with("html "))) {
        for kind in ["guide", "interview", "meeting", "template", "chapter", "page", "section", "home"] {
            let path = format!("templates/{kind}.html");
            if !project.root().join(&path).exists() {
                project = project.file(&path, "{% if page %}{{ page.content | safe }}{% endif %}");
            }
        }
    }
    let mut built = None;
    let report = if heading.ends_with("(check)") {
        project.check()
    } else if heading.ends_with("(check --external)") {
        check_external(&project)
    } else {
        built.insert(project.build()).report.clone()
    };
    let mut out = String::new();
    let mut has_report = false;
    for part in parts {
        match part {
            Part::Prose(prose) => out.push_str(prose),
            Part::Block { fence, info: "report", .. } => {
                has_report = true;
                writeln!(out, "{fence}report\n{}\n{fence}", report.trim_end()).expect("a string");
            }
            Part::Block { fence, info, text } => {
                let text = match info.strip_prefix("html ") {
                    Some(url) => {
                        let built = built.as_ref().expect("a case that is checked has no outputs");
                        format!("{}\n", built.output(&format!("{url}index.html")).trim_end())
                    }
                    None => text,
                };
                write!(out, "{fence}{info}\n{text}{fence}\n").expect("a string");
            }
        }
    }
    if !has_report && !report.is_empty() {
        writeln!(out, "\n````report\n{}\n````", report.trim_end()).expect("a string");
    }
    out
}

/// The report on a project all of whose links to other sites have remembered answers.
fn check_external(project: &Project) -> String {
    let options = external::Options { now: 0, ask_again: false, changed_since: None, on_progress: &|_, _| {} };
    let (report, checked) = project.check_external(&options).expect("checked");
    assert_eq!(checked.asked, 0, "a spec asks no other site");
    report
}

fn parts_of(section: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = section;
    while let Some(start) = next_fence(rest) {
        parts.push(Part::Prose(&rest[..start]));
        let line_end = rest[start..].find('\n').map_or(rest.len(), |end| start + end);
        let line = &rest[start..line_end];
        let fence_length = line.len() - line.trim_start_matches('`').len();
        let (fence, info) = line.split_at(fence_length);
        let body = &rest[line_end + 1..];
        let close = body.match_indices(fence).map(|(at, _)| at).find(|at| *at == 0 || body[..*at].ends_with('\n'));
        let close = close.unwrap_or_else(|| panic!("a block is not closed: {line}"));
        parts.push(Part::Block { fence, info: info.trim(), text: body[..close].to_string() });
        rest = body[close + fence_length..].strip_prefix('\n').unwrap_or(&body[close + fence_length..]);
    }
    parts.push(Part::Prose(rest));
    parts
}

fn next_fence(text: &str) -> Option<usize> {
    let mut starts = text.match_indices("```").map(|(at, _)| at);
    starts.find(|at| *at == 0 || text[..*at].ends_with('\n'))
}

/// `\r`, `\t`, `\u{feff}` and `\xff` stand for characters that an editor would not show, `\words{5000}` for so many
/// words.
fn unescaped(text: &str) -> Vec<u8> {
    let text = match text.split_once("\\words{").and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
        Some((before, (count, after))) => {
            format!("{before}{}{after}", "word ".repeat(count.parse().expect("a number")))
        }
        None => text.to_string(),
    };
    let text = text.replace("\\r\n", "\r\n").replace("\\t", "\t").replace("\\u{feff}", "\u{feff}");
    let mut bytes = Vec::new();
    let mut parts = text.split("\\xff");
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        bytes.push(0xff);
        bytes.extend(part.bytes());
    }
    bytes
}

fn differences(expected: &str, found: &str) -> String {
    let expected: Vec<&str> = expected.lines().collect();
    let found: Vec<&str> = found.lines().collect();
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let mut out = String::new();
    for line in expected.iter().skip(same.saturating_sub(3)).take(15) {
        writeln!(out, "  expected | {line}").expect("a string");
    }
    for line in found.iter().skip(same.saturating_sub(3)).take(15) {
        writeln!(out, "  found    | {line}").expect("a string");
    }
    out
}
