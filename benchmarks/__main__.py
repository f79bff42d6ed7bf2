"""Measures check, pages, site and the rebuild of one entry on synthetic dossiers, and prints a table.

    python -m benchmarks [N …] [--repeat R] [--no-site]

Every figure is of a whole process as the operating system accounts for it: wall seconds, processor seconds (children
included) and the peak memory of its largest process. Machines differ and are noisy: read the ratios of one run.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks import synth

_SIZES: Final = (100, 1_000, 10_000)
_MIB_IN_KIB: Final = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall and processor seconds, peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Row:
    """The median of several runs of one step on one dossier."""

    entries: int
    step: str
    run: Run
    repeats: int


def measure(arguments: Sequence[str]) -> Run:
    """Run a Python process to its end. Raises `RuntimeError` with what it said when it fails."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{output.read().decode(errors='replace')}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _MIB_IN_KIB)


def steps(folder: Path, *, with_site: bool) -> Sequence[tuple[str, Callable[[], None], list[str]]]:
    """Return the steps in their order: a name, what to do before, the process to measure."""
    project = ["--project", str(folder)]
    build = ["-m", "generator", "build", "--no-downloads", *project]

    numbers = count()

    def nothing() -> None:
        """Do nothing before the step."""

    def clean() -> None:
        """Put the last build away. Deleting it would slow down the very disk that is measured next."""
        if (folder / "build").exists():
            (folder / "build").rename(folder / f"old-build-{next(numbers)}")

    found = [
        ("floor", nothing, ["-m", "benchmarks.floor", str(folder)]),
        ("check", nothing, ["-m", "generator", "check", *project]),
        ("check + pages", clean, [*build, "--pages-only"]),
        ("check + e-book", nothing, ["-m", "generator", "epub", "--lang", "de", *project]),
    ]
    if with_site:
        found += [
            ("build, search alone, cold", clean, ["-m", "benchmarks.search", str(folder)]),
            ("build, cold", clean, build),
            ("build, nothing changed", nothing, build),
            ("build, one entry changed", lambda: edit(folder), build),
        ]
    return found


def edit(folder: Path) -> None:
    """Change the text of one event, every time it is called."""
    file = folder / "entries" / "events" / "event-7.yaml"
    text = file.read_text(encoding="utf-8")
    was, now = "das ganze Dorf", "das ganze, ganze Dorf"
    file.write_text(text.replace(now, was) if now in text else text.replace(was, now), encoding="utf-8")


def measured(entries: int, folder: Path, *, repeats: int, with_site: bool) -> list[Row]:
    """Measure every step on a new dossier; the quick ones several times in turn, so that noise meets all of them."""
    synth.write(entries, folder)
    prepared = steps(folder, with_site=with_site)
    quick = [step for step in prepared if not step[0].startswith("build")]
    runs: dict[str, list[Run]] = {name: [] for name, _, _ in prepared}
    for _ in range(repeats):
        for name, before, process in quick:
            before()
            runs[name].append(measure(process))
    for name, before, process in prepared[len(quick) :]:
        for _ in range(1 if name.endswith("cold") else repeats):
            before()
            runs[name].append(measure(process))
    return [Row(entries, name, _median(found), len(found)) for name, found in runs.items()]


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        statistics.median(run.wall for run in runs),
        statistics.median(run.cpu for run in runs),
        max(run.memory for run in runs),
    )


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table with their ratios."""
    lines = [
        (
            "| entries | step | wall s | processor s | MiB | ms per entry | × floor (wall) | × floor (processor) "
            "| × per entry at the size before |"
        ),
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    by_key = {(row.entries, row.step): row.run for row in rows}
    sizes = sorted({row.entries for row in rows})
    for row in rows:
        floor = by_key[row.entries, "floor"]
        smaller = sizes[sizes.index(row.entries) - 1] if sizes.index(row.entries) else None
        growth = f"{row.run.wall / row.entries / (by_key[smaller, row.step].wall / smaller):.2f}" if smaller else "–"
        lines.append(
            f"| {row.entries} | {row.step} | {row.run.wall:.2f} | {row.run.cpu:.2f} | {row.run.memory:.0f} "
            f"| {1000 * row.run.wall / row.entries:.3f} | {row.run.wall / floor.wall:.2f} "
            f"| {row.run.cpu / floor.cpu:.2f} | {growth} |"
        )
    return "\n".join(lines)


def goals(rows: Sequence[Row]) -> str:
    """Return the ratios that the project promises, as they are in this run."""
    largest = max(row.entries for row in rows)
    runs = {row.step: row.run for row in rows if row.entries == largest}
    check, floor = runs["check"], runs["floor"]
    found = [
        f"check / floor: {check.wall / floor.wall:.2f} (at most 3); memory {check.memory:.0f} MiB (under 400)",
        f"pages / check: {(runs['check + pages'].wall - check.wall) / check.wall:.2f} (at most 2)",
    ]
    if "check + e-book" in runs:
        seconds = runs["check + e-book"].cpu - check.cpu
        found.append(f"e-book: {seconds:.2f} s of processor (at most 1 at 1,000 entries)")
    if "build, cold" in runs:
        share = runs["build, one entry changed"].wall / runs["build, cold"].wall
        found.append(f"one entry changed / cold build: {100 * share:.1f} % (at most 5 %)")
    return "\n".join(f"- {line}" for line in [f"at {largest} entries:", *found])


def main(arguments: Sequence[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=list(_SIZES), metavar="N", help="numbers of entries")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each quick step (default 3)")
    parser.add_argument("--no-site", action="store_true", help="leave the site out: minutes at 10,000 entries")
    parsed = parser.parse_args(arguments)
    rows: list[Row] = []
    for entries in sorted(parsed.sizes):
        with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
            print(f"measuring {entries} entries …", file=sys.stderr)
            rows += measured(entries, Path(folder), repeats=parsed.repeat, with_site=not parsed.no_site)
    print(table(rows), goals(rows), sep="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
