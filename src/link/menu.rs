//! The links that the configuration names: the menu, the logo, the icon, the image of the feeds.

use std::ops::Range;
use std::sync::Arc;

use crate::base::path::SourcePath;
use crate::base::slug::to_words;
use crate::config::LinkSetting;
use crate::link::resolve::{Fault, Origin, Resolver, Wants};
use crate::model::link::{Link, LinkForm, Target};
use crate::model::site::{MenuEntry, SettingsLinks};

/// Makes the main menu: what the configuration says, without what is broken, else an entry for each section.
pub fn menu(resolver: &Resolver<'_>, faults: &mut Vec<Fault>) -> Vec<MenuEntry> {
    let items = &resolver.known.project.config.menu;
    if items.is_empty() {
        return of_sections(resolver);
    }
    let entries = items.iter().filter_map(|item| {
        let target = resolve(resolver, &item.target, Wants::Anything, faults);
        let label = item.label.clone().or_else(|| label(resolver, &target));
        Some(MenuEntry { label: label?, target }).filter(|entry| !entry.target.is_broken())
    });
    entries.collect()
}

/// Resolves the other links of the configuration.
pub fn settings(resolver: &Resolver<'_>, faults: &mut Vec<Fault>) -> SettingsLinks {
    let config = &resolver.known.project.config;
    let footer = config.appearance.footer.iter().flat_map(links_in);
    let footer = footer
        .map(|link| {
            let target = resolve(resolver, &link, Wants::Anything, faults);
            (link.link, target)
        })
        .collect();
    let mut image = |setting: &Option<LinkSetting>| {
        let target = resolve(resolver, setting.as_ref()?, Wants::Image, faults);
        Some(target).filter(|target| !target.is_broken())
    };
    SettingsLinks {
        logo: image(&config.appearance.logo),
        icon: image(&config.appearance.icon),
        feed_image: image(&config.feeds.image),
        footer,
    }
}

/// The destinations of the inline links in a line of Markdown; each has the place of the whole line.
fn links_in(line: &LinkSetting) -> Vec<LinkSetting> {
    let destinations = line.link.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
    let link = |destination: &str| LinkSetting {
        link: destination.trim_matches(['<', '>']).to_string(),
        span: line.span.clone(),
    };
    destinations.filter(|destination| !destination.is_empty()).map(link).collect()
}

fn of_sections(resolver: &Resolver<'_>) -> Vec<MenuEntry> {
    let sections = resolver.known.sections;
    let top = sections.first().map_or(&[][..], |home| &home.sections);
    let entry = |section: &crate::model::section::SectionId| {
        let found = &sections[section.0 as usize];
        let target = found.page.map_or(Target::Section(*section), |page| Target::Page(page, None));
        MenuEntry { label: found.title.clone(), target }
    };
    top.iter().map(entry).collect()
}

fn resolve(resolver: &Resolver<'_>, setting: &LinkSetting, wants: Wants, faults: &mut Vec<Fault>) -> Target {
    let default = SourcePath::new("fieldbook.yaml");
    let file = resolver.known.project.config_path.as_ref().unwrap_or(&default);
    let origin = Origin { file, page: None, wants, text: None, is_document: false };
    let span: Range<usize> = setting.span.clone();
    let wiki = setting.link.trim().strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    let link = Link {
        span: span.clone(),
        destination_span: span,
        definition: None,
        form: if wiki.is_some() { LinkForm::Wiki } else { LinkForm::FrontMatter },
        destination: wiki.unwrap_or(&setting.link).to_string(),
        sentence: Arc::default(),
    };
    resolver.resolve(origin, &link, faults)
}

/// The words for an entry that has none: the title of what it leads to, else the end of its address.
fn label(resolver: &Resolver<'_>, target: &Target) -> Option<String> {
    let last = |path: &str| {
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
        to_words(name)
    };
    match target {
        Target::Page(id, _) => Some(resolver.page(*id).title().to_string()),
        Target::Section(id) => Some(resolver.known.sections[id.0 as usize].title.clone()),
        Target::Generated(url, _) => Some(last(url.as_str())),
        Target::File(id) => Some(last(resolver.known.files[id.0 as usize].url.as_str())),
        Target::External(url) => Some(url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).to_string()),
        Target::Fragment(_) | Target::Withheld | Target::Broken => None,
    }
}
