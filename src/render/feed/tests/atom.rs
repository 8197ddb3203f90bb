//! What is in the Atom.

use crate::config::FeedContent;
use crate::render::feed::tests::sample::{Sample, body, elements};

#[test]
fn a_whole_feed() {
    let mut sample = Sample::with_dates(&["2022-04-04 07:00:00 -0700"]);
    let page = sample.site.feeds[0].pages[0];
    sample.page(page).meta.title = "a <b> & ]]>".to_string();
    sample.page(page).meta.authors = vec!["Ada".to_string()];
    sample.page(page).meta.terms = vec![("tags".to_string(), vec!["on-call".to_string()])];
    sample.page(page).document = Some(body("content/x/template.md"));
    sample.config().license = Some("CC-BY-4.0".to_string());
    let expected = r#"<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet type="text/css" href="/feed.css"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" xml:lang="en-GB">
<title>Harbour Playbook</title>
<subtitle>How we build &amp; run things</subtitle>
<id>https://example.org/</id>
<updated>2022-04-04T07:00:00-07:00</updated>
<link rel="alternate" type="text/html" href="https://example.org/"/>
<link rel="alternate" type="application/rss+xml" href="https://example.org/feed.xml"/>
<link rel="self" type="application/atom+xml" href="https://example.org/atom.xml"/>
<link rel="alternate" type="application/feed+json" href="https://example.org/feed.json"/>
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"/>
<author>
<name>The platform team</name>
</author>
<rights>© Harbour</rights>
<generator version="0.1">Fieldbook</generator>
<fh:complete/>
<entry>
<title>a &lt;b&gt; &amp; ]]&gt;</title>
<link rel="alternate" type="text/html" href="https://example.org/guides/page-0/"/>
<link rel="alternate" type="text/markdown" href="https://example.org/guides/page-0/template.md"/>
<id>https://example.org/guides/page-0/</id>
<published>2022-04-04T07:00:00-07:00</published>
<updated>2022-04-04T07:00:00-07:00</updated>
<author>
<name>Ada</name>
</author>
<category term="on-call"/>
<summary>First paragraph.</summary>
<content type="html"><![CDATA[<p>Text</p>]]></content>
</entry>
</feed>
"#;
    assert_eq!(sample.atom(), expected);
}

#[test]
fn an_empty_feed_was_updated_at_the_beginning_of_time() {
    assert_eq!(elements(&Sample::empty().atom(), "updated"), ["1970-01-01T00:00:00Z"]);
}

#[test]
fn there_is_always_an_author() {
    let mut sample = Sample::empty();
    sample.config().author = None;
    assert_eq!(elements(&sample.atom(), "name"), ["Harbour Playbook"]);
}

#[test]
fn summaries_only() {
    let mut sample = Sample::with_dates(&["2024-01-03"]);
    sample.config().feeds.content = FeedContent::Summary;
    let atom = sample.atom();
    assert!(atom.contains("<summary>First paragraph.</summary>") && !atom.contains("<content"));
}
