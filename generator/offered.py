"""What the last build left for readers to take away: what it is called, and the notes of what it was made of.

In: the build folder. Out: a value that says what lies there. What makes it (`downloads.py`) is heavy, and not asked for
where only pages are made.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from generator.corpus import Corpus
from generator.lang import Lang
from generator.remembered import recall, remember
from generator.stage import listing
from generator.views.downloads import NO_DOWNLOADS, Download, Downloads, path_of_pdf

FOLDER: Final = "downloads"
COPY: Final = "copy"
NOTES: Final = "work/downloads.bin"
_MAX_NAME: Final = 60
_SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "ł": "l"})
Reads = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Notes:
    """What the last downloads were made of: a digest of everything, the files, and what each entry's PDF has read.

    `parts` are the PDFs of each kind.
    """

    state: str
    files: tuple[Download, ...]
    keys: Mapping[str, str]
    reads: Mapping[Lang, Reads]
    parts: Mapping[Lang, Mapping[str, str]]

    @classmethod
    def load(cls, build: Path) -> Self | None:
        """Return the notes if all that they speak of is still there."""
        kept = recall(build / NOTES)
        if kept is None:
            return None
        state, files, keys, reads, parts = kept
        notes = cls(state, tuple(Download(*one) for one in files), keys, reads, parts)
        there = {f"{FOLDER}/{path}" for path in listing(build / FOLDER)}
        return notes if there == {one.path for one in notes.files} | set(notes.pdfs) else None

    def save(self, build: Path) -> None:
        """Keep the notes for the next build."""
        files = tuple((one.path, one.form, one.lang, one.size, one.sha256) for one in self.files)
        reads, parts = ({lang: dict(of) for lang, of in every.items()} for every in (self.reads, self.parts))
        remember(build / NOTES, (self.state, files, dict(self.keys), reads, parts))

    @property
    def pdfs(self) -> Iterator[str]:
        """Yield the paths of the entries' PDFs."""
        return (path_of_pdf(lang, entry_id) for lang, reads in self.reads.items() for entry_id in reads)

    def downloads(self, *more: Download) -> Downloads:
        """Return what pages may link."""
        own = {lang: frozenset(reads) for lang, reads in self.reads.items()}
        return Downloads((*self.files, *more), own, self.parts)


def name_of(corpus: Corpus, lang: Lang | None = None) -> str:
    """Return what the names of all files of a language begin with; of those that have none, in the dossier's own."""
    dossier = corpus.dossier
    title, _ = dossier.title.best(lang or dossier.default_language)
    return spelt(title) or "dossier"


def spelt(text: str) -> str:
    """Return a text as part of an address: words of plain letters with hyphens between them."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SPELT_OUT))
    words = re.findall("[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    while sum(map(len, words)) + len(words) > _MAX_NAME:
        words.pop()
    return "-".join(words)


def copy_path(corpus: Corpus) -> str:
    """Return where the copy of the site lies in the site."""
    return f"{FOLDER}/{name_of(corpus)}.zip"


def kept_downloads(corpus: Corpus, build: Path) -> Downloads:
    """Return what an earlier build made, of whatever state of the dossier."""
    kept = Notes.load(build)
    if kept is None:
        return NO_DOWNLOADS
    path = copy_path(corpus)
    return kept.downloads(*((Download(path, COPY),) if (build / "site" / path).is_file() else ()))
