//! What the kinds of page add to a page's view.

use serde::Serialize;
use tera::Value;

use crate::document::version::Identity;
use crate::model::kinds::Details;
use crate::model::kinds::interview::{Interview, Person};
use crate::model::kinds::meeting::Meeting;
use crate::model::kinds::template::{Answer, Question, Template};
use crate::model::output::ExportFormat;
use crate::model::page::Page;
use crate::model::release;
use crate::render::address::{Addresses, document};
use crate::render::exports::Export;
use crate::render::view::DateView;
use crate::render::view::form::form;
use crate::render::view::license::{LicenseView, license};

/// What the kind of a page adds; what other kinds add is none.
#[derive(Default)]
pub struct DetailsView<'b> {
    /// Of an interview.
    pub interview: Option<InterviewView<'b>>,
    /// Of a meeting.
    pub meeting: Option<MeetingView<'b>>,
    /// Of a chapter.
    pub chapter: Option<ChapterView<'b>>,
    /// Of a template.
    pub template: Option<TemplateView<'b>>,
}

/// What an interview adds.
#[derive(Serialize)]
pub struct InterviewView<'b> {
    person: Option<PersonView<'b>>,
    recorded: Option<DateView>,
}

#[derive(Serialize)]
struct PersonView<'b> {
    name: &'b str,
    role: Option<&'b str>,
    organisation: Option<&'b str>,
    links: Vec<PersonLinkView>,
}

#[derive(Serialize)]
struct PersonLinkView {
    title: String,
    url: String,
}

/// What a meeting adds.
#[derive(Serialize)]
pub struct MeetingView<'b> {
    cadence: Option<&'b str>,
    duration: Option<&'b str>,
    starts: Option<DateView>,
    roles: Vec<RoleView<'b>>,
    sponsor: Option<&'b str>,
}

#[derive(Serialize)]
struct RoleView<'b> {
    role: &'b str,
    does: Option<&'b str>,
}

/// What a chapter adds.
#[derive(Serialize)]
pub struct ChapterView<'b> {
    part: Option<&'b str>,
    number: Option<i64>,
}

/// What a template adds.
#[derive(Serialize)]
pub struct TemplateView<'b> {
    version: Option<i64>,
    released: Option<DateView>,
    file: Option<&'b str>,
    license: Option<LicenseView>,
    asks: Vec<AskView<'b>>,
    notes: Vec<NoteView<'b>>,
    document: Option<Value>,
    form: Option<Value>,
    document_url: Option<String>,
    hash: Option<&'b str>,
    version_url: Option<String>,
    versions_url: Option<String>,
    feed_url: Option<String>,
    google_url: Option<&'b str>,
    exports: Vec<ExportView>,
}

/// The document in another format, made at build.
#[derive(Serialize)]
struct ExportView {
    format: &'static str,
    url: String,
    label: String,
}

#[derive(Serialize)]
struct AskView<'b> {
    id: &'b str,
    label: &'b str,
    example: Option<&'b str>,
    answer: &'static str,
    options: &'b [String],
}

#[derive(Serialize)]
struct NoteView<'b> {
    version: i64,
    note: &'b str,
}

/// What a page shows of a template's document.
pub struct DocumentView {
    /// Its HTML.
    pub html: Value,
    /// The licence that holds where the template names none.
    pub license: Option<String>,
    /// Whether a link of it leads to what is withheld: then the page does not repeat what the author wrote.
    pub is_withholding: bool,
}

/// Makes what the kind of a page adds. `exports` are the formats of a template's document, and `feed_url` is the `href`
/// of the feed of its versions.
pub fn details<'b>(
    page: &'b Page,
    document: Option<DocumentView>,
    exports: &[Export],
    feed_url: Option<String>,
    addresses: Addresses<'_>,
) -> DetailsView<'b> {
    let mut view = DetailsView::default();
    match &page.meta.details {
        Details::Interview(interview) => view.interview = Some(interview_view(interview, addresses)),
        Details::Meeting(meeting) => view.meeting = Some(meeting_view(meeting)),
        Details::Chapter(chapter) => {
            view.chapter = Some(ChapterView { part: chapter.part.as_deref(), number: chapter.number });
        }
        Details::Template(template) => {
            let exports = exports.iter().map(|export| export_view(export, addresses)).collect();
            let template = template_view(page, template, document, addresses);
            view.template = Some(TemplateView { exports, feed_url, ..template });
        }
        Details::None => {}
    }
    view
}

fn interview_view<'b>(interview: &'b Interview, addresses: Addresses<'_>) -> InterviewView<'b> {
    InterviewView {
        person: interview.person.as_ref().map(|person| person_view(person, addresses)),
        recorded: interview.recorded.as_ref().map(DateView::of),
    }
}

fn person_view<'b>(person: &'b Person, addresses: Addresses<'_>) -> PersonView<'b> {
    let links = person.links.iter().filter_map(|link| {
        let url = addresses.unresolved(&link.destination)?;
        Some(PersonLinkView { title: link_title(&link.destination), url })
    });
    PersonView {
        name: &person.name,
        role: person.role.as_deref(),
        organisation: person.organisation.as_deref(),
        links: links.collect(),
    }
}

/// What a link to a page about somebody is called: its host without `www.`, or the address of a mailbox.
fn link_title(destination: &str) -> String {
    let rest = destination.split_once("://").map_or(destination, |(_, rest)| rest);
    let rest = rest.strip_prefix("mailto:").or(rest.strip_prefix("tel:")).unwrap_or(rest);
    let host = rest.split(['/', '?', '#']).find(|part| !part.is_empty()).unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_string()
}

fn meeting_view(meeting: &Meeting) -> MeetingView<'_> {
    let roles = meeting.roles.iter().map(|role| RoleView { role: &role.role, does: role.does.as_deref() });
    MeetingView {
        cadence: meeting.cadence.as_deref(),
        duration: meeting.duration.as_deref(),
        starts: meeting.starts.as_ref().map(DateView::of),
        roles: roles.collect(),
        sponsor: meeting.sponsor.as_deref(),
    }
}

fn template_view<'b>(
    page: &'b Page,
    template: &'b Template,
    shown: Option<DocumentView>,
    addresses: Addresses<'_>,
) -> TemplateView<'b> {
    let default = shown.as_ref().and_then(|shown| shown.license.as_deref());
    let name = template.license.as_deref().or(default).map(|id| license(id).name);
    let is_fillable = shown.as_ref().is_some_and(|shown| !shown.is_withholding);
    let body = page.document.as_ref().filter(|_| is_fillable);
    let url = page.document.as_ref().map(|body| document(&page.url, body.source.extension()));
    let newest = page.releases.last().map(|release| release.number);
    TemplateView {
        version: template.version,
        released: template.released.as_ref().map(DateView::of),
        file: template.file.as_deref(),
        license: template.license.as_deref().map(license),
        asks: template.ask.iter().map(ask_view).collect(),
        notes: template.notes.iter().map(|(version, note)| NoteView { version: *version, note }).collect(),
        form: body.map(|body| form(page, template, body, name, addresses)),
        document: shown.map(|shown| shown.html),
        document_url: url.map(|url| addresses.href(&url)),
        hash: page.identity.as_ref().map(Identity::as_str),
        version_url: newest.map(|number| addresses.href(&release::version(&page.url, number))),
        versions_url: newest.map(|_| addresses.href(&release::versions(&page.url))),
        feed_url: None,
        google_url: template.google.as_deref(),
        exports: Vec::new(),
    }
}

fn export_view(export: &Export, addresses: Addresses<'_>) -> ExportView {
    let format = match export.format {
        ExportFormat::Docx => "docx",
        ExportFormat::Html => "html",
        ExportFormat::Csv(_) => "csv",
    };
    ExportView { format, url: addresses.href(&export.url), label: export.label.clone() }
}

fn ask_view(question: &Question) -> AskView<'_> {
    let (answer, options) = match &question.answer {
        Answer::Text => ("text", &[][..]),
        Answer::Date => ("date", &[][..]),
        Answer::Number => ("number", &[][..]),
        Answer::Choice(options) => ("choice", options.as_slice()),
    };
    AskView { id: &question.id, label: &question.label, example: question.example.as_deref(), answer, options }
}

#[cfg(test)]
mod tests {
    use super::link_title;

    #[test]
    fn titles_of_links_to_people() {
        assert_eq!(link_title("https://www.example.org/ana?x"), "example.org");
        assert_eq!(link_title("mailto:ana@example.org"), "ana@example.org");
        assert_eq!(link_title("/people/ana/"), "people");
    }
}
