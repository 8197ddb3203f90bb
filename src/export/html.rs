//! A document as one file of HTML that works from disk: its style sheet and its script are in it, and it asks nobody for
//! anything.

use std::fmt::Write as _;

use crate::base::digest::sha256_base64;
use crate::base::html::escape;
use crate::document::provenance;
use crate::export::Document;

/// The style sheet, for light and dark screens and for paper.
const STYLE: &str = include_str!("html.css");

/// What lets a document be filled in.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    /// The script.
    pub script: &'a str,
    /// What the script works on: JSON without `<`.
    pub form: &'a str,
}

/// Writes a document. `body` is its HTML.
pub fn write(document: &Document<'_>, body: &str, filling: Option<Filling<'_>>) -> Vec<u8> {
    let script = filling.map(|filling| inline(filling.script)).unwrap_or_default();
    let title = escape(document.title);
    let policy = policy(&script);
    let mut out = String::with_capacity(body.len() + script.len() + STYLE.len() + 1024);
    let language = escape(document.language);
    out.push_str(&format!("<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n"));
    out.push_str(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n"));
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"robots\" content=\"noindex\">\n");
    out.push_str(&format!("<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"));
    out.push_str(&format!("<main class=\"fb-document\"{}>\n", data(document)));
    if !document.has_title() {
        out.push_str(&format!("<h1>{title}</h1>\n"));
    }
    out.push_str("<div class=\"fb-sheet fb-prose\">\n");
    out.push_str(body.trim_end());
    out.push_str("\n</div>\n");
    out.push_str(&last_line(document));
    out.push_str("</main>\n");
    if let Some(Filling { form, .. }) = filling {
        out.push_str(&format!("<script type=\"application/json\" class=\"fb-form-data\">{form}</script>\n"));
        out.push_str(&format!("<script>{script}</script>\n"));
    }
    out.push_str("</body>\n</html>\n");
    out.into_bytes()
}

/// What the file may load: its own style sheet and script, told by their digests, and nothing else.
fn policy(script: &str) -> String {
    let mut policy = format!("default-src 'none'; style-src 'sha256-{}'", sha256_base64(STYLE.as_bytes()));
    if !script.is_empty() {
        write!(policy, "; script-src 'sha256-{}'", sha256_base64(script.as_bytes())).expect("writing to a string");
    }
    policy.push_str("; img-src data:; form-action 'none'; base-uri 'none'");
    policy
}

/// A script as it may stand in a page, where `</script` would end it, and `<!--` would let the end be missed.
fn inline(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(at) = rest.find('<') {
        let (before, behind) = rest.split_at(at + 1);
        out.push_str(before);
        let starts = |word: &str| behind.get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word));
        if starts("/script") || starts("!--") {
            out.push('\\');
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The provenance for programs.
fn data(document: &Document<'_>) -> String {
    let Some(provenance) = document.provenance else {
        return String::new();
    };
    let hash = provenance.hash.as_ref().map(ToString::to_string).unwrap_or_default();
    let version = provenance.version;
    let from = escape(&provenance.forked_from);
    format!(" data-forked-from=\"{from}\" data-template-version=\"{version}\" data-template-hash=\"{hash}\"")
}

/// The provenance for people.
fn last_line(document: &Document<'_>) -> String {
    let Some(provenance) = document.provenance else {
        return String::new();
    };
    let address = provenance::address(provenance);
    let (address, label) = (escape(&address), provenance::label(provenance));
    let license = provenance.license.as_ref().map(|license| format!(" ({})", escape(license))).unwrap_or_default();
    format!("<p class=\"fb-provenance\">Forked from <a href=\"{address}\">{}</a>{license}</p>\n", escape(&label))
}

#[cfg(test)]
mod tests {
    use super::{Filling, inline, write};
    use crate::export::testing::with_document;

    fn html(markdown: &str, script: Option<&str>) -> String {
        let bytes = with_document(markdown, |document| {
            let filling = script.map(|script| Filling { script, form: "{}" });
            write(document, "<p>Body</p>\n", filling)
        });
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn it_asks_nobody() {
        let html = html("Text.\n", None);
        assert!(html.contains("default-src 'none'; style-src 'sha256-") && !html.contains("script-src"), "{html}");
        assert!(html.contains("<h1>Checklist [new]</h1>\n<div class=\"fb-sheet fb-prose\">\n<p>Body</p>\n</div>"));
        assert!(!html.contains("<link") && !html.contains(" src=") && !html.contains("url("));
    }

    #[test]
    fn it_says_where_it_comes_from() {
        let html = html("# Own title\n", None);
        let identity = crate::document::version::Identity::of("# Own title\n");
        let address = format!("https://example.org/templates/checklist/v/4/#{identity}");
        let line = format!("Forked from <a href=\"{address}\">Checklist [new], version 4</a> (CC BY 4.0)</p>");
        assert!(html.contains(&line) && !html.contains("<h1>"), "{html}");
        assert!(html.contains("data-template-version=\"4\""));
    }

    #[test]
    fn a_script_does_not_end_before_its_end() {
        assert_eq!(inline("a('</Script>', '<!-- x', '<b>é<')"), "a('<\\/Script>', '<\\!-- x', '<b>é<')");
        let html = html("", Some("f('</script>')"));
        // printf "f('<\\/script>')" | openssl dgst -sha256 -binary | base64
        assert!(html.contains("<script>f('<\\/script>')</script>\n</body>"), "{html}");
        assert_eq!(html.matches("</script").count(), 2);
    }
}
