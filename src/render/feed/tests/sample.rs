//! A site made by hand, without the stages that come before.

use std::path::PathBuf;
use std::sync::Arc;

use globset::GlobSet;

use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::base::path::{SourcePath, UrlPath};
use crate::config::external::External;
use crate::config::project::{Project, Selection};
use crate::config::{Appearance, Author, BaseUrl, Config, FeedContent, Feeds, Markdown, OutputSettings, RawHtml};
use crate::diag::levels::Levels;
use crate::model::body::Body;
use crate::model::feed::Feed;
use crate::model::kinds::Kind;
use crate::model::meta::Meta;
use crate::model::output::{FeedFormat, FeedScope};
use crate::model::page::{KindOrigin, Page, PageId, Role};
use crate::model::section::{Section, SectionId};
use crate::model::site::Site;
use crate::render::feed::{FeedContext, FeedItems, write};

/// A site to write feeds of.
pub struct Sample {
    /// The project.
    pub project: Project,
    /// The site.
    pub site: Site,
    /// The HTML of every page.
    pub html: String,
}

impl Sample {
    /// A site with a feed and nothing in it.
    pub fn empty() -> Self {
        let site = Site {
            sections: vec![section("", "Home", None), section("guides", "Guides", Some(SectionId(0)))],
            feeds: vec![feed(FeedScope::Site, "/", "Harbour Playbook")],

            ..Site::default()
        };
        Sample { project: project(), site, html: "<p>Text</p>".to_string() }
    }

    /// A site with one page of each date, which `name` numbers.
    pub fn with_dates(dates: &[&str]) -> Self {
        let mut sample = Self::empty();
        for (number, date) in dates.iter().enumerate() {
            sample.add(&format!("page-{number}"), date);
        }
        sample
    }

    /// Adds a page to the site and to its feed; the date may be missing.
    pub fn add(&mut self, name: &str, date: &str) -> PageId {
        let id = PageId(u32::try_from(self.site.pages.len()).expect("few pages"));
        let mut page = page(name);
        page.meta.date = (!date.is_empty()).then(|| Moment::parse(date).expect("a date"));
        self.site.pages.push(Arc::new(page));
        self.site.feeds[0].pages.push(id);
        id
    }

    /// Returns a page to change.
    pub fn page(&mut self, id: PageId) -> &mut Page {
        Arc::make_mut(&mut self.site.pages[id.0 as usize])
    }

    /// Returns the settings to change.
    pub fn config(&mut self) -> &mut Config {
        &mut self.project.config
    }

    /// Calls `look` with what the writers of feeds get.
    pub fn context<T>(&self, look: impl FnOnce(&FeedContext<'_>) -> T) -> T {
        let items = FeedItems::new(&self.site);
        let bodies = |_: PageId| self.html.clone();
        let context = FeedContext::new(&self.project, &self.site, &items, &bodies).expect("a base URL");
        look(&context)
    }

    /// Writes a feed by its number.
    pub fn write(&self, number: usize, format: FeedFormat) -> String {
        let bytes = self.context(|context| write(context, &self.site.feeds[number], format));
        String::from_utf8(bytes).expect("UTF-8")
    }

    /// Writes the site's feed as RSS.
    pub fn rss(&self) -> String {
        self.write(0, FeedFormat::Rss)
    }

    /// Writes the site's feed as Atom.
    pub fn atom(&self) -> String {
        self.write(0, FeedFormat::Atom)
    }

    /// Writes the site's feed as JSON and reads it back.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.write(0, FeedFormat::Json)).expect("JSON")
    }
}

/// Returns a moment.
pub fn moment(text: &str) -> Option<Moment> {
    Some(Moment::parse(text).expect("a date"))
}

/// Makes a feed without pages.
pub fn feed(scope: FeedScope, folder: &str, title: &str) -> Feed {
    let folder = UrlPath::parse(folder).expect("a path");
    Feed { scope, folder, title: title.to_string(), pages: Vec::new(), releases: Vec::new() }
}

/// Makes the text of a page or a document.
pub fn body(source: &str) -> Body {
    Body { summary: "First paragraph.".to_string(), ..Body::unread(SourcePath::new(source), Arc::from("")) }
}

/// Returns what stands between each `<name…>` and `</name>`, as written.
pub fn elements<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find(&open) {
        rest = &rest[at + open.len()..];
        let Some(start) = rest.find('>').filter(|_| rest.starts_with(['>', ' '])) else {
            continue;
        };
        let end = rest.find(&close).expect("an end");
        found.push(&rest[start + 1..end]);
    }
    found
}

fn section(folder: &str, title: &str, parent: Option<SectionId>) -> Section {
    Section {
        folder: folder.to_string(),
        title: title.to_string(),
        url: UrlPath::parse(&format!("/{folder}/")).expect("a path"),
        page: None,
        parent,
        sections: Vec::new(),
        pages: Vec::new(),
        paginate: 0,
        kind: "page",
    }
}

fn page(name: &str) -> Page {
    let source = format!("content/guides/{name}.md");
    Page {
        source: SourcePath::new(&source),
        digest: Digest(0),
        meta: meta(),
        kind: Kind::Guide,
        kind_origin: KindOrigin::Folder,
        role: Role::Leaf,
        section: "guides".to_string(),
        url: UrlPath::parse(&format!("/guides/{name}/")).expect("a path"),
        body: body(&source),
        document: None,
        identity: None,
        releases: Vec::new(),
    }
}

fn meta() -> Meta {
    Meta::titled("A guide")
}

fn project() -> Project {
    Project {
        root: PathBuf::new(),
        config_path: None,
        content: "content".to_string(),
        out: PathBuf::from("public"),
        config: config(),
        selection: Selection {
            today: "2026-01-05".parse().expect("a day"),
            drafts: false,
            future: false,
            audiences: Vec::new(),
        },
        keep_going: false,
    }
}

fn config() -> Config {
    let base = BaseUrl::parse("https://example.org/");
    Config {
        title: "Harbour Playbook".to_string(),
        description: "How we build & run things".to_string(),
        language: "en-GB".to_string(),
        author: Some(Author { name: "The platform team".to_string(), email: None, url: None }),
        base_url: base.clone(),
        id_base: base,
        copyright: Some("© Harbour".to_string()),
        license: None,
        theme: "fieldbook".to_string(),
        appearance: Appearance::default(),
        menu: Vec::new(),
        feeds: Feeds {
            path: "feed.xml".to_string(),
            limit: 20,
            content: FeedContent::Full,
            kinds: Vec::new(),
            sections: true,
            terms: true,
            hub: None,
            image: None,
        },
        taxonomies: Vec::new(),
        levels: Levels::default(),
        repository: None,
        paginate: 0,
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
        ignore: GlobSet::empty(),
        outputs: OutputSettings { twins: false, exports: false, graph: false, llms: false },
        editor: None,
        external: External::default(),
        is_preview: false,
        extra: serde_json::Value::Null,
    }
}
