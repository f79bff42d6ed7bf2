"""What search understands, told as vectors; in Python and in a browser, where queries are typed."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.search import folding, lexicon, names, quantities, query, shards, typos

HERE = Path(__file__).parent
SCRIPTS = HERE.parents[1] / "generator/assets/search"


def vectors(name: str) -> Any:  # noqa: ANN401 - as JSON is
    found = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    assert found
    return found


@pytest.fixture(scope="module")
def script(browser: Browser) -> Callable[[str, object], Any]:
    """Evaluate JavaScript with the functions of the search at `q` and one argument."""
    page: Page = browser.new_page()
    for name in ("60-query.js", "61-lexicon.js"):
        page.add_script_tag(content=(SCRIPTS / name).read_text(encoding="utf-8"))

    def evaluate(function: str, argument: object) -> Any:  # noqa: ANN401 - whatever the page gives
        return page.evaluate(
            f"(x) => {{ const q = {{ ...window.dossierQuery, ...window.dossierLexicon }}; return ({function})(x); }}",
            argument,
        )

    return evaluate


IN_BROWSER = [pytest.mark.slow, pytest.mark.browser]
both = pytest.mark.parametrize("where", ["python", pytest.param("browser", marks=IN_BROWSER)])


def asked(where: str, request: pytest.FixtureRequest, python: Callable[[Any], Any], script: str, inputs: Any) -> Any:  # noqa: ANN401
    """Give the answers to all inputs, from Python or from a browser."""
    if where == "python":
        return json.loads(json.dumps([python(one) for one in inputs]))
    return request.getfixturevalue("script")(f"(all) => all.map({script})", inputs)


@both
def test_words_are_folded(where: str, request: pytest.FixtureRequest) -> None:
    found = asked(
        where,
        request,
        lambda text: [folding.fold(text), folding.words(text), [folding.stem(word) for word in folding.words(text)]],
        "(text) => [q.fold(text), q.words(text), q.words(text).map(q.stem)]",
        [one["text"] for one in vectors("folding")],
    )
    assert found == [[one["folded"], one["words"], one["stems"]] for one in vectors("folding")]


@both
def test_mistakes_are_counted(where: str, request: pytest.FixtureRequest) -> None:
    found = asked(
        where,
        request,
        lambda one: [typos.limit(len(one[0])), typos.distance(*one)],
        "([one, other, most]) => [q.limit(one.length), q.distance(one, other, most)]",
        [[one["one"], one["other"], one["most"]] for one in vectors("typos")],
    )
    assert [distance for _, distance in found] == [one["distance"] for one in vectors("typos")]
    assert [most for most, _ in found] == [typos.limit(len(one["one"])) for one in vectors("typos")]


@both
def test_amounts_and_dates_are_understood(where: str, request: pytest.FixtureRequest) -> None:
    found = asked(
        where,
        request,
        lambda text: [[text[one.start : one.end], *one.tokens] for one in quantities.quantities(text)],
        "(text) => q.quantities(text).map((one) => [text.slice(one.start, one.end), ...one.tokens])",
        [one["text"] for one in vectors("quantities")],
    )
    assert found == [one["found"] for one in vectors("quantities")]


@both
def test_queries_are_taken_apart(where: str, request: pytest.FixtureRequest) -> None:
    found = asked(
        where,
        request,
        lambda text: query.understand(text)._asdict(),
        "(text) => q.understand(text)",
        [one["typed"] for one in vectors("understand")],
    )
    assert [{"typed": one["typed"], **got} for one, got in zip(vectors("understand"), found, strict=True)] == vectors(
        "understand"
    )


@both
def test_names_are_found(where: str, request: pytest.FixtureRequest) -> None:
    told = vectors("names")
    rows: Sequence[names.Row] = [tuple(row) for row in told["rows"]]
    found = asked(
        where,
        request,
        lambda text: [[one.entry_id, one.way, one.typos] for one in names.find(text, rows)],
        f"(text) => q.findNames(text, {json.dumps(rows)}).map((one) => [one.entry, one.way, one.typos])",
        [one["query"] for one in told["queries"]],
    )
    assert [{"query": one["query"], "found": got} for one, got in zip(told["queries"], found, strict=True)] == told[
        "queries"
    ]


@both
def test_words_are_repaired(where: str, request: pytest.FixtureRequest) -> None:
    told = vectors("repair")
    forms = {form: tuple(leading) for form, leading in told["forms"].items()}
    known = lexicon.Words(told["lexicon"], forms=forms)
    items = [*told["lexicon"].items(), *((form, 0, leading) for form, leading in forms.items())]
    found = asked(
        where,
        request,
        lambda typed: lexicon.repair(typed, known)._asdict(),
        f"(typed) => q.repair(typed, q.lexicon({json.dumps(items)}))",
        [one["typed"] for one in told["queries"]],
    )
    assert [{"typed": one["typed"], **got} for one, got in zip(told["queries"], found, strict=True)] == told["queries"]


@both
def test_what_is_akin_is_found(where: str, request: pytest.FixtureRequest) -> None:
    told = vectors("akin")
    kin = {word: tuple(others) for word, others in told["kin"].items()}
    forms = {form: tuple(leading) for form, leading in told["forms"].items()}
    known = lexicon.Words(told["lexicon"], kin, forms)
    items = [[word, count, *([kin[word]] if word in kin else [])] for word, count in told["lexicon"].items()]
    items += [[form, 0, leading] for form, leading in forms.items()]
    found = asked(
        where,
        request,
        known.akin,
        f"(word) => q.lexicon({json.dumps(items)}).akin(word)",
        [one["word"] for one in told["queries"]],
    )
    assert [{"word": one["word"], "akin": got} for one, got in zip(told["queries"], found, strict=True)] == told[
        "queries"
    ]


@both
def test_shards_are_found(where: str, request: pytest.FixtureRequest) -> None:
    told = vectors("shards")
    held: dict[str, list[str]] = told["shards"]
    found = asked(
        where,
        request,
        lambda key: [shards.shard_of(key, held), shards.shards_near(key, held)],
        f"(key) => [q.shardOf(key, new Set({list(held)})), q.shardsNear(key, new Set({list(held)}))]",
        [key for key, _, _ in told["keys"]],
    )
    assert found == [[shard, near] for _, shard, near in told["keys"]]
    assert shards.sharded([(key, key) for keys in held.values() for key in keys], 2) == {
        name: tuple(keys) for name, keys in held.items()
    }
