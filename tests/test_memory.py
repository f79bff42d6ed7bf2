"""What an earlier examination found is only a shortcut: with it, after any change, the same is found as without."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import memory as memory_module
from generator import pipeline, remembered
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Place, Related, Span
from generator.kind import Entry
from generator.load import Files, read_project
from generator.memory import Memory, Recall
from generator.pipeline import Examined, examine, examine_files
from generator.resolve import Resolved, resolve
from generator.walk import Leaf
from generator.yamltree import locate
from tests.brook import GOLDEN, brook, edit

CHANGES = (
    ("entries/actors/ada-quill.yaml", "Müllerin in Brookside.", "Müllerin am Brook, seit 1905."),
    ("entries/actors/ada-quill.yaml", "name: Ada Quill", "name: Ada Quell"),
    ("entries/actors/ada-quill.yaml", "{name: Quill}", "{name: Bo Rye}"),
    ("entries/actors/ada-quill.yaml", "to: bo-rye", "to: nobody"),
    ("entries/actors/bo-rye.yaml", "Baker in Brookside.", "He was [[ada-quill]]'s neighbour in 1899."),
    ("entries/actors/bo-rye.yaml", "Der Bäcker Bo Rye sagt", "Der Bäcker Bo Rye singt"),
    ("entries/actors/bo-rye.yaml", "type: person", "type: village"),
    ("entries/actors/bo-rye.yaml", "type: person", "type: person\nstatus: retired\nreplaced_by: ada-quill"),
    ("entries/actors/gazette-office.yaml", 'when: "1921?"', "when: yesterday"),
    ("entries/events/1921-03-damming.yaml", "when: 1921-03", "when: 1899"),
    ("entries/events/1921-03-damming.yaml", "type: damming", "type: flood"),
    ("entries/events/1921-03-damming.yaml", "[[weir]]", "[[wier]]"),
    ("entries/events/1921-05-03-meeting.yaml", 'en: "The council adjourns"', 'fr: "Ajourné"'),
    ("entries/disputes/mill-quarrel.yaml", "when: 1921/..", "when: 1930/.."),
    ("entries/disputes/mill-quarrel.yaml", "side: garden", "side: [garden"),
    ("entries/claims/weir-cost.yaml", "verdict: contradictory", "verdict: agreed"),
    ("entries/sources/gazette.yaml", "language: de", "language: en"),
    ("entries/sources/gazette.yaml", "relies_on: [gazette-office]", "relies_on: []"),
    ("entries/sources/gazette.yaml", "sha256: 7c", "sha256: 8c"),
    ("entries/terms/weir.yaml", "status: reviewed", "status: retired\nreplaced_by: sluice"),
    ("entries/annotations/gazette-annotations.yaml", "id: cost", "id: water-gate"),
    ("entries/vocabulary.yaml", "damming: {label", "dam: {label"),
    ("entries/vocabulary.yaml", 'label: {de: "Stauung", en: "Damming"}', 'label: {de: "Stauung"}'),
    ("entries/dossier.yaml", "[[brook-mill|Mühle]]", "[[old-miller|Mühle]]"),
    ("entries/dossier.yaml", 'en: "The mill quarrel of Brookside"', "xx: 1"),
)
NEW = {
    "entries/terms/pond.yaml": "name: {de: Teich, en: pond}\ncategory: law\ndefinition: {de: Teich., en: Pond.}",
    "entries/actors/weir.yaml": "type: person\nname: Weir\nsummary: A name twice, an id twice.",
    "entries/actors/broken.yaml": "name: [",
}
GONE = ("entries/actors/brook-mill.yaml", "entries/terms/hostile.yaml", "entries/sources/herald.yaml")
SOURCES = (("seeds/gazette.txt", b"Bo Rye sagt", b"Bo Rye sang"), ("seeds/herald.txt", b"280 crowns", b"280 crowns\n"))


@cache
def golden() -> Files:
    files, problems = read_project(GOLDEN)
    assert not problems
    return files


def changed(changes: set[int], new: set[str], gone: set[str], sources: set[int]) -> Files:
    entries, texts = dict(golden().entries), dict(golden().sources)
    for index in changes:
        file, old, said = CHANGES[index]
        entries[file] = entries[file].replace(old, said)
    for index in sources:
        name, before, after = SOURCES[index]
        texts[name] = texts[name].replace(before, after)
    entries |= {file: NEW[file] for file in new}
    entries = {file: text for file, text in sorted(entries.items()) if file not in gone}
    return Files(entries, texts, golden().docs)


def found(examined: Examined) -> list[str]:
    return sorted(map(str, locate(examined.diagnostics, examined.files.entries)))


def value(corpus: Corpus | None) -> Mapping[str, object] | None:
    if corpus is None:
        return None
    parts = ("dossier", "vocabulary", "entries", "backlinks", "passages", "unread")
    links = {target: sorted(links, key=str) for target, links in corpus.backlinks.items()}
    return {part: getattr(corpus, part) for part in parts} | {"backlinks": links}


states = st.tuples(
    st.sets(st.integers(0, len(CHANGES) - 1), max_size=3),
    st.sets(st.sampled_from(sorted(NEW)), max_size=1),
    st.sets(st.sampled_from(GONE), max_size=1),
    st.sets(st.integers(0, len(SOURCES) - 1), max_size=1),
)


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(states, min_size=2, max_size=4))
def test_what_is_remembered_changes_nothing_of_what_is_found(
    series: list[tuple[set[int], set[str], set[str], set[int]]],
) -> None:
    memory: Memory | None = None
    for state in series:
        files = changed(*state)
        with_memory, without = examine_files(files, recall=Recall(files, memory)), examine_files(files)
        assert found(with_memory) == found(without)
        assert value(with_memory.corpus) == value(without.corpus)
        assert with_memory.memory is None or not with_memory.has_errors
        memory = with_memory.memory or memory


def entries_examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []

    def watched(corpus: Corpus, entry: Entry, leaves: Iterable[Leaf]) -> tuple[Resolved, list[Diagnostic]]:
        seen.append(entry.id)
        return resolve(corpus, entry, leaves)

    monkeypatch.setattr(pipeline, "resolve", watched)
    return seen


def test_only_what_changed_is_examined_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, file = brook(tmp_path), tmp_path / "memory"
    first = examine(project, file)
    assert first.memory is not None
    first.memory.save(file)
    seen = entries_examined(monkeypatch)
    assert found(examine(project, file)) == found(first)
    assert seen == []
    edit(project, "entries/actors/bo-rye.yaml", "Baker in", "Baker of")
    assert examine(project, file).corpus is not None
    assert seen == ["bo-rye"]
    seen.clear()
    edit(project, "entries/actors/bo-rye.yaml", '{de: "Bo Rye"}', '{de: "Bo Roggen"}')  # others may name him
    assert examine(project, file).corpus is not None
    assert len(seen) > 10


def test_a_memory_is_read_as_it_was_written(tmp_path: Path) -> None:
    places = (Place("a.yaml", ("x", 1), on_key=True), Place("a.yaml", (), start=1, end=2), Span("a", 1, 2, 3, 4))
    warnings = tuple(
        Diagnostic("retired-ref", "„ä“", place, "hint", (Related("there", place), Related("here", places[0])))
        for place in places
    )
    kept = Memory(b"ground", {"a.yaml": (b"1", {"k": ["v", None]})}, {"a": ((), ())}, {"a": b"p"}, {"a.yaml": warnings})
    kept.save(tmp_path / "deep" / "memory")
    assert Memory.load(tmp_path / "deep" / "memory") == kept
    assert [file.name for file in (tmp_path / "deep").iterdir()] == ["memory"]


@pytest.mark.parametrize("damage", ["cut", "turned", "empty", "nonsense", "a folder", "absent"])
def test_a_damaged_memory_is_none(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "memory"
    examined = examine(GOLDEN, file)
    assert examined.memory is not None
    examined.memory.save(file)
    good = file.read_bytes()
    file.unlink()
    if damage == "a folder":
        file.mkdir()
    elif damage != "absent":
        turned = good[:-9] + bytes((good[-9] ^ 1,)) + good[-8:]
        file.write_bytes({"cut": good[:-1], "turned": turned, "empty": b"", "nonsense": b"[1, 2"}[damage])
    assert Memory.load(file) is None
    assert found(examine(GOLDEN, file)) == found(examined)


def test_the_memory_of_another_dossier_program_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "memory"
    remembered.remember(file, "a value")
    assert remembered.recall(file) == "a value"
    monkeypatch.setattr(remembered, "fingerprint", lambda: "another")
    assert remembered.recall(file) is None


def test_without_settings_nothing_is_remembered(tmp_path: Path) -> None:
    project = brook(tmp_path)
    (project / "entries" / "dossier.yaml").unlink()
    assert examine(project, tmp_path / "memory").memory is None


def test_nothing_can_be_completed_without_a_memory() -> None:
    with pytest.raises(ValueError, match="remembered"):
        Recall(golden(), None).complete({}, [], [], [])


def test_a_profile_is_what_others_see() -> None:
    files = golden()
    corpus = examine_files(files).corpus
    assert corpus is not None
    entry = corpus.entries["bo-rye"]
    same, other = replace(entry.data, summary="Baker"), replace(entry.data, aliases=())
    assert memory_module.profile(entry) == memory_module.profile(replace(entry, data=same))
    other = replace(entry.data, status="retired")
    assert memory_module.profile(entry) != memory_module.profile(replace(entry, data=other))
