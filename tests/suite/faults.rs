//! A site with one of each fault reports all of them in one run, each with its place and a remedy.

use crate::harness::Project;

#[test]
fn all_faults_of_all_pages_in_one_run() {
    let guide = |front: &str, body: &str| format!("---\n{front}---\n{body}\n");
    let dated = |title: &str| format!("title: {title}\ndate: 2026-01-05\n");
    let project = Project::new()
        .file(
            "content/guides/broken.md",
            guide(&dated("Broken"), "[a](nope.md) [b](/guides/zzz/) [c](good.md#nope) [[Goood]]"),
        )
        .file("content/guides/good.md", guide(&dated("Good"), "## Real\n\nText."))
        .file("content/guides/same.md", guide(&format!("{}slug: good\n", dated("Same")), "Text."))
        .file(
            "content/guides/alias.md",
            guide(&format!("{}id: x\naliases: [/guides/good/]\n", dated("Alias")), "Text."),
        )
        .file("content/guides/typo.md", guide("titel: Typo\ndate: 2026-01-05\n", "# Typo"))
        .file("content/guides/draft.md", guide(&format!("{}draft: \"yes\"\n", dated("Draft")), "Secret."))
        .file("content/guides/date.md", guide("title: Date\ndate: 2024-13-45\n", "Text."))
        .file("content/guides/undated.md", guide("title: Undated\n", "Text."))
        .file("content/guides/yaml.md", guide("title: Yaml\ndate: 2026-01-05\nowner: [x\n", "Text."))
        .file("content/guides/image.md", guide(&dated("Image"), "![alt](nope.png)"))
        .file("content/guides/us.md", guide("title: Us\ndate: 08/30/2022\n", "Text."))
        .file("static/guides/image/index.html", "taken");
    let built = project.build();
    assert!(built.outcome.made.is_none() && built.outcome.report.has_errors());
    for line in [
        "content/guides/broken.md:5:5: error[broken-link]",
        "content/guides/broken.md:5:18: error[broken-link]",
        "content/guides/broken.md:5:36: error[broken-fragment]",
        "content/guides/broken.md:5:50: error[broken-link]",
        "content/guides/typo.md:2:1: warning[unknown-key]",
        "content/guides/draft.md:4:8: error[bad-draft]",
        "content/guides/date.md:3:7: error[bad-date]",
        "content/guides/us.md:3:7: error[bad-date]",
        "warning[missing-date]",
        "content/guides/yaml.md:4",
        "content/guides/image.md:5:",
        "error[missing-image]",
        "error[collision]",
    ] {
        assert!(built.short.contains(line), "{line} is not in\n{}", built.short);
    }
    let helps = built.report.matches("\nhelp: ").count();
    assert_eq!(helps, built.outcome.report.entries().len(), "a fault has no remedy:\n{}", built.report);
    let mut places: Vec<&str> = built.short.lines().map(|line| line.split(':').next().unwrap_or_default()).collect();
    let sorted = places.clone();
    places.sort_unstable();
    assert_eq!(places, sorted, "the report is not sorted by place");
}
