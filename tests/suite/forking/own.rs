//! The person's side: questions, forms of a copy, sheets, status, taking back, adopting.

use std::fs;

use super::{World, text};

const FORK: [&str; 4] = ["fork", "checklist", "--from", "../playbook"];

fn fork(world: &World, more: &[&str]) -> String {
    world.run(0, &[&FORK[..], more].concat())
}

#[test]
fn answers_are_checked() {
    let world = World::new();
    let fails = |set: &str| world.run(2, &[&FORK[..], &["--set", set]].concat());
    assert!(fails("vendr=Acme").contains("did you mean \"vendor\"?"));
    assert!(fails("colour=red").contains("it asks for vendor, day, sum, effort"));
    assert!(fails("vendor").contains("write it as `--set vendor=Acme`"));
    assert!(fails("day=03/31/2027").contains("did you mean 2027-03-31?"));
    assert!(fails("sum=much").contains("\"much\" is no number"));
    assert!(fails("effort=ful").contains("did you mean \"full\"?"));
    assert!(!world.path("mine/checklist.md").exists());
    fork(&world, &["--set", "vendor=Acme", "--set", "effort=FULL"]);
    assert!(world.read("mine/checklist.md").contains("# With Acme\n"));
}

#[test]
fn what_is_not_answered_stays_open() {
    let world = World::new();
    let said = fork(&world, &["--set", "vendor="]);
    assert!(said.contains("1 field left open: {{vendor}}"), "{said}");
    let copy = world.read("mine/checklist.md");
    assert!(
        copy.starts_with("---\ntitle: Checklist\nforked_from: https://example.org/templates/checklist/\n"),
        "{copy}"
    );
    assert!(copy.ends_with(&text("Ask for an offer in writing")), "{copy}");
}

#[test]
fn forms_of_a_copy() {
    let world = World::new();
    fork(&world, &["a.md", "--no-guide", "--no-front-matter", "--set", "vendor=Acme"]);
    let copy = world.read("mine/a.md");
    let line = "Forked from [Checklist, version 2](https://example.org/templates/checklist/v/2/#";
    assert!(copy.starts_with("# With Acme\n\n- [ ] Look up the contract\n"), "{copy}");
    assert!(copy.trim_end().ends_with(") (CC BY 4.0)") && copy.contains(line), "{copy}");
    assert!(world.run(0, &["status", "--from", "../playbook"]).contains("a.md: current (version 2)\n"));
    assert!(world.run(2, &[&FORK[..], &["--as", "csv"]].concat()).contains("take it with `--as md`"));
    assert!(world.run(2, &[&FORK[..], &["b.csv"]].concat()).contains("give the copy another name"));
}

#[test]
fn nothing_is_overwritten_unless_it_is_said() {
    let world = World::new();
    world.write("mine/checklist.md", "mine\n");
    assert!(world.run(2, &FORK).contains("checklist.md is there already"));
    assert_eq!(world.read("mine/checklist.md"), "mine\n");
    fork(&world, &["--force"]);
    assert!(world.read("mine/checklist.md").contains("forked_from"));
    assert!(world.run(2, &[&FORK[..], &["nowhere/a.md"]].concat()).contains("there is no folder nowhere"));
    assert_eq!(crate::harness::files_below(&world.path("mine")).len(), 1);
}

#[test]
fn a_sheet_says_beside_it_where_it_comes_from() {
    let world = World::playbook();
    let from = ["--from", "../playbook"];
    world.run(0, &["fork", "hiring-ratio", "r.csv", "--from", "../playbook"]);
    assert!(world.read("mine/r.csv.md").starts_with("Forked from [Hiring Ratio, version 1](https://"));
    let sheet = world.read("mine/r.csv").replace("{{organisation}}", "Platform");
    world.write("mine/r.csv", &sheet);
    let template = "playbook/content/templates/hiring-ratio/template.csv";
    world.write(template, &(world.read(template).trim_end().to_string() + "\nlast,,,\n"));
    assert!(world.run_in("playbook", &["release", "hiring-ratio", "-m", "A row"]).status.success());
    assert!(world.run(1, &[&["status"][..], &from].concat()).starts_with("r.csv: behind by 1 version\n"));
    world.run(0, &[&["update", "r.csv"][..], &from].concat());
    let updated = world.read("mine/r.csv");
    assert!(updated.contains("Platform") && updated.contains("\nlast,,,") && !updated.contains("Forked from"));
    assert!(world.read("mine/r.csv.md").contains("version 2]("));
    world.run(0, &["update", "--undo", "r.csv"]);
    assert_eq!(world.read("mine/r.csv"), sheet);
    assert!(world.read("mine/r.csv.md").contains("version 1]("));
}

#[test]
fn bytes_of_the_file_stay_as_they_are() {
    let world = World::new();
    fork(&world, &["--set", "vendor=Acme"]);
    let old = world.read("mine/checklist.md");
    let windows = old.replace("- [ ] Sign\n", "- [x] Sign").replace('\n', "\r\n");
    world.write("mine/checklist.md", &windows);
    world.run(0, &["update", "checklist.md", "--to", "1", "--from", "../playbook"]);
    let expected = windows.replace(" in writing", "").replace("version: 2", "version: 1");
    let hash = |text: &str| text.lines().find(|line| line.starts_with("template_hash")).expect("a hash").to_string();
    let now = world.read("mine/checklist.md");
    assert_eq!(now, expected.replace(&hash(&expected), &hash(&now)));
    assert_ne!(hash(&now), hash(&expected));
    world.run(0, &["update", "--undo", "checklist.md"]);
    assert_eq!(world.read("mine/checklist.md"), windows);
    world.run(0, &["update", "--undo", "checklist.md"]);
    assert_eq!(world.read("mine/checklist.md"), now);
}

#[test]
fn a_dry_run_writes_nothing() {
    let world = World::new();
    fork(&world, &[]);
    let before = world.read("mine/checklist.md");
    let said = world.run(0, &["update", "checklist.md", "--to", "1", "--dry-run", "--from", "../playbook"]);
    assert!(said.contains("version 2 -> 1: 1 reworded") && said.contains("nothing is written"), "{said}");
    assert_eq!(world.read("mine/checklist.md"), before);
    assert!(!world.path("state").exists());
    assert!(world.run(2, &["update", "--undo", "checklist.md"]).contains("nothing is kept of checklist.md"));
    assert!(world.run(2, &["update", "checklist.md", "--to", "9", "--from", "../playbook"]).contains("there are 1, 2"));
    assert!(world.run(0, &["update", "checklist.md", "--from", "../playbook"]).contains("is at version 2 already"));
}

#[test]
fn status_as_json() {
    let world = World::new();
    fs::create_dir_all(world.path("mine/deep/.hidden")).expect("folders");
    fork(&world, &["deep/a.md"]);
    fork(&world, &["deep/.hidden/b.md"]);
    world.write("mine/other.md", "# No copy\n");
    world.run(0, &["update", "deep/a.md", "--to", "1", "--from", "../playbook"]);
    let said = world.run(1, &["status", "--format", "json", "--from", "../playbook"]);
    let value: serde_json::Value = serde_json::from_str(&said).expect("one object");
    assert_eq!((&value["file"], &value["state"]), (&"deep/a.md".into(), &"behind".into()));
    assert_eq!((&value["behind"], &value["edited"]), (&1.into(), &false.into()));
    assert_eq!(value["newer"][0]["note"], "One step reworded");
    assert!(world.run(2, &["status", "other.md"]).contains("`fieldbook adopt other.md <template>` finds out"));
}

#[test]
fn a_copy_that_was_made_by_hand_is_adopted() {
    let world = World::new();
    let by_hand = text("Ask for an offer").replace("{{vendor}}", "Acme").replace("- [ ] Sign", "- [x] Sign today");
    world.write("mine/a.md", &by_hand);
    let said = world.run(0, &["adopt", "a.md", "checklist", "--from", "../playbook"]);
    assert!(said.starts_with("a.md comes from version 1 of \"Checklist\": "), "{said}");
    assert!(world.read("mine/a.md").ends_with(&by_hand));
    assert!(
        world.run(1, &["status", "a.md", "--from", "../playbook"]).starts_with("a.md: behind by 1 version, edited\n")
    );
    world.run(0, &["update", "a.md", "--from", "../playbook"]);
    let updated = by_hand.replace("an offer", "an offer in writing");
    assert!(world.read("mine/a.md").ends_with(&updated), "{}", world.read("mine/a.md"));
    world.write("mine/b.md", "# Shopping\n\n- milk\n- bread\n");
    assert!(world.run(2, &["adopt", "b.md", "checklist", "--from", "../playbook"]).contains("resembles no version"));
    assert_eq!(world.read("mine/b.md"), "# Shopping\n\n- milk\n- bread\n");
}

#[test]
fn diff_shows_either_side() {
    let world = World::new();
    fork(&world, &["--set", "vendor=Acme"]);
    world.run(0, &["update", "checklist.md", "--to", "1", "--from", "../playbook"]);
    let copy = world.read("mine/checklist.md").replace("- [ ] Sign", "- [x] Sign\n- [ ] Celebrate");
    world.write("mine/checklist.md", &copy);
    let mine = world.run(0, &["diff", "checklist.md", "--from", "../playbook"]);
    assert_eq!(mine, "ticked: 1 of 4\nvendor: Acme\n\n+ - [ ] Celebrate\n");
    let theirs = world.run(0, &["diff", "--theirs", "checklist.md", "--from", "../playbook"]);
    assert_eq!(theirs, "~ - [ ] Ask for an offer {+in writing+}\n");
}
