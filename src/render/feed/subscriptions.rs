//! The data of the page that names all feeds.

use serde::Serialize;

use crate::model::feed::Feed;
use crate::model::output::{FeedFormat, FeedScope};
use crate::render::feed::FeedContext;
use crate::render::feed::head::feed_title;
use crate::render::feed::text::{is_blank, plain};

/// A feed as the page for subscribers shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subscription {
    /// What it is a feed of: the title of the site, the section or the term.
    pub title: String,
    /// What tells it from others of the same title: the title of the section around it, or of the taxonomy.
    pub folder_title: Option<String>,
    /// `site`, `section`, `term` or `template`.
    pub scope: &'static str,
    /// The path of its RSS, ready for `href`.
    pub rss: String,
    /// The path of its Atom, ready for `href`.
    pub atom: String,
    /// The path of its JSON Feed, ready for `href`.
    pub json: String,
    /// How many items it has, those it no longer shows among them.
    pub count: usize,
}

/// Lists all feeds: the site's, those of sections, those of terms, those of templates.
pub fn subscriptions(context: &FeedContext<'_>) -> Vec<Subscription> {
    context.site.feeds.iter().map(|feed| subscription(context, feed)).collect()
}

fn subscription(context: &FeedContext<'_>, feed: &Feed) -> Subscription {
    let href = |format| feed.url(format, &context.config().feeds.path).to_href(&context.base.path);
    let own = plain(&feed.title);
    Subscription {
        title: if is_blank(&own) { feed_title(context, feed) } else { own },
        folder_title: folder_title(context, feed),
        scope: match feed.scope {
            FeedScope::Site => "site",
            FeedScope::Section(_) => "section",
            FeedScope::Term(..) => "term",
            FeedScope::Template(_) => "template",
        },
        rss: href(FeedFormat::Rss),
        atom: href(FeedFormat::Atom),
        json: href(FeedFormat::Json),
        count: context.items.count(context, feed),
    }
}

fn folder_title(context: &FeedContext<'_>, feed: &Feed) -> Option<String> {
    let site = context.site;
    match feed.scope {
        FeedScope::Site | FeedScope::Template(_) => None,
        FeedScope::Section(id) => {
            let parent = site.section(site.section(id).parent?);
            // Sections in the home section need no other name.
            parent.parent.map(|_| plain(&parent.title))
        }
        FeedScope::Term(taxonomy, _) => Some(plain(&site.taxonomies[taxonomy].title)),
    }
}
