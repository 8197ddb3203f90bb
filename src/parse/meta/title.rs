//! The title of a page: what it says, else its first heading, else its name in words.

use crate::base::slug::to_words;
use crate::config::fields::Spanned;
use crate::config::project::Project;
use crate::diag::code::Code;
use crate::diag::{Diagnostic, Reported};
use crate::markdown::events::first_heading;
use crate::markdown::text::one_line;
use crate::parse::meta::Facts;

/// Returns the title; one made from a name is reported.
pub fn resolve(project: &Project, facts: &Facts<'_>, written: Option<Spanned<String>>) -> Reported<String> {
    if let Some(written) = written {
        return Reported::clean(one_line(&written.value));
    }
    let source = facts.source;
    let heading = first_heading(&source.text, facts.front_matter.body.clone(), &project.config.markdown);
    if let Some(heading) = heading.map(|heading| one_line(&heading)).filter(|heading| !heading.is_empty()) {
        return Reported::clean(heading);
    }
    let is_home = facts.spot.name.is_empty();
    let title = match is_home {
        true if project.config.title.is_empty() => "Home".to_string(),
        true => project.config.title.clone(),
        false => to_words(&facts.spot.name),
    };
    let message = format!("the page has neither a `title:` nor a heading; it is called \"{title}\"");
    let diagnostic = Diagnostic::about(Code::MissingTitle, &source.path, message);
    Reported::new(title.clone(), vec![diagnostic.help(format!("add `title: {title}`, or begin with `# {title}`"))])
}
