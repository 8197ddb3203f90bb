//! What is known of a page, for people.

use std::fmt::Write as _;

use crate::base::path::SourcePath;
use crate::config::project::Project;
use crate::diag::render::{Format, render};
use crate::diag::span::locate;
use crate::diag::{Diagnostic, Report};
use crate::model::body::Body;
use crate::model::link::{Link, Target};
use crate::model::meta::layout_file;
use crate::model::output::FeedFormat;
use crate::model::page::{KindOrigin, Page, PageId};
use crate::model::site::Site;
use crate::pipeline::{Outcome, Texts};

/// Returns what is known of a page.
pub fn explain<T>(project: &Project, outcome: &Outcome<T>, id: PageId) -> String {
    let site = &outcome.site;
    let page = site.page(id);
    let mut out = format!("{}\n\n", page.title());
    let section = site.section(site.section_of[id.0 as usize]);
    let mut row = |name: &str, value: &str| writeln!(out, "{name:<9} {value}").expect("a string");
    row("source", page.source.as_str());
    if let Some(document) = &page.document {
        row("document", document.source.as_str());
    }
    row("kind", &format!("{}, {}", page.kind.name(), kind_origin(page.kind_origin)));
    row("address", &address(project, page));
    row("template", &template(project, outcome, id));
    row("section", &format!("{} ({})", section.title, section.url));
    list(&mut out, "links from it", links_out(site, id));
    list(&mut out, "links to it", links_in(site, id));
    let related = site.graph.related[id.0 as usize].iter().map(|id| named(site.page(*id)));
    list(&mut out, "related", related.collect());
    list(&mut out, "in the feeds", feeds(project, site, id));
    list(&mut out, "reported", reported(project, &outcome.report, &outcome.texts, page));
    // No terminal is fooled by what an author wrote.
    out.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

/// Writes a heading with its lines; `none` when there are none.
fn list(out: &mut String, heading: &str, lines: Vec<String>) {
    let lines = if lines.is_empty() { vec!["none".to_string()] } else { lines };
    writeln!(out, "\n{heading}:\n  {}", lines.join("\n  ")).expect("a string");
}

fn kind_origin(origin: KindOrigin) -> &'static str {
    match origin {
        KindOrigin::Page => "as its `kind:` says",
        KindOrigin::Section => "as `children.kind` of a section above says",
        KindOrigin::Folder => "by the name of a folder above",
        KindOrigin::Default => "since nothing says otherwise",
    }
}

fn address(project: &Project, page: &Page) -> String {
    match &project.config.base_url {
        Some(base) => base.absolute(&page.url),
        None => page.url.to_string(),
    }
}

/// The template that renders a page, with its file: what it asks for, else its section's or kind's.
fn template<T>(project: &Project, outcome: &Outcome<T>, id: PageId) -> String {
    let site = &outcome.site;
    let page = site.page(id);
    let usual = match site.sections.iter().find(|section| section.page == Some(id)) {
        Some(section) => section.templates().to_vec(),
        None => page.kind.templates().to_vec(),
    };
    let layout = page.meta.layout.as_deref().map(layout_file);
    let file_of = |name: &str| {
        let own = SourcePath::new(&format!("{}/{name}", project.templates_folder()));
        let themes = SourcePath::new(&format!("themes/{}/templates/{name}", project.config.theme));
        [own, themes].into_iter().find(|path| outcome.texts.contains_key(path))
    };
    let mut names = layout.as_deref().into_iter().chain(usual);
    let found = names.find_map(|name| Some((name, file_of(name)?)));
    found.map_or("none".to_string(), |(name, file)| format!("{name} ({file})"))
}

fn links_out(site: &Site, id: PageId) -> Vec<String> {
    let links = links_of(site, id).map(|(body, link, target)| {
        let meant = match target {
            Target::Broken if link.destination.contains("{{") => "what is filled in".to_string(),
            target => describe(site, target),
        };
        format!("{}  {} -> {meant}", place(body, link), link.destination)
    });
    links.collect()
}

/// The links of other pages that lead to a page, with their lines, and the entries of the menu that do.
fn links_in(site: &Site, id: PageId) -> Vec<String> {
    let leads_here = |target: &Target| matches!(target, Target::Page(to, _) if *to == id);
    let pages = site.all_pages().filter(|(from, _)| *from != id);
    let links = pages.flat_map(|(from, _)| links_of(site, from)).filter(|(.., target)| leads_here(target));
    let links = links.map(|(body, link, _)| format!("{}  {}", place(body, link), link.destination));
    let menu = site.menu.iter().filter(|entry| leads_here(&entry.target));
    links.chain(menu.map(|entry| format!("the menu  {}", entry.label))).collect()
}

/// The links of a page with the text each stands in and what it means.
fn links_of(site: &Site, id: PageId) -> impl Iterator<Item = (&Body, &Link, &Target)> {
    let page = site.page(id);
    let resolved = site.resolved(id);
    let works = page.meta.see_also.iter().zip(&resolved.see_also);
    let works = works.filter_map(|(work, target)| Some((&page.body, work.link.as_ref()?, target.as_ref()?)));
    let image = page.meta.image.iter().zip(&resolved.image).map(|(link, target)| (&page.body, link, target));
    let text = page.body.links.iter().zip(&resolved.links).map(|(link, target)| (&page.body, link, target));
    let document = page.document.iter().flat_map(|document| {
        document.links.iter().zip(&resolved.document_links).map(move |(link, target)| (document, link, target))
    });
    works.chain(image).chain(text).chain(document)
}

/// `content/guides/x.md:12`.
fn place(body: &Body, link: &Link) -> String {
    format!("{}:{}", body.source, locate(&body.text, link.destination_span.start).line)
}

fn describe(site: &Site, target: &Target) -> String {
    let fragment = match target {
        Target::Page(_, Some(id)) | Target::Generated(_, Some(id)) | Target::Fragment(id) => format!("#{id}"),
        _ => String::new(),
    };
    match (target, site.url_of(target)) {
        (_, Some(url)) => format!("{url}{fragment}"),
        (Target::External(_), None) => "another site".to_string(),
        (Target::Fragment(_), None) => fragment,
        (_, None) => "nothing".to_string(),
    }
}

fn named(page: &Page) -> String {
    format!("{}  {}", page.source, page.title())
}

fn feeds(project: &Project, site: &Site, id: PageId) -> Vec<String> {
    let settings = &project.config.feeds;
    let feeds = site.feeds.iter().filter_map(|feed| {
        let position = feed.pages.iter().position(|page| *page == id)?;
        let is_shown = position < settings.limit;
        let older = if is_shown { String::new() } else { format!(", older than the {} it shows", settings.limit) };
        Some(format!("{}  {}{older}", feed.url(FeedFormat::Rss, &settings.path), feed.title))
    });
    feeds.collect()
}

/// What is reported of a page and its document, one line each.
fn reported(project: &Project, report: &Report, texts: &Texts, page: &Page) -> Vec<String> {
    let document = page.document.as_ref().map(|document| &document.source);
    let is_about = |diagnostic: &Diagnostic| {
        let path = diagnostic.place.as_ref().map(|place| &place.path);
        path.is_some_and(|path| *path == page.source || document == Some(path))
    };
    let of_page = report.entries().iter().map(|(_, diagnostic)| diagnostic).filter(|diagnostic| is_about(diagnostic));
    let report = Report::new(of_page.cloned().collect(), &project.config.levels);
    let text = render(&report, &|path| texts.get(path).cloned(), Format::Short, false);
    text.lines().map(str::to_string).collect()
}
