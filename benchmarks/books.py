"""Measures the books: processor time and size of a page, one chapter when the press is warm, large dossiers.

    python -m benchmarks.books [N] [--project DIR]

N is the size of the synthetic dossier (default 1,000). Times are of the processor, children included.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2

from benchmarks import synth
from generator.book.make import make_book, make_reprint
from generator.book.nodes import as_data
from generator.book.select import all_of
from generator.corpus import Corpus
from generator.ebook import make_ebook
from generator.garbage import no_garbage_collection
from generator.outputs.print import Press, set_book
from generator.outputs.print.typesetter import Typesetter
from generator.pipeline import Examined, examine
from generator.printing import Choice, print_volumes
from generator.views.site import Site

_WORTH_LOOKING = 12


def corpus_of(examined: Examined) -> Corpus:
    """Return the corpus; raises RuntimeError where the dossier cannot be read."""
    if examined.corpus is None:
        raise RuntimeError("the dossier cannot be read")
    return examined.corpus


def processor() -> float:
    """Return the processor seconds of this process and of its children that have ended."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def printed(examined: Examined, choice: Choice) -> tuple[list[bytes], float]:
    """Print the German volumes; return them with the processor seconds, those of reading left out."""
    start = processor()
    site = Site(corpus_of(examined), {}, "de")
    with Press() as press:
        volumes = print_volumes(press, site, examined.files, choice, lambda _text: None)
        pdfs = [volume.pdf for volume in volumes]
    return pdfs, processor() - start


def pages(pdf: bytes) -> int:
    """Count the pages."""
    return len(pypdfium2.PdfDocument(pdf))


def found_again(examined: Examined, pdf: bytes) -> float:
    """Return the share of the texts of the book that can be copied from it, blanks and divided words aside."""
    document = pypdfium2.PdfDocument(pdf)
    said = "".join(page.get_textpage().get_text_range() for page in document)
    said = "".join(said.replace("\ufffe", "").replace("\u00ad", "").split())
    book = make_book(Site(corpus_of(examined), {}, "de"), all_of(corpus_of(examined)))
    wanted = ["".join(text.split()) for chapter in book.chapters for text in _texts(as_data(chapter.body))]
    wanted = [text for text in wanted if len(text) > _WORTH_LOOKING]
    return sum(text in said for text in wanted) / len(wanted)


def _texts(nodes: Sequence[Any]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node[0] != "figure":
            yield from _texts(node[2])


def warm(examined: Examined) -> float:
    """Return the processor seconds of the longest kind of chapter that a press sets, the median of all of its kind."""
    site, typesetter = Site(corpus_of(examined), {}, "de"), Typesetter()
    kinds = {entry.kind.name for entry in corpus_of(examined).living() if entry.kind.has_book}
    times = []
    for entry in [one for name in sorted(kinds) for one in site.by_kind[name]]:
        start = time.process_time()
        book = as_data(make_reprint(site, entry)[0]) | {"is_whole": False, "volume": 0, "volumes": {}}
        typesetter.pdf(json.dumps(set_book(book)[0]), 0)
        times.append(time.process_time() - start)
    return statistics.median(times[1:] or times)


def main(arguments: Sequence[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.books", description=__doc__)
    parser.add_argument("entries", nargs="?", type=int, default=1_000, metavar="N")
    parser.add_argument("--project", type=Path, default=Path(__file__).parents[1])
    parsed = parser.parse_args(arguments)
    examined = examine(parsed.project)
    (pdf,), seconds = printed(examined, Choice(max_pages=10_000))
    count = pages(pdf)
    print(f"- {parsed.project.resolve().name}, German: {count} pages")
    print(f"- processor per page: {1000 * seconds / count:.1f} ms (at most 60)")
    print(f"- size per page: {len(pdf) / 1024 / count:.1f} KiB (at most 20)")
    print(f"- texts found again: {100 * found_again(examined, pdf):.2f} % (at least 99)")
    print(f"- one chapter that may have a book, warm: {1000 * warm(examined):.0f} ms (at most 150)")
    if parsed.entries:
        with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
            synth.write(parsed.entries, Path(folder))
            print("\n".join(large(Path(folder), parsed.entries)))
    return 0


def ebook(examined: Examined) -> float:
    """Return the processor seconds of an e-book, its cover with them: the best of three, as others use the machine."""
    seconds = []
    for _ in range(3):
        with no_garbage_collection():  # as a build and the command do
            start = processor()
            with Press() as press:
                make_ebook(Site(corpus_of(examined), {}, "de"), examined.files, press)
            seconds.append(processor() - start)
    return min(seconds)


def command(project: Path) -> float:
    """Return the processor seconds of the whole command: Python, imports, reading, checking, an e-book."""
    start = processor()
    subprocess.run([sys.executable, "-m", "generator", "epub", "--lang", "de", "--project", project], check=True)
    return processor() - start


def large(project: Path, entries: int) -> Iterator[str]:
    """Yield what a large dossier costs."""
    examined = examine(project)
    yield f"- e-book of {entries:,} entries: {ebook(examined):.2f} s (at most 1 at 1,000)"
    yield f"- the same by `dossier epub`, with all that is read and checked before: {command(project):.2f} s"
    pdfs, seconds = printed(examined, Choice())
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    count = sum(map(pages, pdfs))
    yield f"- PDF of {entries:,} entries: {len(pdfs)} volumes, {count} pages, {seconds:.0f} s, {memory:.0f} MiB (6,144)"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
