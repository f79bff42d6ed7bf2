"""Everything that the dossier says, as JSON: entries with their fields, evidence with its numbers and places, texts.

In: the corpus. Out: bytes. Fields have the names that authors write. Where a field holds evidence there stand its
numbers; the evidence itself stands once in its entry. Places are code points of the normalised text, which stands
beside them unless its rights forbid it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from generator.corpus import Corpus, Passage
from generator.dates import EdtfDate
from generator.fields import Evidence, Localized
from generator.kind import Entry
from generator.lang import LANGS
from generator.numbering import numbers_of

FORMAT_VERSION: Final = 1
Numbers = Mapping[Evidence, int]
_UNMARKED: Final[Mapping[str, str]] = MappingProxyType({})


def dataset_json(corpus: Corpus, marks: Mapping[str, str] = _UNMARKED) -> bytes:
    """Return the dossier as JSON in UTF-8, one entry a line, so that two versions can be compared.

    `marks` are what the books print of an entry by itself, and, without a name, of the edition.
    """
    head = {
        "format": "dossier",
        "version": FORMAT_VERSION,
        **({"edition": marks[""]} if "" in marks else {}),
        "dossier": _plain(corpus.dossier, {}),
        "vocabulary": _plain(corpus.vocabulary, {}),
    }
    lines = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    entries = (_entry(corpus, entry, marks.get(entry.id, "")) for entry in corpus.entries.values())
    lines.append(f'"entries": [\n{_lines(entries)}\n]')
    lines.append(f'"texts": [\n{_lines(_texts(corpus))}\n]')
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _lines(values: Iterable[object]) -> str:
    return ",\n".join(map(_json, values))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _entry(corpus: Corpus, entry: Entry, mark: str) -> dict[str, Any]:
    numbers: Numbers = numbers_of(entry)
    places: dict[Evidence, list[Passage]] = {}
    for passage in corpus.passages_of(entry.id):
        if passage.evidence is not None:
            places.setdefault(passage.evidence, []).append(passage)
    return {
        "id": entry.id,
        "kind": entry.kind.name,
        **({"version": mark} if mark else {}),
        "title": _plain(entry.title, {}),
        "fields": _plain(entry.data, numbers),
        "evidence": [
            {"number": number} | _record(evidence, {}) | {"passages": _passages(corpus, places.get(evidence, []))}
            for evidence, number in numbers.items()
        ],
    }


def _passages(corpus: Corpus, found: list[Passage]) -> list[dict[str, int]]:
    """Return where the passages stand, each place once: one piece of evidence may show several statements."""
    places = sorted({(passage.index, passage.source, passage.start, passage.end) for passage in found})
    return [
        {"start": start, "end": end, "paragraph": corpus.texts[source].paragraph_at(start) + 1}
        for _, source, start, end in places
    ]


def _texts(corpus: Corpus) -> Iterable[dict[str, Any]]:
    for entry_id, text in sorted(corpus.texts.items()):
        entry = corpus.entries[entry_id]
        file = entry.kind.text(entry.data)
        if file is not None and file.is_open and not entry.is_retired:
            yield {"id": entry_id, "language": text.lang, "text": text.normal}


def _plain(value: Any, numbers: Numbers) -> Any:  # noqa: ANN401 - whatever an entry holds
    """Return a value of an entry as what JSON can say; what is not given is left out."""
    match value:
        case Evidence() if value in numbers:
            return numbers[value]
        case Localized():
            return (
                value.de if value.is_plain else {lang: text for lang in LANGS if (text := value.get(lang)) is not None}
            )
        case EdtfDate():
            return value.text
        case Decimal():
            return str(value)
        case _:
            return _collected(value, numbers)


def _collected(value: Any, numbers: Numbers) -> Any:  # noqa: ANN401 - see above
    match value:
        case Mapping():
            return {key: _plain(inner, numbers) for key, inner in value.items()}
        case tuple():
            return [_plain(inner, numbers) for inner in value]
        case _ if is_dataclass(value):
            return _record(value, numbers)
        case _:
            return value


def _record(record: Any, numbers: Numbers) -> dict[str, Any]:  # noqa: ANN401 - any model
    values = ((field.name, getattr(record, field.name)) for field in fields(record))
    return {name: _plain(value, numbers) for name, value in values if value is not None and value != ()}
