"""What a process takes, as Linux tells it, and how figures are shown."""
from __future__ import annotations

import dataclasses
import datetime
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


@dataclasses.dataclass(frozen=True)
class Run:
    """What one run of a program took: seconds, seconds, megabytes."""

    wall: float
    cpu: float
    memory: float


def run(command: list[str]) -> Run:
    """Runs a command to its end and says what it took; stops everything when it fails.

    Memory is its peak as `time` sees it: the figure that Linux has for our own child begins with what Python had.
    """
    time_program = shutil.which("time")
    if not time_program:
        sys.exit("peak memory is measured with GNU time: apt-get install time")
    with tempfile.NamedTemporaryFile("r") as peak, tempfile.TemporaryFile("w+") as said:
        wrapped = [time_program, "--format", "%M", "--output", peak.name, *command]
        start = time.perf_counter()
        child = subprocess.Popen(wrapped, stdout=said, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            said.seek(0)
            sys.exit(f"{' '.join(command)}\nfailed with {child.returncode}:\n{said.read()[:2000]}")
        return Run(wall, usage.ru_utime + usage.ru_stime, int(peak.read()) / 1000)


def cpu_time(process: int) -> float:
    """The seconds of CPU that the threads of a process have had so far.

    From the scheduler's own count, which is exact; `/proc/<process>/stat` counts in hundredths. Threads that have ended
    are missing, so this is for differences over a short time in servers, which keep their threads.
    """
    total = 0
    for task in pathlib.Path(f"/proc/{process}/task").iterdir():
        try:
            total += int((task / "schedstat").read_text().split()[0])
        except OSError:
            # The thread ended meanwhile.
            continue
    return total / 1e9


def memory(process: int) -> dict[str, float]:
    """The memory of a process in megabytes: now, and at its peak."""
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    values = dict(line.split(":", 1) for line in status.splitlines())
    return {"now": int(values["VmRSS"].split()[0]) / 1000, "peak": int(values["VmHWM"].split()[0]) / 1000}


def median_run(runs: list[Run]) -> Run:
    """The median of each figure by itself."""
    return Run(*(statistics.median(getattr(run, field.name) for run in runs) for field in dataclasses.fields(Run)))


def machine() -> dict[str, object]:
    """What is to be said beside figures: the day, the processor, and how busy the machine was just now."""
    if os.getloadavg()[0] > 0.5:
        say(f"the machine is doing other things (load {os.getloadavg()[0]:.1f}): figures will be worse and vary")
    processor = platform.processor() or platform.machine()
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            processor = line.split(":", 1)[1].strip()
            break
    return {
        "day": datetime.date.today().isoformat(), "processor": processor, "cores": len(os.sched_getaffinity(0)),
        "load": round(os.getloadavg()[0], 1),
    }


def describe(machine: dict[str, object], versions: dict[str, str]) -> str:
    """One line for below a table."""
    tools = ", ".join(versions.values())
    return (f"{machine['day']}, {machine['cores']} cores of {machine['processor']}, "
            f"load {machine['load']} when it began; {tools}")


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def say(text: str) -> None:
    """Tells how far things are, apart from the result."""
    print(text, file=sys.stderr, flush=True)
