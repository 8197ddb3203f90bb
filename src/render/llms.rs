//! `llms.txt`: an overview of the site for language models, in the form of llmstxt.org.

use crate::config::project::Project;
use crate::model::page::PageId;
use crate::model::section::SectionId;
use crate::model::site::Site;
use crate::render::address::{Addresses, twin};
use crate::render::versions::catalogue_url;

/// Writes the overview: the site, then each section at the top with the pages in it and below it.
pub fn llms(project: &Project, site: &Site, addresses: Addresses<'_>) -> String {
    let config = &project.config;
    let mut text = format!("# {}\n", line(&config.title));
    if !config.description.is_empty() {
        text.push_str(&format!("\n> {}\n", line(&config.description)));
    }
    let Some(home) = site.sections.first() else {
        return text;
    };
    let mut write = |title: &str, pages: &[PageId]| {
        if pages.is_empty() {
            return;
        }
        text.push_str(&format!("\n## {}\n\n", line(title)));
        for id in pages {
            let page = site.page(*id);
            let url = if config.outputs.twins { twin(&page.url) } else { page.url.clone() };
            text.push_str(&format!("- [{}]({})", bracketed(page.title()), destination(&addresses.fullest(&url))));
            match line(page.summary()) {
                summary if summary.is_empty() => text.push('\n'),
                summary => text.push_str(&format!(": {summary}\n")),
            }
        }
    };
    let own: Vec<PageId> = home.page.iter().chain(&home.pages).copied().collect();
    write("Start here", &own);
    for id in &home.sections {
        write(&site.section(*id).title, &pages_below(site, *id));
    }
    if let Some(url) = catalogue_url(site) {
        let url = destination(&addresses.fullest(&url));
        text.push_str(&format!("\n## Optional\n\n- [List of templates]({url}): versions and texts, as JSON\n"));
    }
    text
}

/// The pages of a section and of those in it, in order.
fn pages_below(site: &Site, id: SectionId) -> Vec<PageId> {
    let mut pages = Vec::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        let section = site.section(id);
        pages.extend(section.page.iter().chain(&section.pages));
        waiting.extend(section.sections.iter().rev());
    }
    pages
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bracketed(text: &str) -> String {
    line(text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn destination(url: &str) -> String {
    url.replace('(', "%28").replace(')', "%29")
}
