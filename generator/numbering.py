"""The number of each piece of evidence: its place among the evidence of its entry.

In: an entry. Out: its evidence in order. The site, the book and the data all take the number from here, so that it is
the same everywhere; it changes only with the entry itself.
"""

from generator.fields import Evidence
from generator.kind import Entry
from generator.walk import walk


def evidence_of(entry: Entry) -> tuple[Evidence, ...]:
    """Return the evidence of an entry, each once: what shows the entry as a whole, then statement by statement.

    The first has the number 1.
    """
    found = [(leaf.path[0] != "evidence", leaf.value) for leaf in walk(entry) if isinstance(leaf.value, Evidence)]
    found.sort(key=lambda item: item[0])
    return tuple(dict.fromkeys(evidence for _, evidence in found))
