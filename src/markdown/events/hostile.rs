//! Texts that nobody writes: whatever they are, they are read in bounded time, without a panic, with sound spans.

use std::time::{Duration, Instant};

use proptest::prelude::{Just, Strategy, prop, prop_oneof, proptest};
use pulldown_cmark::Event as Theirs;

use crate::base::path::SourcePath;
use crate::config::{Markdown, RawHtml};
use crate::markdown::events::{Event, Events, Reading, read};

fn reading() -> Reading<'static> {
    let markdown = Markdown {
        html: RawHtml::Allow,
        definition_lists: true,
        smart_punctuation: true,
        math: true,
        unicode_slugs: false,
        highlight: true,
        terms: true,
    };
    Reading { markdown, questions: true, title: Some("Title"), taken: &[] }
}

/// Reads a text, and holds that spans are sound, that what is opened is closed, and that nothing is nested too deeply.
fn check(text: &str) -> Events<'_> {
    let path = SourcePath::new("content/page.md");
    let found = read(&path, text, 0..text.len(), &reading());
    let mut depth = 0_i64;
    for (event, span) in &found.value {
        assert!(text.get(span.clone()).is_some(), "{span:?} of {event:?} in {text:?}");
        depth += match event {
            Event::StartHeading { .. } | Event::StartCallout { .. } | Event::StartBlock { .. } => 1,
            Event::EndHeading { .. } | Event::EndCallout | Event::EndBlock { .. } => -1,
            Event::Markdown(Theirs::Start(_)) => 1,
            Event::Markdown(Theirs::End(_)) => -1,
            Event::Markdown(_) => 0,
        };
        assert!((0..500).contains(&depth), "{event:?} in {text:?}");
    }
    assert_eq!(depth, 0, "{text:?}");
    for diagnostic in &found.diagnostics {
        let span = diagnostic.place.as_ref().and_then(|place| place.span.clone()).expect("a span");
        assert!(text.get(span.clone()).is_some(), "{span:?} of {diagnostic:?} in {text:?}");
    }
    found.value
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the test is about time, and makes no output")]
fn nesting_without_end() {
    let n = 10_000;
    let texts = [
        format!("{}a", ">".repeat(n)),
        format!("{}a", "> ".repeat(n)),
        format!("{}a{}", "[".repeat(n), "]".repeat(n)),
        format!("{}a{}", "[".repeat(n), "](b)".repeat(n)),
        format!("{}a{}", "![".repeat(n), "](b)".repeat(n)),
        "[[".repeat(n),
        format!("{}a", "- ".repeat(n)),
        format!("{}a", "1. ".repeat(n)),
        format!("{}a", ": ".repeat(n)),
        format!("{}a", "[^1]: ".repeat(n)),
        format!("{}a{}", "*a _b ".repeat(n), "_ *".repeat(n)),
        "**a ".repeat(n),
        ":::a\n".repeat(n),
        format!("{}{}", ":::a\n".repeat(n), ":::\n".repeat(n)),
        (0..600).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect(),
        format!("{}a\n{}", "- ".repeat(90), "\n".repeat(100_000)),
        format!("{}a\n{}", "> ".repeat(n), "a\n".repeat(n)),
        "<div>\n".repeat(n),
        "`".repeat(n),
        "`a``".repeat(n),
        "$a$$".repeat(n),
        "www.".repeat(n),
        "_www.".repeat(n),
        "http://(".repeat(n),
        "a@".repeat(n),
        format!("http://a.b/{}", ")".repeat(n)),
        format!("http://a.b/{}", "&a;".repeat(n)),
        "<!--".repeat(n),
        "|a".repeat(n),
        format!("{}\n{}\n{}", "|a".repeat(1000), "|-".repeat(1000), "|a\n".repeat(n)),
        "# a\n".repeat(n),
        "> [!NOTE]\n\n".repeat(n),
        "- - - ".repeat(n),
        "[^a]".repeat(n),
        "\\".repeat(n),
        "&".repeat(n),
        "\r".repeat(n),
    ];
    for text in &texts {
        let begin = Instant::now();
        check(text);
        let start: String = text.chars().take(20).collect();
        assert!(begin.elapsed() < Duration::from_secs(10), "{start:?} took {:?}", begin.elapsed());
    }
}

#[test]
fn deep_markers_in_code_are_code() {
    let line = ">".repeat(300);
    let text = format!("```\n{line}\n```\n");
    let path = SourcePath::new("content/page.md");
    let found = read(&path, &text, 0..text.len(), &reading());
    assert_eq!(found.diagnostics, []);
    assert!(found.value.iter().any(|(event, _)| *event == Event::Markdown(Theirs::Text(format!("{line}\n").into()))));
    let found = read(&path, &line, 0..line.len(), &reading());
    assert_eq!(found.diagnostics.len(), 1);
}

/// Marks of Markdown and of ours, divided by `¦`; `↵` is the end of a line.
const MARKS: &str = "↵¦↵↵¦\r↵¦ ¦    ¦\t¦> ¦- ¦1. ¦# ¦## ¦*¦**¦_¦`¦```↵¦~~~↵¦:::a↵¦:::↵¦::::b {x=1 .c}↵¦:::é↵¦[¦]¦(¦)¦[[¦]]¦|¦\
    ↵|-|-|↵¦![¦[^1]¦[^1]: ¦[a]: b↵¦<a href=\"¦\">¦<div>↵¦</div>↵¦<!--¦-->¦http://a.b/¦www.a.b¦a@b.c¦[!NOTE]¦[!x] ¦{#id}¦{.c}¦\
    &amp;¦\\¦--¦\"¦'¦$¦$$¦===↵¦---↵¦é¦日¦\u{301}¦Term↵¦: ¦~~¦- [ ] ¦<script>¦style=x¦Title";

/// Pieces of Markdown that meet in unexpected ways.
fn pieces() -> impl Strategy<Value = String> {
    let marks: Vec<String> = MARKS.split('¦').map(|mark| mark.replace('↵', "\n")).collect();
    let piece = prop_oneof![prop::sample::select(marks), "\\PC{0,3}", Just("a".to_string())];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(?s).{0,200}") {
        check(&text);
    }

    #[test]
    fn any_pieces_are_read(text in pieces()) {
        check(&text);
    }
}
