//! XML: a small writer whose output is always well formed, whatever the texts hold.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesDecl, BytesEnd, BytesPI, BytesStart, BytesText, Event};

/// Writes a document of XML 1.0 in UTF-8, each element on a line of its own.
///
/// Texts and values of attributes are cleaned by [`clean`] and escaped. Names of elements and attributes are the
/// caller's own words and are written as they are.
pub struct XmlWriter {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

impl XmlWriter {
    /// Begins a document with its declaration.
    pub fn new() -> Self {
        let mut xml = XmlWriter { writer: Writer::new(Vec::with_capacity(4096)), open: Vec::new() };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.end_line();
        xml
    }

    /// Writes the instruction by which browsers find the style sheet of the document.
    pub fn style_sheet(&mut self, href: &str) {
        let href = quick_xml::escape::escape(clean(href)).into_owned();
        // An instruction ends at the first `?>`, and an escaped address has no `>`.
        let instruction = format!("xml-stylesheet type=\"text/css\" href=\"{href}\"");
        self.event(Event::PI(BytesPI::new(instruction)));
        self.end_line();
    }

    /// Opens an element that holds others.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(start(name, attributes)));
        self.end_line();
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.event(Event::End(BytesEnd::new(name)));
            self.end_line();
        }
    }

    /// Writes an element that holds nothing.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(start(name, attributes)));
        self.end_line();
    }

    /// Writes an element that holds a text.
    pub fn text(&mut self, name: &'static str, text: &str) {
        self.text_with(name, &[], text);
    }

    /// Writes an element with attributes that holds a text.
    pub fn text_with(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.event(Event::Start(start(name, attributes)));
        self.event(Event::Text(BytesText::new(&clean(text))));
        self.event(Event::End(BytesEnd::new(name)));
        self.end_line();
    }

    /// Writes an element that holds a text as CDATA; a `]]>` in it is divided between two sections.
    pub fn cdata(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.event(Event::Start(start(name, attributes)));
        for section in BytesCData::escaped(&clean(text)) {
            self.event(Event::CData(section));
        }
        self.event(Event::End(BytesEnd::new(name)));
        self.end_line();
    }

    /// Closes what is open and hands over the document.
    pub fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.writer.into_inner()
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("writing to memory does not fail");
    }

    fn end_line(&mut self) {
        self.writer.get_mut().push(b'\n');
    }
}

impl Default for XmlWriter {
    fn default() -> Self {
        Self::new()
    }
}

/// Drops what may not or should not stand in XML 1.0: control characters (all of C0 but tab and line feed, DEL and all
/// of C1) and U+FFFE and U+FFFF. A carriage return becomes a line feed, together with the line feed after it.
pub fn clean(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(|c| c == '\r' || is_refused(c)) else {
        return Cow::Borrowed(text);
    };
    let mut cleaned = String::with_capacity(text.len());
    cleaned.push_str(&text[..first]);
    let mut chars = text[first..].chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => cleaned.push('\n'),
            c if is_refused(c) => {}
            c => cleaned.push(c),
        }
    }
    Cow::Owned(cleaned)
}

fn is_refused(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        c => c.is_control(),
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, &*clean(value)));
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(write: impl FnOnce(&mut XmlWriter), expected: &str) {
        let mut xml = XmlWriter::new();
        write(&mut xml);
        let document = String::from_utf8(xml.finish()).expect("UTF-8");
        assert_eq!(document, format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{expected}"));
    }

    #[test]
    fn elements() {
        check(
            |xml| {
                xml.style_sheet("/a&b.css");
                xml.open("rss", &[("version", "2.0")]);
                xml.text("title", "R&D <b>");
                xml.empty("link", &[("href", "https://example.org/?a=\"1\"&b=2")]);
            },
            "<?xml-stylesheet type=\"text/css\" href=\"/a&amp;b.css\"?>\n<rss version=\"2.0\">\n\
             <title>R&amp;D &lt;b&gt;</title>\n\
             <link href=\"https://example.org/?a=&quot;1&quot;&amp;b=2\"/>\n</rss>\n",
        );
    }

    #[test]
    fn cdata_is_not_broken_out_of() {
        check(
            |xml| xml.cdata("x", &[], "a]]>b<script>]]]]>>"),
            "<x><![CDATA[a]]]]><![CDATA[>b<script>]]]]]]><![CDATA[>>]]></x>\n",
        );
        check(|xml| xml.cdata("x", &[("type", "html")], "<p>"), "<x type=\"html\"><![CDATA[<p>]]></x>\n");
    }

    #[test]
    fn characters_that_xml_refuses_are_dropped() {
        for (text, cleaned) in [
            ("plain\ttext\n", "plain\ttext\n"),
            ("a\0b\u{b}c\u{1b}[0m", "abc[0m"),
            ("a\u{7f}b\u{85}c\u{9f}d", "abcd"),
            ("a\u{fffe}b\u{ffff}c\u{fffd}", "abc\u{fffd}"),
            ("one\r\ntwo\rthree\r\r\n", "one\ntwo\nthree\n\n"),
            ("\u{202e}שלום 😀 \u{10fffd}", "\u{202e}שלום 😀 \u{10fffd}"),
        ] {
            assert_eq!(clean(text), cleaned);
        }
    }
}
