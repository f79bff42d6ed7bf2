"""The index is the same in every build, made anew only in the part that changed, and fails with one line."""

import gzip
import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.lang import LANGS
from generator.outputs.search import (
    Asked,
    Place,
    Record,
    SearchError,
    SearchLanguage,
    SearchRequest,
    make_search,
    pagefind,
)
from generator.outputs.search import build as building
from generator.outputs.search.cbor import decode, encode
from generator.outputs.search.record import html_of
from generator.search.names import NameOf, rows
from generator.search.verbs import Verbs
from generator.stage import Stage
from tests.brook import held

WORDS = ("Mühle", "Wehr", "Garten", "Wasser", "Bach", "Streit", "Rat", "Brot")
SAID = {"search": "Suche"}


def record(number: int, text: str = "Das Wehr.") -> Record:
    title = f"{WORDS[number % len(WORDS)]} {number}"
    places = (Place("", text, "de"), Place("e1", f"Ein {title} <b>&amp;", "de", is_quote=True))
    return Record(
        f"a/{number}",
        "de",
        title,
        "Ding",
        "1921",
        places,
        (Place("", "mill", "en"),),
        "muehle",
        "heimlich",
        (("kind", f"k{number % 3}|Ding"), ("year", "1921|1921")),
    )


def _same(made: Record) -> Record:
    return made


def verbs(_words: frozenset[str]) -> Verbs:
    return {"ging": ("gehen",)}, frozenset()


def request(folder: Path, count: int = 12, changed: str = "", by: str = "1") -> SearchRequest:
    """A search over numbered pages; the text of the first may be another one."""

    def pages() -> Iterator[Asked]:
        for number in range(count):
            made = record(number, changed) if changed and number == 0 else record(number)
            yield Asked(made.path, f"{number} {changed if number == 0 else ''}", partial(_same, made))

    names = tuple(NameOf(f"a/{number}", f"Mühle {number}") for number in range(count))
    languages = tuple(SearchLanguage(lang, tuple(pages()), (("kind", "Art"),), SAID) for lang in LANGS)
    return SearchRequest(folder, languages, names, rows, verbs, by, lambda _message: None, lambda: None)


def published(folder: Path, asked: SearchRequest) -> dict[str, bytes]:
    """Put a search into a site, and return that."""
    stage = Stage(folder / "site")
    make_search(asked).add(stage)
    stage.publish()
    return held(folder / "site")


@pytest.mark.slow
def test_two_builds_are_the_same_and_one_of_a_change_equals_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_PER_PART", 4)
    first = published(tmp_path / "one", request(tmp_path / "one"))
    assert first == published(tmp_path / "two", request(tmp_path / "two"))
    assert published(tmp_path / "one", request(tmp_path / "one")) == first
    changed = published(tmp_path / "one", request(tmp_path / "one", changed="Der Rat tagt."))
    assert changed == published(tmp_path / "three", request(tmp_path / "three", changed="Der Rat tagt."))
    parts, old = ({path.split("/search/")[1].split("/")[0] for path in files} for files in (changed, first))
    parts, old = ({name for name in names if name[0].isdigit()} for names in (parts, old))
    assert len(parts - old) == len(LANGS)
    assert len(parts & old) == 2 * len(LANGS)
    kept = {
        path.name for lang in LANGS for path in (tmp_path / "one/search" / lang).iterdir() if path.name[0].isdigit()
    }
    assert kept == parts


@pytest.mark.slow
def test_records_are_read_again_only_where_they_changed(tmp_path: Path) -> None:
    published(tmp_path, request(tmp_path))
    made: list[str] = []

    def noting(one: Asked) -> Asked:
        return Asked(one.path, one.digest, lambda: (made.append(one.path), one.make())[1])  # type: ignore[func-returns-value]

    def noted(asked: SearchRequest) -> SearchRequest:
        first, second = asked.languages
        pages = tuple(map(noting, first.pages))
        return replace(asked, languages=(replace(first, pages=pages), second))

    published(tmp_path, noted(request(tmp_path, changed="Neu.")))
    assert made == ["a/0"]
    published(tmp_path, noted(request(tmp_path, changed="Neu.", by="2")))
    assert len(made) == 1 + 12


@pytest.mark.slow
def test_hidden_words_stand_in_no_file_that_is_shown(tmp_path: Path) -> None:
    files = published(tmp_path, request(tmp_path))
    fragments = {path: content for path, content in files.items() if "/fragment/" in path}
    assert len(fragments) == 24
    assert not any(b"heimlich" in content or b"muehle" in content for content in fragments.values())
    assert all(b"<" not in content for content in files.values() if content.startswith(b"dossierSearch"))


def test_the_mark_changes_with_what_is_searched(tmp_path: Path) -> None:
    mark = make_search(request(tmp_path)).mark
    assert make_search(request(tmp_path)).mark == mark
    assert make_search(request(tmp_path, changed="x")).mark != mark
    assert make_search(request(tmp_path, by="2")).mark != mark


def test_another_pagefind_is_refused_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "VERSION", "0.0.0")
    with pytest.raises(SearchError, match=r"Pagefind is 1\.\d+\.\d+, but we know 0\.0\.0") as error:
        pagefind.make_bundle({"a": html_of(record(1))}, "de", "0.", 0)
    assert "\n" not in str(error.value)
    assert tmp_path.is_dir()


def test_a_pagefind_that_is_not_there_or_fails_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "get_executable", lambda: None)
    with pytest.raises(SearchError, match="install"):
        pagefind.engine()
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(pagefind, "get_executable", lambda: broken)
    with pytest.raises(SearchError, match="ended too early, with 3"):
        pagefind.engine()
    for said, complaint in (("x,x,x,x,", "answers otherwise"), (_answer("Error", "no\nway"), "Pagefind: no way$")):
        broken.write_text(f"#!/bin/sh\nprintf %s '{said}'\n")
        with pytest.raises(SearchError, match=complaint):
            pagefind.engine()
    broken.write_text(f"#!/bin/sh\nprintf %s '{_answer('GetFiles') * 3}'\n")
    with pytest.raises(SearchError, match="gives no files"):
        pagefind.make_bundle({"a": html_of(record(1))}, "de", "0.", 0)


def _answer(kind: str, message: str = "") -> str:
    payload = {"message_id": 1, "payload": {"type": kind, "message": message}}
    return b64encode(json.dumps(payload).encode()).decode() + ","


def test_what_we_lean_on_inside_of_pagefind_is_there() -> None:
    """If this fails after an upgrade: read the head of generator/outputs/search/pagefind.py."""
    script, machines = pagefind.engine()
    assert b"dossierSearch.createInstance=createInstance" in script
    assert set(machines) == {"de", "en"}
    bundle = pagefind.make_bundle({f"a/{n}": html_of(record(n)) for n in range(3)}, "de", "7.", 0)
    assert bundle.numbers == {"a/0": 0, "a/1": 1, "a/2": 2}
    version, pages, chunks, filters, sorts, fields = decode(gzip.decompress(bundle.meta)[len(pagefind.SIGNATURE) :])
    assert version == pagefind.VERSION
    assert [name for name, _ in pages] == ["7.0", "7.1", "7.2"]
    assert [chunk[2] for chunk in chunks] == ["0"]
    assert (filters, sorts, sorted(fields)) == ([], [], ["kind", "strong", "title", "weak", "when"])


def test_a_script_that_changed_is_refused() -> None:
    with pytest.raises(SearchError, match="no longer"):
        pagefind.changed_script("export{search};")


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", gzip.compress(b"something else", mtime=0)])
def test_a_file_that_is_none_of_pagefind_s_is_refused(content: bytes) -> None:
    with pytest.raises(SearchError, match="one"):
        pagefind._read({"one": content}, "one")


def test_a_handed_over_text_cannot_end_its_script() -> None:
    text = pagefind.SIGNATURE + '{"content":"</script><!-- \u2028"}'.encode()
    script = pagefind.script_of("0/fragment/1", text)
    assert b"<" not in script
    assert "\u2028" not in script.decode()


VALUES = st.recursive(st.integers(-(2**63), 2**64 - 1) | st.text(), st.lists, max_leaves=30)


@given(VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    assert decode(encode(value)) == value


@given(st.binary(max_size=60))
def test_no_bytes_make_reading_fail_otherwise(data: bytes) -> None:
    try:
        decode(data)
    except ValueError:
        return
    except RecursionError:  # pragma: no cover - sixty bytes are not that deep
        pytest.fail("too deep")


@pytest.mark.parametrize("value", [True, 1.5, None, 2**64])
def test_other_values_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"no |large"):
        encode(value)
