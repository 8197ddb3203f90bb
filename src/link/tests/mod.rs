//! Tests of the stage: a small site made by hand, and what its links come to.

mod faults;
mod feeds;
mod links;
mod names;
mod order;
mod properties;
mod relations;
mod selection;

use std::path::PathBuf;
use std::sync::Arc;

use globset::GlobSet;

use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::base::fs::write::Stamp;
use crate::base::path::{SourcePath, UrlPath};
use crate::base::slug::to_words;
use crate::config::external::External;
use crate::config::project::{Project, Selection};
use crate::config::{Appearance, Config, FeedContent, Feeds, Markdown, OutputSettings, RawHtml, TaxonomySettings};
use crate::diag::Reported;
use crate::diag::levels::Levels;
use crate::model::asset::File;
use crate::model::body::{Body, Heading};
use crate::model::kinds::Kind;
use crate::model::link::{Link, LinkForm, Target};
use crate::model::meta::Meta;
use crate::model::page::{KindOrigin, Page, PageId, Role};
use crate::model::site::Site;

/// Makes the site of some pages.
pub fn link(project: &Project, pages: Vec<Page>, files: &[File]) -> Reported<Site> {
    super::link(project, pages.into_iter().map(Arc::new).collect(), files, &super::Memory::default()).0
}

/// A project with a configuration, whose content is in `content`.
pub fn project() -> Project {
    let day = |text: &str| Moment::parse(text).unwrap().day();
    let selection = Selection { today: day("2026-06-01"), drafts: false, future: false, audiences: Vec::new() };
    Project {
        root: PathBuf::new(),
        config_path: Some(SourcePath::new("fieldbook.yaml")),
        content: "content".into(),
        out: PathBuf::from("public"),
        config: config(),
        selection,
        keep_going: false,
    }
}

fn config() -> Config {
    let feeds = Feeds {
        path: "feed.xml".into(),
        limit: 20,
        content: FeedContent::Full,
        kinds: ["guide", "interview", "meeting", "template", "chapter"].map(String::from).to_vec(),
        sections: true,
        terms: true,
        hub: None,
        image: None,
    };
    Config {
        title: "Playbook".into(),
        description: String::new(),
        language: "en".into(),
        author: None,
        base_url: crate::config::BaseUrl::parse("https://example.org/handbook/"),
        id_base: None,
        copyright: None,
        license: None,
        theme: "fieldbook".into(),
        appearance: Appearance::default(),
        menu: Vec::new(),
        feeds,
        taxonomies: vec![TaxonomySettings { name: "tags".into(), title: "Tags".into() }],
        levels: Levels::default(),
        repository: None,
        paginate: 200,
        markdown: Markdown {
            html: RawHtml::Allow,
            definition_lists: false,
            smart_punctuation: true,
            math: false,
            unicode_slugs: false,
            highlight: true,
            terms: true,
        },
        csp: Vec::new(),
        ignore: GlobSet::empty(),
        outputs: OutputSettings { twins: true, exports: true, graph: true, llms: true },
        editor: None,
        external: External::default(),
        is_preview: false,
        extra: serde_json::Value::Null,
    }
}

/// A page at a path below `content`, dated and with two headings, as `parse` would make it.
pub fn page(below: &str) -> Page {
    let source = SourcePath::new(&format!("content/{below}"));
    let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
    let around = folder.rsplit_once('/').map_or("", |(around, _)| around);
    let (role, section, path) = match source.file_name() {
        "_index.md" => (Role::Section, folder, folder.to_string()),
        "index.md" => (Role::Bundle, around, folder.to_string()),
        _ => (Role::Leaf, folder, below.rsplit_once('.').unwrap().0.to_lowercase()),
    };
    let title = to_words(path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("Home"));
    let kind = below.split('/').find_map(Kind::from_folder).unwrap_or(Kind::Page);
    Page {
        digest: Digest::of(below.as_bytes()),
        meta: meta(&title),
        kind,
        kind_origin: KindOrigin::Folder,
        role,
        section: section.to_string(),
        url: UrlPath::parse_page(&path).unwrap(),
        body: body(&source, &["goals", "next-steps"]),
        document: None,
        identity: None,
        releases: Vec::new(),
        source,
    }
}

pub fn body(source: &SourcePath, ids: &[&str]) -> Body {
    let heading = |id: &&str| Heading { level: 2, id: id.to_string(), text: to_words(id), span: 0..0 };
    Body {
        headings: ids.iter().map(heading).collect(),
        ids: ids.iter().map(|id| id.to_string()).collect(),
        ..Body::unread(source.clone(), "".into())
    }
}

fn meta(title: &str) -> Meta {
    Meta { date: Moment::parse("2026-01-05").ok(), ..Meta::titled(title) }
}

/// A page with something changed.
pub fn page_with(below: &str, change: impl FnOnce(&mut Page)) -> Page {
    let mut page = page(below);
    change(&mut page);
    page
}

/// A page with Markdown links.
pub fn page_linking(below: &str, destinations: &[&str]) -> Page {
    page_with(below, |page| {
        page.body.links = destinations.iter().map(|destination| link_to(LinkForm::Markdown, destination)).collect();
    })
}

pub fn link_to(form: LinkForm, destination: &str) -> Link {
    Link {
        span: 10..20,
        destination_span: 12..19,
        definition: None,
        form,
        destination: destination.into(),
        sentence: format!("See {destination}.").into(),
    }
}

/// A file at a path from the root.
pub fn file(path: &str) -> File {
    File {
        path: SourcePath::new(path),
        disk: PathBuf::from(path),
        stamp: Stamp::default(),
        is_static: path.starts_with("static/"),
        dimensions: None,
    }
}

/// The site most tests link about in.
pub fn pages() -> Vec<Page> {
    let document = |page: &mut Page| {
        let source = SourcePath::new("content/templates/checklist/template.md");
        page.document = Some(body(&source, &["steps"]));
    };
    vec![
        page("_index.md"),
        page("guides/_index.md"),
        page("guides/good.md"),
        page_with("guides/pair-programming.md", |page| page.meta.terms = vec![("tags".into(), vec!["Toil".into()])]),
        page("notes/loose.md"),
        page("meetings/Tech Spec.md"),
        page_with("meetings/review.md", |page| page.meta.also_called = vec!["On-call handover".into()]),
        page_with("guides/secret.md", |page| page.meta.draft = true),
        page_with("templates/checklist/index.md", document),
        page_with("moved.md", |page| page.meta.aliases = vec![(UrlPath::parse_page("/old/").unwrap(), 0..1)]),
    ]
}

pub fn files() -> Vec<File> {
    let paths = [
        "content/guides/pic.svg",
        "content/templates/checklist/shot.png",
        "content/templates/checklist/versions/1.csv",
        "static/logo.svg",
    ];
    paths.map(file).to_vec()
}

/// Links one destination from `guides/here.md` and gives what it means and all that was reported.
pub fn resolve(project: &Project, form: LinkForm, destination: &str) -> (String, Vec<String>) {
    let mut pages = pages();
    pages.push(page_with("guides/here.md", |page| page.body.links.push(link_to(form, destination))));
    let site = link(project, pages, &files());
    let here = find(&site.value, "guides/here.md");
    (describe(&site.value, &site.value.resolved(here).links[0]), reports(&site))
}

/// Checks what a Markdown link in `guides/here.md` means, and what is reported: `code: message | help`.
pub fn check(destination: &str, expected: &str, reported: &[&str]) {
    check_form(LinkForm::Markdown, destination, expected, reported);
}

pub fn check_form(form: LinkForm, destination: &str, expected: &str, reported: &[&str]) {
    let (target, reports) = resolve(&project(), form, destination);
    assert_eq!((target.as_str(), reports), (expected, reported.iter().map(|text| text.to_string()).collect()));
}

pub fn reports(site: &Reported<Site>) -> Vec<String> {
    let line = |diagnostic: &crate::diag::Diagnostic| {
        let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!(" | {help}"));
        format!("{}: {}{help}", diagnostic.code.name(), diagnostic.message)
    };
    site.diagnostics.iter().map(line).collect()
}

pub fn find(site: &Site, below: &str) -> PageId {
    let path = format!("content/{below}");
    let found = site.all_pages().find(|(_, page)| page.source.as_str() == path);
    found.unwrap_or_else(|| panic!("{below} is in the site")).0
}

pub fn describe(site: &Site, target: &Target) -> String {
    let with = |path: &str, id: &Option<String>| match id {
        Some(id) => format!("{path}#{id}"),
        None => path.to_string(),
    };
    match target {
        Target::Page(id, fragment) => with(site.page(*id).path_below("content"), fragment),
        Target::Section(id) => format!("section {}", site.section(*id).folder),
        Target::Generated(url, fragment) => format!("made {}", with(url.as_str(), fragment)),
        Target::Fragment(id) => format!("#{id}"),
        Target::File(id) => format!("file {}", site.file(*id).url),
        Target::External(url) => format!("external {url}"),
        Target::Withheld => "withheld".to_string(),
        Target::Broken => "broken".to_string(),
    }
}
