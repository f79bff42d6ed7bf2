"""What belongs to something with a span of time lies within that span."""

from collections.abc import Iterable

from generator.checks import Examination
from generator.diagnostics import Diagnostic, Place, Related
from generator.fields import RefTo


def check(item: Examination) -> Iterable[Diagnostic]:
    """Warn of an entry whose date lies outside the date of what it says it belongs to."""
    when = item.entry.kind.when(item.entry.data)
    if when is None:
        return
    for leaf in item.leaves:
        if not isinstance(leaf.marker, RefTo) or not leaf.marker.within:
            continue
        target = item.corpus.entries.get(leaf.value)
        span = target.kind.when(target.data) if target else None
        if target and span and not when.overlaps(span):
            related = (Related("its span", Place(target.file, ("when",))),)
            message = f"{when.text} lies outside “{target.id}” ({span.text})"
            hint = "correct one of the two dates, or take the reference out"
            yield Diagnostic("date-outside-dispute", message, Place(item.entry.file, leaf.path), hint, related)
