//! The fields of each kind of page.

use crate::base::slug::to_words;
use crate::base::tree::{Node, Value};
use crate::config::fields::{Fields, scalar};
use crate::diag::code::Code;
use crate::model::kinds::chapter::Chapter;
use crate::model::kinds::interview::{Interview, Person};
use crate::model::kinds::meeting::{Meeting, MeetingRole};
use crate::model::kinds::template::{Answer, Question, Template};
use crate::model::kinds::{Details, Kind};
use crate::parse::meta::notes::History;
use crate::parse::meta::{links, values};

/// Takes the fields of a kind.
pub fn details(fields: &mut Fields<'_>, kind: Kind, source: &str) -> Details {
    match kind {
        Kind::Guide | Kind::Page => Details::None,
        Kind::Chapter => Details::Chapter(Chapter { part: fields.text("part"), number: fields.whole("number") }),
        Kind::Interview => {
            let person = person(fields, source);
            Details::Interview(Interview { person, recorded: fields.moment("recorded") })
        }
        Kind::Meeting => Details::Meeting(Meeting {
            cadence: fields.text("cadence"),
            duration: fields.text("duration"),
            starts: fields.moment("starts"),
            roles: roles(fields),
            sponsor: fields.text("sponsor"),
        }),
        Kind::Template => Details::Template(fields.inner("template").map_or_else(Template::default, |mut inner| {
            let template = template(&mut inner);
            fields.close(inner);
            template
        })),
    }
}

/// Who was asked: a text, or a map.
fn person(fields: &mut Fields<'_>, source: &str) -> Option<Person> {
    let node = fields.node("person")?;
    if let Some(name) = scalar(node) {
        return Some(Person { name: name.trim().to_string(), ..Person::default() });
    }
    let mut inner = fields.inner("person")?;
    let role = inner.text("role");
    let name = inner.text("name");
    let organisation = inner.text("organisation").or_else(|| inner.text("organization"));
    let mut written = inner.texts("links");
    written.extend(inner.texts("link"));
    written.extend(inner.texts("url"));
    fields.close(inner);
    let name = name.or_else(|| role.clone()).or_else(|| organisation.clone())?;
    let links = written.into_iter().map(|written| links::link(written, source)).collect();
    Some(Person { name, role, organisation, links })
}

/// The roles of a meeting: a list of maps or texts, or a map of roles to what they do.
fn roles(fields: &mut Fields<'_>) -> Vec<MeetingRole> {
    let mut roles = Vec::new();
    let nodes = fields.inner_list("roles");
    for node in nodes {
        match &node.value {
            Value::Map(entries) if !entries.iter().any(|entry| ["role", "name"].contains(&entry.key.as_str())) => {
                for entry in entries {
                    roles.push(MeetingRole { role: entry.key.trim().to_string(), does: scalar(&entry.value) });
                }
            }
            Value::Map(_) => {
                let mut item = fields.open_item("roles", node);
                let role = item.text("role").or_else(|| item.text("name"));
                item.node("name");
                let does = item.text("does");
                fields.close(item);
                roles.extend(role.map(|role| MeetingRole { role, does }));
            }
            Value::Null => {}
            _ => match scalar(node).filter(|text| !text.trim().is_empty()) {
                Some(text) => roles.push(MeetingRole { role: text.trim().to_string(), does: None }),
                None => {
                    let help = "write `- {role: Facilitator, does: keeps time}`".to_string();
                    let message = format!("a role is {}, not a map with `role` and `does`", node.describe());
                    fields.report(Code::BadValue, fields.file_span(node), message, Some(help));
                }
            },
        }
    }
    roles
}

fn template(fields: &mut Fields<'_>) -> Template {
    let version = fields.whole("version");
    if version.is_some_and(|version| version < 1) {
        let span = fields.key_span("version").unwrap_or_else(|| fields.span());
        let help = Some("versions are counted from 1".to_string());
        fields.report(Code::BadValue, span, "`template.version` is below 1".into(), help);
    }
    let history = History::take(fields);
    let mut template = Template {
        version: version.filter(|version| *version >= 1),
        released: fields.moment("released"),
        file: fields.text("file"),
        license: fields.text("license"),
        ask: Vec::new(),
        notes: history.notes,
        dates: history.dates,
        google: fields.text("google"),
        google_version: fields.whole("google_version"),
    };
    for node in fields.inner_list("ask") {
        template.ask.extend(question(fields, node));
    }
    template
}

/// Something that is asked of the person who forks a template.
fn question<'a>(fields: &mut Fields<'a>, node: &'a Node) -> Option<Question> {
    if let Some(id) = scalar(node).filter(|id| !id.trim().is_empty()) {
        let id = id.trim().to_string();
        return Some(Question { label: to_words(&id), id, example: None, answer: Answer::Text });
    }
    let mut item = fields.open_item("ask", node);
    let id = item.text("id");
    let label = item.text("label");
    let example = item.text("example");
    let options = values(item.texts("options"));
    let kinds = [("text", 0), ("date", 1), ("number", 2), ("choice", 3)];
    let answer = match item.choice("type", &kinds) {
        Some(1) => Answer::Date,
        Some(2) => Answer::Number,
        Some(3) => Answer::Choice(options),
        Some(_) => Answer::Text,
        None if options.is_empty() => Answer::Text,
        None => Answer::Choice(options),
    };
    if id.is_none() {
        let help = "write `- {id: vendor, label: Vendor}`".to_string();
        item.report(Code::BadValue, item.span(), "a question has no `id`".into(), Some(help));
    }
    fields.close(item);
    let id = id?;
    let label = label.unwrap_or_else(|| to_words(&id));
    Some(Question { id, label, example, answer })
}
