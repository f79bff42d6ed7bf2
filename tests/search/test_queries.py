"""The query set is about the shipped dossier and asks for entries that it has."""

from collections import Counter
from pathlib import Path

import yaml

from generator.pipeline import examine

QUERIES = Path(__file__).with_name("queries.yaml")
CATEGORIES = {
    *("name", "hub", "inflection", "compound", "umlaut", "typo", "language", "abbreviation", "number", "phrase"),
    *("date", "question"),
}


def test_each_query_expects_living_entries() -> None:
    queries = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    corpus = examine(QUERIES.parents[2]).corpus
    assert corpus is not None
    living = {entry.id for entry in corpus.living()}
    assert len(queries) >= 100
    assert [one["query"] for one in queries if not set(one["expect"]) <= living] == []
    assert {one["site"] for one in queries} == {"de", "en"}
    assert set(Counter(one["category"] for one in queries)) == CATEGORIES
    assert max(Counter((one["query"], one["site"]) for one in queries).values()) == 1
