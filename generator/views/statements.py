"""Which statements of an entry rest on a passage, in words: the entry, and what it says there.

In: the places of evidence. Out: links to the statements with their signs of certainty, as safe Markdown, the entry
named once. What a statement says is its own text; where it has none, the words and names that it is made of.
"""
# ruff: noqa: S704 - only safe pieces are put together here

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, get_origin, get_type_hints

from markupsafe import Markup

from generator.corpus import Passage
from generator.diagnostics import Path
from generator.fields import Localized, ProseIn, RefTo, parts_of
from generator.kind import Entry
from generator.markdown import safe
from generator.views.context import Context
from generator.views.records import RecordView, record_view, signs_of
from generator.views.said import ProseView
from generator.views.site import statement_anchor
from generator.words import Label, kind_words


def statements(page: Context, passages: Sequence[Passage]) -> Markup:
    """Return the statements of one entry that the evidence at `passages` shows, that of the entry as a whole first.

    The first is linked by the entry's title, the others by what they say.
    """
    entry = page.site.corpus.entries[passages[0].origin]
    said = sorted(((_said(page, entry, one.path), one) for one in passages), key=lambda each: bool(each[0]))
    (words, first), *others = said
    shown = _linked(page, entry, first, None)
    told = [words] if words else []
    told += [_linked(page, entry, one, text) for text, one in others]
    return safe(f"{shown}: {'; '.join(told)}") if told else shown


def _linked(page: Context, entry: Entry, passage: Passage, text: Markup | None) -> Markup:
    shown = page.link(entry, text, statement_anchor(passage.path))
    if passage.evidence is not None:
        for sign in reversed(signs_of(passage.evidence).split()):
            shown = safe(f'<span class="{sign}">{shown}</span>')
    return shown


def _said(page: Context, entry: Entry, path: Path) -> Markup:
    """Return what the statement says; nothing where it is the entry as a whole."""
    holder = path[: len(path) - 1 - path[::-1].index("evidence")] if "evidence" in path else path[:1]
    if not holder or "evidence" not in path:
        return Markup()
    page.reads.add(f"entry:{entry.id}")
    record: Any = entry.data
    for step in holder:
        record = record[step] if isinstance(step, int) else getattr(record, step)
    if isinstance(record, Localized):
        return ProseView(page, record).brief
    model: Any = type(record)
    name = _statement_field(model)
    text = getattr(record, name) if name else None
    if text is not None and not any(getattr(record, other) for other in _fields_of_entries(model)):
        return ProseView(page, text).brief
    return Markup(" ").join(_names(record_view(page, entry, record, holder))) or _numbered(page, entry, holder)


def _names(record: RecordView) -> Iterator[Markup]:
    """Yield the words of the record's own fields: enumerated ones such as “over”, then names, words and numbers."""
    for item in sorted(fields(type(record.data)), key=lambda item: not _is_enumerated(record, item.name)):
        if getattr(record.data, item.name) == getattr(item.default, "default", item.default):
            continue
        value = getattr(record, item.name)
        if isinstance(value, Markup):
            yield value
        elif _is_entry(value):
            yield value.title
        elif isinstance(value, RecordView):
            yield Markup(" ").join(_names(value))


def _is_enumerated(record: RecordView, name: str) -> bool:
    return isinstance(getattr(record.data, name), str) and isinstance(getattr(record, name), Label)


def _is_entry(value: object) -> bool:
    return isinstance(value, RecordView) and value.path == ()


def _numbered(page: Context, entry: Entry, holder: Path) -> Markup:
    """Return the heading under which the statement stands, and its number there."""
    heading = getattr(kind_words(entry.kind.name, page.lang).texts, str(holder[0]), Markup())
    numbers = ".".join(str(step + 1) for step in holder if isinstance(step, int))
    return safe(f"{heading} {numbers}".strip())


@cache
def _fields_of_entries(model: Any) -> tuple[str, ...]:  # noqa: ANN401 - the type of a record
    """Return the fields that hold one entry each."""
    hints = get_type_hints(model, include_extras=True)
    parts = {item.name: tuple(parts_of(hints[item.name])) for item in fields(model)}
    return tuple(
        name
        for name, found in parts.items()
        if any(isinstance(part, RefTo) for part in found) and not any(get_origin(part) is tuple for part in found)
    )


@cache
def _statement_field(model: Any) -> str | None:  # noqa: ANN401 - the type of a record
    hints = get_type_hints(model, include_extras=True)
    marked = (item.name for item in fields(model) if ProseIn(statement=True) in tuple(parts_of(hints[item.name])))
    return next(marked, None)
