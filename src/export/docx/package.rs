//! The file around the text: its parts, its properties, and the archive that holds them.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use pulldown_cmark::Event as Markdown;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::base::xml::XmlWriter;
use crate::document::placeholders::find_in;
use crate::export::Document;
use crate::export::docx::parts::relation;
use crate::export::docx::story::Story;
use crate::markdown::events::Event;

/// The media type that all parts' types begin with.
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts of the text beside the main one, by kind.
pub const BESIDE: [(&str, &str); 4] = [
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("footnotes", "footnotes.xml"),
    ("settings", "settings.xml"),
];

/// The answers to the questions of a document, seen from its text.
pub const STORE: (&str, &str) = ("customXml", "../customXml/item1.xml");

/// The identity of the answers in the file, by which fields find theirs.
const ANSWERS: &str = "{5C2B7C1E-7D0B-4E0A-9C1F-0F1E1DB00C01}";

/// Returns where the answer of a field stands, and in what.
pub fn field_path(id: &str) -> (String, &'static str) {
    (format!("/answers/answer[@id='{id}']"), ANSWERS)
}

/// Writes the answers to the questions of a document: each is its placeholder until somebody types another.
pub fn answers(document: &Document<'_>) -> Vec<u8> {
    let mut ids = BTreeSet::new();
    let mut text = String::new();
    for (event, _) in document.events {
        match event {
            Event::Markdown(Markdown::Text(part)) => text.push_str(part),
            _ => ids.extend(find_in(&std::mem::take(&mut text)).into_iter().map(|found| found.id)),
        }
    }
    let mut xml = XmlWriter::new();
    xml.open("answers", &[]);
    for id in ids {
        xml.text_with("answer", &[("id", &id)], &format!("{{{{{id}}}}}"));
    }
    xml.finish()
}

/// Puts a text into an archive. Its entries have no time of their own, so that the same text gives the same bytes.
pub fn zip(story: &Story, document: &Document<'_>) -> Vec<u8> {
    let styles = include_str!("styles.xml").replace("LANGUAGE", &crate::base::html::escape(document.language));
    let entries: [(&str, &[u8]); 15] = [
        ("[Content_Types].xml", &types()),
        ("_rels/.rels", &relations()),
        ("docProps/core.xml", &core(document)),
        ("docProps/app.xml", &app()),
        ("docProps/custom.xml", &custom(document)),
        ("word/document.xml", &story.text),
        ("word/_rels/document.xml.rels", &story.text_relations),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", &story.numbering),
        ("word/footnotes.xml", &story.notes),
        ("word/_rels/footnotes.xml.rels", &story.notes_relations),
        ("word/settings.xml", include_bytes!("settings.xml")),
        ("customXml/item1.xml", &story.answers),
        ("customXml/_rels/item1.xml.rels", &answers_relations()),
        ("customXml/itemProps1.xml", &answers_properties()),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(name, options).expect("the names are few and differ");
        archive.write_all(bytes).expect("writing to memory does not fail");
    }
    archive.finish().expect("writing to memory does not fail").into_inner()
}

fn types() -> Vec<u8> {
    let mut xml = XmlWriter::new();
    xml.open("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]);
    let relations = "application/vnd.openxmlformats-package.relationships+xml";
    xml.empty("Default", &[("Extension", "rels"), ("ContentType", relations)]);
    xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
    let mut part = |name: &str, kind: &str| {
        xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
    };
    part("/word/document.xml", &format!("{WORD}.document.main+xml"));
    for (kind, file) in BESIDE {
        part(&format!("/word/{file}"), &format!("{WORD}.{kind}+xml"));
    }
    part("/customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml");
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    part("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml");
    xml.finish()
}

fn relations() -> Vec<u8> {
    let mut xml = XmlWriter::new();
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    xml.open("Relationships", &[("xmlns", packages)]);
    let mut part = |id: &str, kind: &str, target: &str| {
        xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
    };
    part("document", &relation("officeDocument"), "word/document.xml");
    part("core", &format!("{packages}/metadata/core-properties"), "docProps/core.xml");
    part("app", &relation("extended-properties"), "docProps/app.xml");
    part("custom", &relation("custom-properties"), "docProps/custom.xml");
    xml.finish()
}

fn answers_relations() -> Vec<u8> {
    let mut xml = XmlWriter::new();
    xml.open("Relationships", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")]);
    let kind = relation("customXmlProps");
    xml.empty("Relationship", &[("Id", "properties"), ("Type", &kind), ("Target", "itemProps1.xml")]);
    xml.finish()
}

fn answers_properties() -> Vec<u8> {
    let mut xml = XmlWriter::new();
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/customXml";
    xml.open("ds:datastoreItem", &[("ds:itemID", ANSWERS), ("xmlns:ds", namespace)]);
    xml.empty("ds:schemaRefs", &[]);
    xml.finish()
}

fn core(document: &Document<'_>) -> Vec<u8> {
    let mut xml = XmlWriter::new();
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.open("cp:coreProperties", &namespaces);
    xml.text("dc:title", document.title);
    xml.text("dc:language", document.language);
    xml.finish()
}

fn app() -> Vec<u8> {
    let mut xml = XmlWriter::new();
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.open("Properties", &[("xmlns", namespace)]);
    xml.text("Application", "Fieldbook");
    xml.finish()
}

/// The provenance, under the names that it has in front matter.
fn custom(document: &Document<'_>) -> Vec<u8> {
    let mut xml = XmlWriter::new();
    let namespaces = [
        ("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"),
        ("xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"),
    ];
    xml.open("Properties", &namespaces);
    let mut properties = Vec::new();
    if let Some(provenance) = document.provenance {
        properties.push(("forked_from", "vt:lpwstr", provenance.forked_from.clone()));
        properties.push(("template_version", "vt:i4", provenance.version.to_string()));
        properties.extend(provenance.hash.iter().map(|hash| ("template_hash", "vt:lpwstr", hash.to_string())));
    }
    properties.extend(document.license.map(|license| ("license", "vt:lpwstr", license.to_string())));
    // The numbers of properties begin at 2, and all are of the same format.
    for (number, (name, kind, value)) in (2..).zip(properties) {
        let format = ("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}");
        xml.open("property", &[format, ("pid", &u32::to_string(&number)), ("name", name)]);
        xml.text(kind, &value);
        xml.close();
    }
    xml.finish()
}
