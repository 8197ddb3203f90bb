//! The table of all codes: name, default severity, and the sentences that `fieldbook explain <code>` prints.

use crate::diag::levels::Severity;

/// Declares the codes; a new one is a row here and a case in `tests/spec/`.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident, $name:literal, $severity:ident;)+) => {
        /// The kinds of fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// Returns the name: kebab case, after the fault.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            /// Returns how grave it is taken unless the configuration says otherwise.
            pub fn default_severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)+ }
            }

            /// Returns what it means and what to do, in plain sentences.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc, "\n",)+),)+ }
            }
        }
    };
}

codes! {
    /// A link leads to no page, file or section of the site.
    /// Links may be relative to the file they stand in (`../meetings/tech-spec-review.md`), paths from the root
    /// (`/meetings/tech-spec-review/`) or names (`[[Tech Spec Review]]`).
    BrokenLink, "broken-link", Error;
    /// A link names a page that exists and a heading or id on it that does not.
    BrokenFragment, "broken-fragment", Error;
    /// An image that a page shows is not in the site.
    MissingImage, "missing-image", Error;
    /// A name such as `[[Review]]` is the title, slug or other name of several pages.
    /// Write the path of the page that is meant, or take the name from the others' `also_called`.
    AmbiguousLink, "ambiguous-link", Error;
    /// A link leads to a page that this build leaves out: a draft, one of the future, one that has expired or one for
    /// another audience. Readers could not follow it, and it would tell them that the page exists.
    LinkToUnpublished, "link-to-unpublished", Error;
    /// A link has the right letters in the wrong case. It is followed here, and would be broken on most servers.
    WrongCase, "wrong-case", Warning;
    /// A relative link is right from the page's address and wrong from its file. Relative means relative to the file:
    /// then it also works on GitHub and in editors.
    UrlRelativeLink, "url-relative-link", Warning;
    /// A link leads to an address that a page had before it moved (`aliases:`). Readers get there by a redirect on the site,
    /// and not at all on GitHub.
    FormerAddress, "former-address", Note;
    /// A link to a page leaves out the extension of its file. It is followed here, and by nobody else.
    MissingExtension, "missing-extension", Note;
    /// A link has no target at all: `[text]()`.
    EmptyLink, "empty-link", Warning;
    /// A backslash stands in a link where a slash is meant.
    BackslashLink, "backslash-link", Warning;
    /// Two things want the same place in the site, or places that differ only in case.
    /// The first keeps it; change the `slug:`, `url:` or name of the other.
    Collision, "collision", Error;
    /// An address or alias would leave the site or cannot be an address.
    BadAddress, "bad-address", Error;
    /// Front matter cannot be read as YAML or TOML. The page is built from the keys that can be read, and is not
    /// published if it might be a draft.
    BadFrontMatter, "bad-front-matter", Error;
    /// Front matter is opened with `---` or `+++` and never closed.
    UnclosedFrontMatter, "unclosed-front-matter", Error;
    /// A key has a value of the wrong type.
    BadValue, "bad-value", Error;
    /// A date is not one. Write `2026-01-05`, or `2026-01-05 07:00:00 -0700` with a time.
    BadDate, "bad-date", Error;
    /// `draft:` is neither true nor false. The page is taken for a draft and not published.
    BadDraft, "bad-draft", Error;
    /// `kind:` is none of guide, interview, meeting, template, chapter and page.
    UnknownKind, "unknown-kind", Error;
    /// A key that its kind of page needs is missing.
    MissingField, "missing-field", Warning;
    /// A key is not known. Put keys of your own under `extra:`.
    UnknownKey, "unknown-key", Warning;
    /// A key stands twice in one map; the last one counts.
    DuplicateKey, "duplicate-key", Warning;
    /// Front matter, if any, must begin on the first line of the file.
    LateFrontMatter, "late-front-matter", Warning;
    /// A page has neither `title:` nor a first heading, so its title was made from its file's name.
    MissingTitle, "missing-title", Warning;
    /// A page of a kind that feeds has no date, so no feed can hold it. Add `date:`, or `feed: false`.
    MissingDate, "missing-date", Warning;
    /// Something in the configuration cannot be understood.
    BadConfig, "bad-config", Error;
    /// A file cannot be read as UTF-8 text; what is not UTF-8 in it is replaced.
    NotUtf8, "not-utf8", Error;
    /// A file or folder was passed over: a link out of the folder, a name that cannot be published, no permission.
    PassedOver, "passed-over", Warning;
    /// A file is too large to be a page.
    TooLarge, "too-large", Error;
    /// A code block names a language that is not known, so it is shown without colours.
    UnknownLanguage, "unknown-language", Warning;
    /// A `:::` block is opened and never closed, or closed and never opened.
    UnclosedBlock, "unclosed-block", Error;
    /// The theme has no block of this name.
    UnknownBlock, "unknown-block", Error;
    /// A callout such as `> [!NOTE]` is of a kind that is not known. It is shown as a quotation.
    UnknownCallout, "unknown-callout", Warning;
    /// A footnote is referred to and not defined.
    MissingFootnote, "missing-footnote", Warning;
    /// A footnote is defined and nothing refers to it, or it is defined twice, so its text is not shown.
    UnusedFootnote, "unused-footnote", Warning;
    /// An image has no text for those who cannot see it. Write `![what it shows](image.png)`.
    MissingAlt, "missing-alt", Warning;
    /// Two different images of a page have the same text.
    RepeatedAlt, "repeated-alt", Warning;
    /// The site's Content-Security-Policy will stop this in the browser.
    BlockedByPolicy, "blocked-by-policy", Warning;
    /// Raw HTML stands in a page, and the configuration says `markdown.html: deny`.
    RawHtml, "raw-html", Error;
    /// Markdown is nested so deeply that it cannot be shown as meant.
    TooDeep, "too-deep", Error;
    /// A template of the theme or the site is wrong.
    TemplateError, "template-error", Error;
    /// No template of this name is in the site or the theme.
    MissingTemplate, "missing-template", Error;
    /// A placeholder stands in the document of a template, such as `{{vendor}}`, and the `ask:` of its page does not name
    /// it: nobody is asked what to put there. Declare it, or write it as code if it is meant as it stands.
    UndeclaredPlaceholder, "undeclared-placeholder", Warning;
    /// A question under `ask:` has no placeholder in the document of the template, so its answer goes nowhere.
    UnusedQuestion, "unused-question", Warning;
    /// A file in the `versions/` of a template is not a released version of it: its name is no number, or one above the
    /// template's `version`, or it is of another type than the document. The files are called `1.md`, `2.md` and so on
    /// (`1.csv` for a sheet); numbers may be missing. The file is left out.
    BadVersionFile, "bad-version-file", Warning;
    /// The document of the `version` that a template says it is does not stand in `versions/`. Then it has no page of its
    /// own, and whoever takes a copy now cannot be told later what has changed.
    MissingVersion, "missing-version", Note;
    /// No page is to be published, so the site would be empty and the last one would be removed.
    NoPages, "no-pages", Error;
    /// There is no `base_url`, so feeds, the sitemap and canonical addresses cannot be written.
    NoBaseUrl, "no-base-url", Note;
    /// A page has aliases and a date but no `id:`. Its address is its identity in feeds, and it moved: subscribers
    /// would see it as new. Give it an `id:` with its first address.
    AliasWithoutId, "alias-without-id", Note;
    /// Two pages have the same `id:`, so feeds could not tell them apart.
    RepeatedId, "repeated-id", Error;
    /// A link that a theme's template wrote leads nowhere. (`check` goes over the finished pages.)
    BrokenOutputLink, "broken-output-link", Error;
    /// Nothing leads to a page but the list of its section: no link, no relation, no entry of the menu. Readers will
    /// hardly find it; link to it where it helps, or name it in the `related:` of another page. Sections and the
    /// glossary are let be, and so are chapters, since the contents of their book lead to them. (`check` alone.)
    OrphanPage, "orphan-page", Note;
    /// A page links to nothing and is related to nothing, so it leaves its readers without a next step. Links to other
    /// sites count, pictures and links within the page do not. Sections, chapters and the glossary are let be.
    /// (`check` alone.)
    DeadEnd, "dead-end", Note;
    /// The time that `review_every:` gives a page has gone by since it was `reviewed:`. Read it again, mend what is no
    /// longer true, and write today's date. (`check` alone.)
    StalePage, "stale-page", Warning;
    /// A page of a kind that feeds has no `owner:`, so nobody keeps it true. Reported once any page of the site has an
    /// owner; sections are let be. (`check` alone.)
    MissingOwner, "missing-owner", Note;
    /// Two pages of the same kind have the same title: readers cannot tell them apart in search, lists and tabs. Pages
    /// of two kinds may share one, such as a meeting and the template for it. (`check` alone.)
    RepeatedTitle, "repeated-title", Note;
    /// Two pages have the same `description:`, most often because one began as a copy of the other. Search engines and
    /// lists show it, so each page needs its own. (`check` alone.)
    RepeatedDescription, "repeated-description", Warning;
    /// A heading lies more than one level below the one before it. Who listens to the page, or reads its contents, takes
    /// it that something is missing. The title is level 1, so the text begins with level 2; a text that has a level 1 of
    /// its own begins there. A template's document may begin at any level. (`check` alone.)
    HeadingOrder, "heading-order", Warning;
    /// A page has more than 5,000 words, which takes over twenty minutes to read. Split it, or make a book of it.
    /// Sections and the glossary are let be; code and a template's document are not counted. (`check` alone.)
    LongPage, "long-page", Note;
    /// A link to another site begins with `http://`: what is read there can be seen and changed on the way. Addresses of
    /// one machine or of a network of its own, such as `http://localhost:4040/`, are let be. (`check` alone.)
    HttpLink, "http-link", Note;
    /// A link to another site leads nowhere: the site says that there is no such page, has a fault of its own, or cannot
    /// be reached. Look for the new address, or take the link out; `external:` in the configuration says which answers
    /// are good and what is not asked. (`check --external` alone.)
    ExternalLink, "external-link", Warning;
    /// A link leads to an address that another site has given up for good: it redirects with 301 or 308. It still works;
    /// write the new address before the redirect is taken down. (`check --external` alone.)
    MovedLink, "moved-link", Note;
    /// Another site does not tell programs whether a link is good: it wants a name and password, turns programs away, or
    /// asks to be left alone for longer. Open the link in a browser; `accept:` and `ignore:` under `external:` in the
    /// configuration keep it from being reported. (`check --external` alone.)
    UnsureLink, "unsure-link", Note;
    /// The document of a template differs from the newest file in its `versions/`: those who have a copy cannot be told
    /// what changed. Line endings, blanks at the end of a line and empty lines at the end of the file do not count.
    /// (`check` alone.)
    UnreleasedChange, "unreleased-change", Warning;
    /// The twin of a template in Google Docs is of an earlier version than the template, by `google_version:` and
    /// `version:`. (`check` alone.)
    GoogleBehind, "google-behind", Note;
    /// A template is longer, in the address that opens a new file on GitHub, than GitHub takes: 8,191 bytes. Its page copies
    /// it instead, and the reader pastes it. (`check` alone.)
    LongTemplate, "long-template", Note;
}

impl Code {
    /// Finds the code with a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
