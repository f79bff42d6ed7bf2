"""Every kind has all that it needs: templates, words in both languages, a schema, an entry in the golden dossier."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.kind import Kind
from generator.kinds import all_kinds
from generator.lang import LANGS
from generator.pipeline import examine
from generator.schema import editor_settings, schemas
from generator.walk import word_lists
from generator.words import kind_words, site_words
from generator.yamltree import Tree, parse

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"
KINDS = tuple(all_kinds().values())
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def test_there_are_kinds() -> None:
    assert len(KINDS) == len(list((PACKAGE / "kinds").glob("[a-z]*.py"))) >= 7


@each_kind
def test_a_kind_has_its_templates(kind: Kind) -> None:
    folder = PACKAGE / "templates" / "kinds" / kind.name
    needed = {"index.md.j2", "backlink.md.j2", *(page.template for page in kind.extra_pages)}
    needed |= {"entry.md.j2"} if kind.has_pages else set()
    assert needed <= {file.name for file in folder.iterdir()}
    in_the_book = PACKAGE / "templates" / "book" / "kinds" / kind.name
    needed = {"backlink.xml.j2", "entry.xml.j2" if kind.has_pages else "margin.xml.j2"}
    assert needed <= {file.name for file in in_the_book.iterdir()}


@each_kind
def test_a_kind_has_its_words_in_both_languages(kind: Kind) -> None:
    tree = parse((PACKAGE / "kinds" / f"{kind.name}.words.yaml").read_text(encoding="utf-8"), kind.name)[0] or {}
    bare = [path for path, leaf in leaves(tree) if set(leaf) != set(LANGS) or None in leaf.values()]
    assert bare == []
    german, english = (vars(kind_words(kind.name, lang).texts) for lang in LANGS)
    assert german.keys() == english.keys()
    assert {"kind", "kinds"} <= german.keys()


def leaves(tree: Mapping[str, Tree], path: str = "") -> list[tuple[str, dict[str, Tree]]]:
    found: list[tuple[str, dict[str, Tree]]] = []
    for key, value in tree.items():
        assert isinstance(value, dict), f"{path}/{key}"
        if value.keys() & set(LANGS):
            found.append((f"{path}/{key}", value))
        else:
            found += leaves(value, f"{path}/{key}")
    return found


def test_the_site_has_its_words_in_both_languages() -> None:
    german, english = (vars(site_words(lang).texts) for lang in LANGS)
    assert german.keys() == english.keys()
    assert german


@each_kind
def test_every_enumerated_value_has_a_label(kind: Kind) -> None:
    """A value of the schema that the words do not know would be shown as it stands in the file."""
    known = (PACKAGE / "kinds" / f"{kind.name}.words.yaml").read_text(encoding="utf-8")
    known += (PACKAGE / "words" / "site.yaml").read_text(encoding="utf-8")
    values = set(re.findall(r'"enum": \[(.*?)\]', schemas()[f"{kind.name}.schema.json"], re.DOTALL))
    words = {word for value in values for word in re.findall(r'"([^"]+)"', value)} - set(LANGS)
    keys = set(re.findall(r'"?([^\s":]+)"?: \{de:', known))
    assert words - keys == set()


@each_kind
def test_a_kind_has_a_schema_that_is_checked_in(kind: Kind) -> None:
    assert (ROOT / "schema" / f"{kind.name}.schema.json").is_file()
    assert f"entries/{kind.folder}/*.yaml" in editor_settings().values()


@each_kind
def test_a_kind_has_a_golden_entry(kind: Kind) -> None:
    corpus = examine(ROOT / "tests" / "golden" / "dossier").corpus
    assert corpus is not None
    assert corpus.of_kind(kind.name)


@each_kind
def test_a_kind_takes_its_words_from_lists_of_our_vocabulary(kind: Kind) -> None:
    corpus = examine(ROOT).corpus
    assert corpus is not None
    assert word_lists(kind.model) <= set(corpus.vocabulary)


def test_kinds_have_places_of_their_own() -> None:
    for attribute in ("name", "folder", "order"):
        assert len({getattr(kind, attribute) for kind in KINDS}) == len(KINDS)
    pages = [kind.path for kind in KINDS] + [page.path for kind in KINDS for page in kind.extra_pages]
    assert len(set(pages)) == len(pages)
