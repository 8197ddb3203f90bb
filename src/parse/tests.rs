use std::path::PathBuf;
use std::sync::Arc;

use crate::base::path::SourcePath;
use crate::config::project::{Options, Project};
use crate::config::resolve::resolve;
use crate::diag::{Diagnostic, Reported};
use crate::model::kinds::Details;
use crate::model::link::LinkForm;
use crate::model::page::{KindOrigin, Page, Role};
use crate::model::source::{Source, Sources};
use crate::model::theme::Theme;

/// A project with the default settings whose content is the folder `content`.
fn project() -> Project {
    let folder = tempfile::tempdir().expect("a folder");
    let resolved = resolve(Some(folder.path()), folder.path(), &Options::default()).expect("a project");
    Project { root: PathBuf::from("."), content: "content".into(), ..resolved.value }
}

fn source(path: &str, text: &str) -> Source {
    Source::new(SourcePath::new(&format!("content/{path}")), text)
}

fn run(files: &[(&str, &str)]) -> Reported<Vec<Page>> {
    let mut texts: Vec<Source> = files.iter().map(|(path, text)| source(path, text)).collect();
    texts.sort_by(|a, b| a.path.cmp(&b.path));
    let sources = Sources { texts, files: Vec::new(), theme: Theme::default(), has_links: false };
    let mut diagnostics = Vec::new();
    let pages = super::parse(&project(), &sources, &[]).into_iter();
    let pages = pages.map(|page| Page::clone(&page.take(&mut diagnostics))).collect();
    Reported::new(pages, diagnostics)
}

/// The faults as `code: the bytes they are about`.
fn faults(files: &[(&str, &str)], diagnostics: &[Diagnostic]) -> Vec<String> {
    let one = |diagnostic: &Diagnostic| {
        let place = diagnostic.place.as_ref().expect("a place");
        let (_, text) = files.iter().find(|(path, _)| place.path.as_str().ends_with(path)).expect("a file");
        let about = place.span.clone().map_or("", |span| &text[span]);
        format!("{}: {about}", diagnostic.code.name())
    };
    let mut faults: Vec<String> = diagnostics.iter().map(one).collect();
    faults.sort();
    faults
}

fn page(text: &str) -> Page {
    run(&[("guides/page.md", text)]).value.remove(0)
}

fn check_faults(text: &str, expected: &[&str]) {
    let files = [("page.md", text)];
    assert_eq!(faults(&files, &run(&files).diagnostics), expected, "{text}");
}

fn check_url(files: &[(&str, &str)], expected: &[&str]) {
    let pages = run(files).value;
    assert_eq!(pages.iter().map(|page| page.url.as_str()).collect::<Vec<_>>(), expected, "{files:?}");
}

#[test]
fn addresses() {
    let section = "---\ntitle: A\nchildren: {url: \"/:slug/\"}\n---\n";
    check_url(
        &[("_index.md", "# A"), ("guides/On Call.md", "# A"), ("guides/x/index.md", "# A")],
        &["/", "/guides/on-call/", "/guides/x/"],
    );
    check_url(
        &[("guides/_index.md", section), ("guides/a.md", "# A"), ("guides/deep/b.md", "# A")],
        &["/guides/", "/a/", "/b/"],
    );
    check_url(&[("a/_index.md", "---\ntitle: A\nslug: other\n---\n"), ("a/x.md", "# A")], &["/other/", "/other/x/"]);
    check_url(
        &[("a.md", "---\ntitle: A\nurl: /x/y\n---\n"), ("b.md", "---\ntitle: A\nslug: z\n---\n")],
        &["/x/y/", "/z/"],
    );
    check_url(
        &[("a.md", "---\ntitle: A\nurl: /../y\n---\n"), ("b.md", "---\ntitle: A\nslug: ../z\n---\n")],
        &["/a/", "/b/"],
    );
    check_faults(
        "---\ntitle: A\nurl: /../y\nslug: a/b\naliases: [/ok/, ../no]\n---\n",
        &["bad-address: ../no", "bad-address: /../y", "bad-address: a/b"],
    );
}

#[test]
fn kinds() {
    let files = [
        ("guides/_index.md", "# A"),
        ("guides/a.md", "# A"),
        ("guides/b.md", "---\ntitle: A\nkind: page\n---\n"),
        ("talks/_index.md", "---\ntitle: A\nchildren: {kind: chapter}\n---\n"),
        ("talks/guides/a.md", "# A"),
        ("x/t/index.md", "# A"),
        ("x/t/template.md", "# Form\n\n[x](y.md)"),
        ("z.md", "# A"),
    ];
    let found = run(&files);
    assert_eq!(faults(&files, &found.diagnostics), [""; 0]);
    let kinds: Vec<_> = found.value.iter().map(|page| (page.kind.name(), page.kind_origin)).collect();
    assert_eq!(
        kinds,
        [
            ("page", KindOrigin::Default),
            ("guide", KindOrigin::Folder),
            ("page", KindOrigin::Page),
            ("page", KindOrigin::Default),
            ("chapter", KindOrigin::Section),
            ("template", KindOrigin::Folder),
            ("page", KindOrigin::Default),
        ]
    );
    let document = found.value[5].document.as_ref().expect("a document");
    assert_eq!((document.links.len(), document.headings.len()), (1, 1));
    assert_eq!(found.value[5].role, Role::Bundle);
    check_faults("---\ntitle: A\nkind: guied\n---\n", &["unknown-kind: guied"]);
}

#[test]
fn titles() {
    for (text, title, repeats) in [
        ("---\ntitle: 2019\n---\n# Other\n", "2019", false),
        ("# The *title*\n\nText", "The title", true),
        ("---\ntitle: \"The Title\"\n---\n# The title\n", "The Title", true),
        ("Text\n\n## Second level\n", "Second level", false),
        ("---\ntitle: [Title here]\n---\n# From the heading\n", "From the heading", true),
    ] {
        let page = page(text);
        assert_eq!((page.title(), page.body.repeats_title), (title, repeats), "{text}");
    }
    for (text, id) in [
        ("# The *title*\n", Some("the-title")),
        ("# The title {#own}\n", Some("own")),
        ("# Title\n\n<p id=\"title\">\n", None),
        ("---\ntitle: A\n---\n# Other\n", None),
        ("---\ntitle: \"!\"\n---\n# !\n", None),
    ] {
        let body = page(text).body;
        assert_eq!(body.title_id.as_deref(), id, "{text}");
        assert!(id.is_none_or(|id| body.ids.iter().any(|known| known == id)), "{text}");
    }
    check_faults("Text", &["missing-title: "]);
    check_faults("---\ntitle: [Title here]\n---\n", &["bad-value: [Title here]", "missing-title: "]);
}

#[test]
fn front_matter_as_people_write_it() {
    let page = page(
        "---\ntitle: A\nweight: 08\ndraft: 'false'\ntags: one\ncategories: null\nauthor: {name: Me}\nrelated: [[Name]]\ntoc: false\nextra: {a: 1}\n---\n",
    );
    assert_eq!((page.meta.weight, page.meta.draft, page.meta.toc), (Some(8), false, false));
    assert_eq!(page.meta.authors, ["Me"]);
    assert_eq!(page.meta.related[0].destination, "Name");
    assert!(page.meta.terms.contains(&("tags".to_string(), vec!["one".to_string()])));
    check_faults("---\ntitle: A\ndate: 08/30/2022\n---\n", &["bad-date: 08/30/2022"]);
    check_faults("---\ntitle: A\ndraft: \"yes\"\n---\n", &["bad-draft: \"yes\""]);
    check_faults("---\ntitle: A\ntitle: B\n---\n", &["duplicate-key: title"]);
}

#[test]
fn keys_that_are_not_known() {
    check_faults(
        "---\ntitle: A\ntgas: [x]\nlastmod: 2020-01-01\ncadence: weekly\nsort: title\n---\n",
        &["unknown-key: cadence", "unknown-key: lastmod", "unknown-key: sort", "unknown-key: tgas"],
    );
    let found = run(&[("guides/a.md", "---\ntitle: A\ncadence: weekly\n---\n")]);
    assert_eq!(found.diagnostics[0].message, "`cadence` is a key of meetings, and this is a guide");
}

#[test]
fn fields_of_kinds() {
    let files = [
        ("interviews/a.md", "---\ntitle: A\nperson: {name: Ada, links: [https://ada.org]}\n---\n**Why?**\n\nSo.\n"),
        ("interviews/b.md", "# B\n"),
        ("meetings/a.md", "---\ntitle: A\nroles: {Lead: leads, Notes: writes}\n---\n"),
        (
            "templates/a.md",
            "---\ntitle: A\ntemplate: {version: 2, notes: {2: two, 1: one}, ask: [vendor, {id: d, type: date}]}\n---\n",
        ),
    ];
    let found = run(&files);
    assert_eq!(faults(&files, &found.diagnostics), ["missing-field: "]);
    let Details::Interview(interview) = &found.value[0].meta.details else { panic!("an interview") };
    let person = interview.person.as_ref().expect("a person");
    assert_eq!(&files[0].1[person.links[0].span.clone()], "https://ada.org");
    assert_eq!(found.value[0].body.headings[0].text, "Why?");
    let Details::Meeting(meeting) = &found.value[2].meta.details else { panic!("a meeting") };
    assert_eq!(meeting.roles.len(), 2);
    let Details::Template(template) = &found.value[3].meta.details else { panic!("a template") };
    assert_eq!((template.notes[0].0, template.ask[1].label.as_str()), (1, "D"));
}

#[test]
fn links_and_their_places() {
    let text = "---\ntitle: A\n---\nSee [the *text*](a.md#x \"Title\") and [[Name|label]]. Next ![alt](<b c.png>) [r][r] https://x.org.\n\n[r]: c.md\n\n<a href=\"d.md\" id=x>y</a> [![i](e.png)](f.md)\n";
    let page = page(text);
    let found: Vec<(LinkForm, &str, &str)> = page
        .body
        .links
        .iter()
        .map(|link| (link.form, link.destination.as_str(), &text[link.destination_span.clone()]))
        .collect();
    assert_eq!(
        found,
        [
            (LinkForm::Markdown, "a.md#x", "a.md#x"),
            (LinkForm::Wiki, "Name", "Name"),
            (LinkForm::Image, "b c.png", "b c.png"),
            (LinkForm::Markdown, "c.md", "[r][r]"),
            (LinkForm::Markdown, "https://x.org", "https://x.org"),
            (LinkForm::Html, "d.md", "d.md"),
            (LinkForm::Markdown, "f.md", "f.md"),
            (LinkForm::Image, "e.png", "e.png"),
        ]
    );
    assert_eq!(&*page.body.links[0].sentence, "See the text and label.");
    assert_eq!(page.body.ids, ["x"]);
    assert!(page.body.links.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start));
}

#[test]
fn what_is_learned() {
    let page = page(
        "# A\n\n> [!NOTE]\n> Aside.\n\nThe first *paragraph*[^1].\n\n## Part\n\n```\ncode code\n```\n\n[^1]: Note\n",
    );
    assert_eq!(page.body.summary, "The first paragraph.");
    assert_eq!(page.body.words, 6);
    assert_eq!(page.body.ids, ["a", "fn-1", "fnref-1", "part"]);
    let glossary = run(&[("glossary.md", "# Glossary\n\nText.\n\n## SLO\n\nA *goal*.\n\nMore.\n\n## Toil\n\nWork.\n")])
        .value
        .remove(0);
    assert_eq!(glossary.body.definitions, [(0, "A goal.".to_string()), (1, "Work.".to_string())]);
}

#[test]
fn faults_in_the_text() {
    check_faults(
        "# A\n\n![](a.png) ![x](a.png) ![X](b.png) [t]() [^n] `[^c]` \\[^e]\n",
        &["empty-link: [t]()", "missing-alt: ![](a.png)", "missing-footnote: [^n]", "repeated-alt: ![X](b.png)"],
    );
    check_faults(
        "# A\n\n<p style=\"x\" onclick='y'>\n<script>z</script>\n<script src=/a.js></script>\n<iframe src=\"https://v.org/x\"></iframe>\n<img src=a.png>\n",
        &[
            "blocked-by-policy: <script",
            "blocked-by-policy: https://v.org/x",
            "blocked-by-policy: x",
            "blocked-by-policy: y",
            "missing-alt: <img src=a.png>",
        ],
    );
}

proptest::proptest! {
    #[test]
    fn any_text_makes_a_page(text in "(---\\n)?(title|draft|tags|person|x): ?[^\\n]{0,20}\\n(---\\n)?(?s).{0,100}") {
        let files = [("interviews/glossary.md", text.as_str()), ("t/index.md", "# T"), ("t/template.md", text.as_str())];
        let found = run(&files);
        for page in &found.value {
            for body in std::iter::once(&page.body).chain(&page.document) {
                for link in &body.links {
                    assert!(body.text.get(link.span.clone()).is_some(), "{link:?}");
                    assert!(body.text.get(link.destination_span.clone()).is_some(), "{link:?}");
                }
            }
        }
        faults(&files, &found.diagnostics);
    }
}

/// Which pages of the second set of files are the very pages that were made of the first.
fn check_kept(before: &[(&str, &str)], after: &[(&str, &str)], expected: &[&str]) {
    let sources = |files: &[(&str, &str)]| {
        let mut texts: Vec<Source> = files.iter().map(|(path, text)| source(path, text)).collect();
        texts.sort_by(|a, b| a.path.cmp(&b.path));
        Sources { texts, files: Vec::new(), theme: Theme::default(), has_links: false }
    };
    let project = project();
    let former = super::parse(&project, &sources(before), &[]);
    let pages = super::parse(&project, &sources(after), &former);
    let is_kept = |page: &&super::ParsedPage| former.iter().any(|old| Arc::ptr_eq(&old.value, &page.value));
    let kept: Vec<&str> = pages.iter().filter(is_kept).map(|page| page.value.source.as_str()).collect();
    assert_eq!(kept, expected, "{after:?}");
    let cold = super::parse(&project, &sources(after), &[]);
    assert_eq!(format!("{pages:?}"), format!("{cold:?}"));
}

#[test]
fn pages_are_kept_while_nothing_that_they_are_made_from_changes() {
    let [own, one, two] = ["content/a/_index.md", "content/a/one.md", "content/b/index.md"];
    let a = [("a/_index.md", "A"), ("a/one.md", "# One\n\n![](x)\n")];
    let b = [("b/index.md", "Two"), ("b/template.md", "T")];
    let check = |after: [(&str, &str); 4], expected: &[&str]| {
        check_kept(&[a[0], a[1], b[0], b[1]], &after, expected);
    };
    check([a[0], a[1], b[0], b[1]], &[own, one, two]);
    check([a[0], ("a/one.md", "Other"), b[0], b[1]], &[own, two]);
    check([a[0], a[1], b[0], ("b/template.md", "Other")], &[own, one]);
    check([("a/_index.md", "---\nchildren: {kind: guide}\n---\n"), a[1], b[0], b[1]], &[two]);
    check([("a/_index.md", "---\nslug: c\n---\n"), a[1], b[0], b[1]], &[two]);
    check([a[0], a[1], b[0], ("b/deep/c/page.md", "A section now")], &[own, one]);
    check([a[1], b[0], b[1], ("c.md", "New")], &[one, two]);
}
