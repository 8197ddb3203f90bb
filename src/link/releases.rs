//! The released versions of templates that are news: those with a date, in the feed of their template and beside its page.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::base::date::Moment;
use crate::config::project::Project;
use crate::model::feed::Feed;
use crate::model::output::FeedScope;
use crate::model::page::{Page, PageId};
use crate::model::release;

/// The versions of some pages that are newer than the page itself, newest first.
pub fn of_pages(project: &Project, pages: &[Arc<Page>], feeding: &[PageId]) -> Vec<(PageId, usize)> {
    let mut releases = Vec::new();
    for id in feeding {
        let page = &pages[id.0 as usize];
        let newer = dated(project, page).into_iter().filter(|(_, date)| Some(*date) > page.meta.date.as_ref());
        releases.extend(newer.map(|(number, date)| (date, *id, number)));
    }
    releases.sort_by_key(|(date, id, number)| (Reverse(date.to_unix()), *id, Reverse(*number)));
    releases.into_iter().map(|(_, id, number)| (id, number)).collect()
}

/// Makes the feed of each template that has a dated version, in the order of the pages. `feed: false` keeps it out.
pub fn feeds(project: &Project, pages: &[Arc<Page>]) -> Vec<Feed> {
    let fed = (0..).map(PageId).zip(pages).filter(|(_, page)| page.meta.feed != Some(false));
    let feeds = fed.filter_map(|(id, page)| {
        let mut releases = dated(project, page);
        releases.sort_by_key(|(number, date)| (Reverse(date.to_unix()), Reverse(*number)));
        Some(Feed {
            scope: FeedScope::Template(id),
            folder: release::beside(&page.url, ""),
            title: page.title().to_string(),
            pages: Vec::new(),
            releases: releases.into_iter().map(|(number, _)| (id, number)).collect(),
        })
        .filter(|feed| !feed.releases.is_empty())
    });
    feeds.collect()
}

/// The releases of a page whose day has come, by their number in the page.
fn dated<'a>(project: &Project, page: &'a Page) -> Vec<(usize, &'a Moment)> {
    let selection = &project.selection;
    let is_out = |date: &&Moment| selection.future || date.utc_day() <= selection.today;
    let releases = page.releases.iter().enumerate();
    releases.filter_map(|(number, release)| Some((number, page.released(release).filter(is_out)?))).collect()
}
