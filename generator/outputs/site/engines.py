"""Runs the two site builders as processes of their own and turns their complaints into one exception.

In come a language, its configuration and an empty or half-filled folder; out goes the folder with the site.
Knows the builders' commands and nothing of what is on the pages.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal

import generator
from generator.epoch import epoch
from generator.outputs.site.config import SiteError, SiteLanguage
from generator.outputs.site.job import ALL_NEEDED, DONE, Job

Engine = Literal["mkdocs", "zensical"]


class AllNeededError(Exception):
    """Building the changed pages alone is not certain to equal building everything."""


@dataclass(frozen=True, slots=True)
class Run:
    """One language to be built; `memory` is where MkDocs keeps what it must know of it later."""

    language: SiteLanguage
    config: Path
    site: Path
    memory: Path
    progress: Callable[[str], None]


def run_mkdocs(run: Run) -> tuple[str, ...]:
    """Build one language, or its changed pages; return the paths written or removed in the folder.

    Raises `SiteError` with the words of MkDocs, and `AllNeededError`.
    """
    language = run.language
    job = Job(
        config=str(run.config),
        site=str(run.site.resolve()),
        memory=str(run.memory.resolve()),
        new_memory=str(new_memory(run.memory).resolve()),
        changed=None if language.changed is None else sorted(language.changed),
        removed=tuple(sorted(language.removed)),
    )
    module = ["-m", "generator.outputs.site.mkdocs_run"]
    code, said, complaints = _call(module, json.dumps(asdict(job)), partial(_report, run))
    if code == ALL_NEEDED:
        raise AllNeededError(complaints)
    if code != DONE or not said:
        raise SiteError(f"MkDocs ({language.lang}): {complaints or f'it ended with {code}'}")
    return tuple(json.loads(said)["touched"])


def run_zensical(run: Run) -> tuple[str, ...]:
    """Build one language, one at a time: they share a cache. It never says what it wrote: always everything.

    Raises `SiteError` in the words of Zensical.
    """
    run.progress(f"site, {run.language.name}")
    arguments = ["-m", "zensical", "build", "--clean", "--strict", "--config-file", str(run.config.resolve())]
    code, said, complaints = _call(arguments, "", lambda _line: None)
    if code != DONE:
        raise SiteError(f"Zensical ({run.language.lang}): {complaints or said}")
    (run.site / "404.html").unlink(missing_ok=True)
    return ()


def new_memory(memory: Path) -> Path:
    """Return where MkDocs leaves what the next build must know, until the site is published."""
    return memory.with_suffix(".new")


def _report(run: Run, line: str) -> None:
    message = json.loads(line)
    if "number" in message:
        done = f"{message['number']:,} of {message['of']:,} pages {message['what']}"
        run.progress(f"site, {run.language.name}: {done}")


def _call(arguments: list[str], given: str, report: Callable[[str], None]) -> tuple[int, str, str]:
    """Run a Python module; return its exit code, its last line and what it complained about.

    `-P` keeps the folder that the user happens to be in from supplying modules.
    """
    with (
        TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints,
        subprocess.Popen(
            [sys.executable, "-P", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=_environment(),
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        said = ""
        if process.stdin is not None and process.stdout is not None:
            process.stdin.write(given)
            process.stdin.close()
            for line in process.stdout:
                said = line.strip() or said
                if line.startswith("{"):
                    report(line)
        code = process.wait()
        complaints.seek(0)
        return code, said, complaints.read().strip()


def _environment() -> Mapping[str, str]:
    home = str(Path(generator.__file__).parents[1])
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH")))),
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": str(epoch()),
        "NO_MKDOCS_2_WARNING": "1",
        "NO_COLOR": "1",
    }
