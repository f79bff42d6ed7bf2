"""One walk over an entry's fields, for every stage that needs to know what a field means.

Takes validated models, gives leaves: each reference, word, text and quote with its path and its meaning. The plan of a
model is worked out once from its annotations, so a new kind takes part without a line here.
"""

from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Final, NamedTuple, get_origin, get_type_hints

from generator.diagnostics import Path
from generator.fields import Localized, ProseIn, Quote, Record, RefTo, WordOf, parts_of
from generator.kind import Entry

Annotation = Any
Marker = RefTo | WordOf | ProseIn | type[Localized] | type[Quote]


class Leaf(NamedTuple):
    """A value with its meaning: `owner` is the record that holds it, `source` the id of the text that it belongs to."""

    path: Path
    marker: Marker
    value: Any
    owner: Any
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """A field that means something, or holds records that do."""

    name: str
    marker: Marker | None
    model: type | None
    is_many: bool


def walk(entry: Entry) -> tuple[Leaf, ...]:
    """Return the leaves of the entry in the order of its model."""
    return walk_record(entry.data, source=entry.id)


def walk_record(record: Record, path: Path = (), *, source: str = "") -> tuple[Leaf, ...]:
    """Return the leaves of a record that stands at `path`; its quotes belong to `source` unless it says otherwise."""
    leaves: list[Leaf] = []
    _collect(record, path, source, leaves)
    return tuple(leaves)


@cache
def word_lists(model: type) -> frozenset[str]:
    """Return the lists of the vocabulary that the fields of a model, and of the models in it, take words from."""
    steps, _ = plan(model)
    own = frozenset(step.marker.list_name for step in steps if isinstance(step.marker, WordOf))
    return own.union(*(word_lists(step.model) for step in steps if step.model))


def _collect(record: Record, path: Path, source: str, leaves: list[Leaf]) -> None:
    steps, has_source = plan(record.__class__)
    if has_source:
        source = record.source
    if isinstance(record, Quote):
        leaves.append(Leaf(path, Quote, record, record, source))
    for step in steps:
        value = getattr(record, step.name)
        if value is None or value == ():
            continue
        below = (*path, step.name)
        found = [((*below, index), item) for index, item in enumerate(value)] if step.is_many else [(below, value)]
        if step.marker is not None:
            leaves += [Leaf(at, step.marker, item, record, source) for at, item in found]
        else:
            for at, item in found:
                _collect(item, at, source, leaves)


@cache
def plan(model: type) -> tuple[tuple[Step, ...], bool]:
    """Return the fields of a model that a walk visits, and whether one of them names the source of its quotes."""
    hints = get_type_hints(model, include_extras=True)
    steps = (_step(field.name, hints[field.name]) for field in fields(model))
    return tuple(step for step in steps if step.marker or step.model), "source" in hints


def _step(name: str, hint: Annotation) -> Step:
    markers = [part for part in parts_of(hint) if isinstance(part, RefTo | WordOf | ProseIn)]
    parts = list(parts_of(hint))
    model = next(
        (part for part in parts if isinstance(part, type) and is_dataclass(part) and part is not Localized),
        None,
    )
    marker: Marker | None = markers[0] if markers else (Localized if Localized in parts else None)
    return Step(name, marker, None if marker else _own(model), any(get_origin(part) is tuple for part in parts))


def record_type(model: type | None, key: str) -> type | None:
    """Return the model of the records in field `key`, or None where it holds none."""
    if model is None or not is_dataclass(model):
        return None
    hint = get_type_hints(model, include_extras=True).get(key)
    return None if hint is None else _step(key, hint).model


_MODULES_OF_VALUES: Final = ("generator.dates",)


def _own(model: type | None) -> type | None:
    """Return the model unless it is a value (a date) that has no fields of meaning."""
    return None if model is None or model.__module__ in _MODULES_OF_VALUES else model
