"""The figures of a dossier."""

import json

import pytest

from generator.stats import render_stats, stats
from tests.village import changed, corpus, look, village

FIGURES = {
    "version": 1,
    "entries": {"dispute": 1, "event": 1, "actor": 3, "claim": 1, "term": 1, "source": 1, "annotation": 1},
    "retired": 1,
    "missing_translations": {"de": 0, "en": 0},
    "by_year": {"dispute": {"1871": 1}, "event": {"1871": 1}, "source": {"1880": 1}},
    "sentences": {
        "chronicle": {
            "total": 9,
            "quoted": 4,
            "annotated": 1,
            "set-aside": 1,
            "untouched": 3,
            "accounted_percent": 66.7,
        }
    },
}


def test_everything_is_counted() -> None:
    figures = stats(corpus())
    assert {name: figures[name] for name in FIGURES} == FIGURES
    assert figures["evidence"]["items"] == 10
    assert sum(figures["evidence"]["by_kind"].values()) == 10
    assert figures["evidence"]["by_modality"] == {"asserted": 9, "reported": 1}
    assert figures["texts"]["de"] == figures["texts"]["en"]
    json.dumps(figures)


def test_a_missing_translation_is_counted() -> None:
    one = changed("entries/terms/water-right.yaml", "{de: Wasserrecht, en: water right}", "{de: Wasserrecht}")
    figures = stats(corpus(one))
    assert figures["missing_translations"] == {"de": 0, "en": 1}
    assert figures["texts"]["de"] == figures["texts"]["en"] + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "missing"),
    [
        ("entries/terms/water-right.yaml", "{de: Wasserrecht, en: water right}", "{de: Wasserrecht}", 1),
        ("entries/terms/water-right.yaml", "    translation:", "    note:", 2),
        ("entries/dossier.yaml", ", en: The quarrel about the mill}", "}", 1),
        ("entries/vocabulary.yaml", "{de: Kauf, en: purchase}", "{en: purchase}", 1),
        ("entries/actors/anna-mueller.yaml", "        translation:", "        note:", 2),
    ],
)
def test_as_many_are_missing_as_check_warns_of(file: str, old: str, new: str, missing: int) -> None:
    examined = look(village(changed(file, old, new)))
    assert examined.corpus is not None
    warnings = sum(one.code == "missing-translation" for one in examined.diagnostics)
    assert sum(stats(examined.corpus)["missing_translations"].values()) == warnings == missing


def test_people_read_a_table() -> None:
    table = render_stats(stats(corpus()))
    assert "version" not in table
    assert "  actor                              3" in table
    assert "1871 1" in table
    assert "accounted_percent 66.7" in table
