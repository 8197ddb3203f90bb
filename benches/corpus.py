#!/usr/bin/env python3
"""Writes one made-up handbook as a site of Fieldbook, of Hugo or of Zola.

    corpus.py --layout fieldbook|hugo|zola --pages N --out FOLDER [--seed S] [--highlight on|off] [--peers-outputs]

The same seed and number give the same pages in each layout: the same names, titles, dates, descriptions,
categories, tags, text, headings, lists, tables, code and links. What differs is the form of front matter and of
links, and what is around the pages: settings and templates, from `layouts/`.
"""
from __future__ import annotations

import argparse
import collections.abc
import dataclasses
import datetime
import pathlib
import random

import layouts
import snippets
import words
from layouts import SECTIONS, Page

SEED = 42
FIRST_DAY = datetime.date(2019, 1, 7)
LAST_DAY = datetime.date(2025, 11, 28)

# How many sentences and lines of lists there are to choose from. Making each anew would take longer than all else.
SENTENCES, LINES = 6000, 1500


@dataclasses.dataclass
class Stock:
    """What the pages of a site are put together from."""

    pages: list[Page]
    sentences: list[str]
    lines: list[str]


def write(layout: layouts.Layout, count: int, folder: pathlib.Path, seed: int = SEED) -> list[Page]:
    """Writes a site of so many pages into a new folder, without its settings, and returns the pages."""
    stock = make_stock(count, seed)
    layout.write_surroundings(folder)
    content = folder / layout.content
    for page in stock.pages:
        path = content / page.section / f"{page.slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(layout.front_matter(page) + make_body(page, stock, seed, layout.link), encoding="utf-8")
    return stock.pages


def make_stock(count: int, seed: int = SEED) -> Stock:
    """Makes the pages of a site, without their text, and the sentences of that."""
    chance = random.Random(f"{seed}/stock")
    sentences = [make_sentence(chance) for _ in range(SENTENCES)]
    lines = [make_line(chance) for _ in range(LINES)]
    return Stock([make_page(number, seed) for number in range(count)], sentences, lines)


def make_page(number: int, seed: int) -> Page:
    chance = random.Random(f"{seed}/page/{number}")
    parts = (words.TITLE_DOING, words.TITLE_THING, words.TITLE_PLACE)
    title = " ".join(chance.choice(part) for part in parts)
    day = FIRST_DAY + datetime.timedelta(days=chance.randrange((LAST_DAY - FIRST_DAY).days))
    # No two pages of a day have the same second, so lists have one order and not each tool its own.
    time = datetime.timedelta(seconds=number * 7919 % 86_400)
    description = make_sentence(chance).replace("`", "").replace("*", "").split("](")[0].replace("[", "")
    return Page(
        number=number,
        section=section_of(number),
        slug=f"{title.lower().replace(' ', '-')}-{number:05d}",
        title=f"{title} {number}",
        date=datetime.datetime.combine(day, datetime.time()) + time,
        description=f"{description[:150].rstrip(' .,(')} ({number}).",
        categories=sorted(chance.sample(words.CATEGORIES, chance.choice((2, 3, 3, 4)))),
        tags=sorted(chance.sample(words.TAGS, chance.randint(2, 5))),
    )


def section_of(number: int) -> str:
    """The section of a page: of ten pages in a row each section has its share."""
    tenths = [section.name for section in SECTIONS for _ in range(section.tenths)]
    return tenths[number * 7 % 10]


def make_sentence(chance: random.Random) -> str:
    """A sentence; one in three has code, emphasis or a link to another site in it."""
    clause = lambda: " ".join(chance.choice(part) for part in (words.WHO, words.VERB, words.WHAT))
    sentence = f"{clause()} {chance.choice(words.WHEN)}"
    shape = chance.random()
    if shape < 0.35:
        sentence = f"{chance.choice(words.LEAD)}, {sentence}"
    elif shape < 0.45:
        sentence = f"{sentence}, and {clause()}"
    sentence = sentence[0].upper() + sentence[1:]
    markup = chance.random()
    if markup < 0.09:
        sentence += f" (see `{chance.choice(words.CODEWORD)}`)"
    elif markup < 0.15:
        sentence += f", which is **{chance.choice(words.CELLS[:words.PLAIN_CELLS])}**"
    elif markup < 0.20:
        sentence += f" - and *{chance.choice(words.WHEN)}*"
    elif markup < 0.215:
        sentence += f", as [this public write-up](https://example.org/notes/{chance.randrange(900)}) argues"
    return sentence + "."


def make_line(chance: random.Random) -> str:
    """A line of a list."""
    line = " ".join(chance.choice(part) for part in (words.WHO, words.VERB, words.WHAT))
    markup = chance.random()
    if markup < 0.10:
        line += f" (`{chance.choice(words.CODEWORD)}`)"
    elif markup < 0.18:
        line += f" - **{chance.choice(words.CELLS[:words.PLAIN_CELLS])}**"
    return line[0].upper() + line[1:] + "."


def make_body(page: Page, stock: Stock, seed: int, link: collections.abc.Callable[[Page], str]) -> str:
    """The Markdown of a page without its front matter; `link` gives the layout's form of a link to a page."""
    return Writer(page, stock, random.Random(f"{seed}/body/{page.number}"), link).write()


class Writer:
    """Writes the text of one page, block by block, until it is long enough."""

    def __init__(self, page: Page, stock: Stock, chance: random.Random,
                 link: collections.abc.Callable[[Page], str]) -> None:
        self.page, self.stock, self.chance, self.link = page, stock, chance, link
        self.blocks: list[str] = []
        self.words = 0
        self.links = chance.randint(4, 8)
        code_blocks = 2 if page.number % 3 == 0 else 0
        self.code = chance.sample(snippets.LANGUAGES, code_blocks)
        self.tables = chance.randint(1, 2)
        self.has_quotation = False
        self.headings = chance.sample(words.HEADINGS, len(words.HEADINGS))

    def write(self) -> str:
        wanted = self.chance.randint(600, 1500)
        self.paragraph()
        section = 0
        while self.words < wanted - 150 or self.code or self.tables or not self.has_quotation:
            self.section(section, is_late=self.words > wanted // 2)
            section += 1
        self.blocks.append("## Related pages\n")
        self.blocks.append("".join(f"- {self.link(self.other())}\n" for _ in range(self.links)))
        return "\n".join(self.blocks)

    def section(self, number: int, is_late: bool) -> None:
        again, index = divmod(number, len(self.headings))
        self.blocks.append(f"## {self.headings[index]}" + (f" ({number})" if again else "") + "\n")
        for _ in range(self.chance.randint(1, 2)):
            self.paragraph()
        self.special(number, is_late)
        if self.chance.random() < 0.45:
            self.blocks.append(f"### {self.chance.choice(words.SUBHEADINGS)}\n")
            self.paragraph()
            if self.chance.random() < 0.4:
                self.bullets()

    def special(self, number: int, is_late: bool) -> None:
        """The block of a section that is no paragraph. What a page must have comes before it is too long."""
        what = self.chance.random()
        if self.code and number >= 1:
            self.code_block(*self.code.pop())
            self.paragraph()
        elif self.tables and (what < 0.5 or is_late):
            self.table()
            self.tables -= 1
        elif not self.has_quotation and (what < 0.8 or is_late):
            self.blocks.append("> " + "\n> ".join(self.chance.choices(self.stock.sentences, k=2)) + "\n")
            self.has_quotation = True
        else:
            self.bullets()

    def paragraph(self) -> None:
        sentences = self.chance.choices(self.stock.sentences, k=self.chance.randint(2, 4))
        self.words += sum(sentence.count(" ") + 1 for sentence in sentences)
        if self.links > 2 and self.chance.random() < 0.5:
            place = self.chance.randrange(len(sentences) + 1)
            sentences.insert(place, f"The page on {self.link(self.other())} covers this in more depth.")
            # Not counted by its characters: a link has blanks in one layout and none in another.
            self.words += 16
            self.links -= 1
        self.blocks.append(" ".join(sentences) + "\n")

    def other(self) -> Page:
        """Some other page."""
        pages = self.stock.pages
        other = self.chance.choice(pages)
        return pages[(self.page.number + 1) % len(pages)] if other is self.page else other

    def bullets(self) -> None:
        mark = self.chance.choice(("-", "-", "1."))
        lines = [f"{mark} {line}" for line in self.chance.sample(self.stock.lines, self.chance.randint(4, 7))]
        if mark == "-" and self.chance.random() < 0.4:
            lines[2:2] = [f"  - {line}" for line in self.chance.sample(self.stock.lines, 2)]
        self.words += sum(line.count(" ") for line in lines)
        self.blocks.append("\n".join(lines) + "\n")

    def table(self) -> None:
        width = self.chance.randint(3, 4)
        rows = [self.chance.sample(words.COLUMNS, width), ["---"] * width]
        rows += [self.chance.choices(words.CELLS, k=width) for _ in range(self.chance.randint(4, 8))]
        self.words += width * len(rows)
        self.blocks.append("".join(f"| {' | '.join(row)} |\n" for row in rows))

    def code_block(self, language: str, blocks: list[str]) -> None:
        function, kind = (self.chance.choice(words.IDENTIFIERS) for _ in range(2))
        type_name = "".join(word.title() for word in kind.split("_"))
        numbers = {"n": self.chance.randint(64, 900), "m": self.chance.randint(5, 60)}
        code = self.chance.choice(blocks).format(f=function, T=type_name, **numbers)
        self.blocks.append(f"```{language}\n{code}```\n")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--layout", required=True, choices=sorted(layouts.LAYOUTS))
    arguments.add_argument("--pages", required=True, type=int)
    arguments.add_argument("--out", required=True, type=pathlib.Path, help="a folder that is not there yet")
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--highlight", choices=("on", "off"), default="on")
    arguments.add_argument("--peers-outputs", action="store_true",
                           help="leave out of Fieldbook's site what Hugo and Zola do not write: twins, graph, …")
    options = arguments.parse_args()
    layout = layouts.LAYOUTS[options.layout]
    write(layout, options.pages, options.out, options.seed)
    layout.configure(options.out, layouts.Settings(options.highlight == "on", options.peers_outputs))


if __name__ == "__main__":
    main()
