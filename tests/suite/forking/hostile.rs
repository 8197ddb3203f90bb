//! What hostile or broken sites, files and folders do: a clear message, nothing lost, nothing outside the path.

use std::fs;

use super::World;
use super::served::{Answer, Served};
use crate::harness::files_below;

const VERSIONS: &str = "published/templates/checklist/versions.json";

/// A world whose site is published, and a copy of its template.
fn forked() -> World {
    let world = World::new();
    world.publish();
    world.run(0, &["fork", "../published/templates/checklist/", "a.md", "--set", "vendor=Acme"]);
    world
}

fn change(world: &World, path: &str, from: &str, to: &str) {
    let text = world.read(path);
    assert!(text.contains(from), "{path} has no {from}");
    world.write(path, &text.replace(from, to));
}

/// Holds that a fork is refused with these words, and that nothing is written.
#[track_caller]
fn refused(world: &World, source: &str, words: &str) {
    let before = files_below(world.folder.path());
    let said = world.run(2, &["fork", source, "b.md"]);
    assert!(said.contains(words), "{said}");
    assert_eq!(files_below(world.folder.path()), before);
}

#[test]
fn a_template_of_five_megabytes() {
    let world = World::new();
    let long = "# A\n\n".to_string() + &"- [ ] One step of very many, and each has its number\n".repeat(100_000);
    world.write("playbook/content/templates/checklist/versions/3.md", &long);
    world.run(0, &["fork", "checklist", "a.md", "--from", "../playbook"]);
    assert!(world.read("mine/a.md").ends_with(&long));
    world.write("playbook/content/templates/checklist/versions/3.md", &long.repeat(3));
    let said = world.run(2, &["fork", "checklist", "b.md", "--from", "../playbook"]);
    assert!(said.contains("3.md has more than 10 MB"), "{said}");
}

#[test]
fn a_catalogue_that_lies() {
    let world = World::new();
    world.publish();
    let catalogue = "published/templates/index.json";
    let good = (world.read(catalogue), world.read(VERSIONS));
    let lies = [
        (catalogue, "\"version\":2", "\"version\":3", "the list of templates says that the newest version"),
        (catalogue, "\"slug\":\"checklist\"", "\"slug\":\"..\"", "not its own"),
        (catalogue, "templates/checklist/\"", "templates/../checklist/\"", "there is no list of its versions"),
        (VERSIONS, "\"newest\":2", "\"newest\":1", "that is not the highest it has"),
        (VERSIONS, "\"number\":1", "\"number\":2", "is said to be at"),
        (VERSIONS, "\"number\":1", "\"number\":-1", "is no list of versions"),
        (VERSIONS, "https://example.org/templates/checklist/v/2.md", "file:///etc/v/2.md", "not below the template"),
        (VERSIONS, "https://example.org/templates/checklist/v/2.md", "/../../v/2.md", "not below the template"),
        (VERSIONS, "\"file\":null", "\"file\":\"../x.md\"", ""),
    ];
    for (path, from, to, words) in lies {
        change(&world, path, from, to);
        if words.is_empty() {
            let said = world.run(2, &["fork", "../published/templates/checklist/"]);
            assert!(said.contains("which is no plain name; give a path"), "{said}");
        } else {
            refused(&world, "../published/", words);
        }
        world.write(catalogue, &good.0);
        world.write(VERSIONS, &good.1);
    }
}

#[test]
fn a_text_that_is_not_what_the_list_says() {
    let world = forked();
    let text = "published/templates/checklist/v/2.md";
    world.write(text, "# Pay here\n");
    refused(&world, "../published/templates/checklist/", "is not what the list of versions says it is");
    fs::remove_file(world.path(text)).expect("removed");
    refused(&world, "../published/templates/checklist/", "the text of version 2 of \"Checklist\" is not there");
    let said = world.run(2, &["status", "--from", "../published"]);
    assert!(said.starts_with("a.md: base missing"), "{said}");
    let said = world.run(2, &["update", "a.md", "--to", "1", "--from", "../published"]);
    assert!(said.contains("nobody can tell what you changed; `fieldbook adopt a.md"), "{said}");
}

#[test]
fn sites_without_end() {
    let world = World::new();
    let circle = Served::start(|path| Answer::Redirect(format!("{path}x")));
    refused(&world, &circle.at("/"), "it redirects without end");
    assert!(circle.asked().len() <= 6, "{:?}", circle.asked());
    let file = Served::start(|_| Answer::Redirect("file:///etc/passwd".into()));
    refused(&world, &file.at("/"), "which is not on the web");
    let endless = Served::start(|_| Answer::Endless);
    refused(&world, &endless.at("/"), "its answer is too long");
    let empty = Served::start(|_| Answer::Nothing);
    refused(&world, &empty.at("/"), "there is no list of templates at");
    let text = Served::start(|_| Answer::Bytes(b"<html>".to_vec()));
    refused(&world, &text.at("/"), "is no list of versions");
}

#[test]
fn other_schemes() {
    let world = World::new();
    world.publish();
    for source in ["file:../published", "file:///etc/passwd", "ftp://example.org/", "data:,x", "FILE:../../x"] {
        refused(&world, source, "is no http or https address");
    }
    world.write("mine/a.md", "---\nforked_from: file:../../published/\ntemplate_version: 2\n---\n# A\n");
    assert!(world.run(2, &["status"]).contains("which is no http or https address"));
    assert!(world.run(2, &["update", "a.md"]).contains("which is no http or https address"));
}

#[test]
fn a_provenance_that_was_edited() {
    let world = forked();
    change(&world, "mine/a.md", "template_version: 2", "template_version: 1");
    let before = world.read("mine/a.md");
    let from = ["--from", "../published"];
    let said = world.run(2, &[&["update", "a.md"][..], &from].concat());
    assert!(said.contains("what it says was changed; `fieldbook adopt a.md https://example.org/"), "{said}");
    assert!(world.run(2, &[&["status"][..], &from].concat()).contains("its hash is not that of version 1"));
    assert_eq!(world.read("mine/a.md"), before);
    world.run(0, &[&["adopt", "a.md", "checklist"][..], &from].concat());
    assert!(world.run(0, &[&["status"][..], &from].concat()).starts_with("a.md: current (version 2)"));
    change(&world, "mine/a.md", "template_version: 2", "template_version: 9");
    assert!(world.run(2, &[&["update", "a.md"][..], &from].concat()).contains("version 9 of \"Checklist\" is missing"));
}

#[test]
fn conflicts_that_are_not_resolved() {
    let world = forked();
    let marked = world.read("mine/a.md") + "\n<<<<<<< mine\na\n=======\nb\n>>>>>>> version 2\n";
    world.write("mine/a.md", &marked);
    let said = world.run(2, &["update", "a.md", "--to", "1", "--from", "../published"]);
    assert!(said.contains("a mark of an earlier conflict is still there"), "{said}");
    assert_eq!(world.read("mine/a.md"), marked);
}

/// What stands in the way of the file that is renamed in its place does what a folder does that cannot be written: even
/// for a user who may write anything.
#[test]
fn a_folder_that_cannot_be_written() {
    let world = forked();
    let update = ["update", "a.md", "--to", "1", "--from", "../published"];
    world.run(0, &update);
    world.run(0, &["update", "a.md", "--from", "../published"]);
    let before = (world.read("mine/a.md"), files_below(&world.path("state")));
    fs::create_dir_all(world.path("mine/.a.md.fieldbook-new/x")).expect("a folder");
    assert!(world.run(2, &update).contains(".a.md.fieldbook-new"));
    assert_eq!((world.read("mine/a.md"), files_below(&world.path("state"))), before);
    fs::remove_dir_all(world.path("mine/.a.md.fieldbook-new")).expect("removed");
    fs::remove_dir_all(world.path("state")).expect("removed");
    world.write("state", "a file in the way\n");
    assert!(world.run(2, &update).contains("state/fieldbook"));
    assert_eq!(world.read("mine/a.md"), before.0);
}

#[cfg(unix)]
#[test]
fn links_are_not_written_through() {
    let world = forked();
    world.write("outside.md", &world.read("mine/a.md"));
    std::os::unix::fs::symlink(world.path("outside.md"), world.path("mine/link.md")).expect("a link");
    let before = world.read("outside.md");
    for args in [
        &["update", "link.md", "--to", "1", "--from", "../published"][..],
        &["adopt", "link.md", "checklist", "--from", "../published"],
        &["fork", "../published/templates/checklist/", "link.md", "--force"],
        &["update", "--undo", "link.md"],
    ] {
        world.run(2, args);
    }
    assert_eq!(world.read("outside.md"), before);
    fs::remove_file(world.path("published/templates/checklist/v/2.md")).expect("removed");
    std::os::unix::fs::symlink(world.path("outside.md"), world.path("published/templates/checklist/v/2.md"))
        .expect("a link");
    refused(&world, "../published/templates/checklist/", "leads out of");
}

/// What a terminal would obey does not reach it, wherever it was put.
#[test]
fn words_that_a_terminal_would_obey() {
    let world = World::new();
    let escape = "\u{1b}]0;x\u{7}";
    world.publish();
    for (path, word) in [(VERSIONS, "reworded"), ("published/templates/index.json", "Checklist")] {
        change(&world, path, word, &format!("{word}\\u001b]0;x\\u0007"));
    }
    world.run(0, &["fork", "../published/templates/checklist/v/1/", "a.md"]);
    let origin = "forked_from: https://example.org/templates/checklist/";
    change(&world, "mine/a.md", origin, &format!("{origin}{escape}"));
    let from = ["--from", "../published/templates/checklist/"];
    for (status, args) in [
        (0, &["fork", "--list", "../published"][..]),
        (1, &[&["status"][..], &from].concat()),
        (2, &["status"]),
        (0, &[&["diff", "--theirs", "a.md"][..], &from].concat()),
        (0, &[&["update", "a.md"][..], &from].concat()),
        (2, &["update", "a.md"]),
    ] {
        let said = world.run(status, args);
        assert!(!said.contains(['\u{1b}', '\u{7}']), "{args:?}: {said:?}");
    }
}

#[test]
fn files_that_are_no_copies() {
    let world = World::new();
    fs::write(world.path("mine/a.docx"), [0xff, 0xfe, 0]).expect("written");
    assert!(world.run(2, &["update", "a.docx"]).contains("is no Markdown and no sheet: not UTF-8"));
    assert!(world.run(2, &["update", "nowhere.md"]).contains("there is no file nowhere.md"));
    assert!(world.run(2, &["diff", "."]).contains("is no file"));
    assert!(world.run(0, &["status"]).contains("there is no copy of a template here"));
}
