use super::layout::{Layout, Place};
use crate::base::path::SourcePath;
use crate::model::page::Role;

/// What each file of a folder is: `page section-or-folder`.
fn check(files: &[(&str, &str)]) {
    let paths: Vec<SourcePath> = files.iter().map(|(path, _)| SourcePath::new(&format!("content/{path}"))).collect();
    let layout = Layout::new("content", &paths.iter().collect::<Vec<_>>());
    for ((path, expected), place) in files.iter().zip(&layout.places) {
        let found = match place {
            Place::Page(spot) => {
                let role = match spot.role {
                    Role::Leaf => "leaf",
                    Role::Bundle => "bundle",
                    Role::Section => "section",
                };
                format!("{role} {}", spot.section)
            }
            Place::Document(folder) => format!("document {folder}"),
            Place::Version(_) => "version".into(),
            Place::Elsewhere => "elsewhere".into(),
        };
        assert_eq!(found.trim_end(), *expected, "{path}");
    }
}

#[test]
fn own_pages_of_folders() {
    check(&[
        ("README.md", "section"),
        ("a/_index.md", "section a"),
        ("a/index.md", "leaf a"),
        ("a/readme.md", "leaf a"),
        ("b/ReadMe.md", "section b"),
        ("b/x.md", "leaf b"),
        ("c/index.md", "section c"),
        ("c/d/x.md", "leaf c/d"),
    ]);
}

#[test]
fn bundles() {
    check(&[
        ("index.md", "section"),
        ("a/b/index.md", "bundle a"),
        ("a/c/README.md", "bundle a"),
        ("a/d/_index.md", "section a/d"),
    ]);
}

#[test]
fn a_page_beside_its_folder() {
    check(&[
        ("a.md", "section a"),
        ("a/x.md", "leaf a"),
        ("b.md", "leaf"),
        ("b/_index.md", "section b"),
        ("c.md", "leaf"),
        ("c/index.md", "bundle"),
    ]);
    check(&[
        ("CONTRIBUTING.md", "section contributing"),
        ("contributing/x.md", "leaf contributing"),
        ("Code of conduct.md", "section code-of-conduct"),
        ("code-of-conduct/x.md", "leaf code-of-conduct"),
        ("d/E.md", "section d/E"),
        ("d/E/x.md", "leaf d/E"),
        ("d/e/x.md", "leaf d/e"),
        ("e.md", "leaf"),
    ]);
}

#[test]
fn templates() {
    check(&[
        ("templates/_index.md", "section templates"),
        ("templates/a/index.md", "bundle templates"),
        ("templates/a/template.md", "document templates/a"),
        ("templates/a/template.csv", "document templates/a"),
        ("templates/a/versions/1.md", "version"),
        ("templates/a/versions/old/1.md", "version"),
        ("templates/a/notes.md", "leaf templates"),
        ("forms/b/index.md", "bundle forms"),
        ("forms/b/template.md", "document forms/b"),
        ("adr/index.md", "section adr"),
        ("adr/template.md", "leaf adr"),
        ("adr/0001.md", "leaf adr"),
        ("adr/versions/x.md", "leaf adr/versions"),
    ]);
}
