"""The figures of a dossier: what it holds, how well it is proven, what is missing.

In: what `pipeline.examine` found. Out: one plain mapping, the same for people and for machines.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.checks.translations import missing_languages
from generator.corpus import Corpus
from generator.coverage import counts
from generator.dates import year_of
from generator.fields import Evidence, Localized, Quote
from generator.kinds import all_kinds
from generator.lang import LANGS
from generator.walk import Leaf, walk, walk_record

FORMAT_VERSION: Final = 1


def stats(corpus: Corpus) -> dict[str, Any]:
    """Return the figures: entries, texts and evidence by kind and language, dates by year, coverage by source."""
    living = tuple(corpus.living())
    evidence: Counter[str] = Counter()
    modalities: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    missing = Counter(lang for leaf in _settings(corpus) for lang in missing_languages(leaf, corpus))
    years: dict[str, Counter[str]] = {}
    for entry in living:
        for leaf in walk(entry):
            missing.update(missing_languages(leaf, corpus))
            if isinstance(leaf.value, Localized) and leaf.path[-1] != "translation":
                texts.update(lang for lang in LANGS if leaf.value.get(lang) is not None)
            elif leaf.marker is Quote and isinstance(leaf.value, Evidence):
                evidence[entry.kind.name] += 1
                modalities[leaf.value.modality] += 1
        when = entry.kind.when(entry.data)
        year = year_of(when) if when else None
        if year is not None:
            years.setdefault(entry.kind.name, Counter())[str(year)] += 1
    return {
        "version": FORMAT_VERSION,
        "entries": {name: len(corpus.of_kind(name)) for name in all_kinds()},
        "retired": len(corpus.entries) - len(living),
        "texts": {lang: texts[lang] for lang in LANGS},
        "missing_translations": {lang: missing[lang] for lang in LANGS},
        "evidence": {
            "items": sum(evidence.values()),
            "by_kind": _sorted(evidence),
            "by_modality": _sorted(modalities),
        },
        "by_year": {kind: _sorted(found) for kind, found in sorted(years.items())},
        "sentences": {source: _coverage(corpus, source) for source in sorted(corpus.texts)},
    }


def _settings(corpus: Corpus) -> Iterator[Leaf]:
    yield from walk_record(corpus.dossier)
    for words in corpus.vocabulary.values():
        for word in words.values():
            yield from walk_record(word)


def _coverage(corpus: Corpus, source_id: str) -> dict[str, Any]:
    found = counts(corpus, source_id)
    total = sum(found.values())
    accounted = total - found[list(found)[-1]]
    share = 100.0 if not total else round(100 * accounted / total, 1)
    return {
        "total": total,
        **{state.value: number for state, number in found.items()},
        "accounted_percent": share,
    }


def _sorted(counter: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counter.items()))


def render_stats(figures: Mapping[str, Any]) -> str:
    """Return the figures as a table for a terminal, without the version."""
    lines: list[str] = []
    for name, value in figures.items():
        if name != "version":
            _lines(name.replace("_", " "), value, 0, lines)
    return "\n".join(lines)


def _lines(name: str, value: object, depth: int, lines: list[str]) -> None:
    indent = "  " * depth
    if not isinstance(value, Mapping):
        lines.append(f"{indent}{name:<{30 - len(indent)}}{value:>8}")
    elif value and all(not isinstance(item, Mapping) for item in value.values()) and depth:
        lines.append(f"{indent}{name:<{30 - len(indent)}}" + "  ".join(f"{key} {item}" for key, item in value.items()))
    else:
        lines.append(f"{indent}{name}")
        for key, item in value.items():
            _lines(str(key), item, depth + 1, lines)
