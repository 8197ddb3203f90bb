//! What the machine refuses: a full disk, no permission, things in the way, a second build.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Bench, stage_to};
use crate::base::fs::write as disk;
use crate::emit::folder::OutputFolder;

/// Checks that an error says what is expected of it.
fn check_error<T>(result: anyhow::Result<T>, expected: &str) {
    let message = format!("{:#}", result.map(|_| "no error").unwrap_err());
    assert!(message.contains(expected), "{message:?} does not say {expected:?}");
}

#[test]
fn some_folders_are_never_written_to() {
    let bench = Bench::new();
    bench.put("site/content/a.md", "a");
    bench.put("file", "a file");
    let content = bench.path("site/content");
    let root = bench.path("site");
    let refuse = |out: &Path, expected| check_error(OutputFolder::new(out, &[root.clone(), content.clone()]), expected);
    refuse(Path::new("/"), "the root of the disk");
    refuse(&bench.path("file"), "not a folder");
    refuse(&bench.path(""), "what it is made from is there");
    refuse(&bench.path("site"), "what it is made from is there");
    refuse(&bench.path("site/content"), "what it is made from is there");
    refuse(&bench.path("nowhere/../site/content"), "what it is made from is there");
    refuse(&bench.path("site/.fieldbook/x"), "keeps its own files");
    assert!(OutputFolder::new(&bench.path("site/public"), &[root.clone(), content.clone()]).is_ok());
    assert!(OutputFolder::new(&bench.path("site/content/public"), &[root.clone(), content.clone()]).is_ok());
}

#[test]
fn the_second_of_two_builds_is_refused() {
    let bench = Bench::new();
    let first = bench.stage(&[("index.html", "first")]).unwrap();
    check_error(bench.stage(&[("index.html", "second")]), "another build is writing");
    first.commit().unwrap();
    bench.build(&[("index.html", "second")]).unwrap();
    bench.holds(&[("index.html", "second")]);
}

#[test]
fn folders_and_files_of_others_in_the_way_are_named() {
    let bench = Bench::new();
    bench.put("out/a/notes.txt", "mine");
    bench.put("out/b", "mine");
    check_error(bench.build(&[("a", "x")]), "did not make notes.txt in it");
    check_error(bench.build(&[("b/index.html", "x")]), "out/b is in the way");
    check_error(bench.build(&[("c", "x"), ("c/d", "x")]), "no disk can hold both");
    check_error(bench.build(&[(".fieldbook/x", "x")]), "keeps its own files");
    bench.build(&[("c", "x")]).unwrap();
    bench.holds(&[("a/notes.txt", "mine"), ("b", "mine"), ("c", "x")]);
    fs::remove_file(bench.path("out/a/notes.txt")).unwrap();
    bench.build(&[("a", "x")]).unwrap();
    bench.holds(&[("a", "x"), ("b", "mine")]);
}

#[cfg(unix)]
#[test]
fn links_inside_the_output_folder_are_not_followed() {
    use std::os::unix::fs::symlink;
    let bench = Bench::new();
    bench.put("elsewhere/index.html", "theirs");
    bench.build(&[("a/index.html", "a"), ("b/index.html", "b"), ("c.html", "c")]).unwrap();
    fs::remove_dir_all(bench.path("out/a")).unwrap();
    symlink(bench.path("elsewhere"), bench.path("out/a")).unwrap();
    check_error(bench.build(&[("a/index.html", "new")]), "out/a is a link");
    bench.build(&[("b/index.html", "b"), ("c.html", "c")]).unwrap();
    assert_eq!(fs::read_to_string(bench.path("elsewhere/index.html")).unwrap(), "theirs");

    fs::remove_file(bench.path("out/c.html")).unwrap();
    symlink(bench.path("elsewhere/index.html"), bench.path("out/c.html")).unwrap();
    bench.build(&[("b/index.html", "b"), ("c.html", "theirs")]).unwrap();
    bench.holds(&[("a", "a link"), ("b/index.html", "b"), ("c.html", "theirs")]);
    bench.build(&[]).unwrap();
    assert_eq!(fs::read_to_string(bench.path("elsewhere/index.html")).unwrap(), "theirs");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_working_folder_is_not_followed() {
    let bench = Bench::new();
    bench.put("elsewhere/x", "theirs");
    std::os::unix::fs::symlink(bench.path("elsewhere"), bench.path(".fieldbook")).unwrap();
    fs::create_dir(bench.path("out")).unwrap();
    check_error(bench.build(&[("index.html", "x")]), ".fieldbook is in the way");
    assert_eq!(fs::read_dir(bench.path("elsewhere")).unwrap().count(), 1);
}

#[test]
fn a_file_that_vanishes_before_it_is_copied_is_an_error_that_names_it() {
    let bench = Bench::new();
    bench.build(&[("index.html", "old")]).unwrap();
    check_error(bench.build(&[("index.html", "new"), ("photo.jpg", "=photo")]), "writing photo.jpg: looking at");
    bench.holds(&[("index.html", "old")]);
}

#[test]
fn a_journal_cannot_lead_out_of_the_folder() {
    let bench = Bench::new();
    bench.put("theirs", "theirs");
    bench.build(&[("index.html", "old")]).unwrap();
    bench.put(".fieldbook/out/journal", "fieldbook journal 1\nremove 0 ../theirs\nend");
    bench.build(&[("index.html", "new")]).unwrap();
    bench.holds(&[("index.html", "new")]);
    assert!(bench.path("theirs").is_file());
}

/// A small disk of its own, unmounted at the end.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    /// Mounts one, or says why it cannot.
    fn mount(folder: &'a Path) -> Option<Self> {
        fs::create_dir_all(folder).unwrap();
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(folder).output();
        match mount {
            Ok(done) if done.status.success() => return Some(SmallDisk(folder)),
            Ok(done) => eprintln!("skipped: no small disk: {}", String::from_utf8_lossy(&done.stderr)),
            Err(error) => eprintln!("skipped: no small disk: {error}"),
        }
        None
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let bench = Bench::new();
    let folder = bench.path("disk");
    let Some(_disk) = SmallDisk::mount(&folder) else { return };
    let out = OutputFolder::new(&folder.join("public"), &[]).unwrap();
    let build = |site: &[(&str, &str)]| stage_to(&out, bench.folder.path(), site)?.commit();
    build(&[("index.html", "old"), ("a.html", "a")]).unwrap();
    let large = "x".repeat(200_000);
    check_error(build(&[("index.html", "new"), ("b.html", &large), ("c.html", &large)]), "No space left on device");
    assert_eq!(fs::read_to_string(folder.join("public/index.html")).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.join("public")).unwrap().count(), 2);
    assert!(!folder.join(".fieldbook/public/staging").exists());
    build(&[("index.html", "new"), ("b.html", &large)]).unwrap();
    assert_eq!(fs::read_to_string(folder.join("public/index.html")).unwrap(), "new");
}

#[test]
fn a_disk_of_its_own_keeps_the_working_folder_in_it() {
    let bench = Bench::new();
    let folder = bench.path("out");
    let Some(_disk) = SmallDisk::mount(&folder) else { return };
    bench.build(&[("index.html", "old"), ("a.html", "a")]).unwrap();
    bench.build(&[("index.html", "new")]).unwrap();
    assert_eq!(fs::read_to_string(folder.join("index.html")).unwrap(), "new");
    assert!(folder.join(".fieldbook/manifest").is_file());
    assert!(!folder.join("a.html").exists() && !bench.path(".fieldbook").exists());
}

#[test]
fn a_file_is_moved_to_another_disk_as_a_whole() {
    let bench = Bench::new();
    let folder = bench.path("disk");
    let Some(_disk) = SmallDisk::mount(&folder) else { return };
    let (from, to, spare) = (bench.path("from"), folder.join("to"), folder.join("spare"));
    bench.put("disk/to", "old");
    bench.put("disk/spare", "left by a run that was killed");
    bench.put("from", "new");
    disk::rename(&from, &to, &spare).unwrap();
    assert_eq!(fs::read_to_string(&to).unwrap(), "new");
    assert!(!from.exists() && !spare.exists());
    bench.put("from", &"x".repeat(400_000));
    check_error(disk::rename(&from, &to, &spare), "No space left on device");
    assert_eq!(fs::read_to_string(&to).unwrap(), "new");
    assert!(from.exists() && !spare.exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_an_error() {
    use std::os::unix::fs::PermissionsExt as _;
    let bench = Bench::new();
    bench.put("locked/file", "x");
    fs::set_permissions(bench.path("locked"), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(bench.path("locked/probe"), "").is_ok() {
        eprintln!("skipped: nothing is forbidden to this user");
        return;
    }
    let out = OutputFolder::new(&bench.path("locked/public"), &[]).unwrap();
    check_error(stage_to(&out, bench.folder.path(), &[("index.html", "x")]), "Permission denied");
}
