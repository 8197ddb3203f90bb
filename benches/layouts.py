"""The three forms of the corpus: how each tool wants its pages, its links and its settings."""
from __future__ import annotations

import abc
import dataclasses
import datetime
import json
import pathlib
import re
import shutil

HERE = pathlib.Path(__file__).resolve().parent

BASE_URL = "https://handbook.example.net"
SITE = "Infrastructure Engineering Playbook"
DESCRIPTION = "Guides, interviews, meetings and templates for infrastructure engineering."
SECTION_TEXT = "Pages in this section are kept by the people who use them. Propose a change, or copy a page.\n"


@dataclasses.dataclass(frozen=True)
class Section:
    """A section at the top, and how many of ten pages are in it."""

    name: str
    title: str
    tenths: int


SECTIONS = [
    Section("guides", "Guides", 4), Section("meetings", "Meetings", 3),
    Section("interviews", "Interviews", 2), Section("templates", "Templates", 1),
]


@dataclasses.dataclass(frozen=True)
class Page:
    """A page without its text. The date is in UTC."""

    number: int
    section: str
    slug: str
    title: str
    date: datetime.datetime
    description: str
    categories: list[str]
    tags: list[str]

    @property
    def path(self) -> str:
        """Its address on the host, the same in each tool."""
        return f"/{self.section}/{self.slug}/"


@dataclasses.dataclass(frozen=True)
class Settings:
    """What differs between two builds of the same pages."""

    # Whether code is coloured.
    highlight: bool = True
    # Whether Fieldbook leaves out what its peers do not write.
    peers_outputs: bool = True


class Layout(abc.ABC):
    """How a tool wants its site."""

    # The tool's name, which is that of its folder in `layouts/`.
    name: str
    # Where the pages are, and what the page of a section is called.
    content = "content"
    section_page = "_index.md"

    @abc.abstractmethod
    def link(self, page: Page) -> str:
        """A link to a page, from a page in any section."""

    @abc.abstractmethod
    def configure(self, folder: pathlib.Path, settings: Settings) -> None:
        """Writes the settings of a site, over those that are there."""

    def groups(self, page: Page) -> str:
        """The lines of front matter that name categories and tags."""
        return f"categories: {json.dumps(page.categories)}\ntags: {json.dumps(page.tags)}\n"

    def front_matter(self, page: Page) -> str:
        return (f"---\ntitle: {json.dumps(page.title)}\ndate: {page.date.isoformat()}Z\n"
                f"description: {json.dumps(page.description)}\n{self.groups(page)}---\n\n")

    def section_front_matter(self, section: Section) -> str:
        return f"---\ntitle: {section.title}\n---\n\n"

    def write_surroundings(self, folder: pathlib.Path) -> None:
        """Writes templates and the pages of sections into a new folder."""
        shutil.copytree(HERE / "layouts" / self.name, folder)
        content = folder / self.content
        for section in SECTIONS:
            path = content / section.name / self.section_page
            path.parent.mkdir(parents=True)
            path.write_text(self.section_front_matter(section) + SECTION_TEXT, encoding="utf-8")
        (content / self.section_page).write_text(f"---\ntitle: {SITE}\n---\n\n{DESCRIPTION}\n", encoding="utf-8")


class Fieldbook(Layout):
    """Fieldbook with its own theme, which does more than those of the others, and shows tags as they do."""

    name = "fieldbook"

    def link(self, page: Page) -> str:
        return f"[{page.title}](../{page.section}/{page.slug}.md)"

    def groups(self, page: Page) -> str:
        # As in the other layouts tags are shown and have no pages of their own.
        return f"categories: {json.dumps(page.categories)}\nextra: {{tags: {json.dumps(page.tags)}}}\n"

    def section_front_matter(self, section: Section) -> str:
        # One kind and one order for all, since the others know no kinds.
        return f"---\ntitle: {section.title}\nchildren: {{kind: guide, sort: date}}\n---\n\n"

    def configure(self, folder: pathlib.Path, settings: Settings) -> None:
        lines = [
            f"title: {SITE}", f"description: {DESCRIPTION}", f"base_url: {BASE_URL}/", "paginate: 0",
            "taxonomies: [categories]",
            f"markdown: {{highlight: {str(settings.highlight).lower()}, smart_punctuation: false}}",
        ]
        if settings.peers_outputs:
            off = ", ".join(f"{key}: false" for key in output_keys())
            lines += [f"outputs: {{{off}}}", "feeds: {path: rss.xml, sections: false, terms: false}"]
        else:
            lines.append("feeds: {path: rss.xml}")
        (folder / "fieldbook.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


class Hugo(Layout):
    """Hugo with the smallest theme that does the same."""

    name = "hugo"

    def link(self, page: Page) -> str:
        return f'[{page.title}]({{{{< relref "/{page.section}/{page.slug}.md" >}}}})'

    def configure(self, folder: pathlib.Path, settings: Settings) -> None:
        text = (HERE / "layouts/hugo/hugo.toml").read_text(encoding="utf-8")
        if not settings.highlight:
            text = replace_once(text, "codeFences = true", "codeFences = false")
        (folder / "hugo.toml").write_text(text, encoding="utf-8")


class Zola(Layout):
    """Zola 0.22 with the smallest theme that does the same."""

    name = "zola"

    def link(self, page: Page) -> str:
        return f"[{page.title}](@/{page.section}/{page.slug}.md)"

    def groups(self, page: Page) -> str:
        return (f"taxonomies:\n  categories: {json.dumps(page.categories)}\n"
                f"  tags: {json.dumps(page.tags)}\n")

    def section_front_matter(self, section: Section) -> str:
        return f"---\ntitle: {section.title}\nsort_by: date\n---\n\n"

    def configure(self, folder: pathlib.Path, settings: Settings) -> None:
        text = (HERE / "layouts/zola/config.toml").read_text(encoding="utf-8")
        if not settings.highlight:
            text = replace_once(text, '[markdown.highlighting]\ntheme = "github-light"\n', "")
        (folder / "config.toml").write_text(text, encoding="utf-8")


LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (Fieldbook(), Hugo(), Zola())}


def output_keys() -> list[str]:
    """The keys of `outputs:`, as the manual has them: what comes to be written later is left out too."""
    manual = (HERE.parent / "docs/configuration.md").read_text(encoding="utf-8")
    part = manual.split("\n## `outputs`\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `(\w+)` \| true \|", part, re.MULTILINE)


def replace_once(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ValueError(f"{old!r} is not there once")
    return text.replace(old, new)
