//! Renders `:::` blocks with the theme's `blocks/<name>.html`.

use tera::{Context, Map, Value};

use crate::diag::Reported;
use crate::render::html::Blocks;
use crate::render::templates::Templates;

/// The blocks of the theme, for one page.
pub struct PageBlocks<'a> {
    templates: &'a Templates<'a>,
    page: &'a str,
}

impl<'a> PageBlocks<'a> {
    /// Makes the blocks for a page, which is named in what is reported.
    pub fn new(templates: &'a Templates<'a>, page: &'a str) -> Self {
        PageBlocks { templates, page }
    }
}

impl Blocks for PageBlocks<'_> {
    fn render(&self, name: &str, attributes: &[(String, String)], inner: &str) -> Option<Reported<String>> {
        let template = format!("blocks/{name}.html");
        if !self.templates.has(&template) {
            return None;
        }
        let map: Map =
            attributes.iter().map(|(key, value)| (key.clone().into(), Value::normal_string(value))).collect();
        let mut context = Context::new();
        context.insert_value("attributes", map.into());
        context.insert_value("body", Value::safe_string(inner));
        context.insert_value("name", Value::normal_string(name));
        let Reported { value, diagnostics } = self.templates.render(&template, &context, self.page);
        Some(Reported::new(value.unwrap_or_else(|| inner.to_string()), diagnostics))
    }

    fn names(&self) -> Vec<String> {
        let blocks = self.templates.names().filter_map(|name| name.strip_prefix("blocks/")?.strip_suffix(".html"));
        blocks.map(str::to_string).collect()
    }
}
