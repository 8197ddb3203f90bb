//! The examples of the manual are what comes out.

use std::fs;

use super::update;

const TITLES: [&str; 4] = ["Version 3", "Your copy", "Version 4", "After the update"];

#[test]
fn the_examples_of_the_manual_are_true() {
    let text = fs::read_to_string("docs/merge.md").expect("the page");
    let mut examples = 0;
    let mut fences = fences(&text).into_iter();
    while let Some((title, base)) = fences.next() {
        assert_eq!(title, TITLES[0]);
        let mut next = |expected: &str| fences.next().filter(|(title, _)| *title == expected).expect(expected).1;
        let (mine, theirs, outcome) = (next(TITLES[1]), next(TITLES[2]), next(TITLES[3]));
        assert_eq!(update(base, mine, theirs).text, outcome, "example {}", examples + 1);
        assert_eq!(update(base, mine, base).text, mine);
        examples += 1;
    }
    assert_eq!(examples, text.matches(TITLES[3]).count());
    assert!(examples > 5);
}

/// The fences of the page with a title, and what stands in them.
fn fences(text: &str) -> Vec<(&str, &str)> {
    let parts = text.split("```markdown title=\"").skip(1);
    parts
        .filter_map(|part| part.split_once("\"\n"))
        .map(|(title, rest)| (title, &rest[..rest.find("```").expect("an end")]))
        .collect()
}
