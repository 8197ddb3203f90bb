//! Whole sites, compared byte for byte: `tests/sites/<name>/in` is built, and must give `out` and `report.txt`.
//!
//! `UPDATE=1 cargo test sites` writes what is the case; read the diff.

use std::fs;
use std::path::Path;

use crate::harness::{Project, files_below};

#[test]
fn sites_are_as_they_were() {
    let mut failed = Vec::new();
    for entry in fs::read_dir("tests/sites").expect("the sites") {
        let folder = entry.expect("an entry").path();
        let project = Project::bare().with(|options| options.keep_going = true);
        for (path, bytes) in files_below(&folder.join("in")) {
            project.write(&path, bytes);
        }
        let built = project.build();
        let mut now = built.all();
        for (path, bytes) in &mut now {
            *path = format!("out/{path}");
            // The version of the program is the one thing that may change without a reason.
            let text = String::from_utf8_lossy(bytes).replace(env!("CARGO_PKG_VERSION"), "VERSION");
            *bytes = text.into_bytes();
        }
        now.push(("report.txt".into(), built.report.clone().into_bytes()));
        match std::env::var_os("UPDATE") {
            Some(_) => update(&folder, &now),
            None => failed.extend(compare(&folder, &now)),
        }
    }
    assert!(failed.is_empty(), "{}\nUPDATE=1 writes what is the case", failed.join("\n"));
}

fn compare(folder: &Path, now: &[(String, Vec<u8>)]) -> Vec<String> {
    let mut failed = Vec::new();
    for (path, bytes) in now {
        match fs::read(folder.join(path)) {
            Ok(expected) if expected == *bytes => {}
            Ok(_) => failed.push(format!("{} differs", folder.join(path).display())),
            Err(_) => failed.push(format!("{} is new", folder.join(path).display())),
        }
    }
    for (path, _) in files_below(&folder.join("out")) {
        if !now.iter().any(|(name, _)| *name == format!("out/{path}")) {
            failed.push(format!("{}/out/{path} is gone", folder.display()));
        }
    }
    failed
}

fn update(folder: &Path, now: &[(String, Vec<u8>)]) {
    if folder.join("out").exists() {
        fs::remove_dir_all(folder.join("out")).expect("removed");
    }
    for (path, bytes) in now {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }
}
