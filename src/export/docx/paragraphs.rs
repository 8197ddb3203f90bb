//! Paragraphs: their style, how far they are moved in, and the mark of the list item that they begin.

use crate::export::docx::lists::{DEEPEST, STEP};
use crate::export::docx::notes;
use crate::export::docx::story::Writer;

/// What a paragraph stands in.
pub enum Frame {
    /// A quotation.
    Quote,
    /// A note set apart, or advice about the document.
    Callout {
        /// Whether it is advice.
        is_guide: bool,
    },
    /// A `:::` block.
    Block {
        /// Whether it is shown apart from the text.
        is_set_apart: bool,
        /// Whose words it has.
        by: Option<String>,
    },
    /// A list, by its number.
    List(usize),
    /// An item of a list.
    Item {
        /// Whether its mark is written.
        is_begun: bool,
        /// Whether its mark is a box.
        is_task: bool,
    },
    /// What is said of a term.
    Definition,
}

/// A paragraph.
#[derive(Default)]
pub struct Paragraph {
    /// Whether it is begun and not ended.
    pub is_open: bool,
    /// Its style, if not that of what it stands in.
    pub style: Option<&'static str>,
    /// How its lines are set, if not from the left.
    pub justified: Option<&'static str>,
}

impl Writer<'_> {
    /// Begins a paragraph unless one is open.
    pub fn begin_paragraph(&mut self) {
        if self.paragraph.is_open {
            return;
        }
        self.paragraph.is_open = true;
        let mark = self.mark();
        let (style, around) = self.style();
        let left = self.indent();
        let xml = &mut self.part.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        if let Some(style) = style {
            xml.empty("w:pStyle", &[("w:val", style)]);
        }
        if let Some(Mark::Listed(number, level)) = mark {
            xml.open("w:numPr", &[]);
            xml.empty("w:ilvl", &[("w:val", &level.to_string())]);
            xml.empty("w:numId", &[("w:val", &number.to_string())]);
            xml.close();
        }
        if left > 0 {
            let left = (left + around).to_string();
            let hanging = STEP.to_string();
            let all = [("w:left", left.as_str()), ("w:hanging", hanging.as_str())];
            xml.empty("w:ind", if mark.is_some() { &all } else { &all[..1] });
        }
        if let Some(justified) = self.paragraph.justified {
            xml.empty("w:jc", &[("w:val", justified)]);
        }
        xml.close();
        notes::begin(self);
    }

    /// Ends the paragraph that is open, if one is.
    pub fn end_paragraph(&mut self) {
        if self.paragraph.is_open {
            for link in &mut self.links {
                if std::mem::take(link) {
                    self.part.xml.close();
                }
            }
            self.part.xml.close();
        }
        self.paragraph = Paragraph::default();
    }

    /// Gives the item that has just begun its mark, if what follows is no paragraph that can bear it.
    pub fn mark_item(&mut self) {
        if let Some(Frame::Item { is_begun: false, .. }) = self.frames.last() {
            self.end_paragraph();
            self.begin_paragraph();
            self.end_paragraph();
        }
    }

    /// The mark that the next paragraph bears.
    fn mark(&mut self) -> Option<Mark> {
        let level = self.frames.iter().filter(|frame| matches!(frame, Frame::List(_))).count();
        let [.., Frame::List(number), Frame::Item { is_begun, is_task }] = &mut self.frames[..] else {
            return None;
        };
        if std::mem::replace(is_begun, true) {
            return None;
        }
        Some(if *is_task { Mark::Box } else { Mark::Listed(*number, level.saturating_sub(1).min(DEEPEST)) })
    }

    /// The style of the next paragraph, and how far the style itself moves it in.
    fn style(&self) -> (Option<&'static str>, usize) {
        if self.paragraph.style.is_some() {
            return (self.paragraph.style, 0);
        }
        let apart = self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Callout { is_guide: true } => Some(("Guide", 227)),
            Frame::Callout { is_guide: false } | Frame::Block { is_set_apart: true, .. } => Some(("Callout", 227)),
            Frame::Quote => Some(("Quote", 340)),
            _ => None,
        });
        if let Some((style, around)) = apart {
            return (Some(style), around);
        }
        let is_item = self.frames.iter().any(|frame| matches!(frame, Frame::Item { .. }));
        match (self.notes.is_open(), is_item) {
            (true, _) => (Some("FootnoteText"), 0),
            (false, true) => (Some("ListParagraph"), 0),
            (false, false) => (None, 0),
        }
    }
}

/// What stands before the first paragraph of an item.
enum Mark {
    /// A box, which the paragraph's text brings along.
    Box,
    /// A bullet or a number, by list and level.
    Listed(usize, usize),
}
