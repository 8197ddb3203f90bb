//! Raw HTML that the site's Content-Security-Policy, which allows no inline script or style and no foreign frames, would
//! stop in the browser.

use std::ops::Range;

use crate::base::html::Tag;
use crate::config::Config;

/// What will be stopped, with its bytes in the fragment and what to do instead.
pub struct Blocked {
    /// Its bytes in the fragment.
    pub span: Range<usize>,
    /// What it is.
    pub what: String,
    /// What to do instead.
    pub help: &'static str,
}

/// Returns what of a tag will be stopped.
pub fn blocked(tag: &Tag<'_>, config: &Config) -> Vec<Blocked> {
    let mut found = Vec::new();
    let may = |directive: &str, word: &str| {
        config.csp.iter().any(|rule| rule.trim_start().starts_with(directive) && rule.contains(word))
    };
    let start = tag.span.start..tag.span.start + 1 + tag.name.len();
    if tag.is("script") && !may("script-src", "'unsafe-inline'") {
        let is_data = tag.attribute("type").is_some_and(|kind| kind.value.ends_with("json"));
        if tag.attribute("src").is_none() && !is_data {
            let help = "put the script into `static/` and load it with `src`";
            found.push(Blocked { span: start.clone(), what: "an inline script".into(), help });
        }
    }
    if tag.is("style") && !may("style-src", "'unsafe-inline'") {
        let help = "put the rules into a style sheet of the site";
        found.push(Blocked { span: start.clone(), what: "a `<style>` element".into(), help });
    }
    for attribute in &tag.attributes {
        let name = attribute.name.to_ascii_lowercase();
        if name == "style" && !may("style-src", "'unsafe-inline'") {
            let help = "use a `class` and a rule in a style sheet of the site";
            found.push(Blocked { span: attribute.span.clone(), what: "a `style` attribute".into(), help });
        } else if name.len() > 2 && name.starts_with("on") && !may("script-src", "'unsafe-inline'") {
            let help = "put the script into `static/` and listen for the event there";
            found.push(Blocked { span: attribute.span.clone(), what: format!("the script in `{name}`"), help });
        } else if name == "href" && attribute.value.trim_start().to_ascii_lowercase().starts_with("javascript:") {
            let help = "link to a page, or use a button with a script in `static/`";
            found.push(Blocked { span: attribute.span.clone(), what: "a link that is a script".into(), help });
        }
    }
    found.extend(foreign_frame(tag, config));
    found
}

/// A script, frame or object from another host that the configuration does not name.
fn foreign_frame(tag: &Tag<'_>, config: &Config) -> Option<Blocked> {
    let name = match () {
        () if tag.is("iframe") || tag.is("frame") || tag.is("embed") || tag.is("script") => "src",
        () if tag.is("object") => "data",
        () => return None,
    };
    let attribute = tag.attribute(name)?;
    let address = attribute.value.trim();
    let rest = address.split_once("://").map(|(_, rest)| rest).or_else(|| address.strip_prefix("//"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let is_own = config.base_url.as_ref().is_some_and(|base| base.host().eq_ignore_ascii_case(host));
    if is_own || config.csp.iter().any(|rule| rule.contains(host)) {
        return None;
    }
    let what = format!("`<{}>` from `{host}`", tag.name.to_ascii_lowercase());
    let help = "name the host under `security.csp` in fieldbook.yaml, or link to it";
    Some(Blocked { span: attribute.span.clone(), what, help })
}
