"""What a build wrote, so that the work of several tools can be compared instead of assumed to be the same."""
from __future__ import annotations

import collections
import dataclasses
import pathlib
import re
import xml.etree.ElementTree as etree

from layouts import BASE_URL, Page

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@dataclasses.dataclass(frozen=True)
class Written:
    """How much was written."""

    files: int
    bytes: int


@dataclasses.dataclass
class Facts:
    """What must be the same, whoever built the site."""

    # The addresses of the corpus's pages that are there, of the terms, and of the items of the feed in their order.
    pages: set[str]
    terms: set[str]
    feed: list[str]
    # The addresses of pages that the sitemap has, and those that the lists of sections and terms lead to.
    sitemap: set[str]
    listed: collections.Counter[str]
    # How many there are on all pages.
    counts: collections.Counter[str]

    def differences(self, other: Facts) -> list[str]:
        """One sentence for each fact that is not the same in both."""
        found = []
        for field in dataclasses.fields(self):
            mine, others = getattr(self, field.name), getattr(other, field.name)
            if mine == others:
                continue
            if isinstance(mine, collections.Counter):
                differing = sorted(key for key in mine.keys() | others.keys() if mine[key] != others[key])
                found.append(f"{field.name}: {[(key, mine[key], others[key]) for key in differing[:8]]}")
            else:
                odd = sorted(set(mine) ^ set(others))
                what = f"only in one: {odd[:5]}" if odd else "in another order"
                found.append(f"{field.name}: {len(mine)} and {len(others)}; {what}")
        return found

    def describe(self, highlight: bool) -> str:
        """What the site is, in one line."""
        return (f"{len(self.pages):,} pages, {len(self.terms)} terms, {sum(self.listed.values()):,} entries in lists, "
                f"{len(self.feed)} items in the feed, {len(self.sitemap):,} pages in the sitemap; "
                + ", ".join(f"{count:,} {name}" for name, count in sorted(self.counts.items()))
                + f"; highlighting {'on' if highlight else 'off'}")


def written(out: pathlib.Path) -> Written:
    """How much is in an output folder."""
    sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
    return Written(len(sizes), sum(sizes))


def read(out: pathlib.Path, pages: list[Page]) -> Facts:
    """Reads the facts from an output folder; `pages` are those of the corpus."""
    known = {page.path for page in pages}
    there = {path for path in known if (out / path.strip("/") / "index.html").is_file()}
    terms = {f"/categories/{path.parent.name}/" for path in out.glob("categories/*/index.html")}
    lists = [f"/{section}/" for section in {page.section for page in pages}] + sorted(terms)
    counts: collections.Counter[str] = collections.Counter()
    for path in there:
        counts.update(count(html(out, path)))
    listed = collections.Counter({path: len(links(html(out, path)) & known) for path in lists})
    return Facts(there, terms, feed(out / "rss.xml"), sitemap(out / "sitemap.xml") & known, listed, counts)


def html(out: pathlib.Path, path: str) -> str:
    return (out / path.strip("/") / "index.html").read_text(encoding="utf-8")


def links(text: str) -> set[str]:
    """The paths that a page links to, without the host."""
    found = re.findall(r'<a [^>]*?href="?([^" >]+)', text)
    return {link.removeprefix(BASE_URL) for link in found}


def count(text: str) -> dict[str, int]:
    """How much a page has of what takes time to make."""
    blocks = re.findall(r"<pre[ >].*?</pre>", text, re.DOTALL)
    # One `<span` may be a wrapper; colours are many.
    coloured = sum(block.count("<span") > 5 for block in blocks)
    neighbours = len(re.findall(r'rel="?(?:prev|next)', text))
    return {"tables": text.count("<table"), "code blocks": len(blocks), "coloured code blocks": coloured,
            "links to previous and next": neighbours}


def feed(path: pathlib.Path) -> list[str]:
    """The addresses of the items of a feed; each must have its whole article."""
    items = etree.parse(path).getroot().findall("channel/item")
    short = [item.findtext("link") for item in items if len(item.findtext(CONTENT) or "") < 3000]
    if short:
        raise ValueError(f"{path} has items without their text: {short[:3]}")
    return [(item.findtext("link") or "").removeprefix(BASE_URL) for item in items]


def sitemap(path: pathlib.Path) -> set[str]:
    """The paths that a sitemap has."""
    return {(location.text or "").removeprefix(BASE_URL) for location in etree.parse(path).iter(LOCATION)}
