//! The item of a released version of a template.

use crate::base::html::escape;
use crate::base::path::UrlPath;
use crate::base::xml::clean;
use crate::config::FeedContent;
use crate::document::Format;
use crate::model::page::{Page, PageId};
use crate::model::release;
use crate::render::feed::FeedContext;
use crate::render::feed::identity::Identity;
use crate::render::feed::item::{Alternate, Item, authors, categories, license, title};
use crate::render::feed::text::{is_blank, plain};

/// Makes the item of a release: what changed, and where to read it. It has no more to say than its note, since whoever has
/// a copy wants to know what is new in it.
pub fn make(context: &FeedContext<'_>, (page, number): (PageId, usize), identity: &Identity) -> Item {
    let config = context.config();
    let page = context.site.page(page);
    let release = &page.releases[number];
    let url = context.base.absolute(&release::version(&page.url, release.number));
    let title = format!("{}, version {}", title(page), release.number);
    let note = Some(plain(page.note(release).unwrap_or_default())).filter(|note| !is_blank(note));
    let text = release::snapshot(&page.url, release.number, release.extension());
    let media_type = match release.format() {
        Format::Markdown => "text/markdown",
        Format::Csv => "text/csv",
    };
    let html = match config.feeds.content {
        FeedContent::Full => html(context, page, release.number, note.as_deref()),
        FeedContent::Summary => String::new(),
    };
    let own = page.template().and_then(|template| template.license.as_deref());
    Item {
        id: identity.id.clone(),
        atom_id: identity.atom_id.clone(),
        is_permalink: identity.id == url,
        summary: note.unwrap_or_else(|| title.clone()),
        title,
        html,
        published: identity.published.clone(),
        updated: identity.updated.clone(),
        atom_updated: identity.atom_updated.clone(),
        authors: authors(page),
        categories: categories(page),
        license: license(config, own.or(page.meta.license.as_deref())),
        enclosure: None,
        alternates: vec![Alternate { url: context.base.absolute(&text), media_type }],
        url,
    }
}

/// The note, and links to the version and to all of them.
fn html(context: &FeedContext<'_>, page: &Page, number: u32, note: Option<&str>) -> String {
    let link = |url: &UrlPath, words: &str| {
        format!("<a href=\"{}\">{}</a>", escape(&context.base.absolute(url)), escape(words))
    };
    let note = note.map(|note| format!("<p>{}</p>\n", escape(note))).unwrap_or_default();
    let version = link(&release::version(&page.url, number), &format!("Version {number}"));
    let (template, all) = (link(&page.url, page.title()), link(&release::versions(&page.url), "all its versions"));
    clean(&format!("{note}<p>{version} of {template}; see {all} for what changed since yours.</p>")).into_owned()
}
