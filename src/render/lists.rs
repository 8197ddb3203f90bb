//! Makes the HTML of what is no page of the content: terms, all pages, feeds, `404.html`, redirects.

use serde::Serialize;

use crate::diag::Reported;
use crate::model::feed::{ALL_PAGES, NOT_FOUND, OPML, SUBSCRIBE, generated};
use crate::model::output::FeedScope;
use crate::model::page::PageId;
use crate::render::feed::subscriptions;
use crate::render::view::head::HeadFacts;
use crate::render::view::list::numbered;
use crate::render::view::{json_ld, value};
use crate::render::{Renderer, address, fallback};

/// The title of the index of all pages.
const ALL_TITLE: &str = "All pages";

#[derive(Serialize)]
struct TargetView<'b> {
    title: &'b str,
    url: String,
    absolute_url: Option<String>,
}

impl Renderer<'_> {
    /// Makes the list of a taxonomy's terms.
    pub(super) fn taxonomy(&self, number: usize) -> Reported<String> {
        let taxonomy = &self.views.site.taxonomies[number];
        let head = self.views.head(HeadFacts {
            title: &taxonomy.title,
            url: Some(&taxonomy.url),
            json_ld: json_ld::for_list(&self.views, &taxonomy.title, "", &taxonomy.url),
            ..HeadFacts::default()
        });
        let mut context = self.context(head);
        context.insert_value("list", self.views.taxonomy(number));
        let rendered = self.templates.render("taxonomy.html", &context, taxonomy.url.as_str());
        self.or_else(rendered, || {
            let terms = taxonomy.terms.iter();
            let links = terms.map(|term| (term.name.as_str(), self.views.addresses.href(&term.url)));
            (taxonomy.title.clone(), fallback::list(links))
        })
    }

    /// Makes a page of the list of a term; the number counts from 0.
    pub(super) fn term(&self, taxonomy: usize, term: usize, number: usize) -> Reported<String> {
        let found = &self.views.site.taxonomies[taxonomy].terms[term];
        let title = numbered(&found.name, number);
        let url = address::list_page(&found.url, number);
        let head = self.views.head(HeadFacts {
            title: &title,
            url: Some(&url),
            json_ld: json_ld::for_list(&self.views, &title, "", &url),
            feed: Some(FeedScope::Term(taxonomy, term)),
            ..HeadFacts::default()
        });
        let mut context = self.context(head);
        context.insert_value("list", self.views.term(taxonomy, term, number));
        let rendered = self.templates.render("term.html", &context, url.as_str());
        self.or_else(rendered, || (title, self.plain_list(&found.pages)))
    }

    /// Makes the index of all pages.
    pub(super) fn all_pages(&self) -> Reported<String> {
        let url = generated(ALL_PAGES);
        let head = self.views.head(HeadFacts {
            title: ALL_TITLE,
            url: Some(&url),
            json_ld: json_ld::for_list(&self.views, ALL_TITLE, "", &url),
            ..HeadFacts::default()
        });
        let mut context = self.context(head);
        context.insert_value("list", self.views.all(ALL_TITLE, &url));
        let rendered = self.templates.render("all.html", &context, ALL_PAGES);
        self.or_else(rendered, || {
            let pages: Vec<PageId> = self.views.site.all_pages().map(|(id, _)| id).collect();
            (ALL_TITLE.to_string(), self.plain_list(&pages))
        })
    }

    /// Makes the page that names all feeds.
    pub(super) fn subscribe(&self) -> Reported<String> {
        let title = "Subscribe";
        let url = generated(SUBSCRIBE);
        let head = self.views.head(HeadFacts { title, url: Some(&url), ..HeadFacts::default() });
        let mut context = self.context(head);
        let feeds = self.with_feeds(subscriptions).unwrap_or_default();
        context.insert_value("feeds", value(&feeds));
        context.insert_value("opml_url", self.views.addresses.href(&generated(OPML)).into());
        let rendered = self.templates.render("subscribe.html", &context, SUBSCRIBE);
        self.or_else(rendered, || {
            let links = feeds.iter().map(|feed| (feed.title.as_str(), feed.rss.clone()));
            (title.to_string(), fallback::list(links))
        })
    }

    /// Makes `404.html`.
    pub(super) fn not_found(&self) -> Reported<String> {
        let title = "Page not found";
        let context = self.context(self.views.head(HeadFacts { title, ..HeadFacts::default() }));
        let rendered = self.templates.render("404.html", &context, NOT_FOUND);
        self.or_else(rendered, || {
            let home =
                (self.views.project.config.title.as_str(), format!("{}/", self.views.project.config.base_path()));
            (title.to_string(), fallback::list([home].into_iter()))
        })
    }

    /// Makes the page at a former address.
    pub(super) fn redirect(&self, number: usize) -> Reported<String> {
        let redirect = &self.views.site.redirects[number];
        let page = self.views.site.page(redirect.to);
        let addresses = self.views.addresses;
        let head = HeadFacts { title: page.title(), url: Some(&page.url), ..HeadFacts::default() };
        let mut context = self.context(self.views.head(head));
        let url = addresses.href(&page.url);
        let absolute_url = addresses.absolute(&page.url);
        let target = TargetView { title: page.title(), url: url.clone(), absolute_url };
        context.insert_value("target", value(&target));
        let rendered = self.templates.render("redirect.html", &context, redirect.from.as_str());
        let language = &self.views.project.config.language;
        let canonical = || fallback::redirect(language, page.title(), &url, &addresses.fullest(&page.url));
        Reported::new(rendered.value.unwrap_or_else(canonical), rendered.diagnostics)
    }

    /// What a template made, or without one a plain page with the title and content that `plain` gives.
    fn or_else(
        &self,
        rendered: Reported<Option<String>>,
        plain: impl FnOnce() -> (String, String),
    ) -> Reported<String> {
        let html = rendered.value.unwrap_or_else(|| {
            let (title, content) = plain();
            fallback::page(&self.views.project.config.language, &title, &content)
        });
        Reported::new(html, rendered.diagnostics)
    }

    fn plain_list(&self, pages: &[PageId]) -> String {
        let pages = pages.iter().map(|id| self.views.site.page(*id));
        fallback::list(pages.map(|page| (page.title(), self.views.addresses.href(&page.url))))
    }
}
