//! The bundled playbook: every page is there, and it has no findings.

use std::path::Path;

use fieldbook::check;
use fieldbook::config::project::Options;
use fieldbook::config::resolve::resolve;
use fieldbook::diag::render::{Format, render};

/// The pages the playbook promises, by their address.
const PAGES: &str = "/ /about/ /glossary/ /book/ /book/introduction/ /book/how-to-use-this-playbook/ \
    /book/what-infrastructure-engineering-is/ /book/where-to-start/ /guides/ /guides/investing-in-infrastructure/ \
    /guides/digging-out-of-firefighting/ /guides/product-management-for-infrastructure/ \
    /guides/baselines-for-five-properties/ /guides/planning-across-many-teams/ /guides/managing-infrastructure-costs/ \
    /guides/organisational-design/ /guides/headcount-planning/ /guides/running-migrations/ \
    /guides/what-infrastructure-engineers-are-good-at/ /meetings/ /meetings/tech-spec-review/ /meetings/incident-review/ \
    /meetings/business-review/ /meetings/on-call-review/ /meetings/leadership-weekly/ /meetings/learning-session/ \
    /templates/ /templates/contract-negotiation-checklist/ /templates/business-review/ /templates/tech-spec/ \
    /templates/incident-review/ /templates/decision-log/ /templates/5-15-update/ \
    /templates/developer-productivity-survey/ /templates/hiring-ratio/ /templates/practices-and-process-checklist/ \
    /interviews/ /interviews/deployment-platform/ /interviews/developer-experience/ \
    /templates/contract-negotiation-checklist/versions/ /templates/contract-negotiation-checklist/v/1/ \
    /templates/contract-negotiation-checklist/v/4/ /templates/contract-negotiation-checklist/changes/3/ \
    /interviews/efficiency-and-performance/ /interviews/first-infrastructure-hire/ /tags/ /categories/ /subscribe/ /all/";

#[test]
fn it_has_every_page_and_no_findings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site");
    let options = Options { out: Some(out.clone()), today: "2026-11-20".parse().expect("a day"), ..Options::default() };
    let project = resolve(Some(root), root, &options).expect("the bundled playbook");
    let checked = check::check(&project.value, project.diagnostics.clone(), &|_| {}).expect("a check");
    let report = render(&checked.report, &|path| checked.texts.get(path).cloned(), Format::Human, false);
    assert!(report.is_empty(), "{report}");
    fieldbook::pipeline::build(&project.value, Vec::new(), &|_| {}).expect("a build");
    for page in PAGES.split_whitespace() {
        assert!(out.join(page.trim_start_matches('/')).join("index.html").is_file(), "{page} is missing");
    }
}
