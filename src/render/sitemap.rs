//! The sitemap: every page and list once, in parts when they are many.

use crate::base::path::UrlPath;
use crate::base::xml::XmlWriter;
use crate::model::feed::generated;
use crate::model::output::{Output, Recipe};
use crate::model::site::Site;
use crate::render::address::Addresses;
use crate::render::plan::shown_page;

/// The most addresses that a sitemap may have.
pub const LIMIT: usize = 50_000;

/// What the elements belong to.
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Returns how many of the outputs are in the sitemap.
pub fn count(outputs: &[Output]) -> usize {
    outputs.iter().filter(|output| is_in(output)).count()
}

/// Returns the address of a part; the number counts from 0.
pub fn part(number: usize) -> UrlPath {
    generated(&format!("/sitemap-{}.xml", number + 1))
}

/// Writes a part of the sitemap.
pub fn sitemap(site: &Site, outputs: &[Output], addresses: Addresses<'_>, number: usize) -> Vec<u8> {
    let mut xml = XmlWriter::new();
    xml.open("urlset", &[("xmlns", NAMESPACE)]);
    for output in outputs.iter().filter(|output| is_in(output)).skip(number * LIMIT).take(LIMIT) {
        xml.open("url", &[]);
        xml.text("loc", &addresses.fullest(&output.path.to_url()));
        let meta = shown_page(site, &output.recipe).map(|id| &site.page(id).meta);
        if let Some(changed) = meta.and_then(|meta| meta.updated.as_ref().max(meta.date.as_ref())) {
            xml.text("lastmod", &changed.to_iso_day());
        }
        xml.close();
    }
    xml.finish()
}

/// Writes the index of the parts.
pub fn index(outputs: &[Output], addresses: Addresses<'_>) -> Vec<u8> {
    let mut xml = XmlWriter::new();
    xml.open("sitemapindex", &[("xmlns", NAMESPACE)]);
    for number in 0..count(outputs).div_ceil(LIMIT) {
        xml.open("sitemap", &[]);
        xml.text("loc", &addresses.fullest(&part(number)));
        xml.close();
    }
    xml.finish()
}

fn is_in(output: &Output) -> bool {
    match output.recipe {
        Recipe::Page(_)
        | Recipe::Section(_, 0)
        | Recipe::Taxonomy(_)
        | Recipe::Term(_, _, 0)
        | Recipe::AllPages
        | Recipe::Versions(_) => output.path.as_str() != "404.html",
        _ => false,
    }
}
