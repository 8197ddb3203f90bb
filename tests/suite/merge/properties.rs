//! What holds for every update. The cases are the same in each run; `CASES=100000 SEED=7 cargo test merge::properties`
//! tries others, and more.

use std::collections::BTreeSet;

use fieldbook::document::Format;
use fieldbook::document::merge::{Update, merge};
use fieldbook::document::placeholders::{Answers, fill};
use fieldbook::document::provenance::{self, Place, Provenance};
use fieldbook::document::state::without_guides;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;

use super::generate::{Edit, IDS, Line, Sort, apply, distinct, document, edits, write};
use super::update;

fn config() -> ProptestConfig {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u32>().ok());
    ProptestConfig {
        cases: number("CASES").unwrap_or(10_000),
        rng_seed: RngSeed::Fixed(number("SEED").unwrap_or(1).into()),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn answers() -> Answers {
    let values = ["Acme & Sons", "log storage", "Dana"];
    IDS.iter().zip(values).map(|(id, value)| (id.to_string(), value.to_string())).collect()
}

fn filled(text: &str) -> String {
    fill(text, &answers(), Format::Markdown)
}

/// The words that somebody wrote: a letter and a number.
fn words_of(mark: char, text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.strip_prefix(mark).is_some_and(|rest| rest.parse::<u32>().is_ok())).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_update_to_the_same_version_changes_nothing(base in document(), own in edits(12), is_filled: bool) {
        let (base, mine) = (write(&base), write(&apply(&base, &own, 'p')));
        let mine = if is_filled { filled(&mine) } else { mine };
        let merged = update(&base, &mine, &base);
        prop_assert_eq!(merged.text, mine);
        prop_assert!(merged.conflicts.is_empty() && merged.kept.is_empty());
    }

    #[test]
    fn an_untouched_fork_becomes_the_new_version(base in document(), new in edits(12), form in 0..4_u8) {
        let mut theirs = apply(&base, &new, 'u');
        // An answer to a question that is asked no more has no place in the new version; it would be kept.
        let written = without_guides(&write(&theirs));
        for id in IDS.iter().filter(|id| !asks(&written, id)) {
            theirs.push(Line { sort: Sort::Paragraph, words: vec!["Still:".to_string(), format!("{{{{{id}}}}}")] });
        }
        let (base, theirs) = (write(&base), write(&theirs));
        // Without advice in the first version nobody can tell that it was left out.
        let form = if form == 1 && !base.contains("[!GUIDE]") { 0 } else { form };
        let fork = |text: &str| {
            let text = if form == 1 { without_guides(text) } else { text.to_string() };
            let from = Provenance {
                title: Some("Contract".to_string()),
                forked_from: "https://a.example/templates/contract/".to_string(),
                version: 3,
                hash: None,
                license: None,
            };
            match form {
                2 => provenance::write(&filled(&text), &from, Place::FrontMatter),
                3 => provenance::write(&filled(&text), &from, Place::LastLine),
                _ => filled(&text),
            }
        };
        let merged = update(&base, &fork(&base), &theirs);
        prop_assert_eq!(merged.text, fork(&theirs));
        prop_assert!(merged.conflicts.is_empty() && merged.kept.is_empty() && merged.deleted.is_empty());
    }

    #[test]
    fn no_word_of_the_person_is_ever_missing(base in document(), own in edits(12), new in edits(12), is_filled: bool) {
        let mine = write(&apply(&base, &own, 'p'));
        let mine = if is_filled { filled(&mine) } else { mine };
        let merged = update(&write(&base), &mine, &write(&apply(&base, &new, 'u')));
        let (typed, there) = (words_of('p', &mine), words_of('p', &merged.text));
        prop_assert_eq!(typed, there);
        for answer in answers().values().filter(|answer| mine.contains(answer.as_str())) {
            prop_assert!(merged.text.contains(answer.as_str()), "{} is missing", answer);
        }
    }

    #[test]
    fn no_tick_is_lost(base in document(), ticked in prop::collection::vec(any::<Index>(), 1..8), new in edits(12)) {
        let ticks: Vec<Edit> = ticked.into_iter().map(Edit::Tick).collect();
        let ticked = apply(&base, &ticks, 'p');
        let merged = update(&write(&base), &write(&ticked), &write(&apply(&base, &new, 'u')));
        let count = ticked.iter().filter(|line| matches!(line.sort, Sort::Step { is_ticked: true, .. })).count();
        prop_assert_eq!(merged.text.matches("- [x] ").count(), count);
        prop_assert!(merged.conflicts.is_empty());
    }

    #[test]
    fn line_endings_do_not_matter(base in document(), own in edits(8), new in edits(8), is_ended: bool) {
        let (base, mine, theirs) = (write(&base), write(&apply(&base, &own, 'p')), write(&apply(&base, &new, 'u')));
        let crlf = |text: &str| text.replace('\n', "\r\n");
        let expected = update(&base, &mine, &theirs).text;
        let (mine, expected) = if is_ended { (mine, expected) } else { (mine.trim_end().into(), expected.trim_end().into()) };
        prop_assert_eq!(&update(&crlf(&base), &mine, &theirs).text, &expected);
        if mine.contains('\n') {
            prop_assert_eq!(update(&base, &crlf(&mine), &crlf(&theirs)).text, crlf(&expected));
        }
    }

    #[test]
    fn a_second_run_changes_nothing(base in document(), own in edits(8), new in edits(8)) {
        let (base, mine, theirs) = (write(&base), write(&apply(&base, &own, 'p')), write(&apply(&base, &new, 'u')));
        let once = update(&base, &mine, &theirs);
        if once.conflicts.is_empty() {
            prop_assert_eq!(update(&theirs, &once.text, &theirs).text, once.text);
        }
    }

    #[test]
    fn words_apart_are_no_conflict(base in document(), at: Index, split: Index) {
        let lines: Vec<usize> = (0..base.len()).filter(|at| base[*at].words.len() >= 6).collect();
        prop_assume!(!lines.is_empty());
        let at = *at.get(&lines);
        let split = 2 + split.index(base[at].words.len() - 4);
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        mine[at].words[split - 2] = "p1".to_string();
        theirs[at].words[split] = "u1".to_string();
        let mut both = mine.clone();
        both[at].words[split] = "u1".to_string();
        let merged = update(&write(&base), &write(&mine), &write(&theirs));
        prop_assert_eq!(merged.text, write(&both));
        prop_assert!(merged.conflicts.is_empty());
    }

    #[test]
    fn a_conflict_disturbs_nothing_else(base in distinct(), own in edits(5), new in edits(5), at: Index, word: Index) {
        let marked = Line {
            sort: Sort::Step { is_ticked: false, is_nested: false },
            words: (1..9).map(|at| format!("word{at}")).collect(),
        };
        // Both work above and below the step.
        let at = at.index(base.len() + 1);
        let around = |own: &[Edit], mark: char| -> Vec<Line> {
            let (above, below) = (apply(&base[..at], own, mark), apply(&base[at..], own, mark.to_ascii_uppercase()));
            above.into_iter().chain([marked.clone()]).chain(below).collect()
        };
        let (mut mine, mut theirs, base) = (around(&own, 'p'), around(&new, 'u'), around(&[], 'b'));
        let word = word.index(8);
        let (calm_mine, calm_theirs) = (write(&mine), write(&theirs));
        let base = write(&base);
        let calm = update(&base, &calm_mine, &calm_theirs);
        let reword = |lines: &mut Vec<Line>, by: &str| {
            let line = lines.iter_mut().find(|line| **line == marked).expect("the marked step");
            line.words[word] = by.to_string();
        };
        reword(&mut mine, "p0");
        reword(&mut theirs, "u0");
        let merged = update(&base, &write(&mine), &write(&theirs));
        prop_assert_eq!(merged.conflicts.len(), calm.conflicts.len() + 1);
        // Taking the fork's side of this conflict gives what comes out where upstream let the step alone.
        let conflict = merged.conflicts.iter().find(|conflict| conflict.mine.contains("p0")).expect("this conflict");
        let written = format!("<<<<<<< mine\n{}\n=======\n{}\n>>>>>>> version 4", conflict.mine, conflict.theirs);
        let text = merged.text.replace(&written, &conflict.mine);
        prop_assert_eq!(text.replace("p0", &marked.words[word]), calm.text);
    }

    #[test]
    fn only_what_both_changed_is_a_conflict(base in distinct(), own in edits(12), new in edits(12)) {
        // The person changes the first half of each line, upstream the second half.
        let half = |edits: &[Edit], is_first: bool| -> Vec<Line> {
            let mut lines = base.clone();
            for edit in edits {
                if let Edit::Reword(at, _, _) = edit {
                    let words = &mut at.get_mut(&mut lines).words;
                    let (place, mark) = if is_first { (0, "p1") } else { (words.len() - 1, "u1") };
                    if words.len() >= 4 {
                        words[place] = mark.to_string();
                    }
                }
            }
            lines
        };
        let merged = update(&write(&base), &write(&half(&own, true)), &write(&half(&new, false)));
        prop_assert!(merged.conflicts.is_empty(), "{}", merged.text);
    }

    #[test]
    fn any_text_is_merged(base in text(), mine in text(), theirs in text(), is_csv: bool) {
        let format = if is_csv { Format::Csv } else { Format::Markdown };
        let update = Update { base: Some(&base), from: 3, mine: &mine, theirs: &theirs, to: 4, format };
        if let Ok(merged) = merge(&update) {
            let same = Update { theirs: &base, ..update };
            prop_assert_eq!(&merge(&same).expect("as before").text, &mine);
            let words = |text: &str| -> BTreeSet<String> {
                text.split(|c: char| !c.is_alphanumeric()).map(str::to_string).collect()
            };
            let (old, there) = (words(&base), words(&merged.text));
            for word in words(&mine).difference(&old) {
                prop_assert!(there.contains(word), "{} is missing from {:?}", word, merged.text);
            }
        }
    }
}

fn asks(text: &str, id: &str) -> bool {
    text.contains(&format!("{{{{{id}}}}}"))
}

/// Texts with everything that means something to the merge strewn in.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "- [ ] a step\n",
        "- [x] a step\n",
        "  - nested\n",
        "## Head\n",
        "Head\n===\n",
        "\n",
        "\r\n",
        "| a | b |\n|---|---|\n",
        "| 1 | {{x}} |\n",
        "{{x}} and {{y}}\n",
        "```\n",
        "> [!GUIDE]\n> do\n",
        "> - a\n",
        "---\n",
        "title: {{x}}\n",
        "template_version: 3\n",
        "a,b,c\n",
        "1,\"x\ny\",\n",
        "\"",
        "words that go on and on\n",
        "=======\n",
        "<div>\n",
        "    code\n",
        "Forked from [A, version 3](https://a/v/3/)\n",
        "\u{feff}",
        ":::\n",
        "1. one\n",
    ];
    let piece = prop_oneof![8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_string), 1 => "\\PC{0,12}"];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}
