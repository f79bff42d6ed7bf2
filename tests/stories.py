"""Small dossiers for tests: YAML in, a corpus out, whatever is wrong with it."""

from collections.abc import Mapping

from generator.corpus import Corpus
from generator.load import Files
from generator.pipeline import examine_files

DOSSIER = "{title: {de: Mühle, en: Mill}, description: {de: Ein Streit., en: A quarrel.}}"
VOCABULARY = """
relations: {owner: {label: {de: besitzt, en: owns}, inverse: {de: gehört, en: is owned by}}}
event-types: {fire: {label: {de: Brand, en: Fire}}}
roles: {witness: {label: {de: Zeugin, en: witness}}}
states: {open: {label: {de: offen, en: open}}}
categories: {craft: {label: {de: Handwerk, en: Craft}}}
units: {sack: {label: {de: Säcke, en: sacks}}}
"""


def files_of(
    entries: Mapping[str, str], sources: Mapping[str, str] | None = None, docs: Mapping[str, str] | None = None
) -> Files:
    """Return the files of a dossier; `folder__id` (with `_` for `-`) or a whole path names an entry."""
    texts = {"entries/dossier.yaml": DOSSIER, "entries/vocabulary.yaml": VOCABULARY}
    for name, text in entries.items():
        folder, _, stem = name.partition("__")
        texts[name if "/" in name else f"entries/{folder}/{stem.replace('_', '-')}.yaml"] = text
    raw = {path: text.encode() for path, text in (sources or {}).items()}
    return Files(texts, raw, docs or {})


def corpus_of(entries: Mapping[str, str], sources: Mapping[str, str] | None = None) -> Corpus:
    """Return the corpus of a small dossier."""
    examined = examine_files(files_of(entries, sources))
    undecoded = [
        problem for problem in examined.diagnostics if problem.code in {"yaml-syntax", "unknown-key", "missing-key"}
    ]
    assert not undecoded, undecoded
    assert examined.corpus is not None
    return examined.corpus
