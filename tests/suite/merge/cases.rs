//! What is easily got wrong, case by case.

use fieldbook::document::Format;
use fieldbook::document::merge::{Refusal, Update, merge};

use super::update;

#[track_caller]
fn check(base: &str, mine: &str, theirs: &str, expected: &str) {
    let merged = update(base, mine, theirs);
    assert_eq!(merged.text, expected);
    assert!(merged.conflicts.is_empty());
}

#[test]
fn identical_steps_keep_their_own_ticks() {
    let base = "## A\n\n- [ ] Sign\n- [ ] Sign\n\n## B\n\n- [ ] Sign\n";
    let mine = "## A\n\n- [ ] Sign\n- [x] Sign\n\n## B\n\n- [ ] Sign\n";
    let theirs = "## A\n\n- [ ] Sign\n- [ ] Sign\n\n## B\n\n- [ ] Read again\n- [ ] Sign\n";
    check(base, mine, theirs, "## A\n\n- [ ] Sign\n- [x] Sign\n\n## B\n\n- [ ] Read again\n- [ ] Sign\n");
}

#[test]
fn a_person_writes_lists_in_another_way() {
    let base = "- [ ] Ask for an offer\n- [ ] Sign the contract\n";
    let mine = "* [X] Ask for an offer\n\n* [ ] Sign the contract\n";
    let theirs = "- [ ] Ask for a written offer\n- [ ] Sign the contract\n";
    check(base, mine, theirs, "* [X] Ask for a written offer\n\n* [ ] Sign the contract\n");
}

#[test]
fn a_tick_is_kept_where_the_box_is_gone() {
    check("- [ ] Ask for it\n", "- [x] Ask for it\n", "- Ask for it now\n", "- [x] Ask for it now\n");
    check("- Ask for it\n", "- Ask for it\n", "- [ ] Ask for it\n", "- [ ] Ask for it\n");
    check("- [x] Ask for it\n", "- [ ] Ask for it\n", "- [x] Ask for it now\n", "- [ ] Ask for it now\n");
}

#[test]
fn an_answer_may_stand_elsewhere_too() {
    let base = "# With {{vendor}}\n\nThe lead is {{lead}}. Ask {{vendor}}.\n";
    let mine = "# With Lead\n\nThe lead is Lead. Ask Lead.\n";
    let theirs =
        "# With {{vendor}}\n\nThe first lead is {{lead}}. Ask {{vendor}}.\n\nTell {{lead}} about {{vendor}}.\n";
    check(base, mine, theirs, "# With Lead\n\nThe first lead is Lead. Ask Lead.\n\nTell Lead about Lead.\n");
}

#[test]
fn an_open_field_stays_open() {
    let base = "# With {{vendor}}\n\nAsk {{vendor}} for it.\n";
    let mine = "# With Acme\n\nAsk {{vendor}} for it.\n";
    check(
        base,
        mine,
        "# With {{vendor}}\n\nAsk {{vendor}} for it now.\n",
        "# With Acme\n\nAsk {{vendor}} for it now.\n",
    );
}

#[test]
fn a_reworded_block_that_is_gone_upstream_is_kept() {
    let base = "# A\n\nOne two three four.\n\nFive six seven.\n";
    let merged = update(base, "# A\n\nOne two 3 four.\n\nFive six seven.\n", "# A\n\nFive six seven.\n");
    assert_eq!(merged.text, "# A\n\nFive six seven.\n\n## Kept from version 3\n\nOne two 3 four.\n");
    assert_eq!(merged.kept, ["One two 3 four."]);
    assert_eq!(merged.summary.to_string(), "1 removed, 1 kept in the last section");
}

#[test]
fn the_line_of_provenance_stays_the_last() {
    let line = "Forked from [A, version 3](https://a.example/a/v/3/)\n";
    let base = "# A\n\n- [ ] B\n";
    let mine = format!("# A\n\n- [x] B\n\n{line}");
    let merged = update(base, &mine, "# A\n\n- [ ] C\n\n## More\n\nText.\n");
    assert_eq!(
        merged.text,
        format!("# A\n\n- [ ] C\n\n## More\n\nText.\n\n## Kept from version 3\n\n- [x] B\n\n{line}")
    );
}

#[test]
fn front_matter_is_merged_by_fields() {
    let base = "---\nowner: nobody\nstatus: draft\n---\n# A\n";
    let mine = "---\ntitle: Mine\nowner: Dana # me\nstatus: draft\nforked_from: x\n---\n# A\n";
    let theirs = "---\nowner: nobody\nstatus: open\nreview: yearly\n---\n# A\n";
    let expected = "---\ntitle: Mine\nowner: Dana # me\nstatus: open\nreview: yearly\nforked_from: x\n---\n# A\n";
    check(base, mine, theirs, expected);
    check("# A\n", "---\ntitle: Mine\n---\n\n# A\n", "## First\n\n# A\n", "---\ntitle: Mine\n---\n\n## First\n\n# A\n");
}

#[test]
fn code_and_advice_are_merged_as_they_are() {
    let base = "```sh\nrun a\n\n  run b\n```\n\n> [!GUIDE]\n> Do it well.\n> - first\n";
    let mine = "```sh\nrun a --now\n\n  run b\n```\n\n> [!GUIDE]\n> Do it very well.\n> - first\n";
    let theirs = "```sh\nrun a\n\n  run b\n  run c\n```\n\n> [!GUIDE]\n> Do it well.\n> - first\n> - second\n";
    let expected =
        "```sh\nrun a --now\n\n  run b\n  run c\n```\n\n> [!GUIDE]\n> Do it very well.\n> - first\n> - second\n";
    check(base, mine, theirs, expected);
}

#[test]
fn what_upstream_puts_into_a_deleted_section_is_listed() {
    let base = "# A\n\nText.\n\n## Sign\n\n- [ ] Sign\n";
    let theirs = "# A\n\nText.\n\n## Sign\n\n- [ ] Sign\n- [ ] Celebrate\n\n## Then\n\nMore.\n";
    let merged = update(base, "# A\n\nText.\n", theirs);
    assert_eq!(merged.text, "# A\n\nText.\n\n## Then\n\nMore.\n");
    assert_eq!(merged.deleted, ["Sign", "Sign", "Celebrate"]);
}

#[test]
fn what_both_put_in_is_there_once() {
    check("- A\n- B\n", "- A\n- New one\n- B\n", "- A\n- New one\n- B\n", "- A\n- New one\n- B\n");
}

#[test]
fn a_paragraph_below_a_table_does_not_cut_it() {
    let base = "| a | b |\n|---|---|\n| 1 |  |\n";
    let mine = "| a | b |\n|---|---|\n| 1 | x |\n| 2 | y |\n";
    let theirs = "| a | b |\n|---|---|\n| 1 |  |\n\nBelow.\n";
    check(base, mine, theirs, "| a | b |\n|---|---|\n| 1 | x |\n| 2 | y |\n\nBelow.\n");
}

#[test]
fn a_sheet_is_merged_by_rows_and_columns() {
    let base = "Row,Who,Count\r\nToday,{{team}},\r\nPeer,\"Half, or so\",\r\n";
    let mine = "Row,Who,Count\r\nToday,\"Ops, all\",12\r\nPeer,\"Half, or so\",7\r\nPeer,Mine,3\r\n";
    let theirs = "Row,Since,Who,Count\nToday,,{{team}},\nPeer,,\"About half, or so\",\nPlan,,{{team}},\n";
    let update = Update { base: Some(base), from: 1, mine, theirs, to: 2, format: Format::Csv };
    let merged = merge(&update).expect("a base");
    let expected = "Row,Since,Who,Count\r\nToday,,\"Ops, all\",12\r\nPeer,,\"About half, or so\",7\r\n\
        Plan,,\"Ops, all\",\r\nPeer,,Mine,3\r\n";
    assert_eq!(merged.text, expected);
}

#[test]
fn without_a_base_or_with_old_marks_it_refuses() {
    let update = Update { base: None, from: 3, mine: "a\n", theirs: "b\n", to: 4, format: Format::Markdown };
    assert_eq!(merge(&update), Err(Refusal::NoBase(3)));
    let mine = "# A\n\n<<<<<<< mine\na\n=======\nb\n>>>>>>> version 3\n";
    assert_eq!(merge(&Update { base: Some("a\n"), mine, ..update }), Err(Refusal::Unresolved(3)));
}

#[test]
fn what_was_indented_is_kept_at_the_margin() {
    let base = "- A one\n  - B two\n    - C three\n    - D four\n- E five\n";
    let mine = "- A one\n  - B two\n    - [x] C three\n      note of mine\n    - D four\n- E five\n";
    let merged = update(base, mine, "- A one\n- E five\n");
    assert_eq!(merged.text, "- A one\n- E five\n\n## Kept from version 3\n\n- [x] C three\n  note of mine\n");
    let mine = "- A one\n  - B two\n    - C three\n\n      my own words\n    - D four\n- E five\n";
    let merged = update(base, mine, "- A one\n- E five\n");
    assert_eq!(merged.text, "- A one\n- E five\n\n## Kept from version 3\n\n- C three\n\n  my own words\n");
}

#[test]
fn tables_with_the_same_header_are_not_mixed_up() {
    let head = "| Who | What |\n|---|---|\n";
    let base = format!("{head}| a |  |\n\nText.\n\n{head}| b |  |\n");
    let mine = format!("{head}| a | 1 |\n\nText.\n\n{head}| b | 2 |\n");
    let theirs = format!("{head}| a |  |\n\nText.\n\n{head}| c |  |\n\nMore.\n\n{head}| b |  |\n");
    let expected = format!("{head}| a | 1 |\n\nText.\n\n{head}| c |  |\n\nMore.\n\n{head}| b | 2 |\n");
    check(&base, &mine, &theirs, &expected);
    let centred = base.replace("|---|---|", "|---|:-:|");
    check(&base, &mine, &centred, &mine.replace("|---|---|", "|---|:-:|"));
}

#[test]
fn a_word_that_took_the_place_of_a_field_is_no_answer_where_the_field_is_open() {
    let base = "## Ask for {{lead}}\n\n{{lead}} signs the contract\n";
    let mine = "## Look for {{lead}}\n\nLook signs the contract\n";
    check(
        base,
        mine,
        "## Ask for them\n\n{{lead}} signs the contract\n",
        "## Look for them\n\nLook signs the contract\n",
    );
}

#[test]
fn a_step_between_the_same_neighbours_may_change_more() {
    let base =
        "- [ ] Collect invoices\n- [ ] Find the current contract, its end date and its notice period\n- [ ] Sign\n";
    let mine = base.replace("[ ]", "[x]");
    let theirs = "- [ ] Collect invoices\n- [ ] Find the current contract and enter the last day for giving notice in the \
        calendars of two people, with a reminder a month earlier\n- [ ] Sign\n";
    check(base, &mine, theirs, &theirs.replace("[ ]", "[x]"));
}
