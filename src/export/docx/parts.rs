//! A part of the file: its XML, and the addresses that its links lead to.

use std::collections::HashMap;

use url::Url;

use crate::base::xml::XmlWriter;

/// The namespaces of the parts that hold text.
pub const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("xmlns:w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    ("mc:Ignorable", "w14"),
];

/// A part that holds text.
pub struct Part {
    /// Its XML.
    pub xml: XmlWriter,
    links: Links,
}

/// The addresses that the links of a part lead to, in the order of their ids.
#[derive(Default)]
pub struct Links {
    list: Vec<String>,
    ids: HashMap<String, String>,
}

impl Part {
    /// Begins a part with its outermost element.
    pub fn new(root: &'static str) -> Self {
        let mut xml = XmlWriter::new();
        xml.open(root, NAMESPACES);
        Part { xml, links: Links::default() }
    }

    /// Returns the id by which the part knows an address; `None` for one that nobody should follow.
    pub fn link(&mut self, address: &str) -> Option<String> {
        let address = followed(address)?;
        let Links { list, ids } = &mut self.links;
        let id = ids.entry(address).or_insert_with_key(|address| {
            list.push(address.clone());
            format!("link{}", list.len())
        });
        Some(id.clone())
    }

    /// Closes what is open, and hands over the XML and that of its relations; `others` are kinds and files.
    pub fn finish(self, others: &[(&str, &str)]) -> (Vec<u8>, Vec<u8>) {
        let mut xml = XmlWriter::new();
        xml.open("Relationships", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")]);
        for (id, file) in others {
            xml.empty("Relationship", &[("Id", id), ("Type", &relation(id)), ("Target", file)]);
        }
        let kind = relation("hyperlink");
        for (number, address) in self.links.list.iter().enumerate() {
            let id = format!("link{}", number + 1);
            let attributes = [("Id", &*id), ("Type", &kind), ("Target", address), ("TargetMode", "External")];
            xml.empty("Relationship", &attributes);
        }
        (self.xml.finish(), xml.finish())
    }
}

/// Returns the name of a kind of relation.
pub fn relation(kind: &str) -> String {
    format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")
}

/// An address in the form in which Word takes it, which refuses a file with one that is not well formed.
fn followed(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let is_followed = match url.scheme() {
        "http" | "https" => url.has_host(),
        "mailto" | "tel" => !url.path().is_empty(),
        _ => false,
    };
    is_followed.then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::followed;

    #[test]
    fn addresses_are_well_formed_or_none() {
        assert_eq!(
            followed("https://exämple.org/a b?q=\"x\"").as_deref(),
            Some("https://xn--exmple-cua.org/a%20b?q=%22x%22")
        );
        assert_eq!(followed("mailto:a@b.org").as_deref(), Some("mailto:a@b.org"));
        for refused in ["/guides/", "javascript:alert(1)", "file:///etc/passwd", "http://[", "data:text/html,x", ""] {
            assert_eq!(followed(refused), None, "{refused}");
        }
    }
}
