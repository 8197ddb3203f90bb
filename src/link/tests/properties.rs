//! What holds for any destination whatever.

use proptest::prelude::*;

use super::{files, link, link_to, page_with, pages, project, reports};
use crate::config::Repository;
use crate::model::link::{LinkForm, Target};

fn destination() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "..",
        "/",
        "\\",
        "#",
        "?",
        "%",
        "%2e",
        "%00",
        "good",
        ".md",
        "guides",
        ":",
        "//",
        "@",
        "{{",
        "[[",
        "]]",
        "é",
        "İ",
        "😀",
        " ",
        "\n",
        "javascript:",
        "content",
        "_index.md",
        "README",
        ".html",
        "|",
        "index.html",
        "static",
        "secret",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_destination_panics(destinations in prop::collection::vec(destination(), 1..12)) {
        let forms = [LinkForm::Markdown, LinkForm::Image, LinkForm::Wiki, LinkForm::Html, LinkForm::HtmlSource];
        let mut project = project();
        let url = "https://git.example".to_string();
        project.config.repository = Some(Repository { url, branch: "main".into(), folder: "a/b".into() });
        let mut all = pages();
        all.push(page_with("guides/here.md", |page| {
            page.body.links = forms.iter().flat_map(|form| destinations.iter().map(|text| link_to(*form, text))).collect();
            page.meta.related = destinations.iter().map(|text| link_to(LinkForm::FrontMatter, text)).collect();
        }));
        let site = link(&project, all.clone(), &files());
        let again = link(&project, all, &files());
        prop_assert_eq!(reports(&site), reports(&again));
        for target in site.value.resolved.iter().flat_map(|page| &page.links) {
            if let Target::External(url) = target {
                let lower = url.to_lowercase();
                prop_assert!(!lower.starts_with("javascript:") && !url.contains(['\n', '\t']));
            }
        }
    }
}
