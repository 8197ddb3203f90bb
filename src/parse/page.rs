//! Makes one page of its source, its place and its front matter.

use crate::base::digest::Digest;
use crate::config::project::Project;
use crate::diag::Reported;
use crate::document::version::Identity;
use crate::markdown::events::Reading;
use crate::model::body::Body;
use crate::model::kinds::Details;
use crate::model::page::Page;
use crate::model::release::Release;
use crate::model::source::Source;
use crate::parse::address::layout::Spot;
use crate::parse::address::{Addresses, Naming};
use crate::parse::front_matter::{self, FrontMatter};
use crate::parse::learn::{self, Text};
use crate::parse::meta::{self, Facts};
use crate::parse::{questions, releases};

/// What a page is made of.
pub struct Draft<'a> {
    /// Its file.
    pub source: &'a Source,
    /// Where it stands.
    pub spot: &'a Spot,
    /// What stands before its body.
    pub front_matter: &'a FrontMatter,
    /// The document beside it.
    pub document: Option<&'a Document<'a>>,
    /// The released versions of that document.
    pub versions: &'a [Document<'a>],
    /// The digest of all of these.
    pub digest: Digest,
}

/// The document of a template, or a released version of it.
pub struct Document<'a> {
    /// The folder of the template below the content folder.
    pub folder: &'a String,
    /// Its file.
    pub source: &'a Source,
}

impl Document<'_> {
    /// Returns the digest of its path and its text.
    pub fn digest(&self) -> Digest {
        Digest::of_value(&(&self.source.path, self.source.digest))
    }
}

/// Makes a page.
pub fn make(project: &Project, addresses: &Addresses, draft: &Draft<'_>) -> Reported<Page> {
    let Draft { source, spot, front_matter, document, versions: _, digest } = draft;
    let mut diagnostics = Vec::new();
    let (kind, kind_origin) = addresses.kind(source, spot, front_matter, document.is_some()).take(&mut diagnostics);
    let facts = Facts { source, spot, front_matter, kind };
    let typed = meta::read(project, &facts).take(&mut diagnostics);
    let naming = Naming { source, spot, slug: typed.slug, url: typed.url, meta: &typed.meta };
    let url = addresses.url(project, &naming).take(&mut diagnostics);
    let reading = Reading::of_body(project.config.markdown, kind, &typed.meta.title);
    let text = Text { source, span: front_matter.body.clone(), is_document: false };
    let body = learn::learn(project, &text, &reading).take(&mut diagnostics);
    let releases = releases(project, draft, &typed.meta.details).take(&mut diagnostics);
    let document = document.map(|document| document_body(project, document, &body.ids).take(&mut diagnostics));
    let page = Page {
        source: source.path.clone(),
        digest: *digest,
        meta: typed.meta,
        kind,
        kind_origin,
        role: spot.role,
        section: spot.section.clone(),
        url,
        body,
        identity: document.as_ref().map(|document| Identity::of(&document.text)),
        document,
        releases,
    };
    Reported::new(page, diagnostics)
}

/// Makes the released versions of a template, and compares its document with what its page says of it.
fn releases(project: &Project, draft: &Draft<'_>, details: &Details) -> Reported<Vec<Release>> {
    let (Some(document), Details::Template(template)) = (draft.document, details) else {
        return Reported::clean(Vec::new());
    };
    let mut diagnostics = Vec::new();
    let front_matter = 0..draft.front_matter.body.start;
    questions::compare(draft.source, front_matter, template, document.source).take(&mut diagnostics);
    let releases = releases::make(project, draft.source, document, template, draft.versions);
    Reported::new(releases.take(&mut diagnostics), diagnostics)
}

/// Makes the body of a template's document. Its own front matter goes into a fork as it is and is no part of the body;
/// a sheet has neither links nor headings.
fn document_body(project: &Project, document: &Document<'_>, taken: &[String]) -> Reported<Body> {
    let source = document.source;
    if !source.path.is_markdown() {
        let start = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        return Reported::clean(learn::empty(source, start..source.text.len()));
    }
    let reading = Reading::of_document(project.config.markdown, taken);
    let text = Text { source, span: front_matter::body(&source.text), is_document: true };
    learn::learn(project, &text, &reading)
}
