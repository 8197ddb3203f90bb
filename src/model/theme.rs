//! A theme: templates and assets, with the site's overrides already in place.

use std::sync::Arc;

use crate::base::path::SourcePath;

/// The templates and assets of a site.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// The theme's name.
    pub name: String,
    /// All templates, sorted by name; where the site has one of the theme's names, the site's.
    pub templates: Vec<Template>,
    /// The files that pages need: style sheets, scripts, fonts, icons.
    pub assets: Vec<ThemeAsset>,
}

/// A template.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its name: `page.html`, `blocks/details.html`.
    pub name: String,
    /// Where it was read from, for messages; a template of the theme in the binary has `themes/<name>/templates/…`.
    pub path: SourcePath,
    /// Its text.
    pub text: Arc<str>,
}

/// A file of the theme that pages need.
#[derive(Clone, Debug)]
pub struct ThemeAsset {
    /// Its name: `style.css`.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}
