"""Typst, and the last touch to its PDF by pikepdf: the only module that knows either, a process of its own.

It reads jobs from its input and answers each (see `job.py`) until there are no more.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

import pikepdf
import typst

from generator.outputs.print.job import ANSWER, JOB

TEMPLATE: Final = Path(__file__).with_name("book.typ")
STANDARDS: Final = ("ua-1", "a-2a")


class Typesetter:
    """Typst with its own fonts alone and one template."""

    def __init__(self, template: Path = TEMPLATE) -> None:
        self._compiler = typst.Compiler(str(template), root=str(template.parent), ignore_system_fonts=True)
        self._standards: Any = list(STANDARDS)

    def pdf(self, book: str, timestamp: int) -> bytes:
        """Return the PDF of a book; raises ValueError in the words of Typst."""
        try:
            made = self._compiler.compile(
                format="pdf", sys_inputs={"book": book}, pdf_standards=self._standards, timestamp=timestamp
            )
        except typst.TypstError as error:
            raise ValueError(error.diagnostic.strip()) from error
        if not isinstance(made, bytes):  # pragma: no cover - one PDF is asked for
            raise TypeError("Typst made no PDF")
        return packed(made)


def packed(pdf: bytes) -> bytes:
    """Put the small objects of a PDF into compressed streams: a tagged PDF has many thousands of them."""
    smaller = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(smaller, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return smaller.getvalue()


def serve(jobs: IO[bytes], answers: IO[bytes]) -> None:
    """Answer jobs until there are no more."""
    typesetter = Typesetter()
    while len(head := jobs.read(JOB.size)) == JOB.size:
        timestamp, length = JOB.unpack(head)
        try:
            answer, is_done = typesetter.pdf(jobs.read(length).decode(), timestamp), True
        except ValueError as error:
            answer, is_done = str(error).encode(), False
        answers.write(ANSWER.pack(is_done, len(answer)) + answer)
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
