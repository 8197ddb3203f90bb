//! A small site with a small theme, made by hand.

use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::base::path::{SourcePath, UrlPath};
use crate::config::external::External;
use crate::config::project::{Project, Selection};
use crate::config::{Appearance, BaseUrl, Config, FeedContent, Feeds, Markdown, OutputSettings, RawHtml};
use crate::diag::Reported;
use crate::diag::levels::Levels;
use crate::model::body::Body;
use crate::model::graph::Graph;
use crate::model::kinds::Kind;
use crate::model::meta::Meta;
use crate::model::output::{Content, Output};
use crate::model::page::{KindOrigin, Page, PageId, Role};
use crate::model::section::{Section, SectionId};
use crate::model::site::{Neighbours, Site};
use crate::model::theme::{Template, Theme, ThemeAsset};
use crate::render::{Memory, Renderer};

/// A site with everything that it is rendered from.
pub struct Sample {
    pub project: Project,
    pub site: Site,
    pub theme: Theme,
}

impl Sample {
    /// A home page, and a section `guides` without a page of its own and with `count` pages.
    pub fn new(count: u32) -> Self {
        let mut pages = vec![page("content/_index.md", "/", "Home", Role::Section)];
        for number in 1..=count {
            let name = format!("guides/g{number}");
            pages.push(page(&format!("content/{name}.md"), &format!("/{name}/"), &format!("G{number}"), Role::Leaf));
        }
        let guides = (1..=count).map(PageId).collect();
        let sections = vec![
            section("", "Home", "/", Some(PageId(0)), Vec::new()),
            section("guides", "Guides", "/guides/", None, guides),
        ];
        let mut site = site(pages, sections);
        site.section_of = (0..=count).map(|id| SectionId(u32::from(id > 0))).collect();
        site.sections[0].sections = vec![SectionId(1)];
        site.sections[1].parent = Some(SectionId(0));
        Sample { project: project(), site, theme: theme() }
    }

    /// Changes the front matter of a page.
    pub fn meta(mut self, id: u32, change: impl FnOnce(&mut Meta)) -> Self {
        change(&mut Arc::make_mut(&mut self.site.pages[id as usize]).meta);
        self
    }

    /// Adds a template, or puts it in place of the theme's.
    pub fn template(mut self, name: &str, text: &str) -> Self {
        self.theme.templates.retain(|template| template.name != name);
        self.theme.templates.push(template(name, text));
        self
    }

    /// Changes the settings.
    pub fn config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.project.config);
        self
    }

    /// Makes all outputs: path and text of each, and the faults as `code: message`.
    pub fn make(&self) -> (Vec<(String, String)>, Vec<String>) {
        let mut diagnostics = Vec::new();
        let renderer = Renderer::new(&self.project, &self.site, &self.theme, &Memory::default()).take(&mut diagnostics);
        diagnostics.extend(renderer.plan().diagnostics.iter().cloned());
        let outputs = &renderer.plan().value;
        let mut make = |output: &Output| match renderer.make(output) {
            Reported { value: Content::Bytes(bytes), diagnostics: found } => {
                diagnostics.extend(found);
                String::from_utf8_lossy(&bytes).into_owned()
            }
            Reported { value: Content::File(path), .. } => path.display().to_string(),
        };
        let made = outputs.iter().map(|output| (output.path.to_string(), make(output))).collect();
        (made, diagnostics.iter().map(|fault| format!("{}: {}", fault.code.name(), fault.message)).collect())
    }

    /// Makes all outputs without a fault and returns the text of one.
    pub fn text(&self, path: &str) -> String {
        let (made, faults) = self.make();
        assert_eq!(faults, Vec::<String>::new());
        made.into_iter().find(|(found, _)| found == path).unwrap_or_else(|| panic!("there is no {path}")).1
    }

    /// Returns the paths of all outputs.
    pub fn paths(&self) -> Vec<String> {
        self.make().0.into_iter().map(|(path, _)| path).collect()
    }
}

/// A page with the text `Text of <title>.`
pub fn page(source: &str, url: &str, title: &str, role: Role) -> Page {
    let text = format!("---\ntitle: {title}\n---\nText of {title}.\n");
    let start = text.len() - title.len() - "Text of .\n".len();
    Page {
        source: SourcePath::new(source),
        digest: Digest(0),
        meta: meta(title),
        kind: if role == Role::Section { Kind::Page } else { Kind::Guide },
        kind_origin: KindOrigin::Default,
        role,
        section: if role == Role::Section { String::new() } else { "guides".to_string() },
        url: url_path(url),
        body: Body {
            span: start..text.len(),
            words: 3,
            summary: format!("Text of {title}."),

            ..Body::unread(SourcePath::new(source), Arc::from(text))
        },
        document: None,
        identity: None,
        releases: Vec::new(),
    }
}

pub fn url_path(path: &str) -> UrlPath {
    UrlPath::parse(path).expect("a path")
}

pub fn moment(text: &str) -> Option<Moment> {
    Moment::parse(text).ok()
}

pub fn template(name: &str, text: &str) -> Template {
    Template { name: name.to_string(), path: SourcePath::new(&format!("t/{name}")), text: Arc::from(text) }
}

fn theme() -> Theme {
    let pages = "<title>{{ head.title }}</title>{{ page.content }}";
    let list = "<title>{{ head.title }}</title>{% for entry in list.entries %}{{ entry.title }} {% endfor %}";
    let both = "<title>{{ head.title }}</title>{% if page %}{{ page.content }}{% endif %}{{ list.total }}";
    let templates = [
        ("404.html", "lost"),
        ("all.html", list),
        ("home.html", both),
        ("page.html", pages),
        ("redirect.html", "{{ target.url }}"),
        ("section.html", list),
        ("subscribe.html", "{{ opml_url }}"),
        ("taxonomy.html", list),
        ("term.html", list),
    ];
    let style = ThemeAsset { name: "style.css".to_string(), bytes: Arc::from(&b"a{}"[..]) };
    Theme {
        name: "small".to_string(),
        templates: templates.iter().map(|(name, text)| template(name, text)).collect(),
        assets: vec![style],
    }
}

fn section(folder: &str, title: &str, url: &str, page: Option<PageId>, pages: Vec<PageId>) -> Section {
    Section {
        folder: folder.to_string(),
        title: title.to_string(),
        url: url_path(url),
        page,
        parent: None,
        sections: Vec::new(),
        pages,
        paginate: 200,
        kind: "guide",
    }
}

fn site(pages: Vec<Page>, sections: Vec<Section>) -> Site {
    let count = pages.len();
    Site {
        pages: pages.into_iter().map(Arc::new).collect(),
        resolved: vec![Arc::default(); count],
        sections,
        neighbours: vec![Neighbours::default(); count],
        graph: Graph { related: vec![Vec::new(); count], backlinks: vec![Vec::new(); count] },
        ..Site::default()
    }
}

fn meta(title: &str) -> Meta {
    Meta::titled(title)
}

fn project() -> Project {
    let selection =
        Selection { today: "2026-06-15".parse().expect("a day"), drafts: false, future: false, audiences: Vec::new() };
    Project {
        root: "/nowhere".into(),
        config_path: Some(SourcePath::new("fieldbook.yaml")),
        content: "content".to_string(),
        out: "/nowhere/public".into(),
        config: config(),
        selection,
        keep_going: false,
    }
}

fn config() -> Config {
    let base = BaseUrl::parse("https://example.org/b/");
    Config {
        title: "Book".to_string(),
        description: "All we know.".to_string(),
        language: "en".to_string(),
        author: None,
        base_url: base.clone(),
        id_base: base,
        copyright: None,
        license: None,
        theme: "small".to_string(),
        appearance: Appearance::default(),
        menu: Vec::new(),
        feeds: feeds(),
        taxonomies: Vec::new(),
        levels: Levels::default(),
        repository: None,
        paginate: 2,
        markdown: Markdown {
            html: RawHtml::Allow,
            definition_lists: false,
            smart_punctuation: false,
            math: false,
            unicode_slugs: false,
            highlight: false,
            terms: false,
        },
        csp: Vec::new(),
        ignore: globset::GlobSet::empty(),
        outputs: OutputSettings { twins: false, exports: false, graph: false, llms: false },
        editor: None,
        external: External::default(),
        is_preview: false,
        extra: serde_json::Value::Null,
    }
}

fn feeds() -> Feeds {
    Feeds {
        path: "feed.xml".to_string(),
        limit: 20,
        content: FeedContent::Full,
        kinds: Vec::new(),
        sections: true,
        terms: true,
        hub: None,
        image: None,
    }
}
