"""Which entries a book holds: all, those of some kinds, one, or one with all that belongs to it.

In: the corpus. Out: ids. Knows no kind: what belongs together follows from the references.
"""

from collections.abc import Iterable
from functools import lru_cache

from generator.corpus import Backlink, Corpus
from generator.kind import Entry


def all_of(corpus: Corpus) -> frozenset[str]:
    """Return the ids of all entries that have a chapter."""
    return frozenset(entry.id for entry in corpus.living() if entry.kind.has_pages)


def one(corpus: Corpus, entry_id: str) -> frozenset[str]:
    """Return the entry in whose chapter this one stands."""
    return frozenset({_home(corpus, entry_id).id})


def of_kinds(corpus: Corpus, names: Iterable[str]) -> frozenset[str]:
    """Return the ids of all entries of these kinds."""
    wanted = frozenset(names)
    return frozenset(entry.id for entry in corpus.living() if entry.kind.has_pages and entry.kind.name in wanted)


def about(corpus: Corpus, entry_id: str) -> frozenset[str]:
    """Return an entry, those that refer to it by a field, and whatever these name, their sources too.

    Of its like only those that it names or that name it: one dispute leads to the next, and that is another book.
    """
    named = _named_by(corpus)
    referring = _referring(corpus, entry_id)
    told = _told(corpus, entry_id)
    found = told | referring | {target for one in told for target in named.get(one, ())}
    return frozenset(_home(corpus, one).id for one in found if not corpus.entries[one].is_retired)


def excerpt(corpus: Corpus, entry_id: str) -> frozenset[str]:
    """Return an entry and those of other kinds that refer to it by a field: what is told of it, without who is in it.

    Only itself, where its kind has no book around an entry.
    """
    if not corpus.entries[entry_id].kind.has_book:
        return frozenset({entry_id})
    found = (corpus.entries[one] for one in _told(corpus, entry_id))
    return frozenset(one.id for one in found if one.kind.has_pages and not one.is_retired)


def _told(corpus: Corpus, entry_id: str) -> frozenset[str]:
    kind = corpus.entries[entry_id].kind
    referring = _referring(corpus, entry_id)
    return frozenset({entry_id, *(origin for origin in referring if corpus.entries[origin].kind is not kind)})


def _referring(corpus: Corpus, entry_id: str) -> frozenset[str]:
    return frozenset(link.origin for link in corpus.backlinks.get(entry_id, ()) if _is_field(link))


def _is_field(link: Backlink) -> bool:
    return not link.is_prose and "evidence" not in link.path


def _home(corpus: Corpus, entry_id: str) -> Entry:
    entry = corpus.entries[entry_id]
    shown_by = None if entry.kind.has_pages else entry.kind.shown_by(entry.data)
    return corpus.entries[shown_by] if shown_by else entry


@lru_cache(maxsize=2)
def _named_by(corpus: Corpus) -> dict[str, frozenset[str]]:
    """Return what each entry names."""
    found: dict[str, set[str]] = {}
    for target, links in corpus.backlinks.items():
        for link in links:
            found.setdefault(link.origin, set()).add(target)
    return {origin: frozenset(targets) for origin, targets in found.items()}
