"""What the rows of a long list can be filtered by: facets with their values, and the mark that a row carries.

In: entries as a template sees them, and which of their fields are facets. Out: HTML attributes of which the page's
script makes a form; without the script nothing of it shows. Knows no kind's name: a template says which fields.
"""
# ruff: noqa: S704 - only safe pieces are put together here

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from markupsafe import Markup

from generator.markdown import attribute
from generator.views.entries import EntryView
from generator.views.records import RecordView
from generator.views.site import folded

if TYPE_CHECKING:
    from generator.views.page import Page

Facet = tuple[str, str, str]
_WORDS: Final = ("filter", "filter_all", "filter_none", "filter_reset", "filter_shown", "filter_part")


class Sieve:
    """The filters of one page; `look` says how its rows look.

    A facet is a key for the address, a label, and a path of fields such as `parts.place`.
    """

    def __init__(
        self, page: "Page", entries: Iterable[EntryView], facets: Sequence[Facet], *, is_part: bool, look: str = ""
    ) -> None:
        self._words: SimpleNamespace = page.site.words.texts
        self._is_part = is_part
        self._class = f"row row-{look}" if look else "row"
        self._facets = facets
        self._options: dict[str, dict[str, str]] = {key: {} for key, _, _ in facets}
        self._rows: dict[str, Markup] = {}
        for entry in entries:
            self._rows[entry.id] = self._row_of(entry)

    def row(self, entry: EntryView) -> Markup:
        """Return the mark of an entry's row."""
        return self._rows[entry.id]

    def __html__(self) -> str:
        """Return the place of the form, with the room that it will take; empty where there is nothing to choose."""
        facets = [
            {
                "key": key,
                "label": _plain(label),
                "options": [list(one) for one in sorted(options.items(), key=_by_label)],
            }
            for key, label, _ in self._facets
            if len(options := self._options[key]) > 1
        ]
        if not facets or len(self._rows) < 2:  # noqa: PLR2004 - one row needs no filter
            return ""
        words = {key.removeprefix("filter_"): _plain(getattr(self._words, key)) for key in _WORDS}
        if not self._is_part:
            del words["part"]
        told = json.dumps({"facets": facets, "words": words}, ensure_ascii=False)
        room = f'<div class="sieve-room">{"<span></span>" * len(facets)}</div>'
        return f'<div class="sieve" data-sieve="{attribute(told)}">{room}</div>'

    def _row_of(self, entry: EntryView) -> Markup:
        marks = [f'<span class="{self._class}" data-row="{attribute(entry.id)}"']
        for key, _, path in self._facets:
            found = dict(_values(entry, path.split(".")))
            self._options[key].update(found)
            if found:
                marks.append(f' data-f-{key}="{attribute(" ".join(found))}"')
        return Markup(f"{''.join(marks)}></span>")


def _by_label(option: tuple[str, str]) -> tuple[str, str]:
    return folded(option[1]), option[0]


def _values(view: Any, path: Sequence[str]) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - whatever a field holds
    """Yield the key and the label of every value at the end of a path."""
    if isinstance(view, tuple):
        for one in view:
            yield from _values(one, path)
    elif path:
        value = getattr(view, path[0])
        if value is not None and value != "":
            yield from _values(value, path[1:])
    elif isinstance(view, EntryView):
        yield quote(view.id, safe=""), _plain(view.title)
    elif not isinstance(view, RecordView):
        yield quote(getattr(view, "key", str(view)), safe=""), _plain(view)


@lru_cache(maxsize=4096)  # many rows share a few values
def _plain(text: str) -> str:
    return Markup(text).striptags()
