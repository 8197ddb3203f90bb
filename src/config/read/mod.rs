//! The keys of `fieldbook.yaml`: what each takes, and what it is when it is not there.

mod external;
mod lists;

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::base::did_you_mean::nearest;
use crate::base::path::SourcePath;
use crate::base::tree::Node;
use crate::config::editor::Editor;
use crate::config::external::External;
use crate::config::fields::{Fields, Spanned, scalar};
use crate::config::{
    Appearance, Author, BaseUrl, Config, FeedContent, Feeds, LinkSetting, Markdown, OutputSettings, RawHtml,
    Repository, TaxonomySettings,
};
use crate::diag::Reported;
use crate::diag::code::Code;
use crate::diag::levels::Levels;

/// The names of the kinds of page; a test holds that they are those of the model.
pub const KIND_NAMES: [&str; 6] = ["chapter", "guide", "meeting", "template", "interview", "page"];

/// Reads the tree of a configuration file; `folder_title` is the site's title if it does not say one.
pub fn read(path: &SourcePath, tree: &Node, folder_title: &str) -> Reported<Config> {
    let mut fields = Fields::open(path, tree, 0);
    let mut config = Config::bare(folder_title);
    config.levels.lenient = false;
    site(&mut fields, &mut config);
    config.appearance = appearance(&mut fields);
    config.menu = lists::menu(&mut fields);
    feeds(&mut fields, &mut config.feeds);
    if let Some(taxonomies) = lists::taxonomies(&mut fields) {
        config.taxonomies = taxonomies;
    }
    lists::checks(&mut fields, &mut config.levels);
    config.repository = repository(&mut fields);
    markdown(&mut fields, &mut config.markdown);
    outputs(&mut fields, &mut config.outputs);
    external::external(&mut fields, &mut config.external);
    config.csp = security(&mut fields);
    config.ignore = ignore(&mut fields);
    config.editor = editor(&mut fields);
    if let Some(extra) = fields.node("extra") {
        config.extra = extra.to_json();
    }
    Reported::new(config, fields.finish())
}

impl Config {
    /// Makes the settings of a folder without a configuration: everything at its default, errors taken as warnings.
    pub fn bare(title: &str) -> Self {
        Config {
            title: title.to_string(),
            description: String::new(),
            language: "en".into(),
            author: None,
            base_url: None,
            id_base: None,
            copyright: None,
            license: None,
            theme: "fieldbook".into(),
            appearance: Appearance::default(),
            menu: Vec::new(),
            feeds: Feeds::default(),
            taxonomies: vec![taxonomy("categories"), taxonomy("tags")],
            levels: Levels::lenient(),
            repository: None,
            paginate: 200,
            markdown: Markdown::default(),
            csp: Vec::new(),
            ignore: GlobSet::empty(),
            outputs: OutputSettings { twins: true, exports: true, graph: true, llms: true },
            editor: None,
            external: External::default(),
            is_preview: false,
            extra: serde_json::Value::Null,
        }
    }
}

impl Default for Feeds {
    fn default() -> Self {
        Feeds {
            path: "feed.xml".into(),
            limit: 20,
            content: FeedContent::Full,
            kinds: KIND_NAMES.iter().filter(|name| **name != "page").map(|name| name.to_string()).collect(),
            sections: true,
            terms: true,
            hub: None,
            image: None,
        }
    }
}

impl Default for Markdown {
    fn default() -> Self {
        Markdown {
            html: RawHtml::Allow,
            definition_lists: false,
            smart_punctuation: true,
            math: false,
            unicode_slugs: false,
            highlight: true,
            terms: true,
        }
    }
}

fn site(fields: &mut Fields<'_>, config: &mut Config) {
    if let Some(title) = fields.text("title") {
        config.title = title;
    }
    config.description = fields.text("description").unwrap_or_default();
    if let Some(language) = fields.spanned_text("language") {
        let is_tag = |text: &str| {
            text.split('-').all(|part| !part.is_empty() && part.len() <= 8)
                && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        match is_tag(&language.value) {
            true => config.language = language.value,
            false => bad(fields, language, "is not a language", "write a BCP 47 tag such as `en` or `en-GB`"),
        }
    }
    config.author = author(fields);
    if let Some(base_url) = fields.spanned_text("base_url") {
        match BaseUrl::parse(&base_url.value) {
            Some(found) => config.base_url = Some(found),
            None => bad(fields, base_url, "is not an address", "write `base_url: https://playbook.example.org/`"),
        }
    }
    config.id_base = config.base_url.clone();
    config.copyright = fields.text("copyright");
    config.license = fields.text("license");
    if let Some(theme) = fields.spanned_text("theme") {
        match theme.value.contains(['/', '\\']) || theme.value.starts_with('.') {
            true => bad(fields, theme, "is not the name of a theme", "write the name of a folder in `themes/`"),
            false => config.theme = theme.value,
        }
    }
    if let Some(paginate) = count(fields, "paginate", 0) {
        config.paginate = paginate;
    }
}

fn author(fields: &mut Fields<'_>) -> Option<Author> {
    let node = fields.node("author")?;
    if let Some(name) = scalar(node) {
        return Some(Author { name, email: None, url: None });
    }
    let mut inner = fields.inner("author")?;
    let name = inner.text("name");
    let author = name.map(|name| Author { name, email: inner.text("email"), url: inner.text("url") });
    fields.close(inner);
    author
}

fn appearance(fields: &mut Fields<'_>) -> Appearance {
    Appearance {
        logo: fields.spanned_text("logo").map(link),
        icon: fields.spanned_text("icon").map(link),
        accent: fields.text("accent"),
        footer: fields.spanned_text("footer").map(link),
    }
}

fn feeds(fields: &mut Fields<'_>, feeds: &mut Feeds) {
    let Some(mut inner) = fields.inner("feeds") else {
        return;
    };
    if let Some(path) = inner.spanned_text("path") {
        let name = path.value.trim_start_matches('/').to_string();
        match crate::base::path::OutputPath::parse(&name).is_ok() && name.ends_with(".xml") && name != "atom.xml" {
            true => feeds.path = name,
            false => bad(&mut inner, path, "is not the path of a feed", "write `path: feed.xml`"),
        }
    }
    if let Some(limit) = count(&mut inner, "limit", 1) {
        feeds.limit = limit;
    }
    let contents = [("full", FeedContent::Full), ("summary", FeedContent::Summary)];
    feeds.content = inner.choice("content", &contents).unwrap_or(feeds.content);
    let kinds = inner.texts("kinds");
    if !kinds.is_empty() {
        feeds.kinds.clear();
        for kind in kinds {
            match KIND_NAMES.contains(&kind.value.as_str()) {
                true => feeds.kinds.push(kind.value),
                false => {
                    bad(&mut inner, kind, "is not a kind of page", &format!("write some of {}", KIND_NAMES.join(", ")))
                }
            }
        }
    }
    feeds.sections = inner.flag("sections").unwrap_or(true);
    feeds.terms = inner.flag("terms").unwrap_or(true);
    if let Some(hub) = inner.spanned_text("hub") {
        match BaseUrl::parse(&hub.value).is_some() {
            true => feeds.hub = Some(hub.value),
            false => bad(&mut inner, hub, "is not an address", "write `hub: https://hub.example.org/`"),
        }
    }
    feeds.image = inner.spanned_text("image").map(link);
    fields.close(inner);
}

/// `repository:` is an address, or `{url, branch, folder}`.
fn repository(fields: &mut Fields<'_>) -> Option<Repository> {
    let node = fields.node("repository")?;
    if scalar(node).is_some() {
        let url = repository_url(fields, "repository")?;
        return Some(Repository { url, branch: "main".into(), folder: String::new() });
    }
    let mut inner = fields.inner("repository")?;
    let url = repository_url(&mut inner, "url");
    let branch = inner.text("branch").unwrap_or_else(|| "main".into());
    let folder = inner.text("folder").unwrap_or_default().trim_matches('/').to_string();
    fields.close(inner);
    Some(Repository { url: url?, branch, folder })
}

fn repository_url(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let url = fields.spanned_text(key)?;
    if BaseUrl::parse(&url.value).is_some() {
        return Some(url.value.trim_end_matches('/').trim_end_matches(".git").to_string());
    }
    bad(fields, url, "is not the address of a repository", "write `https://github.com/owner/name`");
    None
}

/// Takes a number of things that is at least `least`.
fn count(fields: &mut Fields<'_>, key: &'static str, least: usize) -> Option<usize> {
    let number = fields.whole(key)?;
    let found = usize::try_from(number).ok().filter(|number| *number >= least);
    if found.is_none() {
        let span = fields.key_span(key).unwrap_or_default();
        let help = Some(format!("write a number from {least}"));
        fields.report(Code::BadConfig, span, format!("`{key}: {number}` is too small"), help);
    }
    found
}

fn markdown(fields: &mut Fields<'_>, markdown: &mut Markdown) {
    let Some(mut inner) = fields.inner("markdown") else {
        return;
    };
    let choices = [
        ("allow", RawHtml::Allow),
        ("sanitise", RawHtml::Sanitise),
        ("sanitize", RawHtml::Sanitise),
        ("deny", RawHtml::Deny),
    ];
    markdown.html = inner.choice("html", &choices).unwrap_or(markdown.html);
    markdown.definition_lists = inner.flag("definition_lists").unwrap_or(markdown.definition_lists);
    markdown.smart_punctuation = inner.flag("smart_punctuation").unwrap_or(markdown.smart_punctuation);
    markdown.math = inner.flag("math").unwrap_or(markdown.math);
    markdown.unicode_slugs = inner.flag("unicode_slugs").unwrap_or(markdown.unicode_slugs);
    markdown.highlight = inner.flag("highlight").unwrap_or(markdown.highlight);
    markdown.terms = inner.flag("terms").unwrap_or(markdown.terms);
    fields.close(inner);
}

fn outputs(fields: &mut Fields<'_>, outputs: &mut OutputSettings) {
    let Some(mut inner) = fields.inner("outputs") else {
        return;
    };
    outputs.twins = inner.flag("twins").unwrap_or(outputs.twins);
    outputs.exports = inner.flag("exports").unwrap_or(outputs.exports);
    outputs.graph = inner.flag("graph").unwrap_or(outputs.graph);
    outputs.llms = inner.flag("llms").unwrap_or(outputs.llms);
    fields.close(inner);
}

fn security(fields: &mut Fields<'_>) -> Vec<String> {
    let Some(mut inner) = fields.inner("security") else {
        return Vec::new();
    };
    let mut csp = Vec::new();
    for directive in inner.texts("csp") {
        match directive.value.contains([';', ',', '\n', '\r']) {
            true => bad(&mut inner, directive, "is more than one directive", "write one item for each directive"),
            false => csp.push(directive.value),
        }
    }
    fields.close(inner);
    csp
}

fn ignore(fields: &mut Fields<'_>) -> GlobSet {
    let mut globs = GlobSetBuilder::new();
    for pattern in fields.texts("ignore") {
        match Glob::new(&pattern.value) {
            Ok(glob) => {
                globs.add(glob);
            }
            Err(_) => bad(fields, pattern, "is not a pattern", "write `drafts/**` or `*.bak`"),
        }
    }
    globs.build().unwrap_or_else(|_| GlobSet::empty())
}

/// `editor:` is the name of one, or an address with a place for the path.
fn editor(fields: &mut Fields<'_>) -> Option<Editor> {
    let text = fields.spanned_text("editor")?;
    let editor = Editor::parse(&text.value);
    if editor.is_none() {
        let help = match nearest(&text.value, Editor::names()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => {
                let names: Vec<&str> = Editor::names().collect();
                format!("write one of {}, or an address such as `name://open{{path}}:{{line}}`", names.join(", "))
            }
        };
        bad(fields, text, "is not an editor that is known", &help);
    }
    editor
}

fn taxonomy(name: &str) -> TaxonomySettings {
    TaxonomySettings { name: name.to_string(), title: crate::base::slug::to_words(name) }
}

fn link(text: Spanned<String>) -> LinkSetting {
    LinkSetting { link: text.value, span: text.span }
}

fn bad(fields: &mut Fields<'_>, text: Spanned<String>, what: &str, help: &str) {
    fields.report(Code::BadConfig, text.span, format!("`{}` {what}", text.value), Some(help.to_string()));
}
