//! `init` and `new`: what they write builds and checks without a finding, and nothing is overwritten.

use std::fs;
use std::path::Path;

use fieldbook::check;
use fieldbook::config::BaseUrl;
use fieldbook::config::project::Options;
use fieldbook::config::resolve::resolve;
use fieldbook::diag::render::{Format, render};
use fieldbook::model::kinds::Kind;
use fieldbook::scaffold::init::{self, Existing};
use fieldbook::scaffold::new::{self, Made, Request};
use proptest::prelude::*;

use crate::harness::{Project, TODAY, files_below};

fn options(existing: Existing) -> init::Options {
    let base_url = BaseUrl::parse("https://handbook.example.org/team/").expect("an address");
    init::Options { title: "How: \"we\" work".into(), base_url, today: TODAY.parse().expect("a day"), existing }
}

fn project(root: &Path) -> fieldbook::config::project::Project {
    project_on(root, TODAY)
}

fn project_on(root: &Path, day: &str) -> fieldbook::config::project::Project {
    let options = Options { today: day.parse().expect("a day"), ..Options::default() };
    resolve(Some(root), root, &options).expect("a project").value
}

/// What `check` says of a site, and whether it has errors.
fn checked(project: &fieldbook::config::project::Project) -> (String, bool) {
    let outcome = check::check(project, Vec::new(), &|_| {}).expect("a check");
    let report = render(&outcome.report, &|path| outcome.texts.get(path).cloned(), Format::Human, false);
    (report, outcome.report.has_errors())
}

fn begin(root: &Path, kind: Kind, title: &str) -> anyhow::Result<Made> {
    new::new(&project(root), Request { kind, title, section: None })
}

/// The path of a new page, or why there is none.
fn path_or_fault(project: &Project, kind: Kind, title: &str, section: Option<&str>) -> String {
    let request = Request { kind, title, section };
    match new::new(&self::project(project.root()), request) {
        Ok(made) => made.page.to_string(),
        Err(error) => format!("{error:#}"),
    }
}

#[test]
fn a_new_site_has_no_findings() {
    let project = Project::bare();
    let made = init::init(project.root(), &options(Existing::Refuse)).expect("a site");
    assert!(made.left.is_empty(), "{:?}", made.left);
    assert_eq!(checked(&self::project(project.root())).0, "");
    let built = project.build().reports_nothing();
    assert!(built.output("index.html").contains("How: &quot;we&quot; work"));
    for page in [
        "about",
        "glossary",
        "guides/changing-production-safely",
        "meetings/incident-review",
        "book/how-we-work",
        "templates/incident-report",
        "interviews/first-year-on-call",
    ] {
        assert!(built.has(&format!("{page}/index.html")), "{page}");
    }
    let guide =
        fs::read_to_string(project.root().join("content/guides/changing-production-safely.md")).expect("a guide");
    assert!(guide.contains("\nid: tag:handbook.example.org,2026-06-15:guides/changing-production-safely\n"), "{guide}");
    let template =
        fs::read_to_string(project.root().join("content/templates/incident-report/index.md")).expect("a page");
    assert!(template.contains("\nid: tag:handbook.example.org,2026-06-15:templates/incident-report\n"), "{template}");
    let settings = fs::read_to_string(project.root().join("fieldbook.yaml")).expect("the settings");
    assert!(settings.contains("\nbase_url: https://handbook.example.org/team/\n"), "{settings}");
}

#[test]
fn a_new_site_has_a_page_of_every_kind() {
    let project = Project::bare();
    init::init(project.root(), &options(Existing::Refuse)).expect("a site");
    let read = fieldbook::pipeline::read(&self::project(project.root()), &|_| {}).expect("pages").value;
    for kind in Kind::ALL {
        assert!(read.pages.iter().any(|page| page.kind == kind), "{}", kind.name());
    }
}

#[test]
fn every_place_of_a_new_site_is_filled() {
    let project = Project::bare();
    init::init(project.root(), &options(Existing::Refuse)).expect("a site");
    for (name, bytes) in files_below(project.root()) {
        let text = String::from_utf8(bytes).expect("text");
        for place in ["{{title}}", "{{date}}", "{{id}}", "{{slug}}", "{{base_url}}"] {
            assert!(!text.contains(place), "{name} has {place}");
        }
    }
    let netlify = fs::read_to_string(project.root().join("netlify.toml")).expect("read");
    toml::from_str::<toml::Table>(&netlify).expect("TOML");
}

#[test]
fn a_folder_with_files_is_refused_and_never_overwritten() {
    let project = Project::bare().file("fieldbook.yml", "title: Mine\n").file("content/README.md", "# Mine\n");
    let before = files_below(project.root());
    let refused = init::init(project.root(), &options(Existing::Refuse)).expect_err("refused");
    assert!(refused.to_string().contains("is not empty, it has content and 1 more; "), "{refused}");
    assert_eq!(files_below(project.root()), before);
    let made = init::init(project.root(), &options(Existing::Keep)).expect("the rest");
    assert_eq!(made.left, ["content/_index.md", "fieldbook.yaml"]);
    let after = files_below(project.root());
    assert!(before.iter().all(|file| after.contains(file)) && after.len() == before.len() + made.written.len());
    let again = init::init(project.root(), &options(Existing::Keep)).expect("nothing");
    assert!(again.written.is_empty());
    assert_eq!(files_below(project.root()), after);
}

#[test]
fn an_empty_repository_is_empty() {
    let project = Project::bare().file(".git/HEAD", "ref: refs/heads/main\n");
    init::init(project.root(), &options(Existing::Refuse)).expect("a site");
    let file = project.root().join("README.md");
    assert!(
        init::init(&file, &options(Existing::Keep))
            .expect_err("a file")
            .to_string()
            .ends_with("is a file; name a folder")
    );
}

/// A copy of the bundled playbook.
fn playbook() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut project = Project::bare().file("fieldbook.yaml", fs::read(root.join("fieldbook.yaml")).expect("settings"));
    for (name, bytes) in files_below(&root.join("content")) {
        project = project.file(&format!("content/{name}"), bytes);
    }
    project
}

#[test]
fn every_kind_fits_into_the_bundled_playbook() {
    let project = playbook();
    // A day on which all of its pages are published.
    let later = project_on(project.root(), "2026-11-20");
    let mut pages = Vec::new();
    for kind in Kind::ALL {
        let request = Request { kind, title: "On-call: what's \"fair\"? 🎉 #1", section: None };
        let made = new::new(&later, request).expect("a page");
        assert_eq!(made.new_section, None);
        pages.push(made.page.to_string());
    }
    assert_eq!(
        pages,
        [
            "content/book/on-call-whats-fair-tada-1.md",
            "content/guides/on-call-whats-fair-tada-1.md",
            "content/meetings/on-call-whats-fair-tada-1.md",
            "content/templates/on-call-whats-fair-tada-1/index.md",
            "content/interviews/on-call-whats-fair-tada-1.md",
            "content/on-call-whats-fair-tada-1.md",
        ]
    );
    let (report, has_errors) = checked(&later);
    assert!(!has_errors, "{report}");
    let template = project.root().join("content/templates/on-call-whats-fair-tada-1");
    let document = fs::read_to_string(template.join("template.md")).expect("the document");
    assert!(
        document.starts_with("# On-call: what's \"fair\"? 🎉 #1\n") && document.contains("{{author}}"),
        "{document}"
    );
    assert_eq!(fs::read_to_string(template.join("versions/1.md")).expect("the version"), document);
}

#[test]
fn a_form_is_filled_in() {
    let project = Project::new();
    let made = begin(project.root(), Kind::Guide, "  Über\tcosts: a 'guide'  ").expect("a page");
    assert_eq!(made.page.as_str(), "content/guides/uber-costs-a-guide.md");
    assert_eq!(made.new_section.as_deref(), Some("content/guides"));
    let text = fs::read_to_string(made.page.on_disk(project.root())).expect("the page");
    let start = "---\ntitle: \"Über costs: a 'guide'\"\n";
    assert!(text.starts_with(start), "{text}");
    assert!(text.contains("\ndate: 2026-06-15\nid: tag:example.org,2026-06-15:guides/uber-costs-a-guide\n"), "{text}");
    project.write("fieldbook.yaml", "title: T\nmarkdown: {unicode_slugs: true}\n");
    let made = begin(project.root(), Kind::Guide, "Über uns").expect("a page");
    assert_eq!(made.page.as_str(), "content/guides/über-uns.md");
    let text = fs::read_to_string(made.page.on_disk(project.root())).expect("the page");
    assert!(!text.contains("id:"), "without an address there is no identity: {text}");
}

#[test]
fn the_section_is_found() {
    let in_section = |kind, section| {
        let project = Project::new()
            .file("content/how-to/_index.md", "---\nchildren: {kind: guide}\n---\n")
            .file("content/how-to/deep/guides/_index.md", "# Deep\n")
            .file("content/minutes.md", "+++\ntitle = \"M\"\n[children]\nkind = \"meeting\"\n+++\n")
            .file("content/minutes/a.md", "# A\n")
            .file("content/Interviews/README.md", "---\nchildren: {kind: page}\n---\n");
        path_or_fault(&project, kind, "X", section)
    };
    assert_eq!(in_section(Kind::Guide, None), "content/how-to/x.md");
    assert_eq!(in_section(Kind::Meeting, None), "content/minutes/x.md");
    assert_eq!(in_section(Kind::Chapter, None), "content/book/x.md");
    assert_eq!(in_section(Kind::Interview, None), "content/interviews/x.md");
    assert_eq!(in_section(Kind::Page, None), "content/x.md");
    assert_eq!(in_section(Kind::Guide, Some("content/how-to/deep/")), "content/how-to/deep/x.md");
    assert_eq!(in_section(Kind::Guide, Some("./new one")), "content/new one/x.md");
    assert_eq!(in_section(Kind::Template, Some(".")), "content/x/index.md");
    for section in ["..", "/etc", "how-to/../../..", ".hidden", "a/node_modules", "what?"] {
        let fault = in_section(Kind::Guide, Some(section));
        assert!(fault.starts_with(&format!("--section {section}: ")), "{fault}");
    }
}

#[test]
fn two_sections_are_not_guessed_between() {
    let project = Project::new()
        .file("content/a/_index.md", "---\nchildren: {kind: guide}\n---\n")
        .file("content/b/_index.md", "---\nchildren: {kind: guide}\n---\n");
    assert_eq!(
        path_or_fault(&project, Kind::Guide, "X", None),
        "several sections hold guides: a/, b/; say which with --section"
    );
    project.write("content/guides/x.md", "# X\n");
    assert_eq!(path_or_fault(&project, Kind::Guide, "Y", None), "content/guides/y.md");
}

#[test]
fn a_page_among_others_says_its_kind() {
    let project = Project::new().file("content/guides/a.md", "# A\n");
    let made =
        new::new(&self::project(project.root()), Request { kind: Kind::Meeting, title: "M", section: Some("guides") });
    let path = made.expect("a page").page;
    let text = fs::read_to_string(path.on_disk(project.root())).expect("the page");
    assert!(text.starts_with("---\nkind: meeting\ntitle: M\n"), "{text}");
}

#[test]
fn nothing_is_overwritten() {
    let project = Project::new()
        .file("content/guides/On_Call.md", "# A\n")
        .file("content/guides/costs/index.md", "# B\n")
        .file("content/guides/team/a.md", "# C\n")
        .file("content/templates/form/index.md", "# D\n")
        .file("content/templates/half/template.md", "# E\n");
    let before = files_below(project.root());
    let fault = |kind, title| path_or_fault(&project, kind, title, None);
    assert_eq!(fault(Kind::Guide, "On call"), "content/guides/On_Call.md is there already; choose another title");
    assert_eq!(fault(Kind::Guide, "Costs!"), "content/guides/costs/index.md is there already; choose another title");
    assert_eq!(fault(Kind::Template, "Form"), "content/templates/form/index.md is there already; choose another title");
    assert_eq!(
        fault(Kind::Template, "Half"),
        "content/templates/half/template.md is there already; choose another title"
    );
    for title in ["Index", "readme", "Template", " ", "\n"] {
        assert!(fault(Kind::Guide, title).contains("title"), "{title:?}");
    }
    assert_eq!(files_below(project.root()), before);
}

#[test]
fn a_site_has_its_own_forms() {
    let form = "+++\ntitle = {{title}}\ndate = {{date}}\n+++\n{{slug}} {{unknown}}\r\n";
    let project = Project::new().file("forms/guide.md", form).file("forms/document.md", "{{title}} of {{team}}\n");
    let read = |path: &str| fs::read_to_string(project.root().join(path)).expect("read");
    assert_eq!(path_or_fault(&project, Kind::Guide, "A \"b\"", None), "content/guides/a-b.md");
    assert_eq!(
        read("content/guides/a-b.md"),
        "+++\ntitle = \"A \\\"b\\\"\"\ndate = \"2026-06-15\"\n+++\na-b {{unknown}}\r\n"
    );
    assert_eq!(path_or_fault(&project, Kind::Template, "T", None), "content/templates/t/index.md");
    assert_eq!(read("content/templates/t/versions/1.md"), "T of {{team}}\n");
    project.write("forms/page.md", "No front matter: {{title}}\n");
    assert_eq!(path_or_fault(&project, Kind::Page, "P", Some("guides")), "content/guides/p.md");
    assert_eq!(read("content/guides/p.md"), "---\nkind: page\n---\n\nNo front matter: P\n");
    project.write("forms/chapter.md", "---\ntitle: On {{title}}\n---\n");
    let fault = path_or_fault(&project, Kind::Chapter, "a: b", None);
    assert!(fault.starts_with("the front matter of forms/chapter.md cannot be read once it is filled in: "), "{fault}");
    assert!(!project.root().join("content/book").exists());
}

#[test]
fn a_folder_without_a_configuration_will_do() {
    let project = Project::bare().file("guides/a.md", "# A\n").file("forms/guide.md", "# Not a form\n");
    assert_eq!(path_or_fault(&project, Kind::Guide, "B", None), "guides/b.md");
    let text = fs::read_to_string(project.root().join("guides/b.md")).expect("the page");
    assert!(text.starts_with("---\ntitle: B\n"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever the title is, the page has it, and nothing is wrong with its front matter.
    #[test]
    fn any_title_is_a_title(title in "\\PC{1,40}", kind in proptest::sample::select(Kind::ALL.to_vec())) {
        let project = Project::new();
        let Ok(made) = begin(project.root(), kind, &title) else { return Ok(()) };
        let read = fieldbook::pipeline::read(&self::project(project.root()), &|_| {}).expect("pages");
        let page = read.value.pages.iter().find(|page| page.source == made.page).expect("the page");
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(words(&page.meta.title), words(&title));
        let codes: Vec<&str> = read.diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect();
        prop_assert!(codes.is_empty(), "{:?}", codes);
    }
}
