//! A site of three pages and a picture, made by hand, for the tests of the passes.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use pulldown_cmark::{Event as Markdown, LinkType, Tag};

use crate::base::date::Day;
use crate::base::digest::Digest;
use crate::base::fs::write::Stamp;
use crate::base::path::{SourcePath, UrlPath};
use crate::cache::Memo;
use crate::config::project::{Project, Selection};
use crate::config::{BaseUrl, Config};
use crate::diag::Reported;
use crate::markdown::events::{Event, Reading, read};
use crate::markdown::raw_html;
use crate::model::asset::{File, FileId, PublishedFile};
use crate::model::body::Body;
use crate::model::glossary::{Glossary, GlossaryEntry};
use crate::model::kinds::template::{Answer, Question, Template};
use crate::model::kinds::{Details, Kind};
use crate::model::link::{Link, LinkForm, Target};
use crate::model::meta::Meta;
use crate::model::page::{KindOrigin, Page, PageId, Role};
use crate::model::site::Site;
use crate::render::html::{Blocks, HtmlContext, Shared, body, feed_body, twin_body};

/// A site whose first page has the text under test.
pub struct Bench {
    /// The project; tests change its settings.
    pub project: Project,
    site: Site,
}

impl Bench {
    /// Makes the site. `base_url` is `https://example.org/base`.
    pub fn new(text: &str) -> Self {
        let mut config = Config::bare("Test");
        config.base_url = BaseUrl::parse("https://example.org/base/");
        let selection = Selection { today: Day::default(), drafts: false, future: false, audiences: Vec::new() };
        let project = Project {
            root: PathBuf::new(),
            config_path: None,
            content: "content".to_string(),
            out: PathBuf::new(),
            config,
            selection,
            keep_going: false,
        };
        let pages = vec![
            page("page", "Page", text),
            page("other", "Other [page]", ""),
            page("glossary", "Glossary", "An SLO is one."),
        ];
        Bench { site: site(pages.into_iter().map(Arc::new).collect()), project }
    }

    /// Gives the first page a document that is forked.
    pub fn document(mut self, text: &str) -> Self {
        let page = Arc::make_mut(&mut self.site.pages[0]);
        page.document = Some(bare_body(SourcePath::new("content/guides/template.md"), text));
        self
    }

    /// Asks something of those who fork the document of the first page: id and label.
    pub fn ask(mut self, id: &str, label: &str) -> Self {
        let question = Question { id: id.to_string(), label: label.to_string(), example: None, answer: Answer::Text };
        let page = Arc::make_mut(&mut self.site.pages[0]);
        page.meta.details = Details::Template(Template { ask: vec![question], ..Template::default() });
        self
    }

    /// Gives the site a glossary: form, other form, definition.
    pub fn glossary(mut self, entries: &[(&str, &str, &str)]) -> Self {
        let entry = |(form, other, definition): &(&str, &str, &str)| GlossaryEntry {
            forms: [form, other].into_iter().filter(|form| !form.is_empty()).map(|form| form.to_string()).collect(),
            id: form.to_lowercase().replace(' ', "-"),
            definition: definition.to_string(),
        };
        self.site.glossary = Some(Glossary { page: PageId(2), entries: entries.iter().map(entry).collect() });
        self
    }

    /// Changes the settings.
    pub fn with(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.project.config);
        self
    }

    /// Writes a page, by its number.
    pub fn page(&self, number: u32) -> Reported<String> {
        self.write(number, false, body)
    }

    /// Writes the HTML of the first page.
    pub fn html(&self) -> String {
        self.page(0).value
    }

    /// Writes the document of the first page.
    pub fn document_html(&self) -> String {
        self.write(0, true, body).value
    }

    /// Writes the first page for feeds.
    pub fn feed(&self) -> String {
        self.write(0, false, feed_body)
    }

    /// Writes the twin of the first page.
    pub fn twin(&self) -> String {
        self.write(0, false, twin_body)
    }

    fn write<T>(&self, number: u32, is_document: bool, write: fn(&HtmlContext<'_>, &Body, &[Target]) -> T) -> T {
        let shared = Shared::new(&self.site, Arc::new(Memo::default()));
        let id = PageId(number);
        let context =
            HtmlContext { project: &self.project, site: &self.site, page: id, blocks: &TestBlocks, shared: &shared };
        let page = self.site.page(id);
        let mut text = match (&page.document, is_document) {
            (Some(document), true) => document.clone(),
            _ => page.body.clone(),
        };
        let markdown = self.project.config.markdown;
        let reading = match is_document {
            true => Reading::of_document(markdown, &page.body.ids),
            false => Reading::of_body(markdown, page.kind, page.title()),
        };
        text.links = links(&text, &reading);
        let targets: Vec<Target> = text.links.iter().map(|link| target(&link.destination)).collect();
        write(&context, &text, &targets)
    }
}

/// Holds that some Markdown becomes some HTML.
#[track_caller]
pub fn check(text: &str, expected: &str) {
    assert_eq!(Bench::new(text).html(), expected, "{text}");
}

struct TestBlocks;

impl Blocks for TestBlocks {
    fn render(&self, name: &str, attributes: &[(String, String)], inner: &str) -> Option<Reported<String>> {
        let attributes: String = attributes.iter().map(|(key, value)| format!(" {key}={value}")).collect();
        (name == "aside").then(|| Reported::clean(format!("<aside onclick=x{attributes}>{inner}</aside>")))
    }

    fn names(&self) -> Vec<String> {
        vec!["aside".to_string()]
    }
}

/// What a destination means on the test's site.
fn target(destination: &str) -> Target {
    match destination {
        "other.md" => Target::Page(PageId(1), None),
        "other.md#größe" => Target::Page(PageId(1), Some("größe".to_string())),
        "Other" => Target::Page(PageId(1), None),
        "pic.png" => Target::File(FileId(0)),
        text if text.starts_with('#') => Target::Fragment(text[1..].to_string()),
        text if text.contains(':') || text.starts_with("//") => Target::External(text.to_string()),
        _ => Target::Broken,
    }
}

/// The links of a text, as `parse` finds them.
fn links(body: &Body, reading: &Reading<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for (event, span) in read(&body.source, &body.text, body.span.clone(), reading).value {
        let Event::Markdown(event) = event else { continue };
        match event {
            Markdown::Start(Tag::Link { link_type, dest_url, .. }) => {
                let form = match link_type {
                    LinkType::WikiLink { .. } => LinkForm::Wiki,
                    _ => LinkForm::Markdown,
                };
                links.push(link(body, form, &dest_url, span));
            }
            Markdown::Start(Tag::Image { dest_url, .. }) => {
                links.push(link(body, LinkForm::Image, &dest_url, span));
            }
            Markdown::Html(html) | Markdown::InlineHtml(html) => {
                for found in raw_html::links(&html) {
                    let at = span.start + found.span.start..span.start + found.span.end;
                    let (span, destination_span) = (at.clone(), at);
                    let (form, destination, sentence) = (found.form, found.destination, Arc::default());
                    links.push(Link { span, destination_span, definition: None, form, destination, sentence });
                }
            }
            _ => {}
        }
    }
    links
}

fn link(body: &Body, form: LinkForm, destination: &str, span: Range<usize>) -> Link {
    let at = body.text[span.clone()].rfind(destination).map(|at| span.start + at..span.start + at + destination.len());
    let destination_span = at.unwrap_or_else(|| span.clone());
    let (destination, sentence) = (destination.to_string(), Arc::default());
    Link { span, destination_span, definition: None, form, destination, sentence }
}

fn site(pages: Vec<Arc<Page>>) -> Site {
    let file = File {
        path: SourcePath::new("content/guides/pic.png"),
        disk: PathBuf::new(),
        stamp: Stamp::default(),
        is_static: false,
        dimensions: Some((640, 480)),
    };
    let resolved = pages.iter().map(|_| Arc::default()).collect();
    Site {
        pages,
        resolved,
        files: vec![PublishedFile { file, url: UrlPath::parse("/guides/pic.png").expect("good") }],
        ..Site::default()
    }
}

fn page(name: &str, title: &str, text: &str) -> Page {
    let source = SourcePath::new(&format!("content/guides/{name}.md"));
    Page {
        body: bare_body(source.clone(), text),
        source,
        digest: Digest(0),
        meta: meta(title),
        kind: Kind::Page,
        kind_origin: KindOrigin::Default,
        role: Role::Leaf,
        section: "guides".to_string(),
        url: UrlPath::parse_page(&format!("/guides/{name}/")).expect("good"),
        document: None,
        identity: None,
        releases: Vec::new(),
    }
}

fn bare_body(source: SourcePath, text: &str) -> Body {
    Body { ids: vec!["fn-1".to_string()], ..Body::unread(source, Arc::from(text)) }
}

fn meta(title: &str) -> Meta {
    Meta { toc: false, ..Meta::titled(title) }
}
