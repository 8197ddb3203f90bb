//! A page as an entry of a list.

use serde::Serialize;
use tera::Value;

use crate::base::date::Day;
use crate::model::page::Page;
use crate::render::address::Addresses;
use crate::render::view::{DateView, kind_title, minutes, value};

/// What a list says of a page.
#[derive(Serialize)]
struct EntryView<'b> {
    title: &'b str,
    url: String,
    description: &'b str,
    kind: &'static str,
    kind_title: String,
    date: Option<DateView>,
    updated: Option<DateView>,
    owner: Option<&'b str>,
    minutes: u32,
    section: &'b Value,
    is_overdue: bool,
}

/// Makes the entry of a page; `section` is the link to its section.
pub fn entry(page: &Page, section: &Value, addresses: Addresses<'_>, today: Day) -> Value {
    value(&EntryView {
        title: page.title(),
        url: addresses.href(&page.url),
        description: page.summary(),
        kind: page.kind.name(),
        kind_title: kind_title(page.kind),
        date: page.meta.date.as_ref().map(DateView::of),
        updated: page.meta.updated.as_ref().map(DateView::of),
        owner: page.meta.owner.as_deref(),
        minutes: minutes(page.body.words),
        section,
        is_overdue: page.is_overdue(today),
    })
}
