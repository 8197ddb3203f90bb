//! The settings of a site, as meant: every default filled in, every value checked.

pub mod editor;
pub mod external;
pub mod fields;
pub mod project;
pub mod read;
pub mod resolve;

use globset::GlobSet;

use crate::config::editor::Editor;
use crate::config::external::External;
use crate::diag::levels::Levels;

/// The settings of a site: defaults < `fieldbook.yaml` < command line.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's title.
    pub title: String,
    /// One sentence about the site; empty if there is none.
    pub description: String,
    /// The language of the content as a BCP 47 tag: `en`, `en-GB`.
    pub language: String,
    /// Who is responsible for the content.
    pub author: Option<Author>,
    /// Where the site will be served.
    pub base_url: Option<BaseUrl>,
    /// The base under which ids are made: what `fieldbook.yaml` says, whatever `--base-url` says.
    pub id_base: Option<BaseUrl>,
    /// The copyright line, as text.
    pub copyright: Option<String>,
    /// The licence of the content as an SPDX identifier, unless a page says otherwise.
    pub license: Option<String>,
    /// The theme's name.
    pub theme: String,
    /// What the theme lets a site choose.
    pub appearance: Appearance,
    /// The entries of the main menu, in order; empty means one for each section.
    pub menu: Vec<MenuItem>,
    /// The settings of the feeds.
    pub feeds: Feeds,
    /// The taxonomies, in order.
    pub taxonomies: Vec<TaxonomySettings>,
    /// How grave each code is taken.
    pub levels: Levels,
    /// Where the sources are kept, for "edit this page" and for links to files outside the content.
    pub repository: Option<Repository>,
    /// The entries of a list on one page.
    pub paginate: usize,
    /// The settings of Markdown.
    pub markdown: Markdown,
    /// Additions to the Content-Security-Policy, directive by directive: `script-src https://example.org`.
    pub csp: Vec<String>,
    /// Files that are not content.
    pub ignore: GlobSet,
    /// Which outputs beside the pages are written.
    pub outputs: OutputSettings,
    /// What opens a place in a file while the site is served.
    pub editor: Option<Editor>,
    /// How links to other sites are checked.
    pub external: External,
    /// Whether search engines are asked to stay away (a preview).
    pub is_preview: bool,
    /// Whatever the site's own templates want.
    pub extra: serde_json::Value,
}

/// Who is responsible for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The name of the person or team.
    pub name: String,
    /// An e-mail address.
    pub email: Option<String>,
    /// A page about them.
    pub url: Option<String>,
}

/// The address of the site's root, split in what the parts are used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host without a slash at the end: `https://playbook.example.org`.
    pub origin: String,
    /// The path without a slash at its end: `""` or `/handbook`, percent-encoded.
    pub path: String,
}

/// What the theme lets a site choose.
#[derive(Clone, Debug, Default)]
pub struct Appearance {
    /// A link to the logo's file.
    pub logo: Option<LinkSetting>,
    /// A link to the icon's file.
    pub icon: Option<LinkSetting>,
    /// The accent colour as CSS writes it: `#0b6e4f`.
    pub accent: Option<String>,
    /// A line of Markdown for the foot of each page, with its place.
    pub footer: Option<LinkSetting>,
}

/// A link written in the configuration, with its place.
#[derive(Clone, Debug)]
pub struct LinkSetting {
    /// The link, or the line of Markdown with links in it, as written.
    pub link: String,
    /// Its bytes in the configuration file.
    pub span: std::ops::Range<usize>,
}

/// An entry of the main menu.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// The words shown; `None` takes the title of the page.
    pub label: Option<String>,
    /// What it leads to.
    pub target: LinkSetting,
}

/// The settings of the feeds.
#[derive(Clone, Debug)]
pub struct Feeds {
    /// The path of the site's RSS feed: `feed.xml`.
    pub path: String,
    /// How many items a feed has.
    pub limit: usize,
    /// Whether items carry the whole text.
    pub content: FeedContent,
    /// The names of the kinds whose pages are in feeds.
    pub kinds: Vec<String>,
    /// Whether sections have feeds of their own.
    pub sections: bool,
    /// Whether terms have feeds of their own.
    pub terms: bool,
    /// The address of a WebSub hub.
    pub hub: Option<String>,
    /// A link to the channel's image (PNG, JPEG or GIF).
    pub image: Option<LinkSetting>,
}

/// How much of a page an item carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedContent {
    /// The whole text.
    Full,
    /// The summary.
    Summary,
}

/// A taxonomy: a way to group pages, such as `tags`.
#[derive(Clone, Debug)]
pub struct TaxonomySettings {
    /// The key in front matter and the folder on the site: `tags`.
    pub name: String,
    /// The title of its page: `Tags`.
    pub title: String,
}

/// Where the sources are kept.
#[derive(Clone, Debug)]
pub struct Repository {
    /// The repository's page without a slash at the end: `https://github.com/owner/name`.
    pub url: String,
    /// The branch that is edited.
    pub branch: String,
    /// The folder of the site in the repository, without slashes at its ends; empty at its root.
    pub folder: String,
}

/// What happens to raw HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawHtml {
    /// It is kept.
    Allow,
    /// It is reduced to harmless elements.
    Sanitise,
    /// It is shown as text and reported.
    Deny,
}

/// The settings of Markdown.
#[derive(Clone, Copy, Debug)]
pub struct Markdown {
    /// What happens to raw HTML.
    pub html: RawHtml,
    /// Whether `Term` and `: definition` make a definition list.
    pub definition_lists: bool,
    /// Whether quotes, dashes and dots become typographic.
    pub smart_punctuation: bool,
    /// Whether `$…$` is mathematics.
    pub math: bool,
    /// Whether slugs keep their script instead of being transliterated.
    pub unicode_slugs: bool,
    /// Whether code is highlighted.
    pub highlight: bool,
    /// Whether the first mention of a glossary term is explained.
    pub terms: bool,
}

/// Which outputs beside the pages are written.
#[derive(Clone, Copy, Debug)]
pub struct OutputSettings {
    /// The Markdown twin of each page.
    pub twins: bool,
    /// The documents of templates in other formats.
    pub exports: bool,
    /// `graph.json`.
    pub graph: bool,
    /// `llms.txt`.
    pub llms: bool,
}

impl BaseUrl {
    /// Reads an `http` or `https` address; `None` if it is none, or has a query or fragment.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://")?;
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        let bad =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '"' | '<' | '>' | '\\' | '@');
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if !is_web || host.is_empty() || host.starts_with(':') || rest.contains(bad) {
            return None;
        }
        let origin = format!("{}://{}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
        let path = crate::base::path::UrlPath::parse(&crate::base::path::decode(path)).ok()?;
        Some(BaseUrl { origin, path: path.to_href("").trim_end_matches('/').to_string() })
    }

    /// Returns the address of a path on the site: `https://playbook.example.org/handbook/guides/`.
    pub fn absolute(&self, path: &crate::base::path::UrlPath) -> String {
        format!("{}{}", self.origin, path.to_href(&self.path))
    }

    /// Returns the host, without a port.
    pub fn host(&self) -> &str {
        let host = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, host)| host);
        host.split(':').next().unwrap_or(host)
    }
}

impl Config {
    /// Returns the base path that every `href` begins with: `""` or `/handbook`.
    pub fn base_path(&self) -> &str {
        self.base_url.as_ref().map_or("", |base| &base.path)
    }
}
