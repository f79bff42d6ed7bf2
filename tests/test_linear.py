"""No input within the limits takes more than its length: twice as much of anything costs about twice the time.

Compares process times of one run with each other, never with a clock: what grows with the square costs four times.
"""

from collections.abc import Callable, Mapping
from time import process_time

import pytest

from generator.diagnostics import MAX_TOLD
from generator.garbage import no_garbage_collection
from generator.pipeline import examine_files
from generator.report import render
from generator.sentences import split_sentences
from generator.yamltree import MAX_FIELD, locate
from tests.stories import files_of

pytestmark = pytest.mark.slow

FRAGMENTS = (
    *(
        "*",
        "_a",
        "[",
        "[[",
        "]",
        "](",
        "](a(",
        "[a](b ",
        "[x](https://a.example/(",
        "[[a|",
        "[[a]]",
        "[[mill]]",
        "[[mill|b]]",
    ),
    *("`", "`a", "\\", "&", "&amp;", "<", "<a ", "<!--", "<b>", "<https://a", "~~a", "{{a}}{%b%}", "{: onclick=x}"),
    *("> ", "1. ", "- ", "a\n", "- a\n", "2. a\n\n", "- a\n\n  b\n", "|a|b|\n", "[a]: http://x\n", "# a\n", "***\n\n"),
    *(
        "*a **b ",
        "_a __b ",
        "1 ",
        "1.1 ",
        "1.",
        "http://",
        "a@",
        "\u00ad",
        "👍",
        "e\u0301 ",
        "Mill ",
        "Mi",
        "old-mill ",
        "a ",
    ),
    *("\u0301\u0316", "e\u0316\u0301", "Dr. ", "(a. ", "A.B. ", "„a“ ", "“a. ”", "? ", "… "),
)
SOURCE = """\
title: {de: Brief, en: Letter}
file: seeds/letter.txt
sha256: "0000000000000000000000000000000000000000000000000000000000000000"
language: de
published: 1874
publisher: nobody
rights: full
description: {de: Ein Brief., en: A letter.}
"""
TERM = "name: {de: Mühle, en: Mill}\ncategory: craft\ndefinition: {de: Was mahlt., en: What grinds.}\n"
LETTER = "Der Müller schrieb einen langen Brief. "


def _indented(text: str) -> str:
    return "|\n    " + text.replace("\n", "\n    ") + "\n"


def seconds(entries: Mapping[str, str], sources: Mapping[str, str]) -> float:
    """Return what it takes to examine a dossier, to find where its problems stand and to print them."""
    files = files_of(
        {"terms__mill": TERM, "sources__letter": SOURCE, **entries}, {"seeds/letter.txt": LETTER, **sources}
    )
    with no_garbage_collection():
        start = process_time()
        found = locate(examine_files(files).diagnostics, files.entries)
        assert render(found, files.entries, "text")
        return process_time() - start


def is_linear(run: Callable[[int], float], size: int) -> bool:
    """Compare a run with one of double the size; a slow moment of the machine is no proof, so it may try again."""
    run(size // 8)  # what is made once is made here
    return any(run(2 * size) < 3 * run(size) + 0.05 for _ in range(3))


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_prose(fragment: str) -> None:
    def run(length: int) -> float:
        text = _indented((fragment * (length // len(fragment)))[:length])
        evidence = "evidence:\n- source: letter\n  quote: |\n    Der Müller schrieb einen langen Brief.\n"
        return seconds({"terms__a": f"{TERM}{evidence}".replace("{de: Was mahlt., en: What grinds.}", text, 1)}, {})

    assert is_linear(run, MAX_FIELD // 2 - 100)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_quotes(fragment: str) -> None:
    def run(length: int) -> float:
        text = _indented((fragment * (length // len(fragment)))[:length])
        return seconds({"terms__a": f"{TERM}evidence:\n- source: letter\n  quote: {text}"}, {})

    assert is_linear(run, MAX_FIELD // 2 - 100)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_sources(fragment: str) -> None:
    def run(length: int) -> float:
        text = (fragment * (length // len(fragment)))[:length]
        quotes = "".join(f"- source: letter\n  quote: {_indented(text[: 40 * n])}" for n in range(1, 9))
        return seconds({"terms__a": f"{TERM}evidence:\n{quotes}"}, {"seeds/letter.txt": text})

    assert is_linear(run, 100_000)


LINES: Mapping[str, Callable[[int], str]] = {
    "unknown keys": lambda n: "".join(f"k{i}: x\n" for i in range(n)),
    "the same key": lambda n: "k: x\n" * n,
    "unknown references": lambda n: f"related: [{', '.join(f'a{i}' for i in range(n))}]\n",
    "wrong kinds": lambda n: f"broader: [{', '.join(['letter'] * n)}]\n",
    "no ids": lambda n: f"related: [{', '.join(['A b'] * n)}]\n",
    "short quotes": lambda n: "evidence:\n" + "- {source: letter, quote: Der}\n" * n,
    "wrong quotes": lambda n: "evidence:\n" + "- {source: letter, quote: Die Müllerin schrieb lange Briefe}\n" * n,
    "quotes out of order": lambda n: (
        f"evidence:\n- {{source: letter, quote: [{', '.join(['schrieb einen langen'] * n)}]}}\n"
    ),
    "forms": lambda n: f"forms: {{de: [{', '.join(f'Mühle{i}' for i in range(n))}]}}\n",
    "misnomers": lambda n: "misnomers:\n" + "".join(f"- {{text: Mü{i}, language: de, note: x}}\n" for i in range(n)),
    "tags": lambda n: "related:\n" + "- !a b\n" * n,
    "invisible": lambda n: "related:\n" + '- "\\u202e\\u202e"\n' * n,
    "brackets": lambda n: f"related: {'[' * n}\n",
    "open quotes": lambda n: "a: 'b\n" * n,
    "empty": lambda n: "related:\n" + "-\n" * n,
    "commas": lambda n: f"related: [{',' * n}]\n",
    "colons": lambda n: f"related: {{{'a: {' * n}\n",
    "blank lines": lambda n: "\n" * 20 * n + "k: x\n",
    "tabs": lambda n: "\t" * 10 * n + "k: x\n",
}


@pytest.mark.parametrize("name", LINES)
def test_many_lines(name: str) -> None:
    def run(count: int) -> float:
        return seconds({"terms__a": TERM + LINES[name](count)}, {})

    assert is_linear(run, 3_000)


def test_a_file_with_too_many_problems_says_so() -> None:
    files = files_of({"terms__a": TERM + f"related: [{', '.join(f'a{i}' for i in range(2 * MAX_TOLD))}]\nx: y\n"})
    found = [one for one in examine_files(files).diagnostics if one.at.file == "entries/terms/a.yaml"]
    assert len(found) == MAX_TOLD
    assert {one.code for one in found} == {"unknown-key", "unknown-ref"}
    assert [one.hint for one in found if "more problems" in one.hint] == [found[-1].hint]


def test_no_warning_takes_the_place_of_an_error() -> None:
    old = f"{TERM}status: retired\nreplaced_by: mill\n"
    many = f"{TERM}related: [{', '.join(['old'] * MAX_TOLD)}, nobody]\n"
    found = examine_files(files_of({"terms__mill": TERM, "terms__old": old, "terms__many": many})).diagnostics
    assert "unknown-ref" in {one.code for one in found}


@pytest.mark.parametrize("fragment", ["…?", "a.) A ", "1. ", "II. A ", "? ) "])
def test_sentences(fragment: str) -> None:
    def run(length: int) -> float:
        start = process_time()
        assert split_sentences(fragment * (length // len(fragment)), "de")
        return process_time() - start

    assert is_linear(run, 8_000)
