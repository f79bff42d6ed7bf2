"""One cause gives one message: what only follows from another problem is left out, what nobody can see is named.

In: everything that was found in a dossier. Out: what its authors should read, in the same order. Knows no kind and no
file beyond its path.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from generator.diagnostics import Diagnostic
from generator.lookalikes import reveal

# Of a file with one of these only a part was read: what is missing may be in the other.
_HALF_READ: Final = frozenset(
    ("duplicate-key", "bad-key", "yaml-tag", "anchor-or-alias", "several-documents", "text-cut-off")
)
_MISSING: Final = frozenset(("missing-key", "missing-translation", "statement-without-evidence"))
_DANGLING: Final = frozenset(("unknown-ref", "unknown-word"))
# Messages that name what is no running text: there a blank of print is a slip.
_NAMING: Final = frozenset(("unknown-key", "bad-value", "bad-date", "bad-url", "missing-file", *_DANGLING))


def one_by_cause(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the problems, each there once, without those that only follow from another."""
    problems = tuple(dict.fromkeys(found))
    half_read = {one.at.file for one in problems if one.code in _HALF_READ}
    dangling = {one.at for one in problems if one.code in _DANGLING}
    for one in problems:
        is_missing = one.code in _MISSING and one.at.file in half_read
        # What is no id cannot name an entry: the entry that was meant says more than the form of an id.
        if not is_missing and not (one.code == "bad-value" and one.at in dangling):
            yield _revealed(one) if one.code in _NAMING and not one.message.isascii() else one


def _revealed(one: Diagnostic) -> Diagnostic:
    message, advice = reveal(one.message)
    return replace(one, message=message, hint="; ".join(filter(None, (advice, one.hint)))) if advice else one
