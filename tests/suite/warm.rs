//! A warm rebuild is byte for byte a cold build, whatever was changed in between.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use fieldbook::base::path::SourcePath;
use fieldbook::config::project::Options;
use fieldbook::config::resolve::resolve;
use fieldbook::diag::render::{Format, render};
use fieldbook::emit::memory::{Held, MemoryFile, MemorySite};
use fieldbook::model::source::Touched;
use fieldbook::pipeline::{Former, rebuild};
use proptest::prelude::*;

/// One thing that somebody does to a site.
#[derive(Clone, Debug)]
enum Edit {
    /// A page gets another title, other front matter or another body; what else it has stays.
    Page(usize, Part, usize),
    /// A file gets this text, whether it was there or not.
    Write(&'static str, String),
    /// A file goes.
    Delete(&'static str),
    /// A file moves, if it is there.
    Move(&'static str, &'static str),
}

/// A part of a page.
#[derive(Clone, Copy, Debug)]
enum Part {
    Title,
    Front,
    Body,
}

const PAGES: [&str; 16] = [
    "content/_index.md",
    "content/about.md",
    "content/glossary.md",
    "content/guides/_index.md",
    "content/guides/alpha.md",
    "content/guides/beta.md",
    "content/guides/deep/gamma.md",
    "content/interviews/ana.md",
    "content/meetings/review/index.md",
    "content/meetings/standup.md",
    "content/templates/check/index.md",
    "content/templates/check/template.md",
    "content/templates/check/versions/1.md",
    "content/templates/check/versions/2.md",
    "content/book/_index.md",
    "content/book/one.md",
];

/// As many as there are pages, so that each can have its own; and one that is that of another.
const TITLES: [&str; 18] = [
    "Home",
    "About us",
    "Glossary",
    "Guides",
    "Alpha",
    "Beta",
    "Gamma",
    "Ana",
    "Review",
    "Standup",
    "Check",
    "Steps",
    "Steps once",
    "Steps twice",
    "Book",
    "One",
    "Ältere Schuld",
    "alpha",
];

const FRONT: [&str; 24] = [
    "",
    "date: 2026-01-05\n",
    "date: 2026-01-05\nupdated: 2026-03-01\nchange: better\n",
    "date: 2026-02-05T10:00:00+02:00\n",
    "date: 2026-02-05T08:00:00Z\n",
    "date: 2027-01-01\n",
    "draft: true\n",
    "tags: [cost, Toil]\ndate: 2026-01-05\n",
    "tags: [toil]\ncategories: [people]\n",
    "weight: 1\n",
    "weight: 9\nowner: platform\n",
    "description: About something.\n",
    "description: About toil.\n",
    "related: [/guides/alpha.md]\n",
    "related: [/meetings/standup.md, /about.md]\n",
    "aliases: [/old/]\ndate: 2026-01-05\n",
    "aliases: [/older/]\n",
    "url: /moved/here/\n",
    "also_called: [Retro]\nreviewed: 2025-01-01\nreview_every: 3 months\n",
    "children: {kind: guide, sort: title, paginate: 1}\n",
    "image: /pic.svg\ndate: 2026-01-09\n",
    "audience: internal\n",
    "date: 2026-01-05\ntemplate: {version: 2, released: 2026-05-01, notes: {2: Better}, ask: [vendor]}\n",
    "date: 2026-01-06\nid: first\ntemplate: {version: 1, notes: {1: {released: 2026-02-01, note: First}}}\n",
];

const BODIES: [&str; 20] = [
    "Plain words about toil.\n",
    "Plain words about toil, and more of them than before.\n",
    "Because of this, see [alpha](/guides/alpha.md).\n\n## Goals\n\nNone.\n",
    "Because of that, see [alpha](/guides/alpha.md).\n\n## Goals\n\nNone.\n",
    "See [[Retro]] and [[Alpha]], or [the standup](/meetings/standup.md).\n",
    "See [[Review#goals]] and [the standup](/meetings/standup.md#goals).\n",
    "First [about](/about.md), then [beta](/guides/beta.md), then [gamma](/guides/deep/gamma.md).\n",
    "A [broken one](nowhere.md) and [[Nobody]].\n",
    "## Toil\n\nWork that repeats itself.\n\n## Debt\n\nWork that waits.\n",
    "## Toil\n\nWork that a machine could do.\n\n## Debt\n\nWork that waits.\n",
    "```rust\nfn main() {}\n```\n\n```nolanguage\nx\n```\n",
    "![A picture](/pic.svg)\n\n- [ ] Ask {{vendor}}\n",
    "**What is toil?**\n\nToil is work.\n\n## Goals\n",
    "See [old](/old/) and [home](/) and [tags](/tags/toil/).\n",
    "Debt and toil in one page[^1].\n\n[^1]: A note.\n",
    "",
    "# Beta\n\nA heading of its own.\n",
    "[debt](/glossary.md#debt) and [ana](/interviews/ana.md) and [the check](/templates/check/index.md)\n",
    "[one](/book/one.md), [the book](/book/_index.md), [all guides](/guides/_index.md).\n",
    "[the review](/meetings/review/index.md#goals) comes before.\n",
];

const OTHERS: [(&str, &str); 13] = [
    ("static/pic.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>"),
    ("static/pic.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'/>"),
    ("content/guides/data.csv", "a,b\n"),
    (
        "content/templates/check/template.md",
        "---\ntitle: Steps\n---\n\n- [ ] {{vendor}}\n\n| Who |\n|---|\n| [[Beta]] |\n\n| What |\n|---|\n",
    ),
    ("content/templates/check/index.md", "---\ntitle: Check\ntemplate: {version: 2, file: kept.md}\n---\n\nText.\n"),
    ("templates/partials/head-extra.html", "<meta name=\"x\" content=\"{{ site.title }}\">"),
    (
        "templates/page.html",
        "{% extends \"page-base.html\" %}{% block footer %}{{ page.nothing.at.all }}{% endblock %}",
    ),
    ("templates/page.html", "<!doctype html><title>{{ page.title }}</title>{{ page.content }}"),
    ("themes/fieldbook/assets/style.css", "body { color: red }"),
    ("themes/fieldbook/templates/page.html", "<!doctype html><title>{{ page.title }}</title>{{ list.title }}"),
    ("fieldbook.yaml", "title: Other\nbase_url: https://example.org/\npaginate: 2\n"),
    ("fieldbook.yaml", "title: Test\nbase_url: https://example.org/base/\ntaxonomies: [tags]\nfeeds: {limit: 2}\n"),
    ("fieldbook.yaml", "title: Test\nmenu: [guides]\noutputs: {twins: false}\n"),
];

fn page(title: &str, front: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n{front}---\n\n{body}")
}

/// A page with one part of another kind.
fn with(text: &str, part: Part, number: usize) -> String {
    let rest = text.strip_prefix("---\ntitle: ").expect("a page of ours");
    let (title, rest) = rest.split_once('\n').expect("a page of ours");
    let (front, body) = rest.split_once("---\n\n").expect("a page of ours");
    match part {
        Part::Title => page(TITLES[number % TITLES.len()], front, body),
        Part::Front => page(title, FRONT[number % FRONT.len()], body),
        Part::Body => page(title, front, BODIES[number % BODIES.len()]),
    }
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let path = || prop::sample::select(&PAGES[..]);
    let part = prop::sample::select(&[Part::Title, Part::Front, Part::Body, Part::Body][..]);
    let edit = prop_oneof![
        16 => (0..PAGES.len(), part, 0_usize..1000).prop_map(|(page, part, number)| Edit::Page(page, part, number)),
        1 => prop::sample::select(&OTHERS[..]).prop_map(|(path, text)| Edit::Write(path, text.to_string())),
        1 => path().prop_map(Edit::Delete),
        1 => prop::sample::select(&OTHERS[..]).prop_map(|(path, _)| Edit::Delete(path)),
        1 => (path(), path()).prop_map(|(from, to)| Edit::Move(from, to)),
    ];
    prop::collection::vec(edit, 1..4)
}

/// Makes an edit and says which files it touched.
fn make(root: &Path, edit: &Edit) -> BTreeSet<SourcePath> {
    let put = |path: &str, text: &[u8]| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    };
    match edit {
        Edit::Page(number, part, other) => {
            let text = fs::read_to_string(root.join(PAGES[*number])).unwrap_or_else(|_| page("Back again", "", ""));
            put(PAGES[*number], with(&text, *part, *other).as_bytes());
        }
        Edit::Write(path, text) => put(path, text.as_bytes()),
        // The file may not be there, and then nothing happens.
        Edit::Delete(path) => drop(fs::remove_file(root.join(path))),
        Edit::Move(from, to) => {
            if let Ok(text) = fs::read(root.join(from)) {
                fs::remove_file(root.join(from)).expect("removed");
                put(to, &text);
            }
        }
    }
    let paths = match edit {
        Edit::Page(number, ..) => vec![PAGES[*number]],
        Edit::Write(path, _) | Edit::Delete(path) => vec![*path],
        Edit::Move(from, to) => vec![*from, *to],
    };
    paths.into_iter().map(SourcePath::new).collect()
}

/// The site of a folder with its report.
fn build(root: &Path, former: &mut Former, touched: &Touched) -> (MemorySite, String) {
    let today = "2026-06-15".parse().expect("a day");
    let project = resolve(Some(root), root, &Options { today, ..Options::default() }).expect("a project");
    let outcome = rebuild(&project.value, project.diagnostics, former, touched, &|_| {}).expect("a build");
    let report = render(&outcome.report, &|path| outcome.texts.get(path).cloned(), Format::Human, false);
    (outcome.made.site, report)
}

fn first_site(root: &Path) {
    make(root, &Edit::Write("fieldbook.yaml", "title: Test\nbase_url: https://example.org/\n".to_string()));
    for (number, path) in PAGES.iter().enumerate() {
        // Few of them are drafts and the like, so that there is something between them.
        let front = if path.ends_with("check/index.md") { 22 } else { [1, 7, 0, 9, 2, 8, 15, 3][number % 8] };
        let text = page(TITLES[number], FRONT[front], BODIES[(number * 3 + 2) % 20]);
        make(root, &Edit::Write(path, text));
    }
    make(root, &Edit::Write(OTHERS[0].0, OTHERS[0].1.to_string()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_warm_rebuild_is_a_cold_build(rounds in prop::collection::vec(edits(), 1..6)) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        first_site(root);
        let mut former = Former::default();
        build(root, &mut former, &Touched::Anything);
        for edits in rounds {
            let touched = edits.iter().flat_map(|edit| make(root, edit)).collect();
            let warm = build(root, &mut former, &Touched::Files(touched));
            let cold = build(root, &mut Former::default(), &Touched::Anything);
            prop_assert_eq!(&warm.1, &cold.1);
            for (path, file) in &cold.0.files {
                prop_assert!(warm.0.files.get(path) == Some(file), "{} differs after {:?}", path, edits);
            }
            prop_assert_eq!(warm.0.files.len(), cold.0.files.len());
        }
    }
}

#[test]
fn an_edit_makes_only_what_shows_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    first_site(root);
    let mut former = Former::default();
    let before = build(root, &mut former, &Touched::Anything).0;
    let made = |former: &mut Former, before: &MemorySite, edit: &Edit| -> (MemorySite, Vec<String>) {
        let touched = Touched::Files(make(root, edit));
        let after = build(root, former, &touched).0;
        let is_made =
            |(path, file): &(_, &MemoryFile)| match (&file.held, before.files.get(*path).map(|file| &file.held)) {
                (Held::Bytes(new), Some(Held::Bytes(old))) => !Arc::ptr_eq(new, old),
                (new, old) => Some(new) != old,
            };
        let made = after.files.iter().filter(is_made).map(|(path, _)| path.to_string()).collect();
        (after, made)
    };
    let write = |path: &'static str, text: &str| Edit::Write(path, text.to_string());
    let page = "content/guides/beta.md";
    let same = fs::read_to_string(root.join(page)).expect("a text");
    let (before, none) = made(&mut former, &before, &write(page, &same));
    assert_eq!(none, Vec::<String>::new());
    let text = format!("{same}\nOne more paragraph.\n");
    let (before, own) = made(&mut former, &before, &write(page, &text));
    assert_eq!(own, ["guides/beta/index.html", "guides/beta/index.md"]);
    let titled = text.replace("title: Beta", "title: Delta");
    let (_, shown) = made(&mut former, &before, &write(page, &titled));
    for path in ["guides/beta/index.html", "guides/index.html", "index.html", "all/index.html", "tags/toil/index.html"]
    {
        assert!(shown.iter().any(|shown| shown == path), "{path}: {shown:?}");
    }
    for path in ["about/index.html", "book/one/index.html", "meetings/standup/index.html", "404.html", "robots.txt"] {
        assert!(!shown.iter().any(|shown| shown == path), "{path}: {shown:?}");
    }
}
