//! Callouts: notes, tips and warnings set apart from the text.

use crate::render::html::escape;
use crate::render::html::writer::Writer;

/// Opens a callout; without a title of its own it is called by its kind.
pub fn start(writer: &mut Writer<'_>, kind: &str, title: Option<&str>) {
    writer.begin_line();
    let (open, close) = match writer.is_feed() {
        true => ("<blockquote>\n<p><strong>".to_string(), "</strong></p>\n"),
        false => {
            (format!("<div class=\"callout callout-{kind}\" role=\"note\">\n<p class=\"callout-title\">"), "</p>\n")
        }
    };
    writer.out.push_str(&open);
    escape::text(&mut writer.out, title.unwrap_or(name(kind)));
    writer.out.push_str(close);
}

/// Closes a callout.
pub fn end(writer: &mut Writer<'_>) {
    writer.begin_line();
    writer.out.push_str(if writer.is_feed() { "</blockquote>\n" } else { "</div>\n" });
}

/// The name of a kind as readers see it.
fn name(kind: &str) -> &str {
    match kind {
        "note" => "Note",
        "tip" => "Tip",
        "important" => "Important",
        "warning" => "Warning",
        "caution" => "Caution",
        "guide" => "Guide",
        kind => kind,
    }
}
