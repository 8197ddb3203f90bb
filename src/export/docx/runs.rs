//! Runs of text with their look, links, boxes that can be ticked, and fields to type into.

use pulldown_cmark::Event as Markdown;

use crate::base::path::decode;
use crate::document::placeholders::find_in;
use crate::export::docx::package::field_path;
use crate::export::docx::story::Writer;
use crate::markdown::events::Event;

/// The look of a run: how many of each are open.
#[derive(Default)]
pub struct Look {
    /// Strong emphasis.
    pub bold: usize,
    /// Emphasis.
    pub italic: usize,
    /// Text that is struck out.
    pub strike: usize,
    /// Superscript.
    pub raised: usize,
    /// Subscript.
    pub lowered: usize,
}

impl Writer<'_> {
    /// Writes the texts that begin with the event `at` as one, since a placeholder may go over several, and returns the
    /// number of the event behind them.
    pub fn texts(&mut self, at: usize) -> usize {
        let mut text = String::new();
        let mut end = at;
        while let Some((Event::Markdown(Markdown::Text(part)), _)) = self.document.events.get(end) {
            text.push_str(part);
            end += 1;
        }
        self.run(&text);
        end
    }

    /// Writes text, with fields for its placeholders.
    pub fn run(&mut self, text: &str) {
        let mut plain = 0;
        for placeholder in find_in(text) {
            self.plain_run(&text[plain..placeholder.span.start]);
            self.field(&placeholder.id, &text[placeholder.span.clone()]);
            plain = placeholder.span.end;
        }
        self.plain_run(&text[plain..]);
    }

    /// Writes text as it is.
    pub fn plain_run(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.begin_paragraph();
        self.open_run(None);
        self.part.xml.text_with("w:t", PRESERVED, text);
        self.part.xml.close();
    }

    /// Writes code in a line.
    pub fn code(&mut self, code: &str) {
        self.begin_paragraph();
        self.open_run(Some("CodeText"));
        self.part.xml.text_with("w:t", PRESERVED, code);
        self.part.xml.close();
    }

    /// Ends the line.
    pub fn line_break(&mut self) {
        self.begin_paragraph();
        self.part.xml.open("w:r", &[]);
        self.part.xml.empty("w:br", &[]);
        self.part.xml.close();
    }

    /// Opens a run in a character style, or else with that of a link in a link.
    pub fn open_run(&mut self, style: Option<&str>) {
        let style = style.or_else(|| self.links.contains(&true).then_some("Hyperlink"));
        let Look { bold, italic, strike, raised, lowered } = &self.look;
        let xml = &mut self.part.xml;
        xml.open("w:r", &[]);
        xml.open("w:rPr", &[]);
        if let Some(style) = style {
            xml.empty("w:rStyle", &[("w:val", style)]);
        }
        for (name, count) in [("w:b", bold), ("w:i", italic), ("w:strike", strike)] {
            if *count > 0 {
                xml.empty(name, &[]);
            }
        }
        for (place, count) in [("superscript", raised), ("subscript", lowered)] {
            if *count > 0 {
                xml.empty("w:vertAlign", &[("w:val", place)]);
                break;
            }
        }
        xml.close();
    }

    /// Opens a link, if the address may be followed; `#id` leads to a heading.
    pub fn open_link(&mut self, address: &str) {
        self.begin_paragraph();
        let anchor = address.strip_prefix('#').and_then(|id| self.headings.get(decode(id).as_str()));
        let attribute = match anchor {
            Some(number) => Some(("w:anchor", bookmark(*number))),
            None => self.part.link(address).map(|id| ("r:id", id)),
        };
        self.links.push(attribute.is_some());
        if let Some((name, value)) = attribute {
            self.part.xml.open("w:hyperlink", &[(name, &value), ("w:history", "1")]);
        }
    }

    /// Closes the link that was opened last.
    pub fn close_link(&mut self) {
        if self.links.pop() == Some(true) {
            self.part.xml.close();
        }
    }

    /// Marks where the heading with an id stands.
    pub fn bookmark(&mut self, id: &str) {
        if let Some(number) = self.headings.get(id) {
            let (id, name) = (number.to_string(), bookmark(*number));
            self.part.xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
            self.part.xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
        }
    }

    /// Writes a box that can be ticked, in the font in which Word looks for it.
    pub fn tick_box(&mut self, is_done: bool) {
        let font = "MS Gothic";
        self.begin_paragraph();
        self.open_control(if is_done { "Done" } else { "To do" }, "task");
        let xml = &mut self.part.xml;
        xml.open("w14:checkbox", &[]);
        xml.empty("w14:checked", &[("w14:val", if is_done { "1" } else { "0" })]);
        xml.empty("w14:checkedState", &[("w14:val", "2612"), ("w14:font", font)]);
        xml.empty("w14:uncheckedState", &[("w14:val", "2610"), ("w14:font", font)]);
        xml.close();
        xml.close();
        xml.open("w:sdtContent", &[]);
        xml.open("w:r", &[]);
        xml.open("w:rPr", &[]);
        xml.empty("w:rFonts", &[("w:ascii", font), ("w:eastAsia", font), ("w:hAnsi", font), ("w:hint", "eastAsia")]);
        xml.close();
        xml.text("w:t", if is_done { "☒" } else { "☐" });
        for _ in ["run", "content", "control"] {
            xml.close();
        }
        xml.open("w:r", &[]);
        xml.empty("w:tab", &[]);
        xml.close();
    }

    /// Writes a field for the answer to a question. All fields of a question are bound to one answer, so that what is
    /// typed into one stands in all of them.
    fn field(&mut self, id: &str, shown: &str) {
        let document = self.document;
        let label = document.labels.get(id).map_or(id, String::as_str);
        self.begin_paragraph();
        self.open_control(label, id);
        let (path, store) = field_path(id);
        self.part.xml.empty("w:dataBinding", &[("w:xpath", &path), ("w:storeItemID", store)]);
        self.part.xml.empty("w:text", &[]);
        self.part.xml.close();
        self.part.xml.open("w:sdtContent", &[]);
        self.open_run(Some("Field"));
        self.part.xml.text("w:t", shown);
        for _ in ["run", "content", "control"] {
            self.part.xml.close();
        }
    }

    /// Opens a content control and its properties.
    fn open_control(&mut self, title: &str, tag: &str) {
        self.controls += 1;
        let id = self.controls.to_string();
        // Word takes 64 characters at most.
        let short = |text: &str| text.chars().take(64).collect::<String>();
        let xml = &mut self.part.xml;
        xml.open("w:sdt", &[]);
        xml.open("w:sdtPr", &[]);
        xml.empty("w:alias", &[("w:val", &short(title))]);
        xml.empty("w:tag", &[("w:val", &short(tag))]);
        xml.empty("w:id", &[("w:val", &id)]);
    }
}

const PRESERVED: &[(&str, &str)] = &[("xml:space", "preserve")];

/// The name of the bookmark at a heading; Word hides those that begin so.
fn bookmark(number: usize) -> String {
    format!("_heading{number}")
}
