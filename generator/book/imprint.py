"""What a book says of its own making: which edition it is, as of when, by whom, under what terms.

In: the corpus, and the mark of what was printed. Out: names and texts for the title page, and the day up to which the
book tells. No clock is asked.
"""

from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from generator.corpus import Corpus
from generator.dates import EdtfDate, format_date, parse_date
from generator.views.site import Site
from generator.words import book_words


class Imprint(NamedTuple):
    """The mark of a dossier's files, or of an entry's if it is an excerpt; the ISO day that the book was given."""

    mark: str = ""
    is_excerpt: bool = False
    given: str = ""


def imprinted(site: Site, imprint: Imprint) -> Iterator[tuple[str, str]]:
    """Yield what a title page says of the edition."""
    dossier, lang = site.corpus.dossier, site.lang
    words, own = site.words.texts, book_words(lang)
    if imprint.mark:
        yield unescape(own.version if imprint.is_excerpt else own.edition), imprint.mark
    if imprint.given:
        yield unescape(own.dated), format_date(parse_date(imprint.given), lang)
    if dossier.cut_off:
        yield unescape(words.cut_off), format_date(dossier.cut_off, lang)
    elif newest := _newest_text(site.corpus):
        yield unescape(own.newest), format_date(newest, lang)
    for editor in dossier.editors:
        yield unescape(words.editors), editor.name
    if dossier.licence:
        note = f" – {dossier.licence.note.best(lang)[0]}" if dossier.licence.note else ""
        yield unescape(words.licence), f"{dossier.licence.name}{note}"
    if dossier.site_url:
        yield unescape(own.site), dossier.site_url


def told_until(corpus: Corpus) -> str:
    """Return the ISO day on which what the book tells ends, at the latest; empty where nothing says it."""
    when = corpus.dossier.cut_off or _newest_text(corpus)
    return _last_day(when) if when else ""


def _newest_text(corpus: Corpus) -> EdtfDate | None:
    """Return the date of the source text that is the last."""
    texts = (entry for entry in corpus.living() if entry.kind.text(entry.data))
    dates = (when for entry in texts if (when := entry.kind.when(entry.data)))
    return max(dates, key=lambda when: (_last_day(when), when.sort_key), default=None)


def _last_day(when: EdtfDate) -> str:
    return when.latest or when.earliest or ""
