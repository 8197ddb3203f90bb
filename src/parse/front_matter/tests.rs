use super::*;

fn run(text: &str) -> (FrontMatter, Vec<&'static str>) {
    let read = read(&SourcePath::new("content/page.md"), text);
    (read.value, read.diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect())
}

fn check(text: &str, keys: &[&str], body: &str, codes: &[&str]) {
    let (found, diagnostics) = run(text);
    let Value::Map(entries) = &found.node.value else { panic!("a map") };
    assert_eq!(entries.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(), keys, "{text}");
    for entry in entries {
        let span = entry.key_span.start + found.offset..entry.key_span.end + found.offset;
        assert_eq!(text[span].trim_matches('"'), entry.key, "{text}");
    }
    assert_eq!(&text[found.body], body, "{text}");
    assert_eq!(diagnostics, codes, "{text}");
}

#[test]
fn what_real_files_begin_with() {
    check("---\ntitle: A\n---\nBody", &["title"], "Body", &[]);
    check("\u{feff}---  \r\ntitle: A\r\n---\t\r\nBody", &["title"], "Body", &[]);
    check("+++\ntitle = \"A\"\n[extra]\nx = 1\n+++\nBody", &["title", "extra"], "Body", &[]);
    check("---\n---\nBody", &[], "Body", &[]);
    check("---\n# a comment\n\n---\nBody", &[], "Body", &[]);
    check("---\ntitle: A\n...\nBody", &["title"], "Body", &[]);
    check("---\ntitle: A\n---", &["title"], "", &[]);
    check("\u{feff}Body", &[], "Body", &[]);
    check("", &[], "", &[]);
}

#[test]
fn rules_are_not_front_matter() {
    for text in
        ["-----\ntitle: A\n-----\n", "---\n\nText\n\n---\n", "---\nText", " ---\ntitle: A\n---\n", "\n---\nText\n---\n"]
    {
        check(text, &[], text, &[]);
    }
}

#[test]
fn misplaced_and_unclosed() {
    check("\n \n---\ntitle: A\n---\nBody", &["title"], "Body", &["late-front-matter"]);
    let text = "---\ntitle: A\n\nBody";
    check(text, &[], text, &["unclosed-front-matter"]);
    assert!(run("---\ntitle: A\ndraft: true\n\nBody").0.may_be_hidden);
    assert!(!run(text).0.may_be_hidden);
}

#[test]
fn what_cannot_be_read_does_not_hide_the_rest() {
    check("---\ntitle: A\ndescription: B: C\ntags: [x]\n---\n", &["title", "tags"], "", &["bad-front-matter"]);
    check("---\ntitle: \"A\ntags: [x\n---\n", &[], "", &["bad-front-matter", "bad-front-matter"]);
    let read = read(&SourcePath::new("a.md"), "---\ndescription: B: C\n---\n");
    assert_eq!(read.diagnostics[0].help.as_deref(), Some("put it in quotes: `description: \"B: C\"`"));
}

#[test]
fn a_page_that_may_be_a_draft_is_one() {
    assert!(run("---\ntitle: A\ndraft: [true\n---\n").0.may_be_hidden);
    assert!(run("---\ntitle: \"A\n audience: x\n---\n").0.may_be_hidden);
    assert!(run("+++\ndraft = yes\n+++\n").0.may_be_hidden);
    assert!(run("---\ntitle: A\ndate: 2099: x\n---\n").0.may_be_hidden);
    assert!(run("---\ntitle: A\npublishDate: 2099: x\n---\n").0.may_be_hidden);
    assert!(!run("---\ntitle: A: B is updated\n---\n").0.may_be_hidden);
    assert!(!run("---\ntitle: A: B\ndraft: false\n---\n").0.may_be_hidden);
    assert!(!run("---\ntitle: The draft\n---\n").0.may_be_hidden);
}
