//! Front matter, typed. What was written wrongly was reported and is not here.

use std::ops::Range;

use crate::base::date::{Moment, Period};
use crate::base::path::UrlPath;
use crate::model::kinds::Details;
use crate::model::link::Link;

/// The fields that every page has.
#[derive(Clone, Debug)]
pub struct Meta {
    /// The title: `title:`, else the first heading, else the file's name in words.
    pub title: String,
    /// One sentence about the page.
    pub description: Option<String>,
    /// First publication.
    pub date: Option<Moment>,
    /// The last change that readers should know of.
    pub updated: Option<Moment>,
    /// What changed then.
    pub change: Option<String>,
    /// Former addresses, with their bytes in the file.
    pub aliases: Vec<(UrlPath, Range<usize>)>,
    /// Other names by which the page may be linked to.
    pub also_called: Vec<String>,
    /// Whether it is a draft, or might be one.
    pub draft: bool,
    /// The first day it is published.
    pub publish_on: Option<Moment>,
    /// The first day it is no longer published.
    pub expires: Option<Moment>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The terms of each taxonomy in the order of the configuration: name and bytes in the file.
    pub terms: Vec<(String, Vec<String>)>,
    /// Its weight in its section; lower comes first, none comes last.
    pub weight: Option<i64>,
    /// Its identity in feeds.
    pub id: Option<String>,
    /// Who keeps it true.
    pub owner: Option<String>,
    /// When somebody last checked that it is true.
    pub reviewed: Option<Moment>,
    /// How often somebody should.
    pub review_every: Option<Period>,
    /// For whom it is; empty means everybody.
    pub audience: Vec<String>,
    /// Pages it belongs together with, as written.
    pub related: Vec<Link>,
    /// Works elsewhere.
    pub see_also: Vec<SeeAlso>,
    /// `feed: false` keeps it out of feeds, `feed: true` takes it in.
    pub feed: Option<bool>,
    /// Whether its contents are shown.
    pub toc: bool,
    /// The template that renders it, if not its kind's.
    pub layout: Option<String>,
    /// Its picture, as written.
    pub image: Option<Link>,
    /// The licence of its text, if not the site's.
    pub license: Option<String>,
    /// What the fields of its kind say.
    pub details: Details,
    /// What a section says of its pages; for other pages the default.
    pub children: Children,
    /// Whatever the site's own templates want.
    pub extra: serde_json::Value,
}

impl Meta {
    /// Makes the front matter of a page that says nothing but its title.
    pub fn titled(title: &str) -> Self {
        Meta {
            title: title.to_string(),
            description: None,
            date: None,
            updated: None,
            change: None,
            aliases: Vec::new(),
            also_called: Vec::new(),
            draft: false,
            publish_on: None,
            expires: None,
            authors: Vec::new(),
            terms: Vec::new(),
            weight: None,
            id: None,
            owner: None,
            reviewed: None,
            review_every: None,
            audience: Vec::new(),
            related: Vec::new(),
            see_also: Vec::new(),
            feed: None,
            toc: true,
            layout: None,
            image: None,
            license: None,
            details: Details::None,
            children: Children::default(),
            extra: serde_json::Value::Null,
        }
    }
}

/// Returns the name of the template that `layout:` asks for: with or without `.html`.
pub fn layout_file(layout: &str) -> String {
    format!("{}.html", layout.strip_suffix(".html").unwrap_or(layout))
}

/// A work elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeeAlso {
    /// Its title.
    pub title: String,
    /// Its address; checked like every link.
    pub link: Option<Link>,
}

/// What a section says of its pages.
#[derive(Clone, Debug, Default)]
pub struct Children {
    /// The order of the pages.
    pub sort: Option<Sort>,
    /// The entries on one page of the list; zero for all on one.
    pub paginate: Option<usize>,
    /// Whether the section's pages are in feeds; `None` leaves it to the site.
    pub feed: Option<bool>,
}

/// The order of the pages of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// By weight, then title.
    Weight,
    /// By title.
    Title,
    /// By date, newest first.
    Date,
    /// By the number of the chapter.
    Number,
}
