"""What can be taken away from the site: the files that were made for it, as a page may show them.

In: paths, sizes and digests. Out: shelves of them, and sizes in words. Nothing here reads a file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from generator.lang import Lang

FORMS: Final = ("pdf", "part", "epub", "copy", "data")
_KILO: Final = 1000
_FEW: Final = 10


@dataclass(frozen=True, slots=True)
class Download:
    """A file: its path below the site, what it is (one of `FORMS`), its language if it has one, bytes, SHA-256.

    Of the copy of the site itself, in which the pages lie, size and digest are known only when those are written.
    """

    path: str
    form: str
    lang: Lang | None = None
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Downloads:
    """All files for everybody; by language the entries that have a PDF of their own, and the PDF of every kind."""

    files: tuple[Download, ...] = ()
    entries: Mapping[Lang, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    parts: Mapping[Lang, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def own(self, lang: Lang, entry_id: str) -> str:
        """Return the path of an entry's own PDF; empty where it has none."""
        return path_of_pdf(lang, entry_id) if entry_id in self.entries.get(lang, ()) else ""

    def part(self, lang: Lang, kind: str) -> str:
        """Return the path of the PDF that the entries of a kind stand in, or begin in; empty where there is none."""
        return self.parts.get(lang, {}).get(kind, "")


def path_of_pdf(lang: Lang, entry_id: str) -> str:
    """Return where the PDF of an entry lies in the site."""
    return f"downloads/pdf/{lang}/{entry_id}.pdf"


NO_DOWNLOADS: Final = Downloads()


class Shelf(NamedTuple):
    """The files of one form: those in the reader's own language or in none, and those in the other."""

    form: str
    own: tuple[Download, ...]
    other: tuple[Download, ...]


def shelves(downloads: Downloads, lang: Lang) -> Iterator[Shelf]:
    """Yield the files by form."""
    for form in FORMS:
        files = [one for one in downloads.files if one.form == form]
        if files:
            own = tuple(one for one in files if one.lang in {lang, None})
            yield Shelf(form, own, tuple(one for one in files if one not in own))


def size_label(size: int, lang: Lang) -> str:
    """Return a size in words, in the units that browsers show."""
    if size < _KILO * _KILO:
        return f"{max(1, round(size / _KILO))}\u00a0kB"
    megabytes = size / _KILO / _KILO
    text = f"{megabytes:.1f}" if megabytes < _FEW else f"{megabytes:.0f}"
    return f"{text.replace('.', ',') if lang == 'de' else text}\u00a0MB"
