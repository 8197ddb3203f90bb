//! The line of Markdown that the configuration gives for the foot of each page.

use pulldown_cmark::{Event as Mark, Tag, TagEnd};

use crate::base::html::escape_into;
use crate::base::path::SourcePath;
use crate::config::Config;
use crate::markdown::events::{Event, Reading, read};

/// Writes the HTML of the line: emphasis, code and links; whatever else is in it becomes text.
///
/// `href` says what a destination in it is on the site, and nothing when it is broken.
pub fn footer(text: &str, config: &Config, href: &dyn Fn(&str) -> Option<String>) -> String {
    let reading = Reading { markdown: config.markdown, questions: false, title: None, taken: &[] };
    let events = read(&SourcePath::new("fieldbook.yaml"), text, 0..text.len(), &reading).value;
    let mut html = String::new();
    let mut links = Vec::new();
    for (event, _) in &events {
        if let Event::Markdown(mark) = event {
            write(&mut html, mark, &mut links, href);
        }
    }
    html.truncate(html.trim_end().len());
    html
}

fn write(html: &mut String, mark: &Mark<'_>, links: &mut Vec<bool>, href: &dyn Fn(&str) -> Option<String>) {
    match mark {
        Mark::Text(text) | Mark::Html(text) | Mark::InlineHtml(text) => escape_into(html, text),
        Mark::Code(code) => {
            html.push_str("<code>");
            escape_into(html, code);
            html.push_str("</code>");
        }
        Mark::SoftBreak | Mark::HardBreak => html.push('\n'),
        Mark::Start(Tag::Emphasis) => html.push_str("<em>"),
        Mark::End(TagEnd::Emphasis) => html.push_str("</em>"),
        Mark::Start(Tag::Strong) => html.push_str("<strong>"),
        Mark::End(TagEnd::Strong) => html.push_str("</strong>"),
        Mark::Start(Tag::Link { dest_url, .. }) => {
            let url = href(dest_url);
            links.push(url.is_some());
            if let Some(url) = url {
                html.push_str("<a href=\"");
                escape_into(html, &url);
                html.push_str("\">");
            }
        }
        Mark::End(TagEnd::Link) if links.pop() == Some(true) => html.push_str("</a>"),
        Mark::End(TagEnd::Paragraph) => html.push('\n'),
        _ => {}
    }
}
