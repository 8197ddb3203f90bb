//! Tables: with a header row that is repeated on each page, and columns as wide as what they hold.

use pulldown_cmark::{Alignment, Event as Markdown, TagEnd};

use crate::export::docx::story::Writer;
use crate::markdown::events::Event;
use crate::markdown::text;

/// The width of the text on a page, in twentieths of a point.
const WIDTH: usize = 9298;

/// The table that is open.
#[derive(Default)]
pub struct Table {
    alignments: Vec<Alignment>,
    widths: Vec<usize>,
    column: usize,
}

/// Opens the table `at`.
pub fn start(writer: &mut Writer<'_>, at: usize, alignments: &[Alignment]) {
    writer.mark_item();
    let indent = writer.indent().min(WIDTH / 2);
    let widths = widths(writer, at, (alignments.len(), WIDTH - indent));
    let xml = &mut writer.part.xml;
    xml.open("w:tbl", &[]);
    xml.open("w:tblPr", &[]);
    xml.empty("w:tblStyle", &[("w:val", "TableGrid")]);
    xml.empty("w:tblW", &[("w:w", &widths.iter().sum::<usize>().to_string()), ("w:type", "dxa")]);
    xml.empty("w:tblInd", &[("w:w", &indent.to_string()), ("w:type", "dxa")]);
    xml.empty("w:tblLook", &[("w:val", "0020"), ("w:firstRow", "1"), ("w:noHBand", "1"), ("w:noVBand", "1")]);
    xml.close();
    xml.open("w:tblGrid", &[]);
    for width in &widths {
        xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
    }
    xml.close();
    writer.table = Table { alignments: alignments.to_vec(), widths, column: 0 };
}

/// Closes a table. Two of them without anything between would become one.
pub fn end(writer: &mut Writer<'_>) {
    writer.part.xml.close();
    writer.table = Table::default();
    writer.styled("Gap", "");
}

/// Opens a row.
pub fn start_row(writer: &mut Writer<'_>, is_header: bool) {
    writer.table.column = 0;
    let xml = &mut writer.part.xml;
    xml.open("w:tr", &[]);
    xml.open("w:trPr", &[]);
    xml.empty("w:cantSplit", &[]);
    if is_header {
        xml.empty("w:tblHeader", &[]);
    }
    xml.close();
}

/// Opens a cell and its paragraph.
pub fn start_cell(writer: &mut Writer<'_>) {
    let Table { alignments, widths, column } = &mut writer.table;
    let width = widths.get(*column).copied().unwrap_or_default().to_string();
    let justified = match alignments.get(*column) {
        Some(Alignment::Center) => Some("center"),
        Some(Alignment::Right) => Some("right"),
        _ => None,
    };
    *column += 1;
    let xml = &mut writer.part.xml;
    xml.open("w:tc", &[]);
    xml.open("w:tcPr", &[]);
    xml.empty("w:tcW", &[("w:w", &width), ("w:type", "dxa")]);
    xml.close();
    writer.paragraph.style = Some("TableText");
    writer.paragraph.justified = justified;
    writer.begin_paragraph();
}

/// Closes a cell.
pub fn end_cell(writer: &mut Writer<'_>) {
    writer.end_paragraph();
    writer.part.xml.close();
}

/// Divides a width among the columns by their longest cells, of which very short and very long ones count as less so.
fn widths(writer: &Writer<'_>, at: usize, (columns, width): (usize, usize)) -> Vec<usize> {
    let mut longest = vec![8; columns];
    let mut cell = String::new();
    let mut column = 0;
    for (event, _) in &writer.document.events[at..] {
        match event {
            Event::Markdown(Markdown::End(TagEnd::Table)) => break,
            Event::Markdown(Markdown::End(TagEnd::TableCell)) => {
                if let Some(longest) = longest.get_mut(column) {
                    *longest = cell.chars().take(48).count().max(*longest);
                }
                cell.clear();
                column += 1;
            }
            Event::Markdown(Markdown::End(TagEnd::TableHead | TagEnd::TableRow)) => column = 0,
            event => text::push(&mut cell, event),
        }
    }
    let sum = longest.iter().sum::<usize>().max(1);
    longest.iter().map(|longest| (width * longest / sum).max(1)).collect()
}
