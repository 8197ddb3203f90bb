//! Links: each is looked up by the byte it begins at, and written with the address of what it means.

use std::ops::Range;

use pulldown_cmark::{LinkType, Tag};

use crate::model::link::{Link, LinkForm, Target};
use crate::render::html::writer::{Medium, Writer};
use crate::render::html::{address, escape};

/// The links of a body and what they mean.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    links: &'a [Link],
    targets: &'a [Target],
}

impl<'a> Links<'a> {
    /// Takes links in order of their place, with their targets by the same numbers.
    pub fn new(links: &'a [Link], targets: &'a [Target]) -> Self {
        Links { links, targets }
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Returns what the Markdown link or image that begins at a byte means.
    pub fn at(&self, start: usize) -> Option<&'a Target> {
        self.find(start, |form| !is_html(form))
    }

    /// Returns what the link in raw HTML whose address begins at a byte means.
    pub fn in_html(&self, start: usize) -> Option<&'a Target> {
        self.find(start, is_html)
    }

    fn find(&self, start: usize, is_wanted: impl Fn(LinkForm) -> bool) -> Option<&'a Target> {
        let first = self.links.partition_point(|link| link.span.start < start);
        let mut here = self.links[first..].iter().take_while(|link| link.span.start == start);
        let offset = here.position(|link| is_wanted(link.form))?;
        self.targets.get(first + offset)
    }
}

fn is_html(form: LinkForm) -> bool {
    matches!(form, LinkForm::Html | LinkForm::HtmlSource)
}

/// Opens the link `at`, and returns the number of the next event.
pub fn start<'a>(writer: &mut Writer<'a>, at: usize, tag: &'a Tag<'a>, span: &Range<usize>) -> usize {
    let Tag::Link { link_type, dest_url, title, .. } = tag else {
        return at + 1;
    };
    let target = target(writer, span.start, dest_url, *link_type);
    writer.quiet += 1;
    match address_of(writer, &target) {
        Some(address) => {
            writer.out.push_str("<a");
            escape::named(&mut writer.out, "href", &address);
            if !title.is_empty() {
                escape::named(&mut writer.out, "title", title);
            }
            writer.out.push('>');
        }
        None if writer.is_feed() => {}
        None => writer.out.push_str("<a class=\"fb-broken\">"),
    }
    if target == Target::Withheld && shows_name(*link_type) {
        writer.out.push('…');
        return writer.end_of(at);
    }
    if *link_type != (LinkType::WikiLink { has_pothole: false }) {
        return at + 1;
    }
    let name = name_of(writer, &target).unwrap_or(dest_url);
    escape::text(&mut writer.out, name);
    writer.end_of(at)
}

/// Closes a link. (In a feed a link that leads nowhere was not opened, and cleaning drops the tag without a partner.)
pub fn end(writer: &mut Writer<'_>) {
    writer.quiet = writer.quiet.saturating_sub(1);
    writer.out.push_str("</a>");
}

/// Returns what the link or image that begins at a byte means. One that `parse` did not see is taken as it is written.
pub fn target(writer: &Writer<'_>, start: usize, destination: &str, link_type: LinkType) -> Target {
    let target = writer.links.at(start).cloned();
    match target.unwrap_or_else(|| Target::External(destination.to_string())) {
        Target::External(address) if link_type == LinkType::Email && !address.starts_with("mailto:") => {
            Target::External(format!("mailto:{address}"))
        }
        target => target,
    }
}

/// Returns whether the words of a link or an image are its destination.
pub fn shows_name(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::WikiLink { has_pothole: false } | LinkType::Autolink | LinkType::Email)
}

/// Returns the address of a target in the medium that is written for.
pub fn address_of(writer: &Writer<'_>, target: &Target) -> Option<String> {
    match writer.medium {
        Medium::Page => address::href(writer.context, target),
        Medium::Feed(base) => address::absolute(writer.context, base, target),
        Medium::File(base) => address::outside(writer.context, base, target),
    }
}

/// The title of what a wiki link without a label leads to.
fn name_of<'a>(writer: &Writer<'a>, target: &Target) -> Option<&'a str> {
    let site = writer.context.site;
    match target {
        Target::Page(id, _) => Some(site.page(*id).title()),
        Target::Section(id) => Some(&site.section(*id).title),
        Target::Fragment(id) => {
            writer.body.headings.iter().find(|heading| heading.id == *id).map(|heading| heading.text.as_str())
        }
        Target::Generated(..) | Target::File(_) | Target::External(_) | Target::Withheld | Target::Broken => None,
    }
}
