//! What is filled in, what was changed, and which version a copy came from.

use std::fs;

use fieldbook::document::Format;
use fieldbook::document::diff::{Change, Run, compare, is_edited, resemblance};
use fieldbook::document::placeholders::{Answers, fill};
use fieldbook::document::provenance;
use fieldbook::document::state::{lift, set, without_guides};

const BASE: &str = "# With {{vendor}}\n\n- [ ] Ask {{vendor}} for an offer\n- [ ] Read the offer\n- [ ] Sign\n";

#[test]
fn what_is_lifted_out_can_be_put_in_again() {
    let mine = "# With Acme\n\n- [x] Ask Acme for an offer\n- [ ] Read the offer\n- [x] Sign\n- [x] Celebrate\n";
    let state = lift(BASE, mine, Format::Markdown);
    assert_eq!(state.answers["vendor"], "Acme");
    let ticked: Vec<&str> = state.ticks.iter().filter(|tick| tick.is_ticked).map(|tick| tick.item.as_str()).collect();
    assert_eq!(ticked, ["Ask {{vendor}} for an offer", "Sign", "Celebrate"]);
    let (text, left) = set(BASE, &state, Format::Markdown);
    assert_eq!(text, mine.replace("- [x] Celebrate\n", ""));
    assert_eq!(left.len(), 1);
    let newer = "# With {{vendor}}\n\n- [ ] Sign\n- [ ] Ask {{vendor}} for a written offer\n- [ ] Read the offer\n";
    let (text, _) = set(newer, &state, Format::Markdown);
    assert_eq!(text, "# With Acme\n\n- [x] Sign\n- [x] Ask Acme for a written offer\n- [ ] Read the offer\n");
}

#[test]
fn advice_is_left_out_with_its_blank_lines() {
    let text = "# A\n\n> [!GUIDE]\n> Do it.\n\nText.\n\n> A quote.\n\n> [!guide] last\n";
    assert_eq!(without_guides(text), "# A\n\nText.\n\n> A quote.\n");
    assert_eq!(without_guides("> [!GUIDE] all\n"), "");
}

#[test]
fn filling_in_is_no_edit() {
    let answers: Answers = [("vendor".to_string(), "Acme".to_string())].into();
    let mine = fill(BASE, &answers, Format::Markdown).replace("[ ]", "[x]").replace("an offer", "an\n  offer");
    let from = provenance::Provenance {
        title: Some("With Acme".to_string()),
        forked_from: "https://a.example/a/".to_string(),
        version: 1,
        hash: None,
        license: None,
    };
    let mine = provenance::write(&mine, &from, provenance::Place::FrontMatter);
    assert!(!is_edited(BASE, &mine, Format::Markdown));
    assert!(is_edited(BASE, &mine.replace("Sign", "Sign twice"), Format::Markdown));
    assert!(is_edited(BASE, &mine.replace("- [x] Sign\n", ""), Format::Markdown));
}

#[test]
fn two_versions_are_compared_by_words() {
    let old = "# A\n\n- [ ] Ask for an offer\n- [ ] Read it all\n- [ ] Send it back\n- [ ] Sign\n";
    let new = "# A\n\n- [ ] Send it back\n- [x] Ask for a written offer\n- [ ] Read it\n  all\n- [ ] Thank them\n";
    let mut changes = compare(old, new, Format::Markdown).into_iter();
    assert!(matches!(changes.next(), Some(Change::Same(piece)) if piece.text == "# A"));
    assert!(matches!(changes.next(), Some(Change::Moved(piece)) if piece.line == 3));
    let Some(Change::Reworded { runs, is_moved: false, .. }) = changes.next() else { panic!("a rewording") };
    let expected = [
        Run::Same("Ask for".to_string()),
        Run::Deleted(" an".to_string()),
        Run::Inserted(" a written".to_string()),
        Run::Same(" offer".to_string()),
    ];
    assert_eq!(runs, expected);
    assert!(matches!(changes.next(), Some(Change::Same(_))));
    let rest: Vec<Change> = changes.collect();
    assert!(rest.iter().any(|change| matches!(change, Change::Deleted(piece) if piece.text == "- [ ] Sign")));
    assert!(rest.iter().any(|change| matches!(change, Change::Inserted(piece) if piece.text == "- [ ] Thank them")));
}

#[test]
fn a_copy_is_most_like_the_version_it_came_from() {
    let folder = "content/templates/contract-negotiation-checklist/versions";
    let versions: Vec<String> =
        (1..=4).map(|version| fs::read_to_string(format!("{folder}/{version}.md")).expect("a version")).collect();
    let answers: Answers =
        [("vendor", "Acme"), ("product", "log storage")].map(|(id, to)| (id.into(), to.into())).into();
    for (at, version) in versions.iter().enumerate() {
        let mine = fill(version, &answers, Format::Markdown).replacen("[ ]", "[x]", 5).replace("|  |  |", "| a | b |");
        let mine = without_guides(&mine).replace("engineering weeks", "weeks of work");
        let alike = |other: &String| resemblance(other, &mine, Format::Markdown);
        let best = versions.iter().enumerate().max_by(|(_, one), (_, other)| alike(one).total_cmp(&alike(other)));
        assert_eq!(best.map(|(at, _)| at), Some(at));
    }
}
