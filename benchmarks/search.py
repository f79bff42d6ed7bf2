"""Makes the search of a dossier alone, and tells how many bytes a reader loads until the first five results are there.

    python -m benchmarks.search DIR [--bytes]

Bytes are those of each file that a search asks for, compressed as a server does (gzip), from a fresh browser per query.
The queries are titles of entries, words of titles, amounts and dates, evenly taken from the dossier.
"""

import gzip
import statistics
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generator.bundle import assets
from generator.corpus import Corpus
from generator.lang import LANGS
from generator.outputs.site import served
from generator.pipeline import examine
from generator.searchable import search_of
from generator.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Request

_PAGE: Final = (
    '<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Search</title>'
    '<script src="assets/search.js"></script></html>'
)
_QUERIES: Final = 24


def make(project: Path) -> tuple[Corpus, Path]:
    """Make the search of a dossier in pages that do nothing else; return the dossier and the folder of the site."""
    examined = examine(project)
    if examined.corpus is None:
        raise SystemExit("the dossier has errors")
    stage = Stage(project / "build" / "site")
    search_of(examined.corpus, examined.files, project / "build", lambda _message: None).add(stage)
    for lang in LANGS:
        stage.write(f"{lang}/index.html", _PAGE.format(lang=lang).encode())
        stage.write(f"{lang}/assets/search.js", assets()["assets/search.js"])
    stage.publish()
    return examined.corpus, project / "build" / "site"


def queries(corpus: Corpus) -> tuple[str, ...]:
    """Return queries of several sorts, taken evenly."""
    titles = [entry.title.best("de")[0] for entry in corpus.living() if entry.kind.has_pages]
    step = max(1, len(titles) // (_QUERIES // 2))
    taken = titles[::step][: _QUERIES // 2]
    words = [max(title.split(), key=len) for title in taken[: _QUERIES // 4]]
    return (*taken, *words, "März 2024", "12 Millionen", "Klage 2021", "das ganze Dorf")


def loaded(site: Path, asked: tuple[str, ...]) -> list[int]:
    """Return for each query the compressed bytes of the index, and of what asks it, that a fresh browser loads."""
    from playwright.sync_api import sync_playwright  # only for this

    import start

    found = []
    with served(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=start.find_chromium({}), args=["--no-sandbox"])
        for query in asked:
            paths: list[str] = []
            page = browser.new_page()
            page.on("requestfinished", partial(_note, paths, base))
            page.goto(f"{base}de/index.html")
            page.evaluate("query => window.dossierSearch.ask(query, {}, 5)", query)
            page.close()
            files = (site / path for path in dict.fromkeys(paths) if "/search/" in path or path.endswith("/search.js"))
            found.append(sum(len(gzip.compress(file.read_bytes(), 6)) for file in files))
        browser.close()
    return found


def _note(paths: list[str], base: str, request: "Request") -> None:
    paths.append(request.url.removeprefix(base))


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    corpus, site = make(Path(arguments[0]))
    if "--bytes" in arguments:
        found = loaded(site, queries(corpus))
        pages = sum(entry.kind.has_pages for entry in corpus.living())
        middle, most = statistics.median(found) // 1000, max(found) // 1000
        print(f"{pages} pages a language: median {middle:.0f} kB, most {most} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
