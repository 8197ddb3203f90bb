//! The examples of CommonMark and of GitHub Flavored Markdown, against the reader and the writer of Markdown.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use fieldbook::base::date::Day;
use fieldbook::base::digest::Digest;
use fieldbook::base::path::{SourcePath, UrlPath};
use fieldbook::cache::Memo;
use fieldbook::config::Config;
use fieldbook::config::project::{Project, Selection};
use fieldbook::diag::Reported;
use fieldbook::model::body::Body;
use fieldbook::model::kinds::Kind;
use fieldbook::model::meta::Meta;
use fieldbook::model::page::{KindOrigin, Page, PageId, Role};
use fieldbook::model::site::Site;
use fieldbook::render::html::{Blocks, HtmlContext, Shared, body};

/// The specifications with their names in `differences.md`.
const SPECS: [(&str, &str); 2] = [("CommonMark", "commonmark-0.31.2.txt"), ("GFM", "gfm-0.29.txt")];

#[test]
fn every_difference_is_listed() {
    let listed = differences();
    let mut found = BTreeMap::new();
    for (spec, file) in SPECS {
        for (number, example) in (1..).zip(examples(&read(file))) {
            let ours = normalise_ours(&render(&example.markdown));
            let theirs = normalise_theirs(&example.html);
            if ours != theirs {
                let report = format!("{}\nexpected:\n{theirs}\nwritten:\n{ours}", example.markdown);
                found.insert(format!("{spec} {number}"), report);
            }
        }
    }
    let new: Vec<String> = found
        .iter()
        .filter(|(name, _)| !listed.contains_key(*name))
        .map(|(name, report)| format!("{name}:\n{report}"))
        .collect();
    let gone: Vec<&String> = listed.keys().filter(|name| !found.contains_key(*name)).collect();
    assert!(new.is_empty(), "{} examples differ and are not listed:\n\n{}", new.len(), new.join("\n\n"));
    assert!(gone.is_empty(), "these are listed and no longer differ: {gone:?}");
}

/// An example of a specification.
struct Example {
    markdown: String,
    html: String,
}

/// The examples of a specification, in order. An arrow stands for a tab.
fn examples(spec: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let opening = format!("{fence} example");
    let mut examples = Vec::new();
    for part in spec.split(&opening).skip(1) {
        // Behind the word may stand the extension that the example is about.
        let (_, part) = part.split_once('\n').expect("a line");
        let (example, _) = part.split_once(&format!("\n{fence}\n")).expect("an end");
        let example = format!("\n{example}\n").replace('→', "\t");
        let (markdown, html) = example.split_once("\n.\n").expect("two parts");
        examples.push(Example { markdown: format!("{}\n", &markdown[1..]), html: html.to_string() });
    }
    assert!(!examples.is_empty());
    examples
}

/// The differences that are meant, by name, with the reason: lines of the form `- CommonMark 12: reason`.
fn differences() -> BTreeMap<String, String> {
    let text = read("differences.md");
    let lines = text.lines().filter_map(|line| line.strip_prefix("- ")?.split_once(": "));
    let mut found = BTreeMap::new();
    for (names, reason) in lines {
        let (spec, numbers) = names.split_once(' ').expect("a number");
        for number in numbers.split(", ") {
            let name = format!("{spec} {number}");
            assert!(found.insert(name, reason.to_string()).is_none(), "{spec} {number} is listed twice");
        }
    }
    found
}

/// Takes away what Fieldbook adds on purpose.
fn normalise_ours(html: &str) -> String {
    let mut html = html.to_string();
    for (added, standard) in [
        // A picture is loaded when it is near, and decoded beside everything else.
        (" loading=\"lazy\" decoding=\"async\"", ""),
        // Wide code and wide tables scroll, so that they can be reached with the keyboard; alignment is a class, since
        // the Content-Security-Policy forbids style.
        ("<pre class=\"code\" tabindex=\"0\">", "<pre>"),
        ("</table></div>", "</table>"),
        ("class=\"align-center\"", "style=\"text-align: center\""),
        ("class=\"align-right\"", "style=\"text-align: right\""),
        ("class=\"align-left\"", "style=\"text-align: left\""),
        // A box that can be ticked has a name.
        (" class=\"task\"", ""),
        ("<input type=\"checkbox\" disabled aria-label=\"To do\">", "<input disabled=\"\" type=\"checkbox\">"),
        (
            "<input type=\"checkbox\" checked disabled aria-label=\"Done\">",
            "<input checked=\"\" disabled=\"\" type=\"checkbox\">",
        ),
    ] {
        html = html.replace(added, standard);
    }
    // Headings have ids, and anchors to link to.
    for level in 1..=6 {
        html = without(&html, &format!("<h{level}"), " id=\"", "\"");
    }
    html = without(&html, "", " <a class=\"fb-anchor\"", "</a>");
    html = without(&html, "", "<div class=\"table-scroll\"", ">");
    html = renamed(
        &html,
        "<pre class=\"code\" data-language=\"",
        "\" tabindex=\"0\"><code",
        "<pre><code class=\"language-",
        "\"",
    );
    html.replace("&quot;", "\"").trim_end().to_string()
}

/// Writes the expected HTML as Fieldbook writes HTML: void elements without a slash, quotes in text unescaped.
fn normalise_theirs(html: &str) -> String {
    let mut html = renamed(html, "<img ", " />", "<img ", ">");
    for (theirs, standard) in [
        ("<br />", "<br>"),
        ("<hr />", "<hr>"),
        ("&quot;", "\""),
        // An attribute that stands for a style: the policy of a site forbids those.
        ("align=\"center\"", "style=\"text-align: center\""),
        ("align=\"right\"", "style=\"text-align: right\""),
        ("align=\"left\"", "style=\"text-align: left\""),
    ] {
        html = html.replace(theirs, standard);
    }
    html.trim_end().to_string()
}

/// Removes what stands from `start` to `end` directly behind `before`.
fn without(html: &str, before: &str, start: &str, end: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    let opening = format!("{before}{start}");
    while let Some(at) = rest.find(&opening) {
        out.push_str(&rest[..at + before.len()]);
        let inner = &rest[at + opening.len()..];
        rest = &inner[inner.find(end).expect("an end") + end.len()..];
    }
    out.push_str(rest);
    out
}

/// Replaces what stands around something.
fn renamed(html: &str, start: &str, end: &str, new_start: &str, new_end: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, inner)) = rest.split_once(start) {
        let Some((inside, after)) = inner.split_once(end) else { break };
        out.push_str(&format!("{before}{new_start}{inside}{new_end}"));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn read(file: &str) -> String {
    fs::read_to_string(format!("tests/markdown/{file}")).expect("a file of the suite")
}

/// Writes some Markdown as the body of a page; its links stay as they are written.
fn render(markdown: &str) -> String {
    let mut config = Config::bare("Test");
    config.markdown.smart_punctuation = false;
    config.markdown.highlight = false;
    let selection = Selection { today: Day::default(), drafts: false, future: false, audiences: Vec::new() };
    let project = Project {
        root: PathBuf::new(),
        config_path: None,
        content: String::new(),
        out: PathBuf::new(),
        config,
        selection,
        keep_going: false,
    };
    let site = site(page(markdown));
    let shared = Shared::new(&site, Arc::new(Memo::default()));
    let context = HtmlContext { project: &project, site: &site, page: PageId(0), blocks: &NoBlocks, shared: &shared };
    body(&context, &site.page(PageId(0)).body, &[]).value
}

struct NoBlocks;

impl Blocks for NoBlocks {
    fn render(&self, _: &str, _: &[(String, String)], _: &str) -> Option<Reported<String>> {
        None
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

fn site(page: Page) -> Site {
    Site { pages: vec![Arc::new(page)], ..Site::default() }
}

fn page(markdown: &str) -> Page {
    let source = SourcePath::new("page.md");
    let body = Body::unread(source.clone(), Arc::from(markdown));
    Page {
        source,
        digest: Digest(0),
        meta: meta(),
        kind: Kind::Page,
        kind_origin: KindOrigin::Default,
        role: Role::Leaf,
        section: String::new(),
        url: UrlPath::root(),
        body,
        document: None,
        identity: None,
        releases: Vec::new(),
    }
}

fn meta() -> Meta {
    Meta { toc: false, ..Meta::titled("No heading says this") }
}
