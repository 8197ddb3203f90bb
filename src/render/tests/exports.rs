//! Documents in the formats that people take away.

use std::sync::Arc;

use crate::base::path::{SourcePath, UrlPath};
use crate::config::project::Project;
use crate::model::body::Body;
use crate::model::kinds::Details;
use crate::model::kinds::template::Template;
use crate::model::page::{Page, Role};
use crate::render::exports::of;
use crate::render::tests::sample::page;

fn template(url: &str, file: Option<&str>, document: &str) -> Page {
    let mut page = page("content/t/index.md", "/t/", "T", Role::Bundle);
    page.url = UrlPath::parse_page(url).expect("a path");
    let file = file.map(str::to_string);
    page.meta.details = Details::Template(Template { file, ..Template::default() });
    page.document = Some(Body { tables: 2, ..Body::unread(SourcePath::new(document), Arc::from("")) });
    page
}

fn check(url: &str, file: Option<&str>, expected: [&str; 2]) {
    let found = of(&Project::in_memory("Test"), &template(url, file, "content/t/template.md"));
    let urls: Vec<&str> = found.iter().map(|export| export.url.as_str()).collect();
    let [html, table] = expected;
    assert_eq!([urls[1], urls[3]], [html, table], "{url} {file:?}");
}

#[test]
fn names_of_files() {
    check("/t/x/", Some("contract.md"), ["/t/x/contract.html", "/t/x/contract-2.csv"]);
    check("/t/x/", Some("../etc/contract v1.2.md"), ["/t/x/contract v1.2.html", "/t/x/contract v1.2-2.csv"]);
    check("/t/x/", None, ["/t/x/x.html", "/t/x/x-2.csv"]);
    check("/t/x/", Some("a?b.md"), ["/t/x/x.html", "/t/x/x-2.csv"]);
    // The page itself is at `index.html`, or at its own name.
    check("/t/x/", Some("index.md"), ["/t/x/x.html", "/t/x/x-2.csv"]);
    check("/t/x.html", None, ["/t/template.html", "/t/template-2.csv"]);
    check("/", None, ["/template.html", "/template-2.csv"]);
}

#[test]
fn sheets_are_what_they_are() {
    assert_eq!(of(&Project::in_memory("Test"), &template("/t/x/", None, "content/t/template.csv")), []);
}

#[test]
fn they_can_be_switched_off() {
    let mut project = Project::in_memory("Test");
    project.config.outputs.exports = false;
    assert_eq!(of(&project, &template("/t/x/", None, "content/t/template.md")), []);
}
