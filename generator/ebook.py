"""E-books from the corpus: all entries that have a chapter, in one language.

In: a site. Out: bytes, or files for those who ask for nothing else. Knows the order of the steps, not how a book looks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator.book.imprint import told_until
from generator.book.make import make_book
from generator.book.select import all_of
from generator.epoch import epoch
from generator.garbage import no_garbage_collection
from generator.lang import Lang
from generator.load import Files
from generator.outputs.epub import Edition, epub_of
from generator.outputs.print import Press
from generator.pipeline import Examined, examine
from generator.printing import file_for, imprint_of
from generator.publish import put
from generator.views.site import Site

FOLDER: Final = "build/epub"


@dataclass(frozen=True, slots=True)
class EbookReport:
    """What was made. Without files it stopped at errors."""

    examined: Examined
    files: tuple[Path, ...] = ()


def make_ebook(site: Site, files: Files, press: Press) -> bytes:
    """Return the e-book of a dossier in the language of a site. Raises `PrintError` where there can be no cover."""
    corpus, lang, dossier = site.corpus, site.lang, site.corpus.dossier
    licence = dossier.licence
    note = licence.note.best(lang)[0] if licence and licence.note else ""
    edition = Edition(
        identity=dossier.site_url or dossier.title.best(dossier.default_language)[0],
        epoch=epoch(told_until(corpus)),
        rights=" – ".join(filter(None, (licence.name, note))) if licence else "",
        source=dossier.site_url or "",
    )
    book = make_book(site, all_of(corpus), imprint_of(files))
    return epub_of(book, edition, press.cover(book.title, book.subtitle, book.author, lang))


def ebooks_of_project(
    project: Path, langs: Sequence[Lang], output: Path | None, say: Callable[[str], None]
) -> EbookReport:
    """Make the e-book of a dossier in each language; on errors in the dossier there is none.

    `output` is the file, with the language in its name where there are several. Raises `PrintError` or `OSError`; each
    file is then whole, or as it was.
    """
    made: list[Path] = []
    with no_garbage_collection(), Press() as press:
        say("Reading and checking the entries")
        examined = examine(project)
        corpus = examined.corpus
        if corpus is None or examined.has_errors:
            return EbookReport(examined)
        for lang in langs:
            say(f"Making the e-book ({lang})")
            file = file_for(output or project / FOLDER / "dossier", lang, langs if output else (), ".epub")
            put(file, make_ebook(Site(corpus, {}, lang), examined.files, press))
            made.append(file)
    return EbookReport(examined, tuple(made))
