//! A build that is killed or runs out of disk never leaves a half-written file, and the next build completes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::harness::files_below;

const PAGES: usize = 120;

/// A deterministic sequence of numbers, so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

fn write_site(root: &Path, version: &str) {
    fs::create_dir_all(root.join("content/guides")).expect("a folder");
    fs::write(root.join("fieldbook.yaml"), "title: Test\nbase_url: https://example.org/\n").expect("written");
    for number in 0..PAGES {
        let name = if number % 10 == 0 { format!("{version}-{number}") } else { format!("page-{number}") };
        let text = format!(
            "---\ntitle: Page {number}\ndate: 2026-01-01\n---\n{}\n",
            format!("Words of {version}. ").repeat(400)
        );
        fs::write(root.join(format!("content/guides/{name}.md")), text).expect("written");
    }
}

fn rewrite_site(root: &Path, version: &str) {
    fs::remove_dir_all(root.join("content")).expect("removed");
    write_site(root, version);
}

fn command(root: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    command.args(["build", "--today", "2026-06-15", "--out"]).arg(out).arg(root);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn built(root: &Path, out: &Path) -> BTreeMap<String, Vec<u8>> {
    let status = command(root, out).status().expect("the binary runs");
    assert!(status.success(), "the build ended with {status}");
    published(out)
}

/// The files of a site; the working folder of a build, should it lie inside, is not one of them.
fn published(out: &Path) -> BTreeMap<String, Vec<u8>> {
    files_below(out).into_iter().filter(|(name, _)| !name.starts_with(".fieldbook")).collect()
}

#[test]
fn killed_at_any_moment() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("site");
    let out = folder.path().join("live");
    let mut numbers = Numbers(20_260_615);
    write_site(&root, "one");
    let mut old = built(&root, &out);
    for round in 0..12 {
        let version = if round % 2 == 0 { "two" } else { "one" };
        rewrite_site(&root, version);
        let new = built(&root, &folder.path().join("elsewhere"));
        let start = std::time::Instant::now();
        let mut child = command(&root, &out).spawn().expect("the binary runs");
        std::thread::sleep(Duration::from_micros(numbers.next(120_000)));
        child.kill().expect("killed");
        child.wait().expect("waited for");
        let found = published(&out);
        for (name, bytes) in &found {
            let is_whole = old.get(name) == Some(bytes) || new.get(name) == Some(bytes);
            assert!(is_whole, "round {round}, after {:?}: {name} is half written", start.elapsed());
        }
        // Whatever both sites have is there all the time.
        let missing: Vec<&String> =
            old.keys().filter(|name| new.contains_key(*name) && !found.contains_key(*name)).collect();
        assert!(missing.is_empty(), "round {round}: {missing:?} vanished");
        assert_eq!(built(&root, &out), new, "round {round}: the next build did not complete the site");
        old = new;
    }
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("site");
    write_site(&root, "one");
    let disk = folder.path().join("disk");
    fs::create_dir_all(&disk).expect("a folder");
    // A disk of its own, in a mount namespace of its own, that has room for one site and not for a second one.
    let script = format!(
        "set -e; mount -t tmpfs -o size=24m tmpfs {disk}; {bin} build -q --today 2026-06-15 --out {disk}/live {root}; \
         cp -r {disk}/live {keep}; head -c 24m /dev/zero > {disk}/ballast 2>/dev/null || true; \
         sed -i s/one/two/g {root}/content/guides/*.md; \
         set +e; {bin} build -q --today 2026-06-15 --out {disk}/live {root} 2> {log}; echo $? > {status}; set -e; \
         diff -r {disk}/live {keep}; rm {disk}/ballast; {bin} build -q --today 2026-06-15 --out {disk}/live {root}; \
         grep -q two {disk}/live/guides/page-1/index.html",
        disk = disk.display(),
        bin = env!("CARGO_BIN_EXE_fieldbook"),
        root = root.display(),
        keep = folder.path().join("keep").display(),
        log = folder.path().join("log").display(),
        status = folder.path().join("status").display(),
    );
    let can = Command::new("unshare").args(["-rm", "true"]).output().is_ok_and(|output| output.status.success());
    if !can {
        // Said aloud, since a test that quietly did nothing would look like one that passed.
        panic!("this machine has no user namespaces (unshare -rm); run the test where it has, or as root");
    }
    let output = Command::new("unshare").args(["-rm", "sh", "-c", &script]).output().expect("unshare runs");
    let log = fs::read_to_string(folder.path().join("log")).unwrap_or_default();
    assert!(output.status.success(), "{}\n{log}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read_to_string(folder.path().join("status")).expect("a status").trim(), "2");
    assert!(log.contains("No space left on device") && log.contains("fieldbook: "), "{log}");
}
