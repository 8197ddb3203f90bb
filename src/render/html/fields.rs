//! Placeholders in the document of a template: `{{vendor}}` shows the words of its question until it is filled in.

use pulldown_cmark::Event as Markdown;

use crate::document::placeholders;
use crate::markdown::events::Event;
use crate::model::kinds::Details;
use crate::model::kinds::template::Question;
use crate::render::html::writer::{Medium, Writer};
use crate::render::html::{HtmlContext, escape, inline};

/// Returns the questions whose placeholders are fields.
pub fn questions<'a>(context: &HtmlContext<'a>, medium: Medium<'_>) -> &'a [Question] {
    match &context.site.page(context.page).meta.details {
        Details::Template(template) if medium == Medium::Page => &template.ask,
        _ => &[],
    }
}

/// Writes the text `at` and the texts right behind it, and returns the number of the next event. What nobody asks for
/// stays as it is written.
pub fn text(writer: &mut Writer<'_>, at: usize) -> usize {
    let texts = writer.events[at..].iter().map_while(|(event, _)| match event {
        Event::Markdown(Markdown::Text(text)) => Some(&**text),
        _ => None,
    });
    // A text is given in several pieces where a sign could have begun something, as in `{{start_date}}`.
    let texts: Vec<&str> = texts.collect();
    let text = texts.concat();
    let mut plain = 0;
    for placeholder in placeholders::find_in(&text) {
        let Some(question) = writer.questions.iter().find(|question| question.id == placeholder.id) else {
            continue;
        };
        inline::text(writer, &text[plain..placeholder.span.start]);
        writer.out.push_str("<span class=\"field\"");
        escape::named(&mut writer.out, "data-field", &question.id);
        writer.out.push('>');
        escape::text(&mut writer.out, &question.label);
        writer.out.push_str("</span>");
        plain = placeholder.span.end;
    }
    inline::text(writer, &text[plain..]);
    at + texts.len()
}
