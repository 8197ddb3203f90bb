//! The XML of documents.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::export::testing::with_document;

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

/// The parts of a document, each without the line endings between its elements.
fn parts(markdown: &str) -> impl Fn(&str) -> String {
    let bytes = with_document(markdown, super::write);
    move |name| part(&bytes, name).replace(">\n<", "><")
}

/// What stands in the body for some Markdown, before the last line.
fn body(markdown: &str) -> String {
    let document = parts(markdown)("word/document.xml");
    let start = document.find("<w:body>").expect("a body") + "<w:body>".len();
    let end = document.find("<w:p><w:pPr><w:pStyle w:val=\"Provenance\"/>").expect("a last line");
    let title = "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:rPr></w:rPr>\
        <w:t xml:space=\"preserve\">Checklist [new]</w:t></w:r></w:p>";
    document[start..end].replace(title, "").replace(" xml:space=\"preserve\"", "").replace("<w:rPr></w:rPr>", "")
}

fn check(markdown: &str, expected: &str) {
    assert_eq!(body(markdown), expected.replace('\n', ""), "{markdown}");
}

#[test]
fn headings_and_emphasis() {
    check(
        "# A\n\n###### *b* `c`\n",
        "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>
<w:bookmarkStart w:id=\"0\" w:name=\"_heading0\"/><w:bookmarkEnd w:id=\"0\"/><w:r><w:t>A</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val=\"Heading6\"/></w:pPr>
<w:bookmarkStart w:id=\"1\" w:name=\"_heading1\"/><w:bookmarkEnd w:id=\"1\"/>
<w:r><w:rPr><w:i/></w:rPr><w:t>b</w:t></w:r><w:r><w:t> </w:t></w:r>
<w:r><w:rPr><w:rStyle w:val=\"CodeText\"/></w:rPr><w:t>c</w:t></w:r></w:p>",
    );
    check(
        "**a ~~b~~**\\\nc\n",
        "<w:p><w:pPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>a </w:t></w:r>
<w:r><w:rPr><w:b/><w:strike/></w:rPr><w:t>b</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>c</w:t></w:r></w:p>",
    );
}

#[test]
fn lists_are_numbered_anew() {
    let parts = parts("1. a\n   - b\n\n\n5. c\n\ntext\n\n7. d\n");
    let document = parts("word/document.xml");
    let marks: Vec<&str> = document.split("<w:numPr>").skip(1).map(|rest| &rest[..45]).collect();
    assert!(document.contains("<w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/>"), "{marks:?}");
    assert!(document.contains("<w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/>"), "{marks:?}");
    assert!(document.contains("<w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/>"), "{marks:?}");
    let numbering = parts("word/numbering.xml");
    let start =
        "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/>";
    assert!(numbering.contains(start), "{numbering}");
}

#[test]
fn an_item_without_words_has_its_mark() {
    let listed = |number: &str| format!("<w:ilvl w:val=\"0\"/><w:numId w:val=\"{number}\"/>");
    assert_eq!(body("- \n- ```\n  code\n  ```\n").matches(&listed("1")).count(), 2);
    assert_eq!(body("- para\n\n  second\n").matches(&listed("1")).count(), 1);
}

#[test]
fn tasks_are_boxes() {
    let body = body("- [ ] a\n- [x] b\n\n  more\n");
    assert_eq!(body.matches("<w14:checked w14:val=\"0\"/>").count(), 1);
    assert_eq!(body.matches("<w14:checked w14:val=\"1\"/>").count(), 1);
    assert!(body.contains("<w:t>☐</w:t></w:r></w:sdtContent></w:sdt><w:r><w:tab/></w:r><w:r><w:t>a</w:t></w:r></w:p>"));
    assert!(!body.contains("w:numPr") && body.matches("w:hanging").count() == 2, "{body}");
}

#[test]
fn placeholders_are_fields() {
    let parts = parts("For {{vendor}} and {{who_leads}}, `{{code}}`.\n");
    let document = parts("word/document.xml");
    let field = "<w:sdt><w:sdtPr><w:alias w:val=\"Who sells it\"/><w:tag w:val=\"vendor\"/><w:id w:val=\"1\"/>\
        <w:dataBinding w:xpath=\"/answers/answer[@id=&apos;vendor&apos;]\" ";
    assert!(document.contains(field), "{document}");
    assert!(document.contains("<w:tag w:val=\"who_leads\"/>") && document.contains(">{{code}}</w:t>"));
    let answers = parts("customXml/item1.xml");
    let expected =
        "<answers><answer id=\"vendor\">{{vendor}}</answer><answer id=\"who_leads\">{{who_leads}}</answer></answers>";
    assert!(answers.contains(expected), "{answers}");
}

#[test]
fn links_and_pictures() {
    let parts =
        parts("## To\n\n[a](https://x.org/?a&b) [b](#to) [c](javascript:x) ![d](https://x.org/p.png) <m@x.org>\n");
    let document = parts("word/document.xml");
    assert!(document.contains("<w:hyperlink r:id=\"link1\" w:history=\"1\">"), "{document}");
    assert!(document.contains("<w:hyperlink w:anchor=\"_heading0\" w:history=\"1\">"));
    assert_eq!(document.matches("<w:hyperlink").count(), 5, "the last line has one, and a script has none");
    let relations = parts("word/_rels/document.xml.rels");
    for address in ["https://x.org/?a&amp;b", "https://x.org/p.png", "mailto:m@x.org"] {
        assert!(relations.contains(&format!("Target=\"{address}\" TargetMode=\"External\"")), "{relations}");
    }
}

#[test]
fn tables_have_a_header_and_a_gap_behind() {
    let body = body("| a | b |\n|---|--:|\n| c |\n\n| d |\n|---|\n");
    assert_eq!(body.matches("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>").count(), 2);
    assert_eq!(body.matches("<w:tc>").count(), 5);
    assert_eq!(body.matches("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Gap\"/>").count(), 2);
    assert_eq!(body.matches("<w:jc w:val=\"right\"/>").count(), 2);
}

#[test]
fn callouts_quotations_and_code() {
    let body = body("> [!GUIDE]\n> Advice.\n\n> [!TIP] Mind\n> - this\n\n> said\n\n```\na\n\n b\n```\n\n---\n");
    for (style, count) in [("Guide", 2), ("Callout", 2), ("Quote", 1), ("Code", 1), ("Rule", 1)] {
        assert_eq!(body.matches(&format!("<w:pStyle w:val=\"{style}\"/>")).count(), count, "{style}: {body}");
    }
    assert!(body.contains("<w:t>a</w:t></w:r><w:r><w:br/></w:r><w:r><w:br/></w:r><w:r><w:t> b</w:t>"), "{body}");
}

#[test]
fn footnotes_are_footnotes() {
    let parts = parts("A[^n], again[^n], none[^m].\n\n[^n]: Note, see[^n] [x](https://x.org/).\n");
    let document = parts("word/document.xml");
    assert_eq!(document.matches("<w:footnoteReference w:id=\"1\"/>").count(), 1);
    assert!(document.contains("<w:vertAlign w:val=\"superscript\"/></w:rPr><w:t xml:space=\"preserve\">1</w:t>"));
    let notes = parts("word/footnotes.xml");
    assert!(notes.contains("<w:footnote w:id=\"1\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/>"), "{notes}");
    assert!(notes.contains("[^n]") && notes.contains("<w:hyperlink r:id=\"link1\""), "{notes}");
    assert!(parts("word/_rels/footnotes.xml.rels").contains("Target=\"https://x.org/\""));
}

#[test]
fn raw_html_is_its_words() {
    let body = body("a<br>b <b>c</b>\n\n<details><summary>Sum</summary>\n<p onclick=x>Text &amp; more</p></details>\n");
    assert!(body.contains("<w:t>Sum</w:t>") && body.contains("<w:t>Text &amp; more</w:t>"), "{body}");
    assert!(body.contains("<w:t>a</w:t></w:r><w:r><w:br/></w:r>") && !body.contains("onclick"), "{body}");
}

#[test]
fn it_says_where_it_comes_from() {
    let parts = parts("Text \u{1}\u{b}of.\n");
    let document = parts("word/document.xml");
    assert!(document.contains("Forked from </w:t>") && document.contains("> (CC BY 4.0)</w:t></w:r></w:p><w:sectPr>"));
    assert!(document.contains(">Text of.<"), "characters that XML refuses are dropped");
    let custom = parts("docProps/custom.xml");
    let from = "name=\"forked_from\"><vt:lpwstr>https://example.org/templates/checklist/</vt:lpwstr>";
    assert!(custom.contains(from) && custom.contains("name=\"template_version\"><vt:i4>4</vt:i4>"), "{custom}");
    assert!(
        parts("docProps/core.xml").contains("<dc:title>Checklist [new]</dc:title><dc:language>en-GB</dc:language>")
    );
}

#[test]
fn the_same_document_is_the_same_bytes() {
    let write = || with_document("# A\n\n- [ ] {{vendor}} [a](https://x.org/) [b](https://y.org/)\n", super::write);
    assert_eq!(write(), write());
    let year = ZipArchive::new(Cursor::new(write())).expect("an archive").by_index(0).expect("a part").last_modified();
    assert_eq!(year.map(|time| time.year()), Some(1980));
}

#[test]
fn whatever_is_written_is_well_formed() {
    for markdown in [
        "",
        "- - - a\n",
        "> - [ ] > | a |\n",
        "[![a](x.png)](https://x.org/) [*[b](https://y.org/)*](https://z.org/)",
        "Term\n: Def\n\n| [a](https://x.org/)[^1] | `b` |\n|--|\n\n[^1]: | c |\n    |---|\n    - d\n",
        ":::aside {title=\"T\" by=\"B\"}\n- a\n:::\n\n:::details\n",
        "1. a\n\n   | b |\n   |---|\n   | {{c}} |\n\n   > [!NOTE]\n   > ```\n   > x\n   > ```\n",
        "# [a](#a) {{vendor}}\n## <b>\n$$x$$ &#1; &#xFFFF;\n",
    ] {
        let parts = parts(markdown);
        for name in ["word/document.xml", "word/footnotes.xml", "word/numbering.xml", "word/_rels/document.xml.rels"] {
            let xml = parts(name);
            let mut reader = quick_xml::Reader::from_str(&xml);
            while !matches!(reader.read_event().expect("well formed"), quick_xml::events::Event::Eof) {}
        }
        let document = parts("word/document.xml");
        assert!(
            !document.contains("<w:tc></w:tc>")
                && document.matches("<w:p>").count() == document.matches("</w:p>").count()
        );
    }
}
