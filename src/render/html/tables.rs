//! Tables, in a frame that scrolls when they are wider than the page.

use pulldown_cmark::Alignment;

use crate::render::html::writer::Writer;

/// The table that is open, and how many there were.
#[derive(Default)]
pub struct Table<'a> {
    alignments: &'a [Alignment],
    column: usize,
    part: Part,
    number: usize,
}

/// The part of a table.
#[derive(Default, PartialEq, Eq)]
enum Part {
    /// Its first row.
    #[default]
    Head,
    /// Between the first row and the second, if there is one.
    Between,
    /// The other rows.
    Body,
}

/// Opens a table. Its frame can be scrolled with the keyboard, so it has a name, and no two have the same.
pub fn start<'a>(writer: &mut Writer<'a>, alignments: &'a [Alignment]) {
    writer.begin_line();
    let number = writer.table.number + 1;
    writer.table = Table { alignments, number, ..Table::default() };
    if !writer.is_feed() {
        let of = if writer.is_document { " of the document" } else { "" };
        let count = if number > 1 { format!(" {number}") } else { String::new() };
        writer.out.push_str("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table");
        writer.out.push_str(&format!("{count}{of}\">"));
    }
    writer.out.push_str("<table>\n");
}

/// Closes a table.
pub fn end(writer: &mut Writer<'_>) {
    if writer.table.part == Part::Body {
        writer.out.push_str("</tbody>\n");
    }
    writer.out.push_str(if writer.is_feed() { "</table>\n" } else { "</table></div>\n" });
}

/// Opens the first row.
pub fn start_head(writer: &mut Writer<'_>) {
    writer.table.column = 0;
    writer.out.push_str("<thead>\n<tr>\n");
}

/// Closes the first row.
pub fn end_head(writer: &mut Writer<'_>) {
    writer.table.part = Part::Between;
    writer.out.push_str("</tr>\n</thead>\n");
}

/// Opens one of the other rows.
pub fn start_row(writer: &mut Writer<'_>) {
    if writer.table.part == Part::Between {
        writer.table.part = Part::Body;
        writer.out.push_str("<tbody>\n");
    }
    writer.table.column = 0;
    writer.out.push_str("<tr>\n");
}

/// Opens a cell.
pub fn start_cell(writer: &mut Writer<'_>) {
    writer.out.push_str(if writer.table.part == Part::Head { "<th" } else { "<td" });
    let class = match writer.table.alignments.get(writer.table.column) {
        _ if writer.is_feed() => "",
        Some(Alignment::Left) => " class=\"align-left\"",
        Some(Alignment::Center) => " class=\"align-center\"",
        Some(Alignment::Right) => " class=\"align-right\"",
        Some(Alignment::None) | None => "",
    };
    writer.out.push_str(class);
    writer.out.push('>');
    writer.table.column += 1;
}

/// Closes a cell.
pub fn end_cell(writer: &mut Writer<'_>) {
    writer.out.push_str(if writer.table.part == Part::Head { "</th>\n" } else { "</td>\n" });
}
