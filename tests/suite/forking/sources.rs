//! Where templates are looked for.

use super::World;

#[test]
fn every_source_gives_the_same_copy() {
    let world = World::new();
    world.publish();
    let served = world.serve();
    let (site, section) = (served.at("/"), served.at("/templates/"));
    let (page, version) = (served.at("/templates/checklist/"), served.at("/templates/checklist/v/1/#0123456789ab"));
    for (name, args) in [
        ("site", &["checklist", "--from", &site][..]),
        ("section", &["checklist", "--from", &section]),
        ("only", &[site.as_str()]),
        ("page", &[page.as_str()]),
        ("bare", &[page.trim_end_matches('/')]),
        ("folder", &["../playbook/"]),
        ("template", &["../playbook/content/templates/checklist"]),
        ("built", &["checklist", "--from", "../published"]),
        ("built-page", &["../published/templates/checklist/"]),
    ] {
        let file = format!("{name}.md");
        world.run(0, &[&["fork"], args, &[&file]].concat());
        let copy = world.read(&format!("mine/{file}")).replace(&site, "https://example.org/");
        assert!(
            copy.contains("forked_from: https://example.org/templates/checklist/\ntemplate_version: 2\n"),
            "{name}: {copy}"
        );
        assert!(copy.contains("offer in writing"), "{name}: {copy}");
    }
    world.run(0, &["fork", &version, "old.md"]);
    assert!(world.read("mine/old.md").contains("template_version: 1\n"));
    world.run(0, &["fork", "../published/templates/checklist/v/1/", "older.md"]);
    assert!(world.run(1, &["status", "old.md"]).contains("  version 2 (2026-02-01): One step reworded\n"));
}

#[test]
fn a_site_below_a_path_is_found() {
    let world = World::new();
    world.write("playbook/fieldbook.yaml", "title: Test\nbase_url: https://example.org/handbook/\n");
    world.publish();
    let root = world.path("published");
    let below = super::served::Served::start(move |path| {
        let path = path.strip_prefix("/handbook/").unwrap_or("nothing");
        std::fs::read(root.join(path)).map_or(super::served::Answer::Nothing, super::served::Answer::Bytes)
    });
    world.run(0, &["fork", "checklist", "a.md", "--from", &below.at("/handbook/")]);
    assert!(below.asked().contains(&"/handbook/templates/checklist/v/2.md".to_string()), "{:?}", below.asked());
    world.run(0, &["fork", "checklist", "b.md", "--from", "../published"]);
}

#[test]
fn copies_of_this_site_are_compared_with_its_sources() {
    let world = World::new();
    let output = world.run_in("playbook", &["fork", "checklist", "../mine/a.md"]);
    assert!(output.status.success(), "{}", super::said(&output));
    let output = world.run_in("playbook", &["status", "../mine"]);
    assert_eq!(output.status.code(), Some(0), "{}", super::said(&output));
    assert!(world.run(2, &["fork", "checklist"]).contains("there is no site here; name one: --from"));
}

#[test]
fn a_site_without_an_address_is_named_each_time() {
    let world = World::new();
    world.write("playbook/fieldbook.yaml", "title: Test\n");
    world.run(0, &["fork", "checklist", "--from", "../playbook"]);
    assert!(world.read("mine/checklist.md").contains("forked_from: \"/templates/checklist/\"\n"));
    assert!(world.run(2, &["status"]).contains("say where the template is: --from <site>"));
    assert!(world.run(0, &["status", "--from", "../playbook"]).starts_with("checklist.md: current"));
}

#[test]
fn drafts_are_no_templates_yet() {
    let world = World::new();
    world.write("playbook/content/templates/draft/index.md", "---\ntitle: Draft\ndraft: true\n---\n");
    world.write("playbook/content/templates/draft/template.md", "# Draft\n");
    assert_eq!(world.run(0, &["fork", "--list", "../playbook"]), "checklist  Checklist (version 2, 2026-02-01)\n");
    assert!(world.run(2, &["fork", "draft", "--from", "../playbook"]).contains("there is no template \"draft\""));
}
