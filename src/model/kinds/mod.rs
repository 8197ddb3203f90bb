//! The kinds of page. A new one is a file here and a row in [`Kind::ALL`].

pub mod chapter;
pub mod guide;
pub mod interview;
pub mod meeting;
pub mod plain;
pub mod template;

use crate::model::meta::Sort;

/// A kind of page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// How to do something.
    Guide,
    /// A conversation with a practitioner.
    Interview,
    /// A recurring meeting.
    Meeting,
    /// A document that people fork.
    Template,
    /// A part of a book.
    Chapter,
    /// Anything else.
    Page,
}

/// What a kind declares.
#[derive(Debug)]
pub struct KindSpec {
    /// Its name in front matter: `guide`.
    pub name: &'static str,
    /// Its name for several: `guides`.
    pub plural: &'static str,
    /// The name of the template that renders it; without one that of plain pages does.
    pub template: &'static str,
    /// The names of folders whose pages are of this kind.
    pub folders: &'static [&'static str],
    /// The keys of front matter that only this kind has.
    pub fields: &'static [&'static str],
    /// Those of them that it cannot do without.
    pub required: &'static [&'static str],
    /// The order of a section of such pages.
    pub sort: Sort,
    /// Whether such pages are in feeds unless the configuration says otherwise.
    pub feeds: bool,
    /// What a new page of it begins from; `{{title}}`, `{{date}}`, `{{id}}` and `{{slug}}` are filled in.
    pub form: &'static str,
    /// The type for JSON-LD, from schema.org.
    pub json_ld: &'static str,
}

/// The values of a kind's own fields.
#[derive(Clone, Debug)]
pub enum Details {
    /// Of an interview.
    Interview(interview::Interview),
    /// Of a meeting.
    Meeting(meeting::Meeting),
    /// Of a template.
    Template(template::Template),
    /// Of a chapter.
    Chapter(chapter::Chapter),
    /// Of a kind without fields of its own.
    None,
}

impl Kind {
    /// All kinds, in the order in which lists of several kinds show them.
    pub const ALL: [Kind; 6] = [Kind::Chapter, Kind::Guide, Kind::Meeting, Kind::Template, Kind::Interview, Kind::Page];

    /// Returns what the kind declares.
    pub fn spec(self) -> &'static KindSpec {
        match self {
            Kind::Guide => &guide::SPEC,
            Kind::Interview => &interview::SPEC,
            Kind::Meeting => &meeting::SPEC,
            Kind::Template => &template::SPEC,
            Kind::Chapter => &chapter::SPEC,
            Kind::Page => &plain::SPEC,
        }
    }

    /// Returns its name in front matter.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// Returns the names of the templates for its pages; the first that is there is taken.
    pub fn templates(self) -> [&'static str; 2] {
        [self.spec().template, plain::SPEC.template]
    }

    /// Finds the kind with a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Finds the kind whose pages a folder of this name holds.
    pub fn from_folder(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.spec().folders.iter().any(|folder| folder.eq_ignore_ascii_case(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn the_configuration_knows_the_same_names() {
        // The configuration lies below the model, so it cannot ask it.
        let names = Kind::ALL.map(Kind::name);
        assert_eq!(names, ["chapter", "guide", "meeting", "template", "interview", "page"]);
    }
}
