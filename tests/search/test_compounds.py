"""The splitter against words that were labelled by hand; the names in the list are whatever the dossier calls names."""

from pathlib import Path

import pytest

from generator.search.compounds import Splitter
from generator.search.dictionary import Dictionary
from generator.search.folding import fold, stem

LABELLED = Path(__file__).with_name("compounds.tsv")


def labelled() -> list[tuple[str, list[str]]]:
    """Give each word with its parts; those in brackets may be missing."""
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    split = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(line[0], line[1].split() if len(line) > 1 else []) for line in split]


def key(part: str) -> str:
    return stem(fold(part.strip("()")))


@pytest.mark.slow  # the dictionary takes a second
def test_words_of_the_shipped_texts_are_split_as_people_do() -> None:
    splitter = Splitter(Dictionary().german)
    words = labelled()
    assert len(words) == 300
    expected = found = split = 0
    wrong = []
    for word, parts in words:
        got = {key(part) for part in splitter.split(word)}
        needed = {key(part) for part in parts if part[0] != "("}
        expected += len(needed)
        found += len(needed & got)
        split += bool(got)
        if got - {key(part) for part in parts}:
            wrong.append(word)
    assert found / expected >= 0.93
    assert len(wrong) / split <= 0.05, wrong


LEMMAS = {
    word: word
    for word in ("Mühle", "Bach", "Recht", "Wasser", "Streit", "Schule", "Haus", "Rums", "Zent", "Zentrum", "Klage")
} | {"Zentrums": "Zentrum", "Rechts": "Recht", "Klagen": "Klage", "über": "über", "Bachs": "Bach", "Rum": "Rum"}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Mühlenbach", ("Mühle", "Bach")),
        ("Mühlbach", ("Mühle", "Bach")),
        ("Schulhaus", ("Schule", "Haus")),
        ("Wasserrechtsstreit", ("Wasser", "Recht", "Streit")),
        ("Wasserrechts", ("Wasser", "Rechts")),
        ("KI-Klagen", ("KI", "Klagen")),
        ("Brook-Mühlenbach", ("Brook", "Mühle", "Bach")),
        ("Zentrums", ()),  # as "Zentrum" is whole
        ("wasserrecht", ()),  # no noun
        ("WASSERRECHT", ()),
        ("Wasser", ()),
        ("Überklage", ()),  # a particle
        ("E-Klage", ()),
        ("Start-up", ()),
        ("Wasserschaft", ()),  # looks like a noun
        ("Wasserbach", ()),  # a name here
        ("Sluicerecht", ("Sluice", "Recht")),  # the dossier's own noun
        ("-", ()),
        ("", ()),
    ],
)
def test_both_parts_are_nouns(word: str, parts: tuple[str, ...]) -> None:
    splitter = Splitter(LEMMAS.get, own=["Sluice"], names=["Wasserbach"])
    assert splitter.split(word) == parts
    assert splitter.split(word) == parts


def test_a_long_word_is_looked_up_in_steps_and_a_longer_one_is_no_word() -> None:
    asked: list[str] = []

    def lemma(word: str) -> str | None:
        asked.append(word)
        return LEMMAS.get(word)

    splitter = Splitter(lemma)
    assert splitter.split("Mühlen" + 15 * "bach") == ("Mühle", *15 * ["Bach"])
    assert len(asked) < 2_000
    asked.clear()
    assert splitter.split("Mühlen" + 5_000 * "bach") == ()
    assert asked == []
