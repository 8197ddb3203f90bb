//! Makes the HTML of pages and of sections, with the template that is theirs.

use tera::{Context, Value};

use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::model::body::Body;
use crate::model::link::Target;
use crate::model::meta::layout_file;
use crate::model::output::FeedScope;
use crate::model::page::PageId;
use crate::model::section::{SECTION_TEMPLATE, SectionId};
use crate::render::blocks::PageBlocks;
use crate::render::html::{self, HtmlContext};
use crate::render::view::head::HeadFacts;
use crate::render::view::json_ld;
use crate::render::view::list::numbered;
use crate::render::view::page::PageHtml;
use crate::render::{Renderer, address, fallback, twins};

impl Renderer<'_> {
    /// Makes the HTML of a page.
    pub(super) fn page(&self, id: PageId) -> Reported<String> {
        let mut diagnostics = Vec::new();
        let html = self.page_html(id).take(&mut diagnostics);
        let template = self.page_template(id).take(&mut diagnostics);
        let section = self.views.site.section_of[id.0 as usize];
        let position = self.views.shared.positions[id.0 as usize];
        let mut context = self.context(self.page_head(id));
        context.insert_value("page", self.views.page(id, &html));
        context.insert_value("sidebar", self.views.sidebar(section, position));
        let page = self.views.site.page(id);
        let rendered = self.templates.render(&template, &context, page.source.as_str()).take(&mut diagnostics);
        let content = || fallback::page(&self.views.project.config.language, page.title(), &plain(&html));
        Reported::new(rendered.unwrap_or_else(content), diagnostics)
    }

    /// Makes one page of the list of a section; the number counts from 0. The first has the section's own page.
    pub(super) fn section(&self, id: SectionId, number: usize) -> Reported<String> {
        let mut diagnostics = Vec::new();
        let section = self.views.site.section(id);
        let own = section.page.filter(|_| number == 0);
        let html = own.map(|page| self.page_html(page).take(&mut diagnostics));
        let template = self.section_template(id, number).take(&mut diagnostics);
        let head = match own {
            Some(page) => self.page_head(page),
            None => self.section_head(id, number),
        };
        let mut context = self.context(head);
        context.insert_value("list", self.views.section(id, number));
        context.insert_value("sidebar", self.views.sidebar(id, 0));
        if let (Some(page), Some(html)) = (own, &html) {
            context.insert_value("page", self.views.page(page, html));
        }
        let name = match own {
            Some(page) => self.views.site.page(page).source.to_string(),
            None => address::list_page(&section.url, number).to_string(),
        };
        let rendered = self.templates.render(&template, &context, &name).take(&mut diagnostics);
        let content = || {
            let pages = section.pages.iter().map(|page| self.views.site.page(*page));
            let pages = fallback::list(pages.map(|page| (page.title(), self.views.addresses.href(&page.url))));
            let content = format!("{}\n{pages}", html.as_ref().map(plain).unwrap_or_default());
            fallback::page(&self.views.project.config.language, self.views.section_title(id), &content)
        };
        Reported::new(rendered.unwrap_or_else(content), diagnostics)
    }

    /// Makes the Markdown twin of a page.
    pub(super) fn twin(&self, id: PageId) -> String {
        let page = self.views.site.page(id);
        let resolved = self.views.site.resolved(id);
        let blocks = PageBlocks::new(&self.templates, page.source.as_str());
        let context = self.html_context(id, &blocks);
        let body = html::twin_body(&context, &page.body, &resolved.links);
        let document = page.document.as_ref();
        let document = document.map(|document| html::twin_body(&context, document, &resolved.document_links));
        twins::twin(page, &body, document.as_deref(), &self.views.addresses.fullest(&page.url))
    }

    /// Makes the HTML of a page for feeds.
    pub(super) fn feed_html(&self, id: PageId) -> String {
        let page = self.views.site.page(id);
        let blocks = PageBlocks::new(&self.templates, page.source.as_str());
        html::feed_body(&self.html_context(id, &blocks), &page.body, &self.views.site.resolved(id).links)
    }

    /// Returns the template of a page: what it asks for, else its kind's, else that of all pages.
    pub(super) fn page_template(&self, id: PageId) -> Reported<String> {
        self.template(Some(id), &self.views.site.page(id).kind.templates())
    }

    /// Returns the template of a page of a section.
    pub(super) fn section_template(&self, id: SectionId, number: usize) -> Reported<String> {
        let section = self.views.site.section(id);
        match number {
            0 => self.template(section.page, section.templates()),
            _ => self.template(None, &[SECTION_TEMPLATE]),
        }
    }

    fn template(&self, page: Option<PageId>, usual: &[&str]) -> Reported<String> {
        let usual = || {
            let name = usual.iter().find(|name| self.templates.has(name)).or(usual.last());
            name.map_or_else(String::new, |name| name.to_string())
        };
        let page = page.map(|id| self.views.site.page(id));
        let Some((page, layout)) = page.and_then(|page| Some((page, page.meta.layout.as_deref()?))) else {
            return Reported::clean(usual());
        };
        let name = layout_file(layout);
        if self.templates.has(&name) {
            return Reported::clean(name);
        }
        let message = format!("`layout: {layout}` names no template: neither the site nor the theme has `{name}`");
        let diagnostic = match page.key_line(&["layout"]) {
            Some(span) => Diagnostic::at(Code::MissingTemplate, &page.source, span, message),
            None => Diagnostic::about(Code::MissingTemplate, &page.source, message),
        };
        let help = match self.templates.nearest(&name) {
            Some(near) => format!("did you mean `layout: {}`?", near.strip_suffix(".html").unwrap_or(near)),
            None => format!("write `templates/{name}`"),
        };
        Reported::new(usual(), vec![diagnostic.help(help)])
    }

    /// Makes a context with what every template sees; what a template does not get is none.
    pub(super) fn context(&self, head: Value) -> Context {
        let mut context = Context::new();
        context.insert_value("site", self.views.shared.site.clone());
        context.insert_value("head", head);
        for key in ["page", "list", "sidebar"] {
            context.insert_value(key, Value::none());
        }
        context
    }

    fn page_html(&self, id: PageId) -> Reported<PageHtml> {
        let mut diagnostics = Vec::new();
        let page = self.views.site.page(id);
        let resolved = self.views.site.resolved(id);
        let blocks = PageBlocks::new(&self.templates, page.source.as_str());
        let context = self.html_context(id, &blocks);
        let mut write = |body: &Body, links: &[Target]| html::body(&context, body, links).take(&mut diagnostics);
        let content = write(&page.body, &resolved.links);
        let document = page.document.as_ref().filter(|document| document.source.is_markdown());
        let document = document.map(|document| write(document, &resolved.document_links));
        Reported::new(PageHtml { content, document }, diagnostics)
    }

    pub(super) fn html_context<'b>(&'b self, page: PageId, blocks: &'b PageBlocks<'b>) -> HtmlContext<'b> {
        HtmlContext { project: self.views.project, site: self.views.site, page, blocks, shared: &self.html }
    }

    fn page_head(&self, id: PageId) -> Value {
        let page = self.views.site.page(id);
        let is_home = self.views.site.section(SectionId(0)).page == Some(id);
        self.views.head(HeadFacts {
            title: if is_home { "" } else { page.title() },
            description: page.summary(),
            url: Some(&page.url),
            is_article: !page.is_section(),
            image: self.views.image_url(id),
            json_ld: json_ld::for_page(&self.views, id),
            feed: Some(FeedScope::Template(id))
                .filter(|own| self.views.shared.has_feed(*own))
                .or_else(|| self.feed_of(self.views.site.section_of[id.0 as usize])),
            twin_url: self.views.twin_url(id),
        })
    }

    fn section_head(&self, id: SectionId, number: usize) -> Value {
        let title = numbered(self.views.section_title(id), number);
        let description = self.views.section_description(id);
        let url = address::list_page(&self.views.site.section(id).url, number);
        self.views.head(HeadFacts {
            title: if (id.0, number) == (0, 0) { "" } else { &title },
            description,
            url: Some(&url),
            json_ld: json_ld::for_list(&self.views, &title, description, &url),
            feed: self.feed_of(id),
            ..HeadFacts::default()
        })
    }

    /// The feed of a section, or of the nearest around it that has one.
    fn feed_of(&self, id: SectionId) -> Option<FeedScope> {
        let mut section = Some(id);
        for _ in 0..=self.views.site.sections.len() {
            let scope = FeedScope::Section(section?);
            if self.views.shared.has_feed(scope) {
                return Some(scope);
            }
            section = self.views.site.section(section?).parent;
        }
        None
    }
}

fn plain(html: &PageHtml) -> String {
    format!("{}\n{}", html.content, html.document.as_deref().unwrap_or(""))
}
