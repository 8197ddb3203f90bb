//! A build is stopped between any two of its steps, as by `kill -9`; the next one makes it good.

use std::fs;

use super::Bench;
use crate::base::fs::write as disk;
use crate::emit::{Staged, journal};

type Site = &'static [(&'static str, &'static str)];

const OLD: Site =
    &[("index.html", "old"), ("a", "a file"), ("b/index.html", "b"), ("gone/x/index.html", "x"), ("style.css", "old")];
const NEW: Site = &[
    ("index.html", "new"),
    ("a/index.html", "a folder"),
    ("b", "a file"),
    ("style.css", "new"),
    ("c/index.html", "c"),
];

/// Where a build is stopped.
#[derive(Clone, Copy)]
enum Stop {
    Staged,
    ManifestStaged,
    HalfJournal,
    Steps(usize),
    Manifest,
    JournalGone,
}

/// Does what [`Staged::commit`] does up to a point, and leaves it there.
fn stop(staged: Staged, stop: Stop) {
    let work = &staged.work;
    match stop {
        Stop::Staged => {}
        Stop::ManifestStaged => staged.new.write(&journal::next_manifest(work)).unwrap(),
        Stop::HalfJournal => {
            staged.begin().unwrap();
            let text = fs::read_to_string(work.journal()).unwrap();
            fs::write(work.journal(), &text[..text.len() / 2]).unwrap();
        }
        Stop::Steps(steps) => {
            staged.begin().unwrap();
            fs::create_dir_all(&work.out).unwrap();
            staged.journal.steps.iter().take(steps).for_each(|step| step.act(work).unwrap());
        }
        Stop::Manifest | Stop::JournalGone => {
            staged.begin().unwrap();
            staged.journal.steps.iter().for_each(|step| step.act(work).unwrap());
            fs::rename(journal::next_manifest(work), work.manifest()).unwrap();
            if let Stop::JournalGone = stop {
                disk::remove_file(&work.journal()).unwrap();
            }
        }
    }
}

#[test]
fn a_build_that_is_stopped_before_its_commit_leaves_the_old_site() {
    for point in [Stop::Staged, Stop::ManifestStaged, Stop::HalfJournal] {
        let bench = Bench::new();
        bench.build(OLD).unwrap();
        stop(bench.stage(NEW).unwrap(), point);
        bench.stage(OLD).unwrap().discard().unwrap();
        bench.holds(OLD);
        bench.build(NEW).unwrap();
        bench.holds(NEW);
    }
}

#[test]
fn a_commit_that_is_stopped_is_completed_by_the_next_run() {
    let steps = {
        let bench = Bench::new();
        bench.build(OLD).unwrap();
        bench.stage(NEW).unwrap().journal.steps.len()
    };
    assert_eq!(steps, 2 + 5 + 1);
    for point in (0..=steps).map(Stop::Steps).chain([Stop::Manifest, Stop::JournalGone]) {
        let bench = Bench::new();
        bench.build(OLD).unwrap();
        stop(bench.stage(NEW).unwrap(), point);
        // The next run may itself come to nothing; what was committed is there all the same.
        bench.stage(OLD).unwrap().discard().unwrap();
        bench.holds(NEW);
        assert_eq!(bench.build(NEW).unwrap().written, 0);
        bench.build(OLD).unwrap();
        bench.holds(OLD);
    }
}

#[test]
fn files_are_whole_at_every_step() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    let staged = bench.stage(NEW).unwrap();
    staged.begin().unwrap();
    for step in &staged.journal.steps {
        step.act(&staged.work).unwrap();
        for (path, text) in bench.tree() {
            let is_known = |site: Site| site.contains(&(path.as_str(), text.as_str()));
            assert!(is_known(OLD) || is_known(NEW), "{path} is {text:?}");
        }
    }
}

#[test]
fn a_commit_that_is_stopped_twice_is_completed() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    stop(bench.stage(NEW).unwrap(), Stop::Steps(3));
    let journal = bench.path(".fieldbook/out/journal");
    let text = fs::read_to_string(&journal).unwrap();
    bench.stage(NEW).unwrap().discard().unwrap();
    fs::write(&journal, text).unwrap();
    bench.build(NEW).unwrap();
    bench.holds(NEW);
}
