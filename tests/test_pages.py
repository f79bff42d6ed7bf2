"""Pages after a change: only what the change touches is written, and all pages are those of a build from nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import pages
from generator.publish import TreeChange
from generator.stage import Stage
from generator.views import site
from generator.views.heard import Heard
from tests.brook import brook, cold, edit, held, make, sign, stamps, write

Step = Callable[[Path], None]
EVENT = """
when: 1922-05
when_basis: stated
type: damming
title: {de: Die Flut, en: The flood}
text: {de: "Das Wehr von [[ada-quill]] bricht.", en: "The weir of [[ada-quill]] breaks."}
actors: [{actor: ada-quill, role: builder}]
disputes: [flour-quarrel]
evidence: [{source: gazette, quote: "Wasser ist geduldig", translation: {en: water is patient}}]
"""


def said(file: str, old: str, new: str) -> Step:
    return lambda project: edit(project, file, old, new)


def gone(file: str) -> Step:
    return lambda project: (project / file).unlink()


def new(file: str, text: str) -> Step:
    return lambda project: write(project, file, text)


def renamed(project: Path) -> None:
    (project / "entries/terms/weir.yaml").rename(project / "entries/terms/dam.yaml")
    for file in (project / "entries").rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for old, fresh in (("[[weir", "[[dam"), ("[weir]", "[dam]"), ("[weir,", "[dam,")):
            text = text.replace(old, fresh)
        file.write_text(text, encoding="utf-8")


def text_changed(project: Path) -> None:
    edit(project, "seeds/gazette.txt", "Wer am Bach wohnt", "Der Müller Bo Rye schweigt. Wer am Bach wohnt")
    sign(project, "gazette")


# One after the other, each on top of those before it.
STEPS: tuple[tuple[str, Step], ...] = (
    ("nothing", lambda _project: None),
    ("a text", said("entries/actors/bo-rye.yaml", "Baker in Brookside.", "He bakes for [[ada-quill]].")),
    ("a title", said("entries/events/1921-03-damming.yaml", "Quill dams the stream", "Quill dams the brook")),
    ("a name", said("entries/actors/ada-quill.yaml", "name: Ada Quill", "name: {de: Ada Quell, en: Ada Quill}")),
    ("an alias", said("entries/actors/bo-rye.yaml", "evidence:", "aliases: [{name: Rye}]\nevidence:")),
    ("a date", said("entries/events/1921-03-damming.yaml", "when: 1921-03", "when: 1921-04/1921-05")),
    ("evidence", said("entries/events/1921-03-damming.yaml", "stance: contradicts", "stance: supports")),
    ("a quote", said("entries/terms/weir.yaml", "Das Wehr ist eine", "weiß: Wasser ist geduldig. Das Wehr ist eine")),
    ("a note", said("entries/annotations/gazette-annotations.yaml", "Der Herald nennt fast 280.", "Nur 280?")),
    ("a word", said("entries/vocabulary.yaml", 'de: "besitzt"', 'de: "hat"')),
    ("the dossier", said("entries/dossier.yaml", "Water, flour and law", "Water & law")),
    ("a hand-written page", said("docs/en/method.md", "See [[weir]].", "See [[weir]] and [[sluice]].")),
    ("another hand-written page", new("docs/en/thanks.md", "# Thanks\n\nTo [[ada-quill]].")),
    ("no introduction", gone("docs/de/index.md")),
    ("a new entry", new("entries/events/1922-05-flood.yaml", EVENT)),
    ("a source text", text_changed),
    ("a source's language", said("entries/sources/herald.yaml", "language: en", "language: de")),
    ("somebody whom a source names", new("entries/actors/zoe.yaml", "type: person\nname: Brookside\nsummary: Zoe.\n")),
    ("a retired source", said("entries/sources/herald.yaml", "file:", "status: retired\nreplaced_by: gazette\nfile:")),
    ("that source again", said("entries/sources/herald.yaml", "status: retired\nreplaced_by: gazette\n", "")),
    ("a source to be shown", said("entries/sources/herald.yaml", "rights: excerpts", "rights: full")),
    ("a renamed entry", renamed),
    ("a retired entry", said("entries/terms/dam.yaml", "status: reviewed", "status: retired\nreplaced_by: sluice")),
    ("another kind", lambda project: move(project, "terms/hostile", "actors/hostile")),
    ("an entry gone", gone("entries/events/1922-05-flood.yaml")),
    ("and its followers", gone("entries/events/1921-autumn-hearing.yaml")),
)


def move(project: Path, old: str, fresh: str) -> None:
    (project / f"entries/{old}.yaml").unlink()
    write(project, f"entries/{fresh}.yaml", "type: person\nname: Hostile\nsummary: Now a person.\n")


@pytest.mark.slow
def test_after_every_change_the_pages_are_those_of_a_build_from_nothing(tmp_path: Path) -> None:
    project = brook(tmp_path / "project")
    make(project)
    for number, (name, step) in enumerate(STEPS):
        before = stamps(project / "build/pages")
        step(project)
        report = make(project)
        assert report.pages is not None, (name, report.examined.diagnostics)
        expected = held(cold(project, tmp_path / str(number)) / "pages")
        now = held(project / "build/pages")
        assert {path for path in now.keys() | expected.keys() if now.get(path) != expected.get(path)} == set(), name
        kept = now.keys() - set(report.pages.written)
        after = stamps(project / "build/pages")
        assert {path for path in kept if after[path] != before[path]} == set(), name


@pytest.mark.slow
def test_after_some_changes_the_site_is_that_of_a_build_from_nothing(tmp_path: Path) -> None:
    project = brook(tmp_path / "project")
    make(project, with_site=True)
    steps = dict(STEPS)
    for name in ("a title", "another hand-written page", "a new entry", "a renamed entry", "a retired entry"):
        steps[name](project)
        make(project, with_site=True)
        expected = held(cold(project, tmp_path / name, with_site=True) / "site")
        now = held(project / "build/site")
        assert {path for path in now.keys() | expected.keys() if now.get(path) != expected.get(path)} == set(), name


def test_a_changed_text_writes_its_page_alone(tmp_path: Path) -> None:
    project = brook(tmp_path)
    first = make(project).pages
    assert first is not None
    assert len(first.written) == len(held(project / "build/pages")) > 50
    assert make(project).pages == TreeChange((), (), 0)
    edit(project, "entries/actors/bo-rye.yaml", "Baker in Brookside.", "Baker of Brookside.")
    assert make(project).pages == TreeChange(("en/actors/bo-rye.md", "en/assets/previews/27.js"), (), 0)
    edit(project, "docs/de/method.md", "Siehe", "Sieh")
    assert make(project).pages == TreeChange(("de/method.md",), (), 0)


def test_a_hand_written_page_in_one_language_has_its_place_in_the_other(tmp_path: Path) -> None:
    project = brook(tmp_path)
    write(project, "docs/en/about/thanks.md", "# Thanks to *all*\n\nTo [[ada-quill]].")
    make(project)
    german = (project / "build/pages/de/about/thanks.md").read_text(encoding="utf-8")
    assert german.startswith('---\ntitle: "Thanks to all"\n---\n# <span lang="en">Thanks to all</span>\n')
    assert "nur auf Englisch" in german
    write(project, "docs/de/about/thanks.md", "# Dank")
    report = make(project)
    assert report.pages is not None
    assert "de/about/thanks.md" in report.pages.written
    assert "# Dank" in (project / "build/pages/de/about/thanks.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["pages.bin", "pages-de.bin", "pages-en.bin", "naming.bin", "examined.bin"])
@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_lost_or_damaged_notes_cost_time_and_nothing_else(tmp_path: Path, name: str, damage: bytes | None) -> None:
    project = brook(tmp_path / "project")
    make(project)
    edit(project, "entries/actors/bo-rye.yaml", "Baker in Brookside.", "Baker of Brookside.")
    notes = project / "build/work" / name
    notes.unlink()
    if damage is not None:
        notes.write_bytes(damage)
    report = make(project)
    assert report.pages is not None
    assert report.pages.written == ("en/actors/bo-rye.md", "en/assets/previews/27.js")
    assert notes.is_file()
    assert held(project / "build/pages") == held(cold(project, tmp_path / "cold") / "pages")


@pytest.mark.parametrize("hand", ["a page gone", "a page added", "a language gone", "all pages gone", "work gone"])
def test_a_tree_that_somebody_touched_is_made_whole(tmp_path: Path, hand: str) -> None:
    project = brook(tmp_path)
    make(project)
    folder = project / "build/pages"
    expected = held(folder)
    gone = {
        "a page gone": [folder / "de/actors/bo-rye.md"],
        "a language gone": list((folder / "en").rglob("*.md")),
        "all pages gone": [file for file in folder.rglob("*") if file.is_file()],
        "work gone": [file for file in (project / "build/work").rglob("*") if file.is_file()],
    }
    for file in gone.get(hand, []):
        file.unlink()
    if hand == "a page added":
        write(project, "build/pages/de/actors/stray.md", "# Stray")
    make(project)
    assert held(folder) == expected


@pytest.mark.parametrize("first", [True, False])
def test_a_build_that_dies_while_it_publishes_leaves_the_old_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, first: bool
) -> None:
    project = brook(tmp_path / "project")
    if not first:
        make(project)
        edit(project, "entries/actors/bo-rye.yaml", "Baker in Brookside.", "Baker of Brookside.")
    folder = project / "build/pages"
    before = stamps(folder)
    with monkeypatch.context() as patched:

        def die(_stage: Stage, **_options: bool) -> None:
            raise OSError("disk full")

        patched.setattr(Stage, "publish", die)
        with pytest.raises(OSError, match="disk full"):
            make(project)
    assert stamps(folder) == before
    make(project)
    assert held(folder) == held(cold(project, tmp_path / "cold") / "pages")


def test_a_build_that_dies_before_its_notes_are_written_is_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = brook(tmp_path / "project")
    make(project)
    edit(project, "entries/actors/bo-rye.yaml", "Baker in Brookside.", "Baker of Brookside.")
    with monkeypatch.context() as patched:

        def die(_build: Path) -> None:
            raise KeyboardInterrupt

        patched.setattr(pages, "keep_notes", die)
        with pytest.raises(KeyboardInterrupt):
            make(project)
    edit(project, "entries/actors/bo-rye.yaml", "Baker of Brookside.", "Baker in Brookside.")
    make(project)
    assert held(project / "build/pages") == held(cold(project, tmp_path / "cold") / "pages")


def test_the_sources_are_searched_for_names_again_only_when_names_or_texts_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = brook(tmp_path / "project")
    make(project)
    searched: list[str] = []

    def searching(*_arguments: object) -> dict[str, tuple[Heard, ...]]:
        searched.append("once")
        return {}

    monkeypatch.setattr(site, "heard", searching)
    edit(project, "entries/actors/bo-rye.yaml", "Baker in Brookside.", "He bakes for [[ada-quill]].")
    make(project)
    assert searched == []
    edit(project, "entries/actors/bo-rye.yaml", "evidence:", "aliases: [{name: Rye}]\nevidence:")
    make(project)
    assert searched == ["once"]
