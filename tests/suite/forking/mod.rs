//! Copies of templates on the command line: taken, compared, brought up to date, taken back; and what hostile sites, files
//! and folders do to that, which is nothing.

mod hostile;
mod own;
mod release;
mod served;
mod sources;
mod walk;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use fieldbook::fork::Near;
use fieldbook::fork::template::{Template, extension};
use fieldbook::fork::upstream::site;
use fieldbook::model::kinds::template::Answer;
use serde_json::{Value, json};

/// A person's folder with a site beside it, and a folder where the site is published.
struct World {
    folder: tempfile::TempDir,
}

impl World {
    /// A small site with one template, `checklist`, in two versions.
    fn new() -> Self {
        let world = World { folder: tempfile::tempdir().expect("a folder") };
        let template = "content/templates/checklist";
        world.write("playbook/fieldbook.yaml", "title: Test\nbase_url: https://example.org/\nlicense: CC-BY-4.0\n");
        world.write(
            &format!("playbook/{template}/index.md"),
            "---\ntitle: Checklist\ntemplate:\n  version: 2\n  released: 2026-02-01\n  ask:\n    - {id: vendor, label: \
            Vendor, example: Acme}\n    - {id: day, type: date}\n    - {id: sum, type: number}\n    - {id: effort, \
            options: [light, full]}\n  notes:\n    1: First\n    2: One step reworded\n---\nAbout it.\n",
        );
        world.write(&format!("playbook/{template}/versions/1.md"), &text("Ask for an offer"));
        world.write(&format!("playbook/{template}/versions/2.md"), &text("Ask for an offer in writing"));
        world.write(&format!("playbook/{template}/template.md"), &text("Ask for an offer in writing"));
        fs::create_dir_all(world.path("mine")).expect("a folder");
        world
    }

    /// The bundled playbook.
    fn playbook() -> Self {
        let world = World { folder: tempfile::tempdir().expect("a folder") };
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (path, bytes) in crate::harness::files_below(&root.join("content")) {
            world.write(&format!("playbook/content/{path}"), &String::from_utf8_lossy(&bytes));
        }
        let config = fs::read_to_string(root.join("fieldbook.yaml")).expect("the settings");
        world.write("playbook/fieldbook.yaml", &config);
        fs::create_dir_all(world.path("mine")).expect("a folder");
        world
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    #[track_caller]
    fn read(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))).expect("UTF-8")
    }

    /// Runs the command in a folder.
    fn run_in(&self, folder: &str, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        command.current_dir(self.path(folder)).args(args).env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1795132800");
        command.env("XDG_STATE_HOME", self.path("state")).output().expect("the binary runs")
    }

    /// Runs the command in the person's folder and holds that it ends with a status; gives what it said.
    #[track_caller]
    fn run(&self, status: i32, args: &[&str]) -> String {
        let output = self.run_in("mine", args);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(status), "{args:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
        said
    }

    /// Publishes the templates of the site as `published/` has them.
    fn publish(&self) {
        let near = Near { current: self.path("playbook"), today: "2026-11-20".parse().expect("a day") };
        let site = site::read(None, &near).expect("a site");
        let mut entries = Vec::new();
        for page in &site.pages {
            let template = site.of_page(page).expect("a template");
            entries.push(self.publish_template(&template));
        }
        self.write("published/templates/index.json", &json!({ "templates": entries }).to_string());
    }

    fn publish_template(&self, template: &Template) -> Value {
        let (slug, newest) = (template.slug(), template.newest());
        let folder = format!("published/templates/{slug}");
        let extension = extension(template.format);
        let mut versions = Vec::new();
        for version in template.versions.iter().rev() {
            let text = template.text_of(version).expect("a text");
            self.write(&format!("{folder}/v/{}.{extension}", version.number), &text);
            let url = format!("{}v/{}", template.address, version.number);
            versions.push(json!({
                "number": version.number, "hash": version.hash.as_str(), "released": version.released,
                "note": version.note, "url": format!("{url}/"), "text_url": format!("{url}.{extension}"),
            }));
        }
        let ask = template.ask.iter().map(|question| {
            let (kind, options) = match &question.answer {
                Answer::Text => ("text", Vec::new()),
                Answer::Date => ("date", Vec::new()),
                Answer::Number => ("number", Vec::new()),
                Answer::Choice(options) => ("choice", options.clone()),
            };
            json!({"id": question.id, "label": question.label, "example": question.example, "type": kind, "options": options})
        });
        let list = json!({
            "title": template.title, "url": template.address, "license": template.license, "file": template.file,
            "ask": ask.collect::<Vec<_>>(), "newest": newest.number, "versions": versions,
        });
        self.write(&format!("{folder}/versions.json"), &list.to_string());
        json!({
            "slug": slug, "title": template.title, "description": "", "url": template.address,
            "version": newest.number, "hash": newest.hash.as_str(), "released": newest.released,
            "license": template.license, "file": template.file, "formats": [extension],
            "versions_url": format!("{}versions.json", template.address),
        })
    }

    /// Serves what is published.
    fn serve(&self) -> served::Served {
        let root = Arc::new(self.path("published"));
        served::Served::start(move |path| match fs::read(root.join(path.trim_start_matches('/'))) {
            Ok(bytes) => served::Answer::Bytes(bytes),
            Err(_) => served::Answer::Nothing,
        })
    }
}

/// The template with one step worded so.
fn text(step: &str) -> String {
    format!(
        "# With {{{{vendor}}}}\n\n> [!GUIDE]\n> Take your time.\n\n- [ ] Look up the contract\n- [ ] {step}\n- [ ] Sign\n"
    )
}

/// What a command said: its result, then the rest.
fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}
