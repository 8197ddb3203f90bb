"""The corpus on disk, made once for each layout and number of pages, and edits of its pages."""
from __future__ import annotations

import collections.abc
import contextlib
import dataclasses
import hashlib
import pathlib
import random
import shutil

import corpus
import layouts
import measure
import programs

HERE = pathlib.Path(__file__).resolve().parent


@dataclasses.dataclass(frozen=True)
class Site:
    """A site in one layout."""

    layout: layouts.Layout
    folder: pathlib.Path
    pages: list[layouts.Page]

    def source(self, page: layouts.Page) -> pathlib.Path:
        return self.folder / self.layout.content / page.section / f"{page.slug}.md"

    def neighbour(self, page: layouts.Page) -> layouts.Page:
        """A page that shows the title of this one, as its previous or next."""
        section = sorted((other for other in self.pages if other.section == page.section), key=lambda other: other.date)
        place = section.index(page)
        return section[place - 1 if place else 1]

    def configure(self, settings: layouts.Settings) -> None:
        self.layout.configure(self.folder, settings)


def site(layout: layouts.Layout, count: int) -> Site:
    """The corpus in a layout; it is written if there is none yet that this very generator wrote."""
    folder = programs.WORK / "corpus" / f"{layout.name}-{count}"
    mark = folder.with_suffix(".written")
    if mark.is_file() and mark.read_text() == generator_digest():
        return Site(layout, folder, corpus.make_stock(count).pages)
    measure.say(f"writing {count} pages for {layout.name}")
    shutil.rmtree(folder, ignore_errors=True)
    pages = corpus.write(layout, count, folder)
    mark.write_text(generator_digest())
    return Site(layout, folder, pages)


def generator_digest() -> str:
    """Changes when what makes the corpus does."""
    files = [HERE / f"{name}.py" for name in ("corpus", "layouts", "snippets", "words")]
    files += sorted(path for path in (HERE / "layouts").rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@contextlib.contextmanager
def as_it_was(paths: list[pathlib.Path]) -> collections.abc.Iterator[None]:
    """Puts back files, whatever becomes of what is done meanwhile."""
    before = {path: path.read_bytes() for path in paths}
    try:
        yield
    finally:
        for path, content in before.items():
            path.write_bytes(content)


def pick(site: Site, count: int, purpose: str) -> list[layouts.Page]:
    """Some pages, the same in each layout, none of them twice."""
    return random.Random(f"{corpus.SEED}/{purpose}").sample(site.pages, min(count, len(site.pages)))


def edit_body(text: str, marker: str) -> str:
    """A page with one more sentence at the end of its first paragraph."""
    head, mark, body = text.partition("\n---\n\n")
    paragraph, blank, rest = body.partition("\n\n")
    return f"{head}{mark}{paragraph} Somebody added {marker} here.{blank}{rest}"


def edit_title(text: str, marker: str) -> str:
    """A page with one more word in its title."""
    head, title, rest = text.partition('title: "')
    return f"{head}{title}{marker} {rest}"


def save(path: pathlib.Path, text: str) -> None:
    """Saves a file as most editors do: in place, in one write."""
    with path.open("r+b", buffering=0) as file:
        file.write(text.encode())
        file.truncate()
