//! Links that lead somewhere.

use super::{check, check_form, find, link, link_to, page, page_linking, page_with, project, reports, resolve};
use crate::config::Repository;
use crate::model::link::{LinkForm, Target};
use crate::model::page::Role;

#[test]
fn relative_to_the_file() {
    for (destination, expected) in [
        ("good.md", "guides/good.md"),
        ("./good.md", "guides/good.md"),
        ("good.md#goals", "guides/good.md#goals"),
        ("good.md#", "guides/good.md"),
        ("good.md?x=1#goals", "guides/good.md#goals"),
        ("good", "guides/good.md"),
        ("good/", "guides/good.md"),
        ("../meetings/review.md", "meetings/review.md"),
        ("../meetings/Tech%20Spec.md", "meetings/Tech Spec.md"),
        ("../meetings/Tech Spec.md", "meetings/Tech Spec.md"),
        ("../templates/checklist/index.md#steps", "templates/checklist/index.md#steps"),
        ("../templates/checklist/template.md", "templates/checklist/index.md"),
        ("../templates/checklist/", "templates/checklist/index.md"),
        ("../templates/checklist", "templates/checklist/index.md"),
        ("../../content/guides/good.md", "guides/good.md"),
    ] {
        check(destination, expected, &[]);
    }
}

#[test]
fn from_a_root() {
    for (destination, expected) in [
        ("/guides/good/", "guides/good.md"),
        ("/guides/good", "guides/good.md"),
        ("/guides/good/index.html", "guides/good.md"),
        ("/guides/good.md", "guides/good.md"),
        ("/content/guides/good.md#goals", "guides/good.md#goals"),
        ("/handbook/guides/good/", "guides/good.md"),
        ("/", "_index.md"),
        ("/meetings/tech%20spec/", "meetings/Tech Spec.md"),
        ("/static/logo.svg", "file /logo.svg"),
        ("/logo.svg", "file /logo.svg"),
        ("../../static/logo.svg", "file /logo.svg"),
    ] {
        check(destination, expected, &[]);
    }
}

#[test]
fn folders() {
    for (destination, expected) in [
        (".", "guides/_index.md"),
        ("_index.md", "guides/_index.md"),
        ("index.md", "guides/_index.md"),
        ("README.md", "guides/_index.md"),
        ("..", "_index.md"),
        ("../notes/", "section notes"),
        ("../notes", "section notes"),
        ("../notes/_index.md", "section notes"),
        ("/notes/", "section notes"),
        ("/meetings/", "section meetings"),
    ] {
        check(destination, expected, &[]);
    }
}

#[test]
fn fragments() {
    for (destination, expected) in [
        ("#goals", "#goals"),
        ("#", "#"),
        ("#top", "#top"),
        ("#fb-main", "#fb-main"),
        ("#next%2Dsteps", "#next-steps"),
        ("good.md#top", "guides/good.md#top"),
        ("good.md#:~:text=words", "guides/good.md"),
        ("../notes/#top", "section notes"),
        ("/tags/#fb-terms", "made /tags/#fb-terms"),
        ("pic.svg#anything", "file /guides/pic.svg"),
    ] {
        check(destination, expected, &[]);
    }
}

#[test]
fn files_beside_pages() {
    for form in [LinkForm::Image, LinkForm::HtmlSource, LinkForm::Html] {
        check_form(form, "pic.svg", "file /guides/pic.svg", &[]);
        check_form(form, "../templates/checklist/shot.png", "file /templates/checklist/shot.png", &[]);
        check_form(form, "/guides/pic.svg", "file /guides/pic.svg", &[]);
    }
    check_form(LinkForm::Image, "data:image/png;base64,x", "external data:image/png;base64,x", &[]);
    check_form(LinkForm::HtmlSource, "/guides/good/", "guides/good.md", &[]);
}

#[test]
fn what_the_site_makes() {
    for path in [
        "/feed.xml",
        "/atom.xml",
        "/guides/feed.xml",
        "/tags/",
        "/tags/toil/",
        "/tags/toil/feed.xml",
        "/subscribe/",
        "/all/",
        "/feeds.opml",
    ] {
        check(path, &format!("made {path}"), &[]);
    }
}

#[test]
fn other_sites() {
    for url in ["https://example.org/x#y", "//example.org", "mailto:a@example.org", "tel:+1", "geo:1,2", "slack://x"] {
        check(url, &format!("external {url}"), &[]);
    }
    check("\u{1}https://exam\nple.org", "external https://example.org", &[]);
}

#[test]
fn names_of_files_in_any_script() {
    let names = ["note: x.md", "Größe 😀.md", "100%.md", "a+b & c.md", "日本.md"];
    let written = ["note: x.md", "Gr%C3%B6%C3%9Fe%20😀.md", "100%.md", "a+b%20&%20c.md#goals", "%E6%97%A5%E6%9C%AC"];
    let mut pages: Vec<_> = names.iter().map(|name| page(&format!("odd/{name}"))).collect();
    pages.push(page_linking("odd/here.md", &written));
    let site = link(&project(), pages, &[]);
    assert_eq!(reports(&site), [""; 0]);
    let links = &site.value.resolved(find(&site.value, "odd/here.md")).links;
    let found: Vec<&str> = links
        .iter()
        .map(|target| match target {
            Target::Page(id, _) => site.value.page(*id).source.file_name(),
            _ => "none",
        })
        .collect();
    assert_eq!(found, names);
}

#[test]
fn links_that_were_right_by_luck() {
    let warning = "url-relative-link: \"../good/\" is right from the page's address, but not from its file | write \
                   \"good.md\"";
    check("../good/", "guides/good.md", &[warning]);
    let warning = "url-relative-link: \"../pic.svg\" is right from the page's address, but not from its file | write \
                   \"pic.svg\"";
    check_form(LinkForm::Image, "../pic.svg", "file /guides/pic.svg", &[warning]);
    let warning = "wrong-case: \"Good.MD\" has letters in the wrong case | write \"good.md#goals\"";
    check("Good.MD#goals", "guides/good.md#goals", &[warning]);
    let warning = "wrong-case: \"/Guides/Good/\" has letters in the wrong case | write \"good.md\"";
    check("/Guides/Good/", "guides/good.md", &[warning]);
    let warning = "backslash-link: \"..\\meetings\\review.md\" has a backslash where a slash is meant | write \
                   \"../meetings/review.md\"";
    check("..\\meetings\\review.md", "meetings/review.md", &[warning]);
    let note =
        "former-address: \"/old/\" is the address that its page had before it moved | write \"../moved.md#goals\"";
    check("/old/#goals", "moved.md#goals", &[note]);
    let warning = "wrong-case: \"../meetings/tech%20spec.md\" has letters in the wrong case | write \"../meetings/Tech%20Spec.md\"";
    check("../meetings/tech%20spec.md", "meetings/Tech Spec.md", &[warning]);
}

#[test]
fn files_outside_the_content() {
    let repository =
        |folder: &str| Repository { url: "https://git.example".into(), branch: "main".into(), folder: folder.into() };
    let check = |folder: &str, destination: &str, expected: &str| {
        let mut project = project();
        project.config.repository = Some(repository(folder));
        assert_eq!(resolve(&project, LinkForm::Markdown, destination).0, expected, "{destination}");
    };
    check("", "../../src/a b.rs#L3", "external https://git.example/blob/main/src/a%20b.rs#L3");
    check("", "../../src/", "external https://git.example/tree/main/src");
    check("", "../../../x.md", "broken");
    check("", "../../meetings/review.md", "broken");
    check("", "../../content/nope.md", "broken");
    check("", "../../static/nope.md", "broken");
    check("docs/site", "../../../x.md", "external https://git.example/blob/main/docs/x.md");
    check("docs/site", "../../../../../x.md", "broken");
    check("docs/site", "/docs/site/content/guides/good.md", "guides/good.md");
    assert_eq!(resolve(&project(), LinkForm::Markdown, "../../src/x.rs").0, "broken");
}

#[test]
fn a_folder_without_a_config_is_the_content() {
    let mut project = project();
    (project.content, project.config_path) = (String::new(), None);
    let bare = |below: &str, links: &[&str]| {
        let mut page = page_linking(below, links);
        page.source = crate::base::path::SourcePath::new(below);
        page.body.source = page.source.clone();
        page
    };
    let mut home = bare("README.md", &["guides/x.md", "guides/", "/guides/x", "CONTRIBUTING"]);
    (home.role, home.url) = (Role::Section, crate::base::path::UrlPath::root());
    let site = link(&project, vec![home, bare("guides/x.md", &["..", "../README.md", "/"])], &[]);
    let targets = |at: usize| -> Vec<String> {
        site.value.resolved[at].links.iter().map(|target| super::describe(&site.value, target)).collect()
    };
    assert_eq!(targets(0), ["guides/x.md", "section guides", "guides/x.md", "broken"]);
    assert_eq!(targets(1), ["README.md", "README.md", "README.md"]);
    assert_eq!(reports(&site).len(), 1);
}

#[test]
fn links_of_documents_stand_in_their_own_file() {
    let mut template = page("templates/form/index.md");
    let source = crate::base::path::SourcePath::new("content/templates/form/template.md");
    let mut document = super::body(&source, &["ask"]);
    let destinations = ["index.md", "#ask", "#goals", "{{vendor}}", "../../guides/good.md", "nope.md"];
    document.links = destinations.iter().map(|destination| link_to(LinkForm::Markdown, destination)).collect();
    template.document = Some(document);
    let site = link(&project(), vec![template, page("guides/good.md")], &[]);
    let found = site.value.resolved(find(&site.value, "templates/form/index.md"));
    let targets: Vec<String> = found.document_links.iter().map(|target| super::describe(&site.value, target)).collect();
    assert_eq!(targets, ["templates/form/index.md", "#ask", "#goals", "broken", "guides/good.md", "broken"]);
    assert_eq!(reports(&site).len(), 1);
    assert_eq!(site.diagnostics[0].place.as_ref().map(|place| place.path.clone()), Some(source));
}

#[test]
fn the_first_heading_that_is_the_title_may_be_named() {
    let pages = vec![
        page_with("guides/a.md", |page| page.body.repeats_title = true),
        page_linking("guides/b.md", &["a.md#a", "a.md#b"]),
    ];
    let site = link(&project(), pages, &[]);
    let a = find(&site.value, "guides/a.md");
    let links = &site.value.resolved(find(&site.value, "guides/b.md")).links;
    assert_eq!(links[..], [Target::Page(a, None), Target::Page(a, None)]);
    assert_eq!(reports(&site).len(), 1);
}
