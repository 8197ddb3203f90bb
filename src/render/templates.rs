//! The templates of the theme, compiled: what is wrong with one does not keep the others from working.

use std::borrow::Cow;
use std::collections::BTreeSet;

use tera::{Context, Tera};

use crate::base::did_you_mean::nearest;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::model::theme::Theme;
use crate::render::assets::Assets;
use crate::render::faults::{self, TemplateFault, same_fault};
use crate::render::functions;
use crate::render::inheritance;

/// The templates that a site cannot do without.
const NEEDED: &[&str] =
    &["home.html", "section.html", "page.html", "taxonomy.html", "term.html", "404.html", "all.html"];

/// The compiled templates of a theme.
pub struct Templates<'a> {
    theme: &'a Theme,
    engine: Tera,
    /// Faults that were reported once and are not reported again for each page.
    known: Vec<Diagnostic>,
}

impl<'a> Templates<'a> {
    /// Compiles the templates, each fault reported at its own place.
    pub fn compile(theme: &'a Theme, assets: &Assets, base_path: &str) -> Reported<Self> {
        let mut diagnostics = Vec::new();
        let mut broken = BTreeSet::new();
        for template in &theme.templates {
            let alone = Tera::default().add_raw_template(&template.name, &template.text);
            if let Err(error) = alone
                && matches!(error.kind(), tera::ErrorKind::SyntaxError(_))
            {
                broken.insert(template.name.as_str());
                let found = faults::read(&error, &template.name, theme);
                diagnostics.extend(found.iter().map(|fault| fault.to_diagnostic(theme, None)));
            }
        }
        let engine = assemble(theme, assets, base_path, &mut broken).take(&mut diagnostics);
        for name in NEEDED {
            if !theme.templates.iter().any(|template| template.name == *name) {
                let message = format!("the theme \"{}\" has no template `{name}`", theme.name);
                let diagnostic = Diagnostic::general(Code::MissingTemplate, message);
                diagnostics.push(diagnostic.help(format!("write `templates/{name}`")));
            }
        }
        Reported::new(Templates { theme, engine, known: Vec::new() }, diagnostics)
    }

    /// Remembers faults that are reported already.
    pub fn remember(&mut self, diagnostics: &[Diagnostic]) {
        self.known.extend_from_slice(diagnostics);
    }

    /// Returns whether the theme has a template, be it right or wrong.
    pub fn has(&self, name: &str) -> bool {
        self.theme.templates.iter().any(|template| template.name == name)
    }

    /// Returns the names of all templates.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.theme.templates.iter().map(|template| template.name.as_str())
    }

    /// Returns the template that was probably meant by a name.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.names())
    }

    /// Renders a template; `page` is named in what is reported. There is no value when the template is not there or
    /// wrong, which was reported then or is now.
    pub fn render(&self, name: &str, context: &Context, page: &str) -> Reported<Option<String>> {
        if !self.engine.contains_template(name) {
            return Reported::clean(None);
        }
        match self.engine.render(name, context) {
            Ok(html) => Reported::clean(Some(html)),
            Err(error) => {
                let found = faults::read(&error, name, self.theme);
                let found = found.iter().map(|fault| fault.to_diagnostic(self.theme, Some(page)));
                Reported::new(
                    None,
                    found.filter(|fault| !self.known.iter().any(|known| same_fault(known, fault))).collect(),
                )
            }
        }
    }
}

/// Adds all templates that are right to an engine. A fault that follows from another template's is not reported.
fn assemble<'a>(theme: &'a Theme, assets: &Assets, base_path: &str, broken: &mut BTreeSet<&'a str>) -> Reported<Tera> {
    let mut diagnostics = Vec::new();
    let texts = inheritance::texts(theme);
    loop {
        let mut engine = Tera::default();
        functions::register(&mut engine, assets, base_path);
        let sound: Vec<&(&str, Cow<'_, str>)> = texts.iter().filter(|(name, _)| !broken.contains(name)).collect();
        let Err(error) = engine.add_raw_templates(sound.iter().map(|(name, text)| (*name, &**text))) else {
            return Reported::new(engine, diagnostics);
        };
        let last = sound.last().map_or("", |(name, _)| name);
        let found = faults::read(&error, last, theme);
        let before = broken.len();
        for fault in &found {
            let name = sound.iter().map(|(name, _)| *name).find(|name| *name == fault.template).unwrap_or(last);
            if !is_consequence(fault, broken, theme) {
                diagnostics.push(fault.to_diagnostic(theme, None));
            }
            broken.insert(name);
        }
        if broken.len() == before {
            // The engine blames a template that is out already: without this the loop would not end.
            return Reported::new(Tera::default(), diagnostics);
        }
    }
}

/// Whether a fault only says that another template, or a component in one, is missing which was reported already.
fn is_consequence(fault: &TemplateFault, broken: &BTreeSet<&str>, theme: &Theme) -> bool {
    let is_gone = |name: &str| {
        theme
            .templates
            .iter()
            .filter(|template| broken.contains(template.name.as_str()))
            .any(|template| template.name == name || template.text.contains(&format!("component {name}")))
    };
    fault.message.split('`').skip(1).step_by(2).any(is_gone)
}
