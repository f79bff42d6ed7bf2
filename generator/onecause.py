"""One cause gives one message: what only follows from another problem is left out, what nobody can see is named.

In: everything that was found in a dossier. Out: what its authors should read, in the same order. Knows no kind and no
file beyond its path.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from generator.diagnostics import Diagnostic, Path, Place, Span
from generator.lookalikes import reveal

# Of a file with one of these only a part was read: what is missing may be in the other.
_HALF_READ: Final = frozenset(
    ("duplicate-key", "bad-key", "yaml-tag", "anchor-or-alias", "several-documents", "text-cut-off")
)
_MISSING: Final = frozenset(("missing-key", "missing-translation", "statement-without-evidence"))
_DANGLING: Final = frozenset(("unknown-ref", "unknown-word"))
# Messages that name what is no running text: there a blank of print is a slip, and in an id or word a dash.
_OF_WORDS: Final = frozenset(("bad-value", *_DANGLING))
_NAMING: Final = frozenset(("unknown-key", "bad-date", "bad-url", "missing-file", *_OF_WORDS))
_OF_TEXT: Final = frozenset(("number-not-in-evidence", "name-not-in-evidence"))


def one_by_cause(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the problems, each there once, without those that only follow from another."""
    problems = tuple(dict.fromkeys(found))
    half_read = {one.at.file for one in problems if one.code in _HALF_READ}
    dangling = {one.at for one in problems if one.code in _DANGLING}
    markup = defaultdict(list)
    for one in problems:
        if one.code == "unsafe-markup" and isinstance(one.at, Place):
            markup[one.at.file, one.at.path].append(one.at)
    for one in problems:
        is_missing = one.code in _MISSING and one.at.file in half_read
        # What is no id cannot name an entry: the entry that was meant says more than the form of an id.
        is_no_id = one.code == "bad-value" and one.at in dangling
        if not is_missing and not is_no_id and not (one.code in _OF_TEXT and _lies_in_markup(one.at, markup)):
            yield _revealed(one) if one.code in _NAMING else one


def _lies_in_markup(at: Span | Place, markup: Mapping[tuple[str, Path], list[Place]]) -> bool:
    """Say whether a word stands in what is no text: the number of a footnote is no number."""
    return isinstance(at, Place) and any(
        (one.start or 0) <= (at.start or 0) < (one.end or 0) for one in markup.get((at.file, at.path), ())
    )


def _revealed(one: Diagnostic) -> Diagnostic:
    message, advice = reveal(one.message, has_hyphens=one.code in _OF_WORDS)
    return replace(one, message=message, hint="; ".join(filter(None, (advice, one.hint)))) if advice else one
