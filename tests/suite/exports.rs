//! The documents of templates in the formats that people take away.

use std::io::{Cursor, Read as _};
use std::path::Path;

use zip::ZipArchive;

use crate::harness::{Built, CONFIG, Project, files_below};

const PAGE: &str = "---\ntitle: Checklist\ndate: 2026-01-05\nowner: us\ntemplate:\n  version: 3\n  file: list.md\n  license: CC-BY-4.0\n  \
    ask: [{id: vendor, label: Vendor}]\n---\nAbout it.\n";

const DOCUMENT: &str = "## Ask {{vendor}}\n\n- [ ] See [[Home]] and ![a picture](/pic.svg)\n- [x] <b class=\"x\">Bold</b>\n\n\
    | Who | Sum |\n|---|---|\n| {{vendor}} | =1+1 |\n";

fn project() -> Project {
    Project::new()
        .file("content/_index.md", "---\ntitle: Home\n---\nWelcome.\n")
        .file("content/templates/checklist/index.md", PAGE)
        .file("content/templates/checklist/template.md", DOCUMENT)
        .file("content/templates/checklist/versions/3.md", DOCUMENT)
        .file("static/pic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
}

/// The parts of a `.docx`, one after the other.
fn docx(built: &Built, path: &str) -> String {
    let (_, bytes) = built.all().into_iter().find(|(found, _)| found == path).expect("the file");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    for number in 0..archive.len() {
        archive.by_index(number).expect("a part").read_to_string(&mut text).expect("UTF-8");
    }
    text
}

#[test]
fn a_document_leaves_the_site_in_every_format() {
    let project = project();
    let built = project.build().reports_nothing();
    let word = docx(&built, "templates/checklist/list.docx");
    for expected in
        ["Target=\"https://example.org/\"", "Target=\"https://example.org/pic.svg\"", ">Home<", "w14:checkbox"]
    {
        assert!(word.contains(expected), "{expected}: {word}");
    }
    let html = built.output("templates/checklist/list.html");
    for expected in [
        "<a href=\"https://example.org/\">Home</a>",
        "<a href=\"https://example.org/pic.svg\">a picture</a>",
        "<label><input type=\"checkbox\" data-box=\"1\" checked",
        "<b class=\"x\">Bold</b>",
        "<h1>Checklist</h1>",
        "https://example.org/templates/checklist/v/3/#",
    ] {
        assert!(html.contains(expected), "{expected}: {html}");
    }
    assert!(!html.contains("<img") && !html.contains("disabled"), "{html}");
    assert_eq!(built.output("templates/checklist/list.csv"), "Who,Sum\r\n{{vendor}},'=1+1\r\n");
    let page = built.output("templates/checklist/index.html");
    for name in ["list.docx", "list.html", "list.csv"] {
        assert!(page.contains(&format!("href=\"/templates/checklist/{name}\" download")), "{page}");
    }
    let headers = built.output("_headers");
    assert!(headers.contains("/templates/checklist/list.html\n  Content-Disposition: attachment\n"), "{headers}");
}

#[test]
fn without_an_address_a_document_keeps_what_works_from_disk() {
    let project = project().file("fieldbook.yaml", "title: Test\n");
    let built = project.build();
    let html = built.output("templates/checklist/list.html");
    assert!(html.contains("<a class=\"fb-broken\">Home</a>") && !html.contains("Forked from"), "{html}");
    let word = docx(&built, "templates/checklist/list.docx");
    assert!(!word.contains("w:hyperlink") && !word.contains("forked_from"), "{word}");
}

#[test]
fn the_script_of_the_theme_comes_along() {
    let project = project().file("themes/mine/assets/template.js", "fill('</script>');");
    for (path, bytes) in
        files_below(Path::new("themes/fieldbook")).into_iter().filter(|(path, _)| !path.ends_with("template.js"))
    {
        project.write(&format!("themes/mine/{path}"), bytes);
    }
    project.write("fieldbook.yaml", format!("{CONFIG}theme: mine\n"));
    let built = project.build().reports_nothing();
    let html = built.output("templates/checklist/list.html");
    assert!(html.contains("class=\"fb-form-data\">{\"id\":\"/templates/checklist/\""), "{html}");
    assert!(html.contains("<script>fill('<\\/script>');</script>\n</body>") && html.contains("; script-src 'sha256-"));
}

#[test]
fn what_is_withheld_is_in_no_format() {
    let project = project().with(|options| options.keep_going = true);
    project.write("content/secret.md", "---\ntitle: Xqsecret\naudience: board\n---\nText.\n");
    project.write(
        "content/templates/checklist/template.md",
        "[[Xqsecret]] [words](../../secret.md) <a href=\"../../secret.md\">b</a>\n",
    );
    let built = project.build().reports("link-to-unpublished");
    let word = docx(&built, "templates/checklist/list.docx");
    let html = built.output("templates/checklist/list.html");
    assert!(!html.contains("fb-form-data"), "{html}");
    for text in [word, html] {
        assert!(!text.to_lowercase().contains("secret") && text.contains("words") && text.contains('…'), "{text}");
    }
}

#[test]
fn a_file_made_by_hand_comes_first() {
    let project = project().file("content/templates/checklist/list.docx", "by hand");
    let built = project.build().reports_nothing();
    assert_eq!(built.output("templates/checklist/list.docx"), "by hand");
}

#[test]
fn they_can_be_switched_off() {
    let project = project().file("fieldbook.yaml", format!("{CONFIG}outputs: {{exports: false}}\n"));
    let built = project.build();
    assert!(built.has("templates/checklist/template.md") && !built.has("templates/checklist/list.docx"));
    assert!(!built.output("templates/checklist/index.html").contains("list.docx"));
}
