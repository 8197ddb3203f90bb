//! Links that lead nowhere, and what is said of them.

use super::{check, check_form, file, files, link, link_to, page, page_linking, page_with, pages, project, reports};
use crate::config::{LinkSetting, MenuItem};
use crate::model::kinds::Details;
use crate::model::kinds::interview::{Interview, Person};
use crate::model::link::LinkForm;
use crate::model::meta::SeeAlso;

#[test]
fn broken_links() {
    for (destination, reported) in [
        ("goood.md", "broken-link: there is no file \"goood.md\" | did you mean \"good.md\"?"),
        (
            "../guides/nope.md",
            "broken-link: there is no file \"../guides/nope.md\" | write the path from this file, such as \"../guides/x.md\", or the title of a page: [[Title]]",
        ),
        ("/guides/goood/", "broken-link: there is no page or file \"/guides/goood/\" | did you mean \"good.md\"?"),
        (
            "meetings/review.md",
            "broken-link: there is no file \"meetings/review.md\" | did you mean \"../meetings/review.md\"?",
        ),
        ("review.md", "broken-link: there is no file \"review.md\" | did you mean \"../meetings/review.md\"?"),
        (
            "../../meetings/review.md",
            "broken-link: there is no file \"../../meetings/review.md\" | did you mean \"../meetings/review.md\"?",
        ),
        ("good.html", "broken-link: there is no file \"good.html\" | did you mean \"good.md\"?"),
        (
            "../../src/x.rs",
            "broken-link: there is no file \"../../src/x.rs\" | to link to files outside the content, set `repository:` in fieldbook.yaml",
        ),
        ("logo.svg", "broken-link: there is no file \"logo.svg\" | did you mean \"../../static/logo.svg\"?"),
        (
            "www.example.org/x",
            "broken-link: there is no page or file \"www.example.org/x\" | did you mean \"https://www.example.org/x\"?",
        ),
        ("a@example.org", "broken-link: there is no file \"a@example.org\" | did you mean \"mailto:a@example.org\"?"),
        (
            "@/guides/good.md",
            "broken-link: \"@/guides/good.md\" is how another tool writes links, and leads nowhere here | write \"good.md\"",
        ),
        (
            "{{< ref \"meetings/review.md\" >}}",
            "broken-link: \"{{< ref \"meetings/review.md\" >}}\" is how another tool writes links, and leads nowhere here | write \"../meetings/review.md\"",
        ),
        (
            "{{ url }}",
            "broken-link: \"{{ url }}\" is how another tool writes links, and leads nowhere here | write the path from this file, such as \"../guides/x.md\"",
        ),
        (
            "javascript:alert(1)",
            "broken-link: a link cannot lead to a `javascript:` address | link to a page, a file of the site or an address on the web",
        ),
        (
            "https://",
            "broken-link: \"https://\" names no site | write the whole address, such as https://example.org/page",
        ),
        (
            "data:image/png,x",
            "broken-link: a link cannot lead to a `data:` address | link to a page, a file of the site or an address on the web",
        ),
    ] {
        check(destination, "broken", &[reported]);
    }
    check("", "broken", &[]);
}

#[test]
fn broken_fragments() {
    for (destination, target, reported) in [
        (
            "good.md#nope",
            "guides/good.md",
            "broken-fragment: \"good.md\" has no heading \"#nope\" | it has \"#goals\", \"#next-steps\"",
        ),
        (
            "good.md#gaols",
            "guides/good.md",
            "broken-fragment: \"good.md\" has no heading \"#gaols\" | did you mean \"#goals\"?",
        ),
        (
            "good.md#Goals",
            "guides/good.md#goals",
            "broken-fragment: \"good.md\" has no heading \"#Goals\" | did you mean \"#goals\"?",
        ),
        (
            "/guides/good/#goal",
            "guides/good.md",
            "broken-fragment: \"/guides/good/\" has no heading \"#goal\" | did you mean \"#goals\"?",
        ),
        (
            "#next_steps",
            "broken",
            "broken-fragment: this page has no heading \"#next_steps\" | did you mean \"#next-steps\"?",
        ),
    ] {
        check(destination, target, &[reported]);
    }
}

#[test]
fn missing_images() {
    let images = [
        ("pic.png", "missing-image: there is no image \"pic.png\" | did you mean \"pic.svg\"?"),
        (
            "shot.png",
            "missing-image: there is no image \"shot.png\" | did you mean \"../templates/checklist/shot.png\"?",
        ),
        (
            "/nope.png",
            "missing-image: there is no image \"/nope.png\" | write the path of the image from this file, such as \"picture.png\" for one beside it",
        ),
        ("logo.svg", "missing-image: there is no image \"logo.svg\" | did you mean \"../../static/logo.svg\"?"),
        (
            "good.md",
            "missing-image: \"good.md\" is not an image | write the path of an image, or a link without the `!`",
        ),
    ];
    for (destination, reported) in images {
        check_form(LinkForm::Image, destination, "broken", &[reported]);
    }
    let reported = "missing-image: there is no file \"film.mp4\" | write the path of the image from this file, such as \"picture.png\" for one beside it";
    check_form(LinkForm::HtmlSource, "film.mp4", "broken", &[reported]);
}

#[test]
fn versions_of_a_template_are_not_published() {
    let (target, reports) = super::resolve(&project(), LinkForm::Markdown, "../templates/checklist/versions/1.csv");
    assert_eq!((target.as_str(), reports.len()), ("broken", 1));
}

#[test]
fn front_matter() {
    let page = page_with("interviews/a.md", |page| {
        let link = |destination: &str| link_to(LinkForm::FrontMatter, destination);
        page.meta.related =
            ["../guides/good.md", "review", "pic.png", "../notes/", "https://example.org", "nope", "x.md", "#goals"]
                .map(link)
                .to_vec();
        page.meta.image = Some(link("a.png"));
        page.meta.see_also = vec![SeeAlso { title: "x".into(), link: Some(link("file:///x")) }];
        let person = Person { name: "A".into(), links: vec![link("vbscript:x")], ..Person::default() };
        page.meta.details = Details::Interview(Interview { person: Some(person), recorded: None });
    });
    let mut all = pages();
    all.push(page);
    let site = link(&project(), all, &files());
    let expected = [
        "broken-link: a link cannot lead to a `file:` address",
        "missing-image: there is no image \"a.png\"",
        "broken-link: a link cannot lead to a `vbscript:` address",
        "broken-link: no page is called \"pic.png\"",
        "broken-link: \"../notes/\" is not a page",
        "broken-link: \"https://example.org\" is not a page",
        "broken-link: no page is called \"nope\"",
        "broken-link: there is no file \"x.md\"",
        "broken-link: \"#goals\" is not a page",
    ];
    let messages = reports(&site);
    let messages: Vec<&str> = messages.iter().map(|line| line.split(" | ").next().unwrap()).collect();
    assert_eq!(messages, expected);
    let id = super::find(&site.value, "interviews/a.md");
    let related: Vec<&str> =
        site.value.graph.related[id.0 as usize].iter().map(|id| site.value.page(*id).title()).collect();
    assert_eq!(related, ["Good", "Review"]);
}

#[test]
fn links_of_the_configuration() {
    let mut project = project();
    let setting = |link: &str| LinkSetting { link: link.into(), span: 5..9 };
    let item = |label: Option<&str>, link: &str| MenuItem { label: label.map(Into::into), target: setting(link) };
    project.config.menu = vec![
        item(None, "guides/_index.md"),
        item(None, "/notes/"),
        item(Some("News"), "/feed.xml"),
        item(Some("Source"), "https://example.org"),
        item(None, "content/guides/good.md#goals"),
        item(None, "[[Review]]"),
        item(Some("Gone"), "guides/gone.md"),
        item(Some("Here"), "#here"),
    ];
    project.config.appearance.logo = Some(setting("static/logo.svg"));
    project.config.appearance.icon = Some(setting("icon.png"));
    project.config.feeds.image = Some(setting("logo.svg"));
    let site = link(&project, pages(), &files());
    let menu: Vec<String> = site
        .value
        .menu
        .iter()
        .map(|entry| format!("{}: {}", entry.label, super::describe(&site.value, &entry.target)))
        .collect();
    assert_eq!(
        menu,
        [
            "Guides: guides/_index.md",
            "Notes: section notes",
            "News: made /feed.xml",
            "Source: external https://example.org",
            "Good: guides/good.md#goals",
            "Review: meetings/review.md",
        ]
    );
    let settings = &site.value.settings;
    assert_eq!((settings.logo.is_some(), settings.icon.is_some(), settings.feed_image.is_some()), (true, false, true));
    let places: Vec<String> = site
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.place.as_ref().unwrap();
            format!("{} {:?} {}", place.path, place.span, diagnostic.code.name())
        })
        .collect();
    let fault = |code: &str| format!("fieldbook.yaml Some(5..9) {code}");
    assert_eq!(places, [fault("broken-link"), fault("broken-link"), fault("missing-image")]);
}

#[test]
fn suggestions_are_bounded() {
    let names: Vec<String> = (0..1_000).map(|number| format!("goood-{number}.md")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let site = link(&project(), vec![page_linking("guides/a.md", &names), page("guides/good-1.md")], &[]);
    let reports = reports(&site);
    assert_eq!(reports.len(), 1_000);
    assert!(reports[1].ends_with("did you mean \"good-1.md\"?"));
    assert!(reports.iter().filter(|report| report.contains("did you mean")).count() <= 200);
}

#[test]
fn names_that_cannot_be_published() {
    let site = link(&project(), vec![page("guides/a.md")], &[file("content/guides/what?.png")]);
    let expected = "passed-over: \"what?.png\" cannot be published under its name: it contains '?' | rename the file";
    assert_eq!(reports(&site), [expected]);
    assert!(site.value.files.is_empty());
}
