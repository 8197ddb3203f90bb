//! The keys that keep a page from readers. What may have hidden a page and cannot be understood hides it: a page that is
//! missing is noticed and put right, one that should not have been there has been read.

use crate::base::date::Moment;
use crate::base::did_you_mean::is_slip;
use crate::base::tree::{Entry, Node, Value};
use crate::config::fields::{Fields, flag, scalar};
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::parse::front_matter::HIDING;

/// What the messages say of a page that is withheld.
const CONSEQUENCE: &str = ", so the page is not published";

/// Keys by which other generators hide a page, each with ours for it.
const FOREIGN: [(&str, &str); 7] = [
    ("publishDate", "publish_on"),
    ("publishdate", "publish_on"),
    ("pubdate", "publish_on"),
    ("published", "draft"),
    ("expiryDate", "expires"),
    ("expirydate", "expires"),
    ("unpublishdate", "expires"),
];

/// What the front matter says of who may read the page.
pub struct Hiding {
    /// Whether it is a draft, or taken for one.
    pub draft: bool,
    /// What `date` says.
    pub date: Option<Moment>,
    /// What `publish_on` says.
    pub publish_on: Option<Moment>,
    /// What `expires` says.
    pub expires: Option<Moment>,
    /// What `audience` says.
    pub audience: Vec<String>,
}

/// Takes the keys that hide a page.
pub fn read(fields: &mut Fields<'_>) -> Hiding {
    let mut is_unread = false;
    let mut moment = |fields: &mut Fields<'_>, key: &'static str| {
        let moment = fields.moment_or(key, CONSEQUENCE);
        is_unread |= moment.is_err();
        moment.unwrap_or(None)
    };
    let date = moment(fields, "date");
    let publish_on = moment(fields, "publish_on");
    let expires = moment(fields, "expires");
    let audience = audience(fields);
    let draft = draft(fields) || is_unread || audience.is_none();
    Hiding { draft, date, publish_on, expires, audience: audience.unwrap_or_default() }
}

/// What `draft` says. What is neither true nor false is reported, and the page counts as one.
fn draft(fields: &mut Fields<'_>) -> bool {
    let Some(node) = fields.node("draft") else {
        return false;
    };
    flag(node).unwrap_or_else(|| {
        let written = scalar(node).unwrap_or_else(|| node.describe().to_string());
        let message = format!("`draft: {written}` is neither true nor false{CONSEQUENCE}");
        let help = "write `draft: true` or `draft: false`".to_string();
        fields.report(Code::BadDraft, fields.file_span(node), message, Some(help));
        true
    })
}

/// What `audience` says; `None` if it cannot be read, which is reported.
fn audience(fields: &mut Fields<'_>) -> Option<Vec<String>> {
    let mut audiences = Vec::new();
    let mut is_read = true;
    for item in fields.inner_list("audience") {
        match scalar(item) {
            Some(text) if text.trim().is_empty() => {}
            Some(text) => audiences.push(text.trim().to_string()),
            None if item.value == Value::Null => {}
            None => {
                is_read = false;
                let message = format!("`audience` is {}, not a list of texts{CONSEQUENCE}", item.describe());
                let help = "write a list of texts".to_string();
                fields.report(Code::BadValue, fields.file_span(item), message, Some(help));
            }
        }
    }
    is_read.then_some(audiences)
}

/// Reports keys that are not known and were probably meant to hide the page, and returns whether there are any.
pub fn misspelt(fields: &mut Fields<'_>) -> bool {
    let mut is_hidden = false;
    for (entry, near) in fields.unknown() {
        let key = entry.key.as_str();
        let foreign = FOREIGN.iter().find(|(foreign, _)| *foreign == key).map(|(_, ours)| *ours);
        // A day by which pages are sorted is not as near to a secret as the others: only its case may differ.
        let near = near.filter(|near| match *near {
            "date" => near.eq_ignore_ascii_case(key),
            near => is_slip(key, near),
        });
        let Some(ours) = foreign.or(near).filter(|ours| HIDING.contains(ours)) else {
            continue;
        };
        let hides = !hides_nothing(entry, ours);
        if !hides && foreign.is_none() || fields.node(key).is_none() {
            continue;
        }
        is_hidden |= hides;
        let message = match hides {
            true => format!("the key `{key}` is not known and may have hidden the page{CONSEQUENCE}"),
            false => format!("the key `{key}` is not known"),
        };
        let help = match foreign {
            Some("draft") => "write `draft: true` for a page that is not published".to_string(),
            Some(ours) => format!("write `{ours}:`"),
            None => format!("did you mean `{ours}`?"),
        };
        fields.report(Code::UnknownKey, fields.key_span(key).unwrap_or(0..0), message, Some(help));
    }
    is_hidden
}

/// Whether the value says that the page is not hidden, whatever the key means.
fn hides_nothing(entry: &Entry, ours: &str) -> bool {
    let said = flag(&entry.value);
    match entry.key.as_str() {
        "published" => said == Some(true),
        _ => ours == "draft" && said == Some(false),
    }
}

/// Whether a key that hides stands twice and does not say the same each time; the reports of it then say so.
pub fn contradicts(fields: &Node, diagnostics: &mut [Diagnostic]) -> bool {
    let Value::Map(entries) = &fields.value else {
        return false;
    };
    let mut is_hidden = false;
    for key in HIDING {
        let mut said = entries.iter().filter(|entry| entry.key == key).map(|entry| entry.value.to_json());
        let Some(first) = said.next() else { continue };
        if said.all(|other| other == first) {
            continue;
        }
        is_hidden = true;
        let begins = format!("the key `{key}` stands twice");
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.message.starts_with(&begins)) {
            diagnostic.message = format!("{begins} and says two things{CONSEQUENCE}");
        }
    }
    is_hidden
}
