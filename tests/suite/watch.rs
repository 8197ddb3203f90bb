//! What is saved while a site is served is seen: once, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use fieldbook::base::path::SourcePath;
use fieldbook::config::project::Options;
use fieldbook::config::resolve::resolve;
use fieldbook::model::source::Touched;
use fieldbook::serve::watch::Watch;

use crate::harness::Project;

/// How long something may take that must happen.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long nothing must happen for it to count as nothing; longer than many changes are waited for.
const SILENCE: Duration = Duration::from_millis(900);

/// What a watch tells of a project.
fn watch(project: &Project) -> Receiver<Touched> {
    let root = project.root().to_path_buf();
    let resolved = resolve(Some(&root), &root, &Options::default()).expect("a project").value;
    let mut watch = Watch::new(&resolved, None).expect("a watch");
    let (sender, told) = channel();
    thread::spawn(move || {
        while let Some(touched) = watch.next(&resolved) {
            watch.follow(&resolved).expect("followed");
            if sender.send(touched).is_err() {
                return;
            }
        }
    });
    told
}

fn files(paths: &[&str]) -> Touched {
    Touched::Files(paths.iter().map(|path| SourcePath::new(path)).collect())
}

#[track_caller]
fn expect(told: &Receiver<Touched>, expected: &Touched) {
    assert_eq!(told.recv_timeout(PATIENCE).as_ref(), Ok(expected));
}

#[track_caller]
fn expect_nothing(told: &Receiver<Touched>) {
    expect_nothing_but(told, &Touched::Anything);
}

/// A save takes two steps, and the machine may rest between them.
#[track_caller]
fn expect_nothing_but(told: &Receiver<Touched>, expected: &Touched) {
    while let Ok(touched) = told.recv_timeout(SILENCE) {
        assert_eq!(&touched, expected);
    }
}

#[test]
fn a_save_is_told_once() {
    let project = Project::new().file("content/guides/a.md", "A").file("content/b.md", "B");
    let told = watch(&project);
    project.write("content/guides/a.md", "Other");
    let saved = files(&["content/guides/a.md"]);
    expect(&told, &saved);
    fs::read(project.root().join("content/b.md")).expect("read");
    expect_nothing_but(&told, &saved);
}

#[test]
fn a_save_by_rename_is_told() {
    let project = Project::new().file("content/a.md", "A");
    let told = watch(&project);
    project.write("content/.a.md.swp", "Other");
    fs::rename(project.root().join("content/.a.md.swp"), project.root().join("content/a.md")).expect("renamed");
    expect(&told, &files(&["content/a.md"]));
    expect_nothing(&told);
}

#[test]
fn a_change_of_branches_is_one_change() {
    let mut project = Project::new();
    for number in 0..1000 {
        project = project.file(&format!("content/f{}/p{number}.md", number % 10), "A");
    }
    let told = watch(&project);
    for number in 0..1000 {
        project.write(&format!("content/f{}/p{number}.md", number % 10), format!("Other {number}"));
    }
    let mut touched = BTreeSet::new();
    let mut changes = 0;
    while touched.len() < 1000 {
        let Ok(Touched::Files(more)) = told.recv_timeout(PATIENCE) else { panic!("{} were told", touched.len()) };
        touched.extend(more);
        changes += 1;
    }
    expect_nothing(&told);
    // It is one, unless the machine rests in the middle of it.
    assert!(changes <= 3, "{changes}");
}

#[test]
fn what_the_site_is_not_made_from_is_not_told() {
    let project = Project::new().file("content/a.md", "A").file("notes.txt", "x").file("public/index.html", "x");
    let told = watch(&project);
    for path in ["notes.txt", "public/index.html", "content/.git/index", "content/node_modules/x.md", "src/x.rs"] {
        project.write(path, "Other");
    }
    expect_nothing(&told);
}

#[test]
fn a_bare_folder_is_watched_as_a_whole() {
    let project = Project::bare().file("a.md", "A").file("public/index.html", "x").file("node_modules/x.md", "x");
    let told = watch(&project);
    project.write("public/index.html", "Other");
    project.write("node_modules/x.md", "Other");
    expect_nothing(&told);
    project.write("a.md", "Other");
    expect(&told, &files(&["a.md"]));
}

#[test]
fn folders_that_come_and_go_are_watched() {
    let project = Project::new().file("content/a.md", "A");
    let told = watch(&project);
    project.write("static/logo.svg", "<svg/>");
    assert!(told.recv_timeout(PATIENCE).is_ok());
    while told.recv_timeout(SILENCE).is_ok() {}
    project.write("static/logo.svg", "<svg></svg>");
    expect(&told, &files(&["static/logo.svg"]));
    fs::remove_dir_all(project.root().join("static")).expect("removed");
    let mut all = BTreeSet::new();
    while let Ok(touched) = told.recv_timeout(SILENCE) {
        all.insert(format!("{touched:?}"));
    }
    assert!(!all.is_empty());
    project.write("static/logo.svg", "<svg/>");
    assert!(told.recv_timeout(PATIENCE).is_ok());
    while told.recv_timeout(SILENCE).is_ok() {}
    project.write("static/logo.svg", "<svg></svg>");
    expect(&told, &files(&["static/logo.svg"]));
}
