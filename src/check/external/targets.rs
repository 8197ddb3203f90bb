//! Finds what a site links to on other sites, and from where.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::http::address::WebUrl;
use crate::base::path::SourcePath;
use crate::check::subject::links_of;
use crate::config::project::Project;
use crate::config::{BaseUrl, LinkSetting};
use crate::model::link::{LinkForm, Target};
use crate::model::site::Site;

/// A place that links to another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// The bytes of the address in it, or of the text that it stands in.
    pub span: Range<usize>,
    /// The address as written.
    pub written: String,
}

/// What the site links to.
#[derive(Debug, Default)]
pub struct Targets {
    /// The addresses, each once, without their fragments, with the places that link there.
    pub places: BTreeMap<WebUrl, Vec<Place>>,
    /// Those that are no addresses at all.
    pub unreadable: Vec<Place>,
}

/// Gathers the links of all pages, of the documents of templates and of the configuration, in those files that are
/// wanted. Addresses of this site are checked by the build, those with a placeholder are still to be filled in, and those
/// that the configuration ignores are not here.
pub fn gather(project: &Project, site: &Site, is_wanted: &dyn Fn(&SourcePath) -> bool) -> Targets {
    let mut targets = Targets::default();
    let of_pages = site.all_pages().flat_map(|(_, page)| links_of(page)).map(|(body, link)| {
        let is_address = link.form != LinkForm::Wiki && is_of_the_web(&link.destination);
        is_address.then(|| Place {
            path: body.source.clone(),
            span: link.destination_span.clone(),
            written: link.destination.clone(),
        })
    });
    for place in of_pages.flatten().chain(of_settings(project, site)).filter(|place| is_wanted(&place.path)) {
        targets.add(place, project);
    }
    targets
}

impl Targets {
    fn add(&mut self, place: Place, project: &Project) {
        if place.written.contains("{{") {
            return;
        }
        let Some(url) = WebUrl::parse(&place.written).map(WebUrl::without_fragment) else {
            self.unreadable.push(place);
            return;
        };
        let is_own = project.config.base_url.as_ref().is_some_and(|base| is_below(&url, base));
        if !is_own && !project.config.external.ignore.has(url.host(), url.as_str()) {
            self.places.entry(url).or_default().push(place);
        }
    }
}

/// The links of the configuration: the menu, the line at the foot of each page, the images.
fn of_settings(project: &Project, site: &Site) -> Vec<Place> {
    let config = &project.config;
    let Some(path) = &project.config_path else {
        return Vec::new();
    };
    let place = |written: &str, setting: &LinkSetting| Place {
        path: path.clone(),
        span: setting.span.clone(),
        written: written.to_string(),
    };
    let look = &config.appearance;
    let images = [&look.logo, &look.icon, &config.feeds.image].into_iter().flatten();
    let whole = config.menu.iter().map(|item| &item.target).chain(images);
    let whole = whole.filter(|setting| is_of_the_web(&setting.link)).map(|setting| place(&setting.link, setting));
    let in_footer = site.settings.footer.iter().filter_map(|(written, target)| {
        let leads_away = matches!(target, Target::External(_)) && is_of_the_web(written);
        Some(place(written, look.footer.as_ref().filter(|_| leads_away)?))
    });
    whole.chain(in_footer).collect()
}

fn is_of_the_web(written: &str) -> bool {
    let begins = |start: &str| written.trim_start().get(..start.len()).is_some_and(|to| to.eq_ignore_ascii_case(start));
    ["http://", "https://", "//"].into_iter().any(begins)
}

fn is_below(url: &WebUrl, base: &BaseUrl) -> bool {
    let rest = url.as_str().strip_prefix(base.origin.as_str()).and_then(|rest| rest.strip_prefix(base.path.as_str()));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
