//! Headings with their ids, and an anchor to link to.

use crate::base::path::encode_path;
use crate::render::html::escape;
use crate::render::html::writer::Writer;

/// Opens a heading.
pub fn start<'a>(writer: &mut Writer<'a>, level: u8, id: &'a str, classes: &[String]) {
    writer.begin_line();
    writer.quiet += 1;
    writer.out.push_str("<h");
    writer.out.push(digit(writer, level));
    if !writer.is_feed() {
        if !id.is_empty() {
            escape::named(&mut writer.out, "id", id);
        }
        if !classes.is_empty() {
            escape::named(&mut writer.out, "class", &classes.join(" "));
        }
        writer.open_heading = id;
    }
    writer.out.push('>');
}

/// Closes a heading behind its anchor; one of the first level has none, and nor have those of a file.
pub fn end(writer: &mut Writer<'_>, level: u8) {
    writer.quiet = writer.quiet.saturating_sub(1);
    let id = std::mem::take(&mut writer.open_heading);
    if !id.is_empty() && !writer.is_file() && digit(writer, level) > '1' {
        writer.out.push_str(" <a class=\"fb-anchor\" href=\"#");
        escape::attribute(&mut writer.out, &encode_path(id));
        writer.out.push_str("\" aria-label=\"Link to this section\"></a>");
    }
    writer.out.push_str("</h");
    writer.out.push(digit(writer, level));
    writer.out.push_str(">\n");
}

/// The level that is written: the first is the title of the page, so a body that uses it moves down by one.
fn digit(writer: &Writer<'_>, level: u8) -> char {
    let level = level.saturating_add(writer.level_shift);
    char::from(b'0' + level.clamp(1, 6))
}
