"""`dossier.yaml` and `vocabulary.yaml`: from their texts to their values, and what is wrong with them.

In: the texts of the entries' folder. Out: two values, each None where its file gives none. Knows kinds only by the word
lists that their fields name, and no files.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from generator.checks.translations import untranslated
from generator.corpus import Corpus
from generator.decode import decode
from generator.diagnostics import Diagnostic, Place, Span
from generator.fields import Model, Record
from generator.kinds import all_kinds
from generator.project import DOSSIER_FILE, VOCABULARY_FILE, Dossier, Vocabulary, is_unread, meant_ids
from generator.resolve import dangling
from generator.suggest import nearest
from generator.walk import Leaf, walk_record, word_lists
from generator.yamltree import parse


@dataclass(frozen=True, slots=True)
class Settings:
    """What a dossier says of itself, and its controlled words."""

    dossier: Dossier | None
    vocabulary: Vocabulary | None


def read_settings(texts: Mapping[str, str], unread: frozenset[str]) -> tuple[Settings, list[Diagnostic]]:
    """Return both settings; what is in `unread` is known to be faulty, so its absence is no news."""
    problems: list[Diagnostic] = []
    ids = meant_ids(unread)
    values = [
        None if is_unread(file, unread) or PurePosixPath(file).stem in ids else _decoded(texts, file, model, problems)
        for file, model in ((DOSSIER_FILE, Dossier), (VOCABULARY_FILE, Vocabulary))
    ]
    return Settings(*values), problems


def check_settings(settings: Settings, corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield what is wrong in settings that can be read: links that lead nowhere, unknown lists, one language only."""
    if settings.dossier is not None:
        leaves = walk_record(settings.dossier)
        yield from dangling(corpus, DOSSIER_FILE, leaves)
        yield from (one for leaf in leaves for one in untranslated(DOSSIER_FILE, leaf, corpus))
    for name in settings.vocabulary or {}:
        if name not in _lists():
            close = nearest(name, tuple(sorted(_lists())))
            hint = f"did you mean “{close[0]}”?" if close else f"allowed: {', '.join(sorted(_lists()))}"
            message = f"no field takes its words from a list “{name}”"
            yield Diagnostic("unknown-key", message, Place(VOCABULARY_FILE, (name,), on_key=True), hint)
    for leaf in _leaves(settings.vocabulary or {}):
        yield from untranslated(VOCABULARY_FILE, leaf, corpus)


def _leaves(vocabulary: Vocabulary) -> Iterator[Leaf]:
    for name, words in vocabulary.items():
        for key, word in words.items():
            yield from walk_record(word, (name, key))


@cache
def _lists() -> frozenset[str]:
    return frozenset[str]().union(*(word_lists(kind.model) for kind in all_kinds().values()))


def _decoded(texts: Mapping[str, str], file: str, model: Model, problems: list[Diagnostic]) -> Record:
    text = texts.get(file)
    if text is None:
        hint = f"write it; schema/{PurePosixPath(file).stem}.schema.json says what it holds"
        problems.append(Diagnostic("missing-file", f"there is no {file}", Span(file, 1, 1, 1, 1), hint))
        return None
    tree, found = parse(text, file)
    problems += found
    if tree is None:
        return None
    value, found = decode(tree, model, file)
    problems += found
    return value
