//! Blocks of code: highlighted, with a title and marked lines when their info string says so.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use pulldown_cmark::{CodeBlockKind, Event as Markdown};

use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::diag::span::line_around;
use crate::markdown::events::Event;
use crate::render::html::languages::{Language, find};
use crate::render::html::writer::Writer;
use crate::render::html::{escape, highlight};

/// What stands behind the fence: `rust title="src/main.rs" {1,3-4}`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Info<'a> {
    language: &'a str,
    title: Option<&'a str>,
    /// The lines that are marked, from 1.
    marks: Vec<RangeInclusive<usize>>,
}

/// Writes the block of code `at`, and returns the number of the event behind it.
pub fn block(writer: &mut Writer<'_>, at: usize, kind: &CodeBlockKind<'_>, span: &Range<usize>) -> usize {
    let end = writer.end_of(at);
    let info = match kind {
        CodeBlockKind::Fenced(info) => Info::parse(info),
        CodeBlockKind::Indented => Info::default(),
    };
    let code = text_of(&writer.events[at + 1..end]);
    writer.begin_line();
    match writer.is_feed() {
        true => write_for_feed(writer, &info, &code),
        false => write_for_page(writer, &info, &code, span),
    }
    end + 1
}

impl<'a> Info<'a> {
    fn parse(info: &'a str) -> Self {
        let info = info.trim();
        let end = info.find(|c: char| c.is_whitespace() || matches!(c, ',' | '{')).unwrap_or(info.len());
        let (language, rest) = info.split_at(end);
        Info { language, title: title(rest), marks: marks(rest) }
    }

    fn is_marked(&self, line: usize) -> bool {
        self.marks.iter().any(|range| range.contains(&line))
    }
}

fn title(info: &str) -> Option<&str> {
    let (_, value) = info.split_once("title=")?;
    let title = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split_whitespace().next()?,
    };
    Some(title).filter(|title| !title.is_empty())
}

fn marks(info: &str) -> Vec<RangeInclusive<usize>> {
    let inside = info.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(inside, _)| inside);
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
    };
    inside.split(',').filter_map(range).collect()
}

fn text_of<'a>(events: &'a [(Event<'a>, Range<usize>)]) -> Cow<'a, str> {
    let mut code = Cow::Borrowed("");
    for (event, _) in events {
        if let Event::Markdown(Markdown::Text(text)) = event {
            match code.is_empty() {
                true => code = Cow::Borrowed(&**text),
                false => code.to_mut().push_str(text),
            }
        }
    }
    code
}

fn write_for_feed(writer: &mut Writer<'_>, info: &Info<'_>, code: &str) {
    if let Some(title) = info.title {
        writer.out.push_str("<p><code>");
        escape::text(&mut writer.out, title);
        writer.out.push_str("</code></p>\n");
    }
    writer.out.push_str("<pre><code>");
    escape::text(&mut writer.out, code);
    writer.out.push_str("</code></pre>\n");
}

/// Wide code scrolls inside itself, so it can be reached with the keyboard.
fn write_for_page(writer: &mut Writer<'_>, info: &Info<'_>, code: &str, span: &Range<usize>) {
    if let Some(title) = info.title {
        writer.out.push_str("<figure class=\"code-figure\"><figcaption>");
        escape::text(&mut writer.out, title);
        writer.out.push_str("</figcaption>");
    }
    writer.out.push_str("<pre class=\"code\"");
    if !info.language.is_empty() {
        escape::named(&mut writer.out, "data-language", &info.language.to_ascii_lowercase());
    }
    writer.out.push_str(" tabindex=\"0\"><code>");
    let start = writer.out.len();
    write_code(writer, info.language, code, span);
    if !info.marks.is_empty() {
        let html = writer.out.split_off(start);
        write_marked(&mut writer.out, info, &html);
    }
    writer.out.push_str("</code></pre>");
    writer.out.push_str(if info.title.is_some() { "</figure>\n" } else { "\n" });
}

/// Writes code in colours if its language is known.
fn write_code(writer: &mut Writer<'_>, language: &str, code: &str, span: &Range<usize>) {
    let is_wanted = writer.context.project.config.markdown.highlight && !language.is_empty();
    let found = if is_wanted { find(language) } else { Language::Plain };
    match found {
        Language::Known(syntax) if highlight::is_quick(code) => {
            let key = format!("{}\0{code}", syntax.name);
            writer.out.push_str(&writer.context.shared.code.recall(&key, || highlight::highlight(syntax, code)));
        }
        Language::Known(_) | Language::Plain => escape::text(&mut writer.out, code),
        Language::Unknown(near) => {
            report_unknown(writer, language, near, span);
            escape::text(&mut writer.out, code);
        }
    }
}

/// Wraps the lines that are marked. No element reaches from one line into the next, so each can be wrapped.
fn write_marked(out: &mut String, info: &Info<'_>, html: &str) {
    for (number, line) in (1..).zip(html.split_inclusive('\n')) {
        if !info.is_marked(number) {
            out.push_str(line);
            continue;
        }
        let text = line.trim_end_matches('\n');
        out.push_str("<span class=\"line-mark\">");
        out.push_str(text);
        out.push_str("</span>");
        out.push_str(&line[text.len()..]);
    }
}

fn report_unknown(writer: &mut Writer<'_>, language: &str, near: Option<&str>, span: &Range<usize>) {
    let line = line_around(&writer.body.text, span.start);
    let line = line.start.max(span.start)..line.end.max(span.start);
    let text = writer.body.text.get(line.clone()).unwrap_or("");
    let place = match text.find(language) {
        Some(at) => line.start + at..line.start + at + language.len(),
        None => line,
    };
    let message = format!("no language is called \"{language}\", so this code has no colours");
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `text` for code without a language".to_string(),
    };
    writer.diagnostics.push(Diagnostic::at(Code::UnknownLanguage, &writer.body.source, place, message).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn info_strings() {
        let check = |info: &str, language: &str, title: Option<&str>, marked: &[usize]| {
            let parsed = Info::parse(info);
            let lines: Vec<usize> = (1..20).filter(|line| parsed.is_marked(*line)).collect();
            assert_eq!((parsed.language, parsed.title, &lines[..]), (language, title, marked), "{info}");
        };
        check("rust", "rust", None, &[]);
        check("rust,ignore", "rust", None, &[]);
        check(" rust title=\"src/a b.rs\" {1,3-4}", "rust", Some("src/a b.rs"), &[1, 3, 4]);
        check("js{2} title=x.js", "js", Some("x.js"), &[2]);
        check("{1-x,99999999999999999999,5-3}", "", None, &[]);
        check("yaml title=", "yaml", None, &[]);
        check("yaml title=\"", "yaml", None, &[]);
    }
}
