//! Pages that are not for this build are in no output at all.

use crate::harness::{Project, files_below};

/// One page of each sort that is left out, with words that no other page has.
const SECRETS: [(&str, &str); 6] = [
    ("draft", "draft: true"),
    ("future", "date: 2027-03-01"),
    ("planned", "publish_on: 2026-06-16"),
    ("expired", "expires: 2026-06-15"),
    ("internal", "audience: internal"),
    ("misspelt", "darft: true"),
];

fn project() -> Project {
    let mut project = Project::new()
        .file("content/_index.md", "---\ntitle: Home\n---\nWelcome.\n")
        .file("content/guides/open.md", "---\ntitle: Open\ndate: 2026-01-01\ntags: [seen]\n---\nFor everybody.\n")
        .file("content/glossary.md", "---\ntitle: Glossary\n---\n## SLO\n\nA promise.\n");
    for (word, field) in SECRETS {
        let text = format!(
            "---\ntitle: Xq{word} title\ndescription: Xq{word} description\ndate: 2026-01-02\n{field}\ntags: [xq{word}tag]\n\
             owner: xq{word}owner\nrelated: [../open.md]\naliases: [/xq{word}-alias/]\nalso_called: [Xq{word} other]\n\
             id: xq{word}-id\n---\n## Xq{word} heading\n\nXq{word} text with [a link](../open.md) and ![pic](xq{word}.svg).\n"
        );
        let text = match field.starts_with("date") {
            true => text.replacen("date: 2026-01-02\n", "", 1),
            false => text,
        };
        project = project.file(&format!("content/guides/xq{word}/index.md"), text);
        let template = format!(
            "---\ntitle: Xq{word} form\n{field}\ntemplate:\n  version: 2\n  released: 2026-01-02\n  notes: {{1: Xq{word} note}}\n---\nText.\n"
        );
        for (file, text) in
            [("index.md", template.as_str()), ("template.md", "Xq{word}"), ("versions/1.md", "Xq{word}")]
        {
            let path = format!("content/templates/xq{word}/{file}");
            project = project.file(&path, text.replace("{word}", word));
        }
        project = project.file(&format!("content/templates/xq{word}/versions/2.md"), format!("Xq{word} two"));
        project = project
            .file(&format!("content/guides/xq{word}/xq{word}.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    }
    project
}

#[test]
fn nothing_of_them_is_anywhere() {
    let built = project().build();
    assert!(built.outcome.made.is_some(), "{}", built.report);
    for (path, bytes) in files_below(&built.out) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for (word, _) in SECRETS {
            assert!(!path.contains(&format!("xq{word}")), "{path} is there");
            assert!(!text.contains(&format!("xq{word}")), "{word} is named in {path}");
        }
    }
}

#[test]
fn a_link_to_one_gives_nothing_away() {
    for (word, _) in SECRETS {
        let project = project().with(|options| options.keep_going = true);
        project.write(
            "content/guides/open.md",
            format!("---\ntitle: Open\ndate: 2026-01-01\n---\n[words](xq{word}/index.md), [[Xq{word} title|words]]\n"),
        );
        let built = project.build().reports("link-to-unpublished");
        for (path, bytes) in built.all() {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            // The twin has the author's own words, the address among them.
            let is_twin = path.ends_with(".md");
            assert!(is_twin || !text.contains(&format!("xq{word}")), "{word} is named in {path}");
        }
    }
}

#[test]
fn a_link_without_words_of_its_own_gives_nothing_away() {
    for (word, _) in SECRETS {
        let project = project().with(|options| options.keep_going = true);
        let text = format!(
            "See [[Xq{word} title]], [[Open]], [[xq{word}/index.md]], <https://example.org/guides/xq{word}/>, \
             https://example.org/guides/xq{word}/ and ![[xq{word}/xq{word}.svg]].\n"
        );
        project.write("content/guides/linking.md", format!("---\ntitle: Linking\ndate: 2026-01-01\n---\n{text}"));
        project.write(
            "content/glossary.md",
            format!(
                "---\ntitle: Glossary\n---\n## SLO\n\n{}",
                text.replace("![[xq", "![[guides/xq").replace("[[xq", "[[guides/xq")
            ),
        );
        project.write("content/templates/t/index.md", "---\ntitle: T\nowner: sre\ndate: 2026-01-01\n---\nText.\n");
        project.write("content/templates/t/template.md", format!("Use [[Xq{word} title#xq{word}-heading]].\n"));
        let built = project.build().reports("link-to-unpublished");
        for (path, bytes) in built.all() {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            // A fork is the author's own file.
            let is_fork = path == "templates/t/template.md";
            assert!(is_fork || !text.contains(&format!("xq{word}")), "{word} is named in {path}");
        }
        assert!(built.output("guides/linking/index.html").contains("See <a class=\"fb-broken\">…</a>, <a href"));
    }
}

/// What was released once may lead to what is withheld now.
#[test]
fn a_link_in_an_old_version_gives_nothing_away() {
    for (word, _) in SECRETS {
        let project = project();
        let index =
            "---\ntitle: T\nowner: sre\ndate: 2026-01-01\ntemplate: {version: 2, released: 2026-02-02}\n---\nText.\n";
        let old = format!("Use [[Xq{word} title]] and [words](../../guides/xq{word}/index.md#xq{word}-heading).\n");
        let project = project
            .file("content/templates/t/index.md", index)
            .file("content/templates/t/template.md", "Use [open](../../guides/open.md).\n")
            .file("content/templates/t/versions/1.md", old.as_str())
            .file("content/templates/t/versions/2.md", "Use [open](../../guides/open.md).\n");
        let built = project.build();
        for (path, bytes) in built.all() {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            // A version is the author's own file.
            let is_fork = path == "templates/t/v/1.md";
            assert!(is_fork || !text.contains(&format!("xq{word}")), "{word} is named in {path}");
        }
        let version = built.output("templates/t/v/1/index.html");
        assert!(
            version.contains("Use <a class=\"fb-broken\">…</a> and <a class=\"fb-broken\">words</a>."),
            "{version}"
        );
        assert!(built.output("templates/t/v/2/index.html").contains("<a href=\"/guides/open/\">open</a>"));
    }
}

#[test]
fn they_are_there_when_asked_for() {
    let project = project().with(|options| {
        options.drafts = true;
        options.future = true;
        options.audiences = vec!["internal".into()];
    });
    let built = project.build();
    for word in ["draft", "future", "planned", "internal"] {
        assert!(built.output(&format!("guides/xq{word}/index.html")).contains(&format!("Xq{word} title")));
    }
    assert!(!built.has("guides/xqexpired/index.html"));
}
