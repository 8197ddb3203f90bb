//! What a feed says of itself, the same in all formats.

use crate::base::xml::clean;
use crate::config::Author;
use crate::model::feed::{FEED_STYLE, Feed, generated};
use crate::model::link::Target;
use crate::model::output::{FeedFormat, FeedScope};
use crate::render::feed::FeedContext;
use crate::render::feed::license::creative_commons;
use crate::render::feed::text::{is_blank, plain};

/// The name of the program, as feeds have it.
pub const GENERATOR: &str = "Fieldbook";
/// Its version: without the last number, so that a corrected program does not change every feed.
pub const GENERATOR_VERSION: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// What a feed says of itself.
#[derive(Clone, Debug)]
pub struct Head {
    /// The title as plain text, never blank.
    pub title: String,
    /// The address of the page it is the feed of.
    pub link: String,
    /// Its identity in Atom: that address under the configured base, wherever the site is served.
    pub id: String,
    /// One sentence about it.
    pub description: Option<String>,
    /// The language of the content.
    pub language: Option<String>,
    /// The copyright line.
    pub copyright: Option<String>,
    /// The address of the content's Creative Commons licence.
    pub license: Option<String>,
    /// Who is responsible.
    pub author: Option<Person>,
    /// The address of the image.
    pub image: Option<String>,
    /// The address of a WebSub hub.
    pub hub: Option<String>,
    /// The path of the style sheet.
    pub style_sheet: String,
    /// Whether the feed shows everything it has.
    pub is_complete: bool,
    addresses: [String; FeedFormat::ALL.len()],
}

/// Who is responsible for the site.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name.
    pub name: String,
    /// An e-mail address.
    pub email: Option<String>,
    /// The absolute address of a page about them.
    pub url: Option<String>,
}

impl Head {
    /// Finds what a feed says of itself.
    pub fn new(context: &FeedContext<'_>, feed: &Feed) -> Self {
        let config = context.config();
        let base = context.base;
        let site_path = &config.feeds.path;
        Head {
            title: feed_title(context, feed),
            link: base.absolute(&feed.folder),
            id: config.id_base.as_ref().unwrap_or(base).absolute(&feed.folder),
            description: said(&description(context, feed)),
            language: said(&config.language),
            copyright: config.copyright.as_deref().and_then(said),
            license: config.license.as_deref().and_then(creative_commons),
            author: config.author.as_ref().and_then(person),
            image: image(context),
            hub: config.feeds.hub.as_deref().and_then(web_address),
            style_sheet: generated(FEED_STYLE).to_href(&base.path),
            is_complete: context.items.is_complete(context, feed),
            addresses: FeedFormat::ALL.map(|format| base.absolute(&feed.url(format, site_path))),
        }
    }

    /// Returns the address of the feed in a format.
    pub fn address(&self, format: FeedFormat) -> &str {
        let at = FeedFormat::ALL.iter().position(|known| *known == format).unwrap_or(0);
        &self.addresses[at]
    }
}

/// Returns the title of a feed as a reader's list of subscriptions shows it: `Guides · Site title`.
pub fn feed_title(context: &FeedContext<'_>, feed: &Feed) -> String {
    let site = site_title(context);
    let own = plain(&feed.title);
    match feed.scope {
        FeedScope::Site => site,
        _ if is_blank(&own) => format!("{} · {site}", plain(feed.folder.as_str())),
        _ => format!("{own} · {site}"),
    }
}

/// Returns the title of the site; its host when nothing of the title can be seen.
pub fn site_title(context: &FeedContext<'_>) -> String {
    said(&context.config().title).unwrap_or_else(|| context.base.host().to_string())
}

/// Returns a text as one plain line, unless it says nothing.
fn said(text: &str) -> Option<String> {
    Some(plain(text)).filter(|line| !is_blank(line))
}

fn description(context: &FeedContext<'_>, feed: &Feed) -> String {
    match feed.scope {
        FeedScope::Site => context.config().description.clone(),
        FeedScope::Section(section) => {
            let page = context.site.section(section).page;
            page.map(|page| context.site.page(page).summary().to_string()).unwrap_or_default()
        }
        FeedScope::Term(..) => String::new(),
        FeedScope::Template(page) => context.site.page(page).summary().to_string(),
    }
}

fn person(author: &Author) -> Option<Person> {
    let is_mail = |email: &String| email.contains('@') && !email.contains(char::is_whitespace);
    Some(Person {
        name: said(&author.name)?,
        email: author.email.as_deref().map(|email| clean(email).into_owned()).filter(is_mail),
        url: author.url.as_deref().and_then(web_address),
    })
}

/// Returns an address that begins with `http://` or `https://`, or nothing.
fn web_address(url: &str) -> Option<String> {
    let url = clean(url.trim()).into_owned();
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    (is_web && !url.contains(char::is_whitespace)).then_some(url)
}

/// Returns the address of the channel's image, if it is of a form that RSS allows.
fn image(context: &FeedContext<'_>) -> Option<String> {
    let Some(Target::File(id)) = context.site.settings.feed_image else {
        return None;
    };
    let file = context.site.file(id);
    let extension = file.file.path.extension();
    let is_allowed = ["png", "jpg", "jpeg", "gif"].iter().any(|allowed| extension.eq_ignore_ascii_case(allowed));
    is_allowed.then(|| context.base.absolute(&file.url))
}
