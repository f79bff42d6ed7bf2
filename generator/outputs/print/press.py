"""The typesetter as a process of its own: data in, PDFs and covers out, and its memory gone when it ends.

One living process sets many small books: what it has laid out once it remembers.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import generator
from generator.outputs.print.job import ANSWER, JOB


class PrintError(Exception):
    """The typesetter could not make the PDF."""


class Press:
    """A typesetter that is started at its first book; use it in a `with`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the typesetter, and get its memory back; the next book starts another one."""
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):  # it has ended already
                        pipe.close()
            self._process.wait()
            self._process = None

    def print(self, data: Any, *, timestamp: int) -> bytes:  # noqa: ANN401 - JSON, see `setting.py`
        """Return the PDF of what `set_book` gave. Raises `PrintError`."""
        return self._made(data, timestamp)

    def cover(self, title: str, subtitle: str, author: str, lang: str) -> bytes:
        """Return the cover of a book as a PNG. Raises `PrintError`."""
        return self._made({"title": title, "subtitle": subtitle, "author": author, "lang": lang}, is_cover=True)

    def _made(self, data: Any, timestamp: int = 0, *, is_cover: bool = False) -> bytes:  # noqa: ANN401 - JSON
        job = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        process = self._started()
        if process.stdin is None or process.stdout is None:  # pragma: no cover - both are pipes
            raise PrintError("the typesetter has no pipes")
        try:
            process.stdin.write(JOB.pack(is_cover, timestamp, len(job)) + job)
            process.stdin.flush()
        except BrokenPipeError:
            raise PrintError("the typesetter ended before it was asked") from None
        head = process.stdout.read(ANSWER.size)
        if len(head) < ANSWER.size:
            raise PrintError(f"the typesetter ended with {process.wait()}: too little memory?")
        is_done, length = ANSWER.unpack(head)
        answer = process.stdout.read(length)
        if not is_done:
            raise PrintError(answer.decode(errors="replace"))
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "generator.outputs.print.typesetter"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
            )
        return self._process


def _environment() -> Mapping[str, str]:
    home = str(Path(generator.__file__).parents[1])
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))}
