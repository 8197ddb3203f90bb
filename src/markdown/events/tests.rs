use super::*;
use crate::config::RawHtml;
use pulldown_cmark::{Event as Theirs, Tag};

const MARKDOWN: Markdown = Markdown {
    html: RawHtml::Allow,
    definition_lists: false,
    smart_punctuation: true,
    math: false,
    unicode_slugs: false,
    highlight: true,
    terms: true,
};

fn reading() -> Reading<'static> {
    Reading { markdown: MARKDOWN, questions: false, title: None, taken: &[] }
}

fn run<'a>(text: &'a str, reading: &Reading<'_>) -> Reported<Events<'a>> {
    read(&SourcePath::new("content/page.md"), text, 0..text.len(), reading)
}

/// The events in short: `<p>`, `</p>`, `#2(id)`, `/#`, `a(destination)`, `:::name`, `[!note|title]`, texts as they are.
fn short(events: &Events<'_>) -> String {
    let one = |(event, _): &(Event<'_>, Range<usize>)| match event {
        Event::StartHeading { level, id, .. } => format!("#{level}({id})"),
        Event::EndHeading { .. } => "/#".into(),
        Event::StartCallout { kind, title } => format!("[!{kind}|{}]", title.as_deref().unwrap_or("")),
        Event::EndCallout => "[/]".into(),
        Event::StartBlock { name, .. } => format!(":::{name}"),
        Event::EndBlock { .. } => ":::".into(),
        Event::Markdown(event) => match event {
            Theirs::Start(Tag::Link { dest_url, .. }) => format!("a({dest_url})"),
            Theirs::Start(Tag::Paragraph) => "<p>".into(),
            Theirs::Start(tag) => format!("<{}>", format!("{tag:?}").split(['(', ' ']).next().expect("a word")),
            Theirs::End(end) => format!("</{}>", format!("{end:?}").split(['(', ' ']).next().expect("a word")),
            Theirs::Text(text) | Theirs::Html(text) | Theirs::InlineHtml(text) => text.to_string(),
            Theirs::Code(code) => format!("`{code}`"),
            Theirs::SoftBreak => "~".into(),
            event => format!("{event:?}"),
        },
    };
    events.iter().map(one).collect::<Vec<_>>().join(" ").replace("</Paragraph>", "</p>")
}

fn check(text: &str, expected: &str) {
    let found = run(text, &reading());
    assert_eq!(short(&found.value), expected, "{text}");
    assert_eq!(found.diagnostics, [], "{text}");
}

fn codes(text: &str) -> Vec<&'static str> {
    run(text, &reading()).diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect()
}

#[test]
fn headings_have_the_ids_of_github() {
    check("# What's \"new\"?\n", "#1(whats-new) What ’ s  “ new ” ? /#");
    check("## A -- B\n## A -- B\n", "#2(a----b) A  –  B /# #2(a----b-1) A  –  B /#");
    check("## Goals\n\n## Aims {#goals .wide}\n", "#2(goals-1) Goals /# #2(goals) Aims /#");
    check("## `code` & [link](x.md)\n", "#2(code--link) `code`  &  a(x.md) link </Link> /#");
    let taken = ["goals".to_string()];
    let found = run("## Goals\n", &Reading { taken: &taken, ..reading() });
    assert_eq!(short(&found.value), "#2(goals-1) Goals /#");
}

#[test]
fn the_title_is_not_shown_twice() {
    let reading = Reading { title: Some("On-Call: a guide"), ..reading() };
    assert_eq!(short(&run("# On-call: *a guide*\n\nText\n", &reading).value), "<p> Text </p>");
    assert_eq!(short(&run("## On-Call: a guide\n", &reading).value), "#2(on-call-a-guide) On-Call: a guide /#");
    assert_eq!(
        short(&run("# Another\n\n# On-Call: a guide", &reading).value),
        "#1(another) Another /# #1(on-call-a-guide) On-Call: a guide /#"
    );
}

#[test]
fn questions_become_headings() {
    let reading = Reading { questions: true, ..reading() };
    let found = run("**Why?**\n\nSo. **Bold.**\n\n## Part\n\n**How *so*?**\n\n- **x**\n\n**a** **b**\n", &reading);
    assert_eq!(
        short(&found.value),
        "#2(why) Why? /# <p> So.  <Strong> Bold. </Strong> </p> #2(part) Part /# #3(how-so) How  <Emphasis> so \
         </Emphasis> ? /# <List> <Item> <Strong> x </Strong> </Item> </List> <p> <Strong> a </Strong>   <Strong> b \
         </Strong> </p>"
    );
}

#[test]
fn callouts() {
    check("> [!NOTE]\n> Text\n", "[!note|] <p> Text </p> [/]");
    check("> [!tip] Read `this` *first*\n> Text\n> more\n", "[!tip|Read this first] <p> Text ~ more </p> [/]");
    check("> [!Guide] Only a title\n>\n> - a\n", "[!guide|Only a title] <List> <Item> a </Item> </List> [/]");
    check("> Text\n> [!NOTE]\n", "<BlockQuote> <p> Text ~ [!NOTE] </p> </BlockQuote>");
    check("> \\[!NOTE]\n", "<BlockQuote> <p> [!NOTE] </p> </BlockQuote>");
    check("> [!NOTE] **a\n> b**\n", "[!note|] <p> <Strong> a ~ b </Strong> </p> [/]");
    check("> > [!NOTE]\n> > a\n", "<BlockQuote> [!note|] <p> a </p> [/] </BlockQuote>");
    assert_eq!(codes("> [!NOTES]\n> a\n"), ["unknown-callout"]);
    assert_eq!(codes("> [!x](y)\n"), [""; 0]);
}

#[test]
fn blocks() {
    check(":::note\nText\n:::\n", ":::note <p> Text </p> :::");
    check("a\n:::note {a=b}\nText\n:::\nb", "<p> a </p> :::note <p> Text </p> ::: <p> b </p>");
    check(
        "- a\n:::note\n- b\n:::\n- c\n",
        "<List> <Item> a </Item> </List> :::note <List> <Item> b </Item> </List> ::: <List> <Item> c </Item> </List>",
    );
    check("1. a\n\n   :::note\n   b\n   :::\n", "<List> <Item> <p> a </p> :::note <p> b </p> ::: </Item> </List>");
    check("::::x\n:::y\na\n:::\n::::\n", ":::x :::y <p> a </p> ::: :::");
    check(":::x\n:::y\na\n:::\n:::\n", ":::x :::y <p> a </p> ::: :::");
    check("```\n:::x\n```\n", "<CodeBlock> :::x\n </CodeBlock>");
    check("    :::x\n", "<CodeBlock> :::x\n </CodeBlock>");
    check(
        ":::x\n[a][b] [^f]\n:::\n\n[b]: c.md\n[^f]: note\n:::y\n:::\n",
        ":::x <p> a(c.md) a </Link>   FootnoteReference(Borrowed(\"f\")) </p> ::: <FootnoteDefinition> <p> note </p> </FootnoteDefinition> :::y :::",
    );
    check(
        "| a |\n|---|\n| b |\n:::x\n:::\n",
        "<Table> <TableHead> <TableCell> a </TableCell> </TableHead> <TableRow> <TableCell> b </TableCell> </TableRow> </Table> :::x :::",
    );
    check("> :::x\n> a\n> :::\n", "<BlockQuote> :::x <p> a </p> ::: </BlockQuote>");
    check("a :::b\n     :::c\n", "<p> a :::b ~ :::c </p>");
}

#[test]
fn line_endings_of_windows() {
    check(":::note\r\nText\r\n:::\r\n", ":::note <p> Text </p> :::");
    check("> [!NOTE] Title\r\n> Text\r\n", "[!note|Title] <p> Text </p> [/]");
    check("<div\r\n id=x>\r\n", "<HtmlBlock> <div\r\n id=x>\r\n </HtmlBlock>");
}

#[test]
fn html_is_one_piece() {
    check("<div\nid=x>\n:::a\n</div>\n", "<HtmlBlock> <div\nid=x>\n:::a\n</div>\n </HtmlBlock>");
}

#[test]
fn blocks_and_definition_lists() {
    let reading = Reading { markdown: Markdown { definition_lists: true, ..MARKDOWN }, ..reading() };
    let found = run("Term\n: says\n:::x\nother\n:::\n", &reading);
    assert_eq!(
        short(&found.value),
        "<DefinitionList> <DefinitionListTitle> Term </DefinitionListTitle> <DefinitionListDefinition> says \
         </DefinitionListDefinition> </DefinitionList> :::x <p> other </p> :::"
    );
}

#[test]
fn unclosed_blocks() {
    for (text, faults) in [
        (":::a\nb\n", 1),
        (":::\n", 1),
        ("::::a\n:::b\n::::\n", 1),
        ("- :::a\n  b\n\nc\n\n  :::a\n  b\n:::\n:::\n", 1),
        ("- a\n\n  :::b\n\nc\n:::\n", 2),
        (":::a\n:::b\n", 2),
    ] {
        assert_eq!(codes(text), vec!["unclosed-block"; faults], "{text}");
    }
}

#[test]
fn wiki_links() {
    check("See [[Tech Spec#goals|the goals]].", "<p> See  a(Tech Spec#goals) the goals </Link> . </p>");
    check("[[a]] [[b]](c) [d]\n\n[d]: e\n", "<p> a(a) a </Link>   a(b) b </Link> (c)  a(e) d </Link> </p>");
    check(
        "| [[a\\|b]] |\n|---|\n",
        "<Table> <TableHead> <TableCell> a(a) b </Link> </TableCell> </TableHead> </Table>",
    );
    check("[[ ]] [[]] `[[a]]`", "<p> a( )   </Link>  [[]]  `[[a]]` </p>");
}

#[test]
fn addresses_become_links() {
    check(
        "See https://a.org/b_c_d?x=1&y=2.",
        "<p> See  a(https://a.org/b_c_d?x=1&y=2) https://a.org/b_c_d?x=1&y=2 </Link> . </p>",
    );
    check(
        "(www.a.org/x(y)) a@b.org!",
        "<p> ( a(http://www.a.org/x(y)) www.a.org/x(y) </Link> )  a(mailto:a@b.org) a@b.org </Link> ! </p>",
    );
    check("<a@b.org> <https://x.y>", "<p> a(mailto:a@b.org) a@b.org </Link>   a(https://x.y) https://x.y </Link> </p>");
    check("https://a.org/_x_/y--z", "<p> a(https://a.org/_x_/y--z) https://a.org/_x_/y--z </Link> </p>");
    check("*https://a.org/x*", "<p> <Emphasis> a(https://a.org/x) https://a.org/x </Link> </Emphasis> </p>");
    check(
        "**see http://localhost:80/**",
        "<p> <Strong> see  a(http://localhost:80/) http://localhost:80/ </Link> </Strong> </p>",
    );
    check(
        "http://a.b/&copy; http://a.b/?x&amp;y",
        "<p> a(http://a.b/) http://a.b/ </Link> ©   a(http://a.b/?x&y) http://a.b/?x&amp;y </Link> </p>",
    );
    check(
        "[https://a.org](x) `https://b.org` xhttps://c.org http:// www. a@b <a href=x>http://d.org</a>",
        "<p> a(x) https://a.org </Link>   `https://b.org`  xhttps://c.org http:// www. a@b  <a href=x> http://d.org </a> </p>",
    );
}
