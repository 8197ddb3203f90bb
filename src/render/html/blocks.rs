//! `:::` blocks: the HTML inside them is collected and handed to the theme's template.

use std::ops::Range;

use crate::base::did_you_mean::nearest;
use crate::config::RawHtml;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::render::html::writer::Writer;
use crate::render::html::{clean, escape};

/// A block that is open.
pub struct OpenBlock<'a> {
    name: &'a str,
    attributes: &'a [(String, String)],
    span: Range<usize>,
    /// The HTML before it.
    before: String,
}

/// Opens a block.
pub fn start<'a>(writer: &mut Writer<'a>, name: &'a str, attributes: &'a [(String, String)], span: &Range<usize>) {
    writer.begin_line();
    let before = std::mem::take(&mut writer.out);
    writer.open_blocks.push(OpenBlock { name, attributes, span: span.clone(), before });
}

/// Closes the innermost open block, if there is one.
pub fn end(writer: &mut Writer<'_>) {
    let Some(block) = writer.open_blocks.pop() else {
        return;
    };
    writer.begin_line();
    let inner = std::mem::replace(&mut writer.out, block.before);
    if writer.is_feed() {
        return write_for_feed(writer, block.name, block.attributes, &inner);
    }
    let is_sanitised = writer.raw_html() == RawHtml::Sanitise;
    let inner = if is_sanitised { clean::finished(writer, inner) } else { inner };
    let context = writer.context;
    let html = match context.blocks.render(block.name, block.attributes, &inner) {
        Some(rendered) => rendered.take(&mut writer.diagnostics),
        None => {
            report_unknown(writer, block.name, block.span);
            format!("<div>\n{inner}</div>")
        }
    };
    if is_sanitised {
        // The theme may write what authors may not.
        writer.out.push_str(&clean::placeholder(writer.kept.len()));
        writer.kept.push(html);
    } else {
        writer.out.push_str(html.trim_end());
    }
    writer.out.push('\n');
}

/// Closes all open blocks.
pub fn end_all(writer: &mut Writer<'_>) {
    while !writer.open_blocks.is_empty() {
        end(writer);
    }
}

/// Feeds are read without the theme, so its blocks become what is nearest to them in plain HTML.
fn write_for_feed(writer: &mut Writer<'_>, name: &str, attributes: &[(String, String)], inner: &str) {
    let attribute = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    let is_quoted = matches!(name, "aside" | "pullquote");
    let title = attribute("title").or_else(|| attribute("summary")).or((name == "details").then_some("More"));
    if is_quoted {
        writer.out.push_str("<blockquote>\n");
    }
    if let Some(title) = title {
        let (open, close) = if is_quoted { ("<p><strong>", "</strong></p>\n") } else { ("<h4>", "</h4>\n") };
        writer.out.push_str(open);
        escape::text(&mut writer.out, title);
        writer.out.push_str(close);
    }
    writer.out.push_str(inner);
    if let Some(by) = attribute("by").filter(|_| is_quoted) {
        writer.out.push_str("<p>— ");
        escape::text(&mut writer.out, by);
        writer.out.push_str("</p>\n");
    }
    if is_quoted {
        writer.out.push_str("</blockquote>\n");
    }
}

fn report_unknown(writer: &mut Writer<'_>, name: &str, span: Range<usize>) {
    let names = writer.context.blocks.names();
    let help = match (callout(name), nearest(name, names.iter().map(String::as_str))) {
        (Some(kind), _) => Some(format!("write `> [!{kind}] Title`, and the text below it behind `> `")),
        (None, Some(near)) => Some(format!("did you mean `:::{near}`?")),
        (None, None) if names.is_empty() => None,
        (None, None) => Some(format!("the theme's blocks are {}", names.join(", "))),
    };
    let message = format!("the theme has no block called \"{name}\"");
    writer.diagnostics.push(Diagnostic::at(Code::UnknownBlock, &writer.body.source, span, message).maybe_help(help));
}

/// The callout that is meant by what other tools write as a block.
fn callout(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "note" | "info" | "abstract" | "seealso" => Some("NOTE"),
        "tip" | "hint" | "success" => Some("TIP"),
        "important" => Some("IMPORTANT"),
        "warning" | "attention" => Some("WARNING"),
        "caution" | "danger" | "error" => Some("CAUTION"),
        _ => None,
    }
}
