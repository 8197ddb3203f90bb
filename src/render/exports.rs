//! The document of a template in the formats that people take away: what there is, where it belongs, and its bytes.

use std::collections::BTreeMap;

use crate::base::path::UrlPath;
use crate::config::project::Project;
use crate::document::provenance::Provenance;
use crate::document::version::Identity;
use crate::export::html::Filling;
use crate::export::{Document, csv, docx, html as file};
use crate::markdown::events::{Reading, read};
use crate::model::body::Body;
use crate::model::kinds::Details;
use crate::model::kinds::template::Template;
use crate::model::link::Target;
use crate::model::output::ExportFormat;
use crate::model::page::{Page, PageId};
use crate::render::blocks::PageBlocks;
use crate::render::view::form::form;
use crate::render::view::license::license;
use crate::render::{Renderer, html};

/// The theme's script by which a document is filled in, if it has one.
const SCRIPT: &str = "template.js";

/// A document in a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The format.
    pub format: ExportFormat,
    /// Where it belongs.
    pub url: UrlPath,
    /// What people call it: `Word`.
    pub label: String,
}

/// Lists the formats of the document of a page: those of a Markdown document, and one for each of its tables.
pub fn of(project: &Project, page: &Page) -> Vec<Export> {
    let document = page.document.as_ref().filter(|document| document.source.is_markdown());
    let Some(document) = document.filter(|_| project.config.outputs.exports) else {
        return Vec::new();
    };
    let stem = stem(page);
    let tables = (0..document.tables).map(|number| match number {
        0 => (ExportFormat::Csv(0), format!("{stem}.csv"), "Table (CSV)".to_string()),
        _ => {
            let number_shown = number + 1;
            let label = format!("Table {number_shown} (CSV)");
            (ExportFormat::Csv(number), format!("{stem}-{number_shown}.csv"), label)
        }
    });
    let whole = [
        (ExportFormat::Docx, format!("{stem}.docx"), "Word".to_string()),
        (ExportFormat::Html, format!("{stem}.html"), "Web page".to_string()),
    ];
    let at = |(format, name, label): (ExportFormat, String, String)| {
        Some(Export { format, url: page.url.join(&name).ok()?, label })
    };
    whole.into_iter().chain(tables).filter_map(at).collect()
}

/// Returns the name under which a template's document is to be kept, as its author suggests it.
pub fn file(page: &Page) -> Option<&str> {
    of_template(page)?.file.as_deref()
}

/// What the names of all formats begin with: the suggested name, else the last part of the page's address. The page
/// itself keeps its own.
fn stem(page: &Page) -> &str {
    let suggested = file(page).and_then(|file| file.rsplit(['/', '\\']).next());
    let suggested = suggested.map(|name| name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim());
    let own = page.url.as_str().trim_end_matches('/').rsplit('/').next();
    let own = own.map(|name| name.strip_suffix(".html").unwrap_or(name));
    let is_free = |stem: &&str| {
        let path = page.url.join(&format!("{stem}.html"));
        !stem.is_empty() && path.is_ok_and(|path| path.to_output() != page.url.to_output())
    };
    suggested.filter(is_free).or(own.filter(is_free)).unwrap_or("template")
}

fn of_template(page: &Page) -> Option<&Template> {
    match &page.meta.details {
        Details::Template(template) => Some(template),
        Details::Interview(_) | Details::Meeting(_) | Details::Chapter(_) | Details::None => None,
    }
}

impl Renderer<'_> {
    /// Makes a document in a format. What is wrong in it is reported with its page.
    pub(super) fn export(&self, id: PageId, format: ExportFormat) -> Vec<u8> {
        let page = self.views.site.page(id);
        let Some(body) = &page.document else {
            return Vec::new();
        };
        let targets = &self.views.site.resolved(id).document_links;
        let blocks = PageBlocks::new(&self.templates, page.source.as_str());
        let context = self.html_context(id, &blocks);
        let config = &self.views.project.config;
        // The twin has every link absolute already.
        let text = html::twin_body(&context, body, targets);
        let reading = Reading::of_document(config.markdown, &[]);
        let events = read(&body.source, &text, 0..text.len(), &reading).value;
        let template = of_template(page);
        let license = template.and_then(|template| template.license.as_ref()).or(page.meta.license.as_ref());
        let license = license.or(config.license.as_ref()).map(|id| license_name(id));
        let provenance = template.and_then(|template| self.provenance(page, body, template, license.clone()));
        let asks = template.map(|template| template.ask.as_slice()).unwrap_or_default();
        let labels: BTreeMap<String, String> = asks.iter().map(|ask| (ask.id.clone(), ask.label.clone())).collect();
        let document = Document {
            title: page.title(),
            events: &events,
            language: &config.language,
            license: license.as_deref(),
            provenance: provenance.as_ref(),
            labels: &labels,
        };
        match format {
            ExportFormat::Docx => docx::write(&document),
            ExportFormat::Csv(number) => csv::write(&document, number),
            ExportFormat::Html => {
                // As on its page, what the author wrote is not repeated where a link of it leads to what is withheld.
                let template = template.filter(|_| !targets.contains(&Target::Withheld));
                let form = template.map(|template| form(page, template, body, license.clone(), self.views.addresses));
                let form = form.as_ref().and_then(|form| form.as_str());
                let filling = form.zip(self.assets.text(SCRIPT)).map(|(form, script)| Filling { script, form });
                file::write(&document, &html::file_body(&context, body, targets), filling)
            }
        }
    }

    /// Where a copy of a document comes from; none without a version or the site's own address.
    fn provenance(&self, page: &Page, body: &Body, template: &Template, license: Option<String>) -> Option<Provenance> {
        Some(Provenance {
            title: Some(page.title().to_string()),
            forked_from: self.views.addresses.absolute(&page.url)?,
            version: u32::try_from(template.version?).ok()?,
            hash: Some(Identity::of(&body.text)),
            license,
        })
    }
}

fn license_name(id: &str) -> String {
    license(id).name
}
