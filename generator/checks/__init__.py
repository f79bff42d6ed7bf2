"""What goes beyond form: does the evidence carry the statement, do the dates agree, is anything missing.

Every module here is one concern with a function `check(item: Examination) -> Iterable[Diagnostic]`. A new concern is a
new file. In: the corpus, one entry with its leaves. Out: diagnostics. Knows kinds only by what they declare.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.kind import Entry
from generator.resolve import Resolved
from generator.walk import Leaf


@dataclass(frozen=True, slots=True)
class Examination:
    """One entry under examination: the leaves of its one walk, and where its quotes stand.

    The entries and texts of the corpus are there; its backlinks and passages are not yet.
    """

    corpus: Corpus
    entry: Entry
    leaves: tuple[Leaf, ...]
    resolved: Resolved


Check = Callable[[Examination], Iterable[Diagnostic]]


def run_checks(item: Examination) -> list[Diagnostic]:
    """Return what every check finds in one entry."""
    found: list[Diagnostic] = []
    for check in _all_checks():
        found += check(item)
    return found


@cache
def _all_checks() -> tuple[Check, ...]:
    modules = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").check for name in modules)
