use proptest::prelude::{Just, ProptestConfig, Strategy, prop_oneof, proptest};
use proptest::{collection, prop_assert, prop_assert_eq};

use super::{Kind, split};
use crate::document::Format;

fn check(text: &str, expected: &[(Kind, &str)]) {
    let found: Vec<(Kind, &str)> =
        split(text, Format::Markdown).into_iter().map(|block| (block.kind, &text[block.span])).collect();
    assert_eq!(found, expected);
}

#[test]
fn lists_are_split_into_their_items() {
    check(
        "- [ ] A\n  more\nlazy\n  - [x] B\n\n    note\n\n        code\n1. C\n7) D\n",
        &[
            (Kind::Item, "- [ ] A\n  more\nlazy\n"),
            (Kind::Item, "  - [x] B\n"),
            (Kind::Blank, "\n"),
            (Kind::Paragraph, "    note\n"),
            (Kind::Blank, "\n"),
            (Kind::Code, "        code\n"),
            (Kind::Item, "1. C\n"),
            (Kind::Item, "7) D\n"),
        ],
    );
    check("Text\n2. no item\n- item\n", &[(Kind::Paragraph, "Text\n2. no item\n"), (Kind::Item, "- item\n")]);
}

#[test]
fn headings_breaks_and_colons() {
    check(
        "# A\nTitle\n===\n---\n:::note\n#hash\n***\n",
        &[
            (Kind::Heading, "# A\n"),
            (Kind::Heading, "Title\n===\n"),
            (Kind::Break, "---\n"),
            (Kind::Colons, ":::note\n"),
            (Kind::Paragraph, "#hash\n"),
            (Kind::Break, "***\n"),
        ],
    );
}

#[test]
fn tables_are_split_into_their_rows() {
    check(
        "Words\n| a | b |\n|---|:-:|\n| 1 | \\| |\nalso a row\n\n| no | table |\n",
        &[
            (Kind::Paragraph, "Words\n"),
            (Kind::Header, "| a | b |\n|---|:-:|\n"),
            (Kind::Row, "| 1 | \\| |\n"),
            (Kind::Row, "also a row\n"),
            (Kind::Blank, "\n"),
            (Kind::Paragraph, "| no | table |\n"),
        ],
    );
}

#[test]
fn code_quotes_and_html_are_whole() {
    check(
        "```\n# no\n\n- no\n```\n> [!guide] Do\n> - x\nlazy\n\n> plain\n<div>\n- no\n</div>\n\n<!-- a\n\nb -->\nText <b>\n",
        &[
            (Kind::Code, "```\n# no\n\n- no\n```\n"),
            (Kind::Guide, "> [!guide] Do\n> - x\nlazy\n"),
            (Kind::Blank, "\n"),
            (Kind::Quote, "> plain\n"),
            (Kind::Html, "<div>\n- no\n</div>\n"),
            (Kind::Blank, "\n"),
            (Kind::Html, "<!-- a\n\nb -->\n"),
            (Kind::Paragraph, "Text <b>\n"),
        ],
    );
}

#[test]
fn marks_of_a_conflict_are_no_heading() {
    check(
        "---\na: 1\n---\n<<<<<<< mine\n- A\n=======\n- B\n>>>>>>> version 4\nA\n=======\n",
        &[
            (Kind::FrontMatter, "---\na: 1\n---\n"),
            (Kind::Marker, "<<<<<<< mine\n"),
            (Kind::Item, "- A\n"),
            (Kind::Marker, "=======\n"),
            (Kind::Item, "- B\n"),
            (Kind::Marker, ">>>>>>> version 4\n"),
            (Kind::Heading, "A\n=======\n"),
        ],
    );
}

#[test]
fn a_record_may_have_several_lines() {
    let text = "a,b\r\n1,\"x\r\ny\"\r\n\r\n2,\"open\r\n3,4";
    let found: Vec<(Kind, &str)> =
        split(text, Format::Csv).into_iter().map(|block| (block.kind, &text[block.span])).collect();
    let expected = [
        (Kind::Header, "a,b\r\n"),
        (Kind::Row, "1,\"x\r\ny\"\r\n"),
        (Kind::Blank, "\r\n"),
        (Kind::Row, "2,\"open\r\n"),
        (Kind::Row, "3,4"),
    ];
    assert_eq!(found, expected);
}

fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~\n\r\t]{0,24}",
        "\\PC{0,8}",
        proptest::sample::select(vec![
            "\n",
            "\r\n",
            "- [ ] ",
            "  - ",
            "1. ",
            "```\n",
            "> ",
            "> [!GUIDE]\n",
            "---\n",
            "| a | b |\n",
            "|--|--|\n",
            "<!--",
            "-->",
            "<div>\n",
            ":::\n",
            "\u{feff}",
            "a: b\n",
            "<<<<<<< mine\n",
            "=======\n",
            ">>>>>>> v\n",
            "\"",
        ])
        .prop_map(str::to_string),
        Just("\t    ".to_string()),
    ];
    collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_give_the_document_back(text in anything()) {
        for format in [Format::Markdown, Format::Csv] {
            let mut end = 0;
            for block in split(&text, format) {
                prop_assert_eq!(block.span.start, end);
                prop_assert!(block.span.end > end);
                prop_assert!(block.span.end == text.len() || text[..block.span.end].ends_with('\n'));
                end = block.span.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
