//! The walk of the manual: its commands are run, its edits made, its answers compared.

use std::fs;

use super::{World, said};

const ADDRESS: &str = "https://playbook.example.org";

#[test]
fn the_walk_of_the_manual_is_true() {
    let world = World::playbook();
    world.publish();
    let served = world.serve();
    let walk = Walk { world, address: served.at("") };
    let page = fs::read_to_string("docs/forking.md").expect("the page");
    let mut said = String::new();
    let (mut commands, mut before) = (0, String::new());
    for (language, title, content) in blocks(&page) {
        match language {
            "sh" => {
                for line in content.lines() {
                    if line.starts_with("fieldbook update acme.md ") || line == "fieldbook update acme.md" {
                        before = walk.world.read("mine/acme.md");
                    }
                    said = walk.command(line, title);
                    commands += 1;
                    walk.hold(line, &before);
                }
            }
            "text" => assert_eq!(said, content),
            "markdown" => {
                let text = walk.read(title);
                assert!(text.contains(content), "{title} has not\n{content}\nbut\n{text}");
            }
            "diff" => walk.edit(title, content),
            other => panic!("a block of {other}"),
        }
    }
    assert_eq!(commands, 11);
}

struct Walk {
    world: World,
    address: String,
}

impl Walk {
    /// Runs a line, with the address of the server for that of the playbook, and gives what was said with it put back.
    fn command(&self, line: &str, place: &str) -> String {
        let (command, comment) = line.split_once('#').unwrap_or((line, ""));
        let expected =
            comment.trim().strip_prefix("exit status ").map_or(0, |status| status.parse().expect("a number"));
        let args = words(&command.replace(ADDRESS, &self.address));
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        assert_eq!(args[0], "fieldbook");
        let output = self.world.run_in(if place == "site" { "playbook" } else { "mine" }, &args[1..]);
        let said = said(&output).replace(&self.address, ADDRESS);
        assert_eq!(output.status.code(), Some(expected), "{line}: {said}");
        if place == "site" {
            self.world.publish();
        }
        said
    }

    /// What the walk promises beside what it shows.
    fn hold(&self, line: &str, before: &str) {
        if !line.starts_with("fieldbook update ") {
            return;
        }
        let now = self.world.read("mine/acme.md");
        match line {
            "fieldbook update acme.md" => assert_eq!(now, self.updated(before)),
            "fieldbook update --undo acme.md" => assert_eq!(now, before),
            "fieldbook update acme.md        # exit status 1" => {
                let at =
                    (now.find("<<<<<<< mine\n").expect("a mark"), now.find(">>>>>>> version 5\n").expect("a mark"));
                let mine =
                    "- [x] Ask four companies of our size what they pay for log storage, per unit and after discount\n";
                let theirs = mine.replace("four", "three");
                let settled = format!("{}{theirs}{}", &now[..at.0], &now[at.1 + ">>>>>>> version 5\n".len()..]);
                assert_eq!(settled, self.updated(&before.replace("four companies", "two companies")));
            }
            _ => {}
        }
    }

    /// The copy as it must be after the update: as it was, with what the new version changed.
    fn updated(&self, before: &str) -> String {
        let sponsor = "- [x] Agree with the sponsor, before the first call, on the price at which we sign at once and the \
            price at which we leave\n";
        let others = "- [x] Name two other ways";
        let note = "- [ ] Keep a note of each call: who said what, and what was promised\n";
        let hash = |version: u32| {
            let list = self.world.read("published/templates/contract-negotiation-checklist/versions.json");
            let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
            let mut versions = list["versions"].as_array().expect("a list").iter();
            let found = versions.find(|entry| entry["number"] == version).expect("a version");
            found["hash"].as_str().expect("a text").to_string()
        };
        let replace = |text: String, old: &str, new: &str| {
            assert_eq!(text.matches(old).count(), 1, "{old}");
            text.replace(old, new)
        };
        let mut text = before.to_string();
        for (old, new) in [
            (hash(4).as_str(), hash(5).as_str()),
            ("template_version: 4", "template_version: 5"),
            ("a reminder a month earlier", "a reminder two months earlier"),
            ("- [x] Ask two companies", "- [x] Ask three companies"),
            (sponsor, ""),
            (others, &format!("{sponsor}{others}")),
            (note, &format!("{note}- [ ] Answer every offer by a day that you name in advance\n")),
        ] {
            text = replace(text, old, new);
        }
        assert_eq!(text.matches("- [x]").count(), 7);
        assert!(!text.contains("investors") && text.contains("we would rather stay") && text.contains("| Kim |"));
        text
    }

    fn place(title: &str) -> String {
        format!("{}/{title}", if title.starts_with("content/") { "playbook" } else { "mine" })
    }

    fn read(&self, title: &str) -> String {
        self.world.read(&Self::place(title)).replace(&self.address, ADDRESS)
    }

    /// Makes the edits of a block: each run of `-` lines becomes the run of `+` lines behind it.
    fn edit(&self, title: &str, content: &str) {
        let mut text = self.world.read(&Self::place(title));
        let mut lines = content.lines().peekable();
        while lines.peek().is_some() {
            let mut run = |mark: char| {
                let mut run = Vec::new();
                while let Some(line) = lines.next_if(|line| line.starts_with(mark)) {
                    run.push(&line[1..]);
                }
                run.join("\n")
            };
            let (old, new) = (run('-'), run('+'));
            assert!(!old.is_empty() && text.matches(&old).count() == 1, "{title} has not once:\n{old}");
            text = text.replace(&old, &new);
        }
        self.world.write(&Self::place(title), &text);
    }
}

/// The fences of the page: language, title (or what else stands there), content.
fn blocks(page: &str) -> Vec<(&str, &str, &str)> {
    let mut blocks = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("\n```") {
        let (head, after) = after.split_once('\n').expect("a line");
        let (content, after) = after.split_once("```\n").expect("an end");
        let (language, title) = head.split_once(' ').unwrap_or((head, ""));
        blocks.push((language, title.trim_start_matches("title=").trim_matches('"'), content));
        rest = after;
    }
    blocks
}

/// The words of a command line; quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut is_quoted) = (String::new(), false);
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            c => word.push(c),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}
