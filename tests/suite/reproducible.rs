//! Same input, same bytes; what did not change is not written.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use fieldbook::config::project::{Options, Project};
use fieldbook::config::resolve::resolve;
use fieldbook::emit::Written;
use fieldbook::pipeline;

use crate::harness::{self, files_below};

fn playbook(out: &Path) -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options =
        Options { out: Some(out.to_path_buf()), today: "2026-11-20".parse().expect("a day"), ..Options::default() };
    resolve(Some(root), root, &options).expect("the bundled playbook").value
}

fn build(out: &Path) -> Written {
    let outcome = pipeline::build(&playbook(out), Vec::new(), &|_| {}).expect("a build");
    outcome.made.expect("the playbook has no errors")
}

#[test]
fn two_builds_are_byte_identical() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) = (folder.path().join("a/site"), folder.path().join("b/site"));
    build(&one);
    // One thread instead of many: a parallel build equals a serial one.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    pool.install(|| build(&two));
    let (one, two) = (files_below(&one), files_below(&two));
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one), names(&two));
    for ((name, a), (_, b)) in one.iter().zip(&two) {
        assert!(a == b, "{name} differs");
    }
}

#[test]
fn a_second_build_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site");
    let first = build(&out);
    assert_eq!(first.written, first.outputs);
    let state = |out: &Path| -> Vec<(String, u64, i64)> {
        let one = |(name, _): (String, Vec<u8>)| {
            let metadata = fs::metadata(out.join(&name)).expect("there");
            (name, metadata.ino(), metadata.mtime_nsec())
        };
        files_below(out).into_iter().map(one).collect()
    };
    let before = state(&out);
    let second = build(&out);
    assert_eq!((second.written, second.removed), (0, 0));
    assert_eq!(before, state(&out));
}

#[test]
fn only_what_belongs_is_touched() {
    let project = harness::Project::new()
        .file("content/a.md", "---\ntitle: A\n---\nText.\n")
        .file("content/old.md", "---\ntitle: Old\n---\nText.\n");
    let built = project.build();
    assert!(built.has("old/index.html"));
    let foreign: PathBuf = built.out.join("CNAME");
    fs::write(&foreign, "example.org").expect("written");
    fs::remove_file(project.root().join("content/old.md")).expect("removed");
    let built = project.build();
    assert!(!built.has("old"), "the page that is gone is still there");
    assert_eq!(fs::read_to_string(foreign).expect("still there"), "example.org");
}

#[test]
fn a_build_with_errors_leaves_the_last_good_site() {
    let project = harness::Project::new().file("content/a.md", "---\ntitle: A\n---\nGood.\n");
    let good = project.build().reports_nothing().all();
    project.write("content/a.md", "---\ntitle: A\n---\n[x](nope.md)\n");
    let bad = project.build().reports("error[broken-link]");
    assert!(bad.outcome.made.is_none());
    assert_eq!(good, bad.all());
    let project = project.with(|options| options.keep_going = true);
    let forced = project.build();
    assert!(forced.outcome.made.is_some() && forced.outcome.report.has_errors());
    assert!(!forced.output("a/index.html").contains("href=\"nope.md\""));
}

#[test]
fn files_that_others_made_are_not_overwritten() {
    let page = "---\ntitle: A\n---\nText.\n";
    let project = harness::Project::new().file("content/a.md", page).file("full/index.html", "mine");
    for out in ["full", "content", "static"] {
        fs::create_dir_all(project.root().join(out)).expect("a folder");
        let options = Options { out: Some(project.root().join(out)), ..Options::default() };
        let found = resolve(Some(project.root()), project.root(), &options).expect("a project").value;
        let error = pipeline::build(&found, Vec::new(), &|_| {}).expect_err("refused");
        assert!(format!("{error:#}").contains(out), "{error:#}");
    }
    assert_eq!(fs::read_to_string(project.root().join("content/a.md")).expect("still there"), page);
    assert_eq!(fs::read_to_string(project.root().join("full/index.html")).expect("still there"), "mine");
}
