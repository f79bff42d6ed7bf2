"""The register: every name, term and form of both languages, right or wrong, in the order of the alphabet.

In: the corpus. Out: rows, sorted; made once for both languages.
"""

from dataclasses import dataclass
from functools import lru_cache

from generator.corpus import Corpus
from generator.lang import Lang
from generator.views.site import filed, letter_of


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A name and the entry that it names; `lang` None means both languages, `note` says what is odd about the name."""

    text: str
    entry_id: str
    lang: Lang | None
    note: str
    letter: str


@lru_cache(maxsize=2)
def register_of(corpus: Corpus) -> tuple[RegisterRow, ...]:
    """Return the rows of all living entries."""
    rows: dict[tuple[str, str, str, Lang | None], RegisterRow] = {}
    for entry in corpus.living():
        for naming in entry.kind.names(entry.data):
            key = filed(naming.text, naming.lang)
            rows.setdefault(
                (key, naming.text, entry.id, naming.lang),
                RegisterRow(naming.text, entry.id, naming.lang, naming.note, letter_of(key)),
            )
    return tuple(row for _, row in sorted(rows.items(), key=_place))


def _place(item: tuple[tuple[str, str, str, Lang | None], RegisterRow]) -> tuple[str, ...]:
    (key, text, entry_id, lang), row = item
    return row.letter, key, text, entry_id, lang or ""
