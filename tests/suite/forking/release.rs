//! The publisher's side.

use super::{World, said, text};

const PAGE: &str = "playbook/content/templates/checklist/index.md";
const DOCUMENT: &str = "playbook/content/templates/checklist/template.md";
const SNAPSHOT: &str = "playbook/content/templates/checklist/versions/3.md";

fn release(world: &World, status: i32, args: &[&str]) -> String {
    let output = world.run_in("playbook", &[&["release"], args].concat());
    assert_eq!(output.status.code(), Some(status), "{}", said(&output));
    said(&output)
}

#[test]
fn a_release_touches_three_keys() {
    let world = World::new();
    let before = world.read(PAGE);
    world.write(DOCUMENT, &text("Ask for two offers"));
    release(&world, 0, &["checklist", "-m", "Two  offers: \"why not\"", "--today", "2026-03-01"]);
    let after = before
        .replace("version: 2\n", "version: 3\n")
        .replace("released: 2026-02-01", "released: 2026-03-01")
        .replace("2: One step reworded\n", "2: One step reworded\n    3: \"Two offers: \\\"why not\\\"\"\n");
    assert_eq!(world.read(PAGE), after);
    assert_eq!(world.read(SNAPSHOT), text("Ask for two offers"));
    assert!(release(&world, 2, &["checklist", "-m", "Again"]).contains("has not changed since version 3"));
    assert_eq!(world.read(PAGE), after);
}

#[test]
fn a_release_that_is_not_safe_writes_nothing() {
    let world = World::new();
    world.write(DOCUMENT, &text("Ask for two offers"));
    let good = world.read(PAGE);
    for (page, why) in [
        ("+++\ntitle = \"C\"\n+++\n".to_string(), "its front matter is TOML"),
        ("---\ntitle: C\ntemplate: {version: 2}\n---\n".to_string(), "`template` is not written one key a line"),
        (
            good.replace("version: 2\n", "version: 7\n"),
            "says version 7, but of its snapshots in versions/ the newest is 2",
        ),
    ] {
        world.write(PAGE, &page);
        let said = release(&world, 2, &["checklist", "-m", "Note"]);
        assert!(said.contains(why), "{said}");
        assert_eq!(world.read(PAGE), page);
        assert!(!world.path(SNAPSHOT).exists());
    }
    world.write(PAGE, &good);
    assert!(release(&world, 2, &["checklst", "-m", "Note"]).contains("did you mean \"checklist\"?"));
    assert!(release(&world, 2, &["checklist", "-m", " "]).contains("the note is empty"));
}

#[test]
fn the_first_release_makes_what_is_missing() {
    let world = World::new();
    world.write("playbook/content/templates/new/index.md", "# New\n");
    world.write("playbook/content/templates/new/template.md", "# A\n");
    release(&world, 0, &["content/templates/new/", "-m", "First", "--today", "2026-03-01"]);
    let page = world.read("playbook/content/templates/new/index.md");
    assert_eq!(
        page,
        "---\ntemplate:\n  version: 1\n  released: 2026-03-01\n  notes:\n    1: \"First\"\n---\n\n# New\n"
    );
    assert_eq!(world.read("playbook/content/templates/new/versions/1.md"), "# A\n");
}
