"""Entries that name each other in their fields, as a drawn network; whole, or around one entry.

In: entries as a template sees them, whose `relations` have a `type` of the vocabulary and lead `to` another. Out: safe
HTML, a figure in one line. What is drawn is bounded: the most tied first, and it is said how many are left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from generator.drawings.network import GROWN, WIDE, Node, Tie, neighbourhood, network
from generator.drawings.svg import NARROW
from generator.views.drawn import figure, plain
from generator.views.entries import EntryView, Row
from generator.views.records import RecordView

if TYPE_CHECKING:
    from generator.views.page import Page

MOST_NODES: Final = 40
MOST_NEIGHBOURS: Final = 12
_SIZES: Final = ((WIDE, GROWN), (NARROW, GROWN))
FEWEST_NEIGHBOURS: Final = 2  # of one a list says as much


def drawn_network(
    page: "Page",
    entries: Sequence[EntryView],
    words: SimpleNamespace,
    sizes: Sequence[tuple[float, Sequence[float]]] = _SIZES,
    most: int = MOST_NODES,
) -> Markup:
    """Return the entries that are tied to another one, and their ties; `words` are those of their kind.

    At most so many are drawn, once for each of `sizes`: a width, and the factors by which it may grow in height.
    """
    living = {entry.id: entry for entry in entries}
    degrees: Counter[str] = Counter()
    for entry in entries:
        for relation in entry.of.data.relations:
            if relation.to in living and relation.to != entry.id:
                degrees.update((entry.id, relation.to))
    kept = sorted(degrees, key=lambda entry_id: (-degrees[entry_id], entry_id))[:most]
    nodes = [_node(page, living[entry_id]) for entry_id in kept]
    chosen = frozenset(kept)
    ties = [
        _tie(page, living[entry_id], relation)
        for entry_id in kept
        for relation in living[entry_id].relations
        if relation.data.to in chosen
    ]
    name = plain(words.network)
    drawn = Markup("").join(network(nodes, ties, name, width, growths) for width, growths in sizes)
    return figure("network", drawn, _note(words.drawn_some, len(kept), len(entries)))


def drawn_neighbourhood(page: "Page", entry: EntryView, rows: Iterable[Row], words: SimpleNamespace) -> Markup:
    """Return an entry with those that it is tied to; `rows` are the entries tied to it. Empty where these are few."""
    others: dict[str, EntryView] = {}
    found: list[tuple[EntryView, RecordView]] = []
    strength: Counter[str] = Counter()
    for owner, relation in _relations(entry, rows):
        other = relation.to if owner is entry else owner
        if other.of.is_retired or other.id == entry.id:
            continue
        others.setdefault(other.id, other)
        strength[other.id] += 1
        found.append((owner, relation))
    if len(others) < FEWEST_NEIGHBOURS:
        return Markup()
    ties = [_tie(page, owner, relation) for owner, relation in found]
    kept = sorted(others, key=lambda other: (-strength[other], list(others).index(other)))[:MOST_NEIGHBOURS]
    middle = Node(entry.id, entry.of.title.best(page.lang)[0], "#")
    drawn = neighbourhood(middle, [_node(page, others[other]) for other in kept], ties, plain(words.near))
    return figure("near", drawn, _note(words.near_some, len(kept), len(others)))


def _note(said: Markup, drawn: int, of: int) -> Markup:
    """Say how many of how many are drawn, where these are not all."""
    return said.replace("%", str(drawn), 1).replace("%", str(of), 1) if drawn < of else Markup()


def _relations(entry: EntryView, rows: Iterable[Row]) -> Iterator[tuple[EntryView, RecordView]]:
    for relation in entry.relations:
        yield entry, relation
    for row in rows:
        for relation in row.by("relations"):
            yield row.entry, relation


def _node(page: "Page", entry: EntryView) -> Node:
    title, lang = entry.of.title.best(page.lang)
    foreign = "" if lang == page.lang else lang
    return Node(entry.id, title, page.href(entry.of), entry.type.key, plain(entry.type), foreign)


def _tie(page: "Page", owner: EntryView, relation: RecordView) -> Tie:
    is_mutual = relation.type.inverse is not None and relation.type.inverse == relation.type
    href = page.href(owner.of, relation.anchor if relation.evidence else "") or "#"
    when = plain(relation.when) if relation.when else ""
    return Tie(owner.id, relation.data.to, plain(relation.type), href, is_mutual=is_mutual, when=when)
