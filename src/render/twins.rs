//! The Markdown twin of a page: its text with a title before it and its address behind it.

use crate::model::page::Page;

/// Writes the twin of a page. `body` is its Markdown with absolute links, `document` the one of a template, `url` the
/// address of the page.
pub fn twin(page: &Page, body: &str, document: Option<&str>, url: &str) -> String {
    let title = page.title().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = match page.body.repeats_title {
        true => String::new(),
        false => format!("# {title}\n\n"),
    };
    for part in [Some(body), document].into_iter().flatten() {
        let part = part.trim_matches(['\n', '\r']).trim_end();
        if !part.is_empty() {
            text.push_str(part);
            text.push_str("\n\n");
        }
    }
    text.push_str(&format!("Source: <{url}>\n"));
    text
}
