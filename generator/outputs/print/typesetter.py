"""Typst, and the last touch to its PDF by pikepdf: the only module that knows either, a process of its own.

It reads jobs from its input and answers each (see `job.py`) until there are no more.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

import typst

from generator.outputs.print.job import ANSWER, JOB

TEMPLATE: Final = Path(__file__).with_name("book.typ")
COVER: Final = Path(__file__).with_name("cover.typ")
STANDARDS: Final = ("ua-1", "a-2a")
_COVER_PPI: Final = 144
_UNSETTLED: Final = "did not converge"


class Typesetter:
    """Typst with its own fonts alone, and one template for books."""

    def __init__(self, template: Path = TEMPLATE) -> None:
        self._compiler = _compiler(template)

    def pdf(self, book: str, timestamp: int) -> bytes:
        """Return the PDF of a book; raises ValueError in the words of Typst."""
        return packed(_made(self._compiler, book, format="pdf", pdf_standards=list(STANDARDS), timestamp=timestamp))

    def cover(self, book: str) -> bytes:
        """Return the cover of a book as a PNG; raises ValueError in the words of Typst."""
        return _made(_compiler(COVER), book, format="png", ppi=_COVER_PPI)


def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(str(template), root=str(template.parent), ignore_system_fonts=True)


def _made(compiler: typst.Compiler, book: str, **more: Any) -> bytes:  # noqa: ANN401 - what Typst takes
    try:
        made, warnings = compiler.compile_with_warnings(sys_inputs={"book": book}, **more)
        if any(_UNSETTLED in warning.message for warning in warnings):  # the pages that it names would be wrong
            made = compiler.compile(sys_inputs={"book": book, "steady": "yes"}, **more)
    except typst.TypstError as error:
        raise ValueError(error.diagnostic.strip()) from error
    if not isinstance(made, bytes):  # pragma: no cover - one file is asked for
        raise TypeError("Typst made several files")
    return made


def packed(pdf: bytes) -> bytes:
    """Put the small objects of a PDF into compressed streams: a tagged PDF has many thousands of them."""
    import pikepdf  # a cover needs none, and it takes longer to load than a cover to make

    smaller = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(smaller, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return smaller.getvalue()


def serve(jobs: IO[bytes], answers: IO[bytes]) -> None:
    """Answer jobs until there are no more."""
    typesetter = Typesetter()
    while len(head := jobs.read(JOB.size)) == JOB.size:
        is_cover, timestamp, length = JOB.unpack(head)
        book = jobs.read(length).decode()
        try:
            answer, is_done = typesetter.cover(book) if is_cover else typesetter.pdf(book, timestamp), True
        except ValueError as error:
            answer, is_done = str(error).encode(), False
        answers.write(ANSWER.pack(is_done, len(answer)) + answer)
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
