//! Tests of the whole road to the disk.

mod faults;
mod kills;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use tempfile::TempDir;

use crate::base::path::OutputPath;
use crate::emit::folder::OutputFolder;
use crate::emit::{Staged, Written, stage};
use crate::model::output::{Content, Origin, Output, Rank, Recipe};

/// A folder with a site in `out`, made of pairs of path and text. A text `=name` is the file `name` of the folder,
/// copied.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        Bench { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    fn out(&self) -> OutputFolder {
        OutputFolder::new(&self.path("out"), &[]).unwrap()
    }

    fn stage(&self, site: &[(&str, &str)]) -> Result<Staged> {
        stage_to(&self.out(), self.folder.path(), site)
    }

    fn build(&self, site: &[(&str, &str)]) -> Result<Written> {
        self.stage(site)?.commit()
    }

    fn put(&self, relative: &str, text: &str) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Everything in the output folder: the text of files, `/` for empty folders.
    fn tree(&self) -> BTreeMap<String, String> {
        let mut tree = BTreeMap::new();
        collect(&self.path("out"), "", &mut tree);
        tree
    }

    /// Checks that the output folder has these files and nothing else, and that the working folder is tidy.
    fn holds(&self, site: &[(&str, &str)]) {
        let site: BTreeMap<String, String> =
            site.iter().map(|(path, text)| (path.to_string(), self.text(text))).collect();
        assert_eq!(self.tree(), site);
        let mut left: Vec<_> =
            fs::read_dir(self.path(".fieldbook/out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["lock", "manifest"]);
    }

    fn text(&self, text: &str) -> String {
        match text.strip_prefix('=') {
            Some(name) => fs::read_to_string(self.path(name)).unwrap(),
            None => text.to_string(),
        }
    }
}

fn stage_to(out: &OutputFolder, sources: &Path, site: &[(&str, &str)]) -> Result<Staged> {
    let outputs: Vec<Output> = site.iter().map(|(path, _)| output(path)).collect();
    let texts: BTreeMap<&str, &str> = site.iter().copied().collect();
    let make = |output: &Output| match texts[output.path.as_str()] {
        text if text.starts_with('=') => Content::File(sources.join(&text[1..])),
        text => Content::Bytes(text.as_bytes().to_vec()),
    };
    stage(out, &outputs, &make)
}

fn output(path: &str) -> Output {
    Output {
        path: OutputPath::parse(path).unwrap(),
        origin: Origin::Generated("a test".to_string()),
        rank: if path.ends_with(".html") { Rank::Page } else { Rank::Asset },
        recipe: Recipe::NotFound,
    }
}

fn collect(folder: &Path, prefix: &str, tree: &mut BTreeMap<String, String>) {
    let entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()).collect();
    if entries.is_empty() && !prefix.is_empty() {
        tree.insert(prefix.to_string(), String::new());
    }
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => collect(&entry.path(), &format!("{name}/"), tree),
            kind if kind.is_symlink() => drop(tree.insert(name, "a link".to_string())),
            _ => drop(tree.insert(name, fs::read_to_string(entry.path()).unwrap())),
        }
    }
}

/// What shows that a file was written again: the number of the file and its time.
#[cfg(unix)]
fn traces(bench: &Bench) -> BTreeMap<String, (u64, i64, i64)> {
    use std::os::unix::fs::MetadataExt as _;
    let trace = |path: String| {
        let metadata = fs::metadata(bench.path("out").join(&path)).unwrap();
        (path, (metadata.ino(), metadata.mtime(), metadata.mtime_nsec()))
    };
    bench.tree().into_keys().map(trace).collect()
}

#[test]
fn a_first_build_writes_all() {
    let bench = Bench::new();
    bench.put("photo", "bytes of a photo");
    let site = [("index.html", "home"), ("guides/a b/index.html", "a b"), ("photo.jpg", "=photo")];
    let written = bench.build(&site).unwrap();
    assert_eq!(written, Written { outputs: 3, written: 3, removed: 0, bytes: 4 + 3 + 16 });
    bench.holds(&site);
}

#[cfg(unix)]
#[test]
fn a_second_build_writes_nothing() {
    let bench = Bench::new();
    bench.put("photo", "bytes of a photo");
    let site = [("index.html", "home"), ("a/index.html", "a"), ("photo.jpg", "=photo"), ("empty.txt", "")];
    bench.build(&site).unwrap();
    let before = traces(&bench);
    let manifest = fs::metadata(bench.path(".fieldbook/out/manifest")).unwrap().modified().unwrap();
    assert_eq!(bench.build(&site).unwrap().written, 0);
    assert_eq!(traces(&bench), before);
    assert_eq!(fs::metadata(bench.path(".fieldbook/out/manifest")).unwrap().modified().unwrap(), manifest);

    fs::remove_dir_all(bench.path(".fieldbook")).unwrap();
    assert_eq!(bench.build(&site).unwrap().written, 0, "equal bytes need no manifest");
    assert_eq!(traces(&bench), before);

    let changed = [("index.html", "HOME"), site[1], site[2], site[3]];
    assert_eq!(bench.build(&changed).unwrap().written, 1);
    bench.holds(&changed);
    let after = traces(&bench);
    assert_ne!(after["index.html"], before["index.html"]);
    assert_eq!(after["a/index.html"], before["a/index.html"]);
}

#[test]
fn what_others_changed_is_put_right() {
    let bench = Bench::new();
    bench.put("photo", "bytes of a photo");
    let site = [("index.html", "home"), ("photo.jpg", "=photo"), ("a/index.html", "a")];
    bench.build(&site).unwrap();
    bench.put("out/index.html", "HOME");
    bench.put("out/photo.jpg", "a photo of bytes");
    fs::remove_dir_all(bench.path("out/a")).unwrap();
    assert_eq!(bench.build(&site).unwrap().written, 3);
    bench.holds(&site);
    bench.put("photo", "another photo");
    assert_eq!(bench.build(&site).unwrap().written, 1);
    bench.holds(&site);
}

#[test]
fn what_is_gone_is_removed_with_its_empty_folders() {
    let bench = Bench::new();
    bench.build(&[("index.html", "home"), ("a/b/c/index.html", "c"), ("a/b/x.png", "x")]).unwrap();
    let written = bench.build(&[("index.html", "home"), ("a/b/x.png", "x")]).unwrap();
    assert_eq!((written.written, written.removed), (0, 1));
    bench.holds(&[("index.html", "home"), ("a/b/x.png", "x")]);
    bench.build(&[("index.html", "home")]).unwrap();
    bench.holds(&[("index.html", "home")]);
    bench.build(&[]).unwrap();
    bench.holds(&[]);
    assert!(bench.path("out").is_dir());
}

#[test]
fn files_of_others_stay() {
    let bench = Bench::new();
    bench.put("out/CNAME", "handbook.example");
    bench.put("out/a/notes.txt", "mine");
    fs::create_dir_all(bench.path("out/empty")).unwrap();
    bench.build(&[("a/index.html", "a"), ("b/index.html", "b")]).unwrap();
    bench.build(&[]).unwrap();
    bench.holds(&[("CNAME", "handbook.example"), ("a/notes.txt", "mine"), ("empty/", "")]);
}

#[test]
fn a_file_of_others_in_the_place_of_an_output_stays() {
    let bench = Bench::new();
    bench.put("out/index.html", "of another generator");
    let error = bench.build(&[("a.html", "a"), ("index.html", "home")]).unwrap_err();
    assert!(format!("{error:#}").contains("Fieldbook did not make it"), "{error:#}");
    assert_eq!(fs::read_to_string(bench.path("out/index.html")).unwrap(), "of another generator");
    // One that has the right bytes is as good as ours.
    bench.build(&[("index.html", "of another generator")]).unwrap();
    bench.build(&[("index.html", "home")]).unwrap();
    bench.holds(&[("index.html", "home")]);
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let bench = Bench::new();
    let (file, folder) = ([("a", "file"), ("b.html", "b")], [("a/b/index.html", "folder"), ("b.html/x.png", "x")]);
    for _ in 0..2 {
        bench.build(&file).unwrap();
        bench.holds(&file);
        bench.build(&folder).unwrap();
        bench.holds(&folder);
    }
}

#[test]
fn a_name_may_change_its_case() {
    let bench = Bench::new();
    bench.build(&[("Guide.html", "g")]).unwrap();
    let written = bench.build(&[("guide.html", "g")]).unwrap();
    assert_eq!((written.written, written.removed), (1, 1));
    bench.holds(&[("guide.html", "g")]);
}

#[test]
fn what_is_discarded_leaves_the_old_site() {
    let bench = Bench::new();
    bench.build(&[("index.html", "old"), ("a.html", "a")]).unwrap();
    let staged = bench.stage(&[("index.html", "new"), ("b.html", "b")]).unwrap();
    assert_eq!(staged.written(), &Written { outputs: 2, written: 2, removed: 1, bytes: 4 });
    staged.discard().unwrap();
    bench.holds(&[("index.html", "old"), ("a.html", "a")]);
}

#[test]
fn two_builds_into_two_folders_are_the_same() {
    let (one, other) = (Bench::new(), Bench::new());
    let site: Vec<(String, String)> = (0..300).map(|i| (format!("p{i}/index.html"), format!("page {i}"))).collect();
    let site: Vec<(&str, &str)> = site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    one.build(&site).unwrap();
    other.build(&site[..150]).unwrap();
    other.build(&site).unwrap();
    assert_eq!(one.tree(), other.tree());
}
