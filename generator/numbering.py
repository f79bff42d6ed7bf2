"""The number of each piece of evidence: its place among the evidence of its entry.

In: an entry. Out: its evidence in order. The site, the book and the data all take the number from here, so that it is
the same everywhere; it changes only with the entry itself.
"""

from collections.abc import Iterator
from functools import cache

from generator.fields import Evidence, Quote, Record
from generator.kind import Entry
from generator.walk import Step, plan


def evidence_of(entry: Entry) -> tuple[Evidence, ...]:
    """Return the evidence of an entry, each once: what shows the entry as a whole, then statement by statement.

    The first has the number 1.
    """
    own = getattr(entry.data, "evidence", ())
    return tuple(dict.fromkeys((*own, *_evidence_in(entry.data))))


def numbers_of(entry: Entry) -> dict[Evidence, int]:
    """Return the number of each piece of evidence of an entry, in order."""
    return {evidence: number for number, evidence in enumerate(evidence_of(entry), 1)}


def _evidence_in(record: Record) -> Iterator[Evidence]:
    if isinstance(record, Evidence):
        yield record
        return
    for step in _steps(record.__class__):
        value = getattr(record, step.name)
        if value:
            for item in value if step.is_many else (value,):
                yield from _evidence_in(item)


@cache
def _steps(model: type) -> tuple[Step, ...]:
    """Return the fields of a model that hold evidence, at whatever depth: an entry has many more that do not."""
    steps, _ = plan(model)
    return tuple(step for step in steps if step.model and _holds_evidence(step.model))


def _holds_evidence(model: type) -> bool:
    is_quote = issubclass(model, Quote)
    return issubclass(model, Evidence) if is_quote else bool(_steps(model))
