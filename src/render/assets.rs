//! The theme's style sheets, scripts and other files, each at an address that changes with its bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::digest::sha256_hex;
use crate::base::path::{UrlPath, join_relative};
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::model::feed::{FEED_STYLE, generated};
use crate::model::theme::{Theme, ThemeAsset};

/// The folder of the assets on the site.
pub const FOLDER: &str = "/assets/";

/// The asset that the feeds' style sheet is made of.
const FEED_ASSET: &str = "feed.css";

/// The asset that sets the accent colour.
const ACCENT_ASSET: &str = "accent.css";

/// The assets of a site with their addresses.
pub struct Assets {
    list: Vec<Asset>,
    feed_style: Arc<[u8]>,
    base_path: String,
}

/// An asset.
pub struct Asset {
    /// Its name in the theme: `style.css`.
    pub name: String,
    /// Its address: `/assets/style.3f2ac81be0.css`.
    pub url: UrlPath,
    /// Its bytes, references to other assets rewritten.
    pub bytes: Arc<[u8]>,
}

impl Assets {
    /// Gives each asset of the theme its address.
    pub fn new(project: &Project, theme: &Theme) -> Reported<Self> {
        let base_path = project.config.base_path().to_string();
        let is_public = |asset: &&ThemeAsset| !asset.name.rsplit('/').next().unwrap_or("").starts_with('_');
        let public = theme.assets.iter().filter(is_public);
        let (styles, others): (Vec<&ThemeAsset>, Vec<&ThemeAsset>) =
            public.filter(|asset| asset.name != FEED_ASSET).partition(|asset| asset.name.ends_with(".css"));
        let list = others.iter().filter_map(|asset| Asset::new(&asset.name, asset.bytes.clone())).collect();
        let feed_style = theme.assets.iter().find(|asset| asset.name == FEED_ASSET);
        let feed_style = feed_style.map_or_else(|| Arc::from(&b""[..]), |asset| asset.bytes.clone());
        let mut assets = Assets { list, feed_style, base_path };
        assets.add_styles(styles);
        let mut diagnostics = Vec::new();
        if let Some(css) = accent(project).take(&mut diagnostics) {
            assets.list.extend(Asset::new(ACCENT_ASSET, Arc::from(css.as_bytes())));
        }
        assets.list.sort_by(|a, b| a.name.cmp(&b.name));
        Reported::new(assets, diagnostics)
    }

    /// Returns all assets in the order of their names.
    pub fn list(&self) -> &[Asset] {
        &self.list
    }

    /// Returns the bytes of the feeds' style sheet.
    pub fn feed_style(&self) -> &[u8] {
        &self.feed_style
    }

    /// Returns the `href` of each asset by its name.
    pub fn urls(&self) -> BTreeMap<String, String> {
        let mut urls: BTreeMap<String, String> =
            self.list.iter().map(|asset| (asset.name.clone(), asset.url.to_href(&self.base_path))).collect();
        urls.insert(FEED_ASSET.to_string(), generated(FEED_STYLE).to_href(&self.base_path));
        urls
    }

    /// Returns the `href`s of what every page loads: the style sheet, then the accent colour.
    pub fn stylesheets(&self) -> Vec<String> {
        ["style.css", ACCENT_ASSET].iter().filter_map(|name| self.href(name)).collect()
    }

    /// Returns the `href` of an asset.
    pub fn href(&self, name: &str) -> Option<String> {
        Some(self.find(name)?.url.to_href(&self.base_path))
    }

    /// Returns the text of an asset.
    pub fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(&self.find(name)?.bytes).ok()
    }

    fn find(&self, name: &str) -> Option<&Asset> {
        self.list.iter().find(|asset| asset.name == name)
    }

    /// Adds style sheets, those first that others refer to; in a circle of references the last stays unwritten.
    fn add_styles(&mut self, mut waiting: Vec<&ThemeAsset>) {
        while !waiting.is_empty() {
            let names: Vec<&str> = waiting.iter().map(|asset| asset.name.as_str()).collect();
            let is_ready = |asset: &&ThemeAsset| {
                let text = String::from_utf8_lossy(&asset.bytes);
                !references(&text).iter().any(|(at, length)| {
                    let name = resolve(&asset.name, &text[*at..at + length]);
                    name.is_some_and(|name| name != asset.name && names.contains(&name.as_str()))
                })
            };
            let next = waiting.iter().position(is_ready).unwrap_or(0);
            let asset = waiting.remove(next);
            let bytes = self.rewrite(asset);
            self.list.extend(Asset::new(&asset.name, bytes));
        }
    }

    /// The bytes of a style sheet in which references to other assets have their addresses.
    fn rewrite(&self, asset: &ThemeAsset) -> Arc<[u8]> {
        let Ok(text) = std::str::from_utf8(&asset.bytes) else {
            return asset.bytes.clone();
        };
        let mut css = String::with_capacity(text.len());
        let mut done = 0;
        for (at, length) in references(text) {
            let reference = &text[at..at + length];
            let Some(href) = resolve(&asset.name, reference).and_then(|name| self.href(&name)) else {
                continue;
            };
            css.push_str(&text[done..at]);
            css.push_str(&href);
            css.push_str(&reference[reference.find(['?', '#']).unwrap_or(length)..]);
            done = at + length;
        }
        css.push_str(&text[done..]);
        Arc::from(css.as_bytes())
    }
}

impl Asset {
    /// Makes an asset; `None` when its name cannot be published.
    fn new(name: &str, bytes: Arc<[u8]>) -> Option<Self> {
        let digest = sha256_hex(&bytes);
        let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
        let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
        let dot = if extension.is_empty() { "" } else { "." };
        let url = UrlPath::parse(&format!("{FOLDER}{folder}/{stem}.{}{dot}{extension}", &digest[..10])).ok()?;
        Some(Asset { name: name.to_string(), url, bytes })
    }
}

/// The places of what stands in `url(…)` in a style sheet, without quotes: start and length.
fn references(css: &str) -> Vec<(usize, usize)> {
    let inside = |(at, opening): (usize, &str)| {
        let start = at + opening.len();
        let length = css[start..].find(')')?;
        let text = css[start..start + length].trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let skipped = css[start..start + length].find(text)?;
        Some((start + skipped, text.len()))
    };
    css.match_indices("url(").filter_map(inside).collect()
}

/// The name of the asset that a reference in the style sheet `from` means.
fn resolve(from: &str, reference: &str) -> Option<String> {
    let path = &reference[..reference.find(['?', '#']).unwrap_or(reference.len())];
    if path.is_empty() || path.starts_with('/') || path.contains(':') {
        return None;
    }
    join_relative(from.rsplit_once('/').map_or("", |(folder, _)| folder), path)
}

/// The style sheet that sets the accent colour, if the site chose one.
fn accent(project: &Project) -> Reported<Option<String>> {
    let Some(colour) = project.config.appearance.accent.as_deref().map(str::trim) else {
        return Reported::clean(None);
    };
    if is_colour(colour) {
        return Reported::clean(Some(format!(":root{{--accent: {colour}}}\n")));
    }
    let message = format!("the accent \"{colour}\" is not a colour");
    let diagnostic = match &project.config_path {
        Some(path) => Diagnostic::about(Code::BadConfig, path, message),
        None => Diagnostic::general(Code::BadConfig, message),
    };
    Reported::new(None, vec![diagnostic.help("write `accent: \"#0b6e4f\"`, or a name such as `teal`")])
}

/// Whether a text is a colour in hex or a name in letters, and nothing that could end the rule.
fn is_colour(text: &str) -> bool {
    match text.strip_prefix('#') {
        Some(digits) => matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => (3..=24).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(name: &str, text: &str) -> ThemeAsset {
        ThemeAsset { name: name.to_string(), bytes: Arc::from(text.as_bytes()) }
    }

    #[test]
    fn references_between_assets_are_rewritten() {
        let css = asset("style.css", "@import url(\"more.css\");a{background:url(img/a.svg#x)}b{c:url(data:x)}");
        let more = asset("more.css", "i{}");
        let svg = asset("img/a.svg", "<svg/>");
        let list = Asset::new(&svg.name, svg.bytes.clone()).into_iter().collect();
        let mut assets = Assets { list, feed_style: Arc::from(&b""[..]), base_path: "/b".to_string() };
        assets.add_styles(vec![&css, &more]);
        let style = assets.find("style.css").expect("added");
        let text = String::from_utf8_lossy(&style.bytes);
        let more = assets.href("more.css").expect("added");
        let svg = assets.href("img/a.svg").expect("added");
        assert!(more.starts_with("/b/assets/more.") && more.ends_with(".css") && more.len() == 29, "{more}");
        assert_eq!(text, format!("@import url(\"{more}\");a{{background:url({svg}#x)}}b{{c:url(data:x)}}"));
    }

    #[test]
    fn circles_of_style_sheets_end() {
        let (a, b) = (asset("a.css", "@import url(b.css)"), asset("b.css", "@import url(a.css)"));
        let mut assets = Assets { list: Vec::new(), feed_style: Arc::from(&b""[..]), base_path: String::new() };
        assets.add_styles(vec![&a, &b]);
        assert_eq!(assets.list.len(), 2);
    }

    #[test]
    fn colours() {
        assert!(is_colour("#0b6e4f") && is_colour("#FFF") && is_colour("rebeccapurple"));
        assert!(!is_colour("#12") && !is_colour("red;}body{display:none") && !is_colour("var(--x)") && !is_colour(""));
    }
}
