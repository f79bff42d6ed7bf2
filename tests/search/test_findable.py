"""What search may find of an entry: what it is about first, and nothing that only its sources are called."""

from collections.abc import Mapping
from pathlib import Path

from generator.lang import Lang
from generator.outputs.search import Record
from generator.pipeline import examine
from generator.searchable import search_of
from generator.views.findable import mentioned, named, passages
from tests.village import changed, corpus, village

GOLDEN = Path(__file__).parents[1] / "golden/dossier"
EVENT = "entries/events/mill-bought.yaml"
VOCABULARY = "entries/vocabulary.yaml"


def record(folder: Path, name: str, changes: dict[str, str | None], lang: Lang = "de") -> Record:
    """Give the record of an entry of the village after the changes."""
    search = search_of(corpus(changes), village(changes), folder, lambda _message: None)
    pages = next(language.pages for language in search.request.languages if language.lang == lang)
    return next(asked.make() for asked in pages if asked.path.endswith(f"/{name}"))


def test_the_sources_of_an_entry_are_not_what_it_tells_of() -> None:
    known = examine(GOLDEN).corpus
    assert known is not None
    event = "1921-03-damming"
    assert {"ada-quill", "weir", "mill-quarrel"} <= set(mentioned(known)[event])
    assert {"gazette", "herald"} <= set(named(known)[event]) - set(mentioned(known)[event])


def test_what_an_entry_is_about_stands_before_its_notes() -> None:
    noted = changed(EVENT, "when_basis: stated\n", "when_basis: stated\nwhen_note: Only the year is told.\n")
    known = corpus(noted)
    entry = known.entries[Path(EVENT).stem]
    told: tuple[tuple[Lang, str], ...] = (("de", "Anna Müller kauft"), ("en", "Anna Müller buys"))
    for lang, about in told:
        first = passages(known, entry, lang)[0].text
        assert first.startswith(about)
        assert "Only the year is told." in first


def test_a_month_among_others_says_less_than_one_alone(tmp_path: Path) -> None:
    alone = record(tmp_path, "mill-bought", {**changed(EVENT, "when: 1871", "when: 1871-03")})
    assert "d187103" in alone.strong.split()
    span = record(tmp_path, "mill-bought", {**changed(EVENT, "when: 1871", "when: 1871-03/1871-05")})
    assert not {"d187103", "d187104", "d187105"} & set(span.strong.split())
    assert {"d187103", "d187104", "d187105"} <= set(span.weak.split())
    since = record(tmp_path, "mill-bought", {**changed(EVENT, "when: 1871", "when: 1871-03/..")})
    assert "d187103" in since.strong.split()


def test_the_words_of_the_other_language_s_title_lead_there_as_well(tmp_path: Path) -> None:
    told: tuple[tuple[Lang, str], ...] = (("de", "Anna Müller buys the mill"), ("en", "Anna Müller kauft die Mühle"))
    for lang, other in told:
        assert record(tmp_path, "mill-bought", {}, lang).strong.endswith(other)


def test_what_the_vocabulary_says_of_a_word_leads_to_who_uses_it(tmp_path: Path) -> None:
    noted = "buyer: {label: {de: Käuferin, en: buyer}, note: {de: Wer zahlt, en: Whoever pays}}"
    changes = {**changed(VOCABULARY, "buyer: {label: {de: Käuferin, en: buyer}}", noted)}
    found = record(tmp_path, "mill-bought", {**changes})
    assert {"zahlt", "pays"} <= set(found.strong.split())
    assert "zahlt" not in record(tmp_path, "price", {**changes}).strong.split()


def test_other_words_of_a_relation_lead_to_who_stands_in_it_with_the_other_s_name(tmp_path: Path) -> None:
    label = "{label: {de: streitet mit, en: quarrels with}"
    also = f"{label}, also: {{de: zankt, en: fights}}"
    asked: dict[str, str | None] = {**changed(VOCABULARY, label, also)}
    found = record(tmp_path, "anna-mueller", asked).strong
    assert {"zankt", "fights", "qq5"} <= set(found.split())  # whoever fights answers who does
    assert "streitet mit Gemeinderat" in found
    assert "quarrels with village council" in found
    shown = record(tmp_path, "anna-mueller", asked)
    assert not [place for place in (*shown.places, *shown.elsewhere) if "zankt" in place.text]
    told: tuple[tuple[str, dict[str, str | None]], ...] = (("village-council", asked), ("anna-mueller", {}))
    for name, changes in told:
        assert not {"zankt", "qq5"} & set(record(tmp_path, name, changes).strong.split())


def test_a_rejected_answer_says_so_and_comes_last() -> None:
    first = "  - value: {amount: 300, unit: thaler}\n"
    doubt = "    rank: deprecated\n    reason: {de: Das war ein anderer Kauf., en: That was another purchase.}\n"
    known = corpus(changed("entries/claims/price.yaml", first, first + doubt))
    told: tuple[tuple[Lang, str, str], ...] = (("de", "Taler", "Verworfen: "), ("en", "thalers", "Rejected: "))
    for lang, unit, verdict in told:
        said = [
            one.text for one in passages(known, known.entries["price"], lang) if unit in one.text and not one.is_quote
        ]
        assert said[0] == f"350 {unit}"
        assert said[1].startswith(f"{verdict}300 {unit}: ")


def test_a_rejected_answer_in_words_alone_says_so_as_well() -> None:
    whole = "assessment:\n"
    alone = "  - {text: {de: Nichts., en: Nothing.}, rank: deprecated, reason: {de: Ein Scherz., en: A joke.}}\n"
    known = corpus(changed("entries/claims/price.yaml", whole, alone + whole))
    said = [one.text for one in passages(known, known.entries["price"], "en")]
    assert "Rejected: Nothing.\nA joke." in said
    assert not said[0].startswith("Deprecated")


def test_a_title_that_asks_says_for_what(tmp_path: Path) -> None:
    title = "{de: Was kostete die Mühle?, en: What did the mill cost?}"
    asks = {**changed("entries/claims/price.yaml", title, "{de: Wie viel kostete sie?, en: How much did it cost?}")}
    assert "qq1" in record(tmp_path, "price", {**asks}).strong.split()
    assert "qq" not in record(tmp_path, "price", {}).strong


def test_who_quotes_an_open_source_does_not_change_what_it_says(tmp_path: Path) -> None:
    """One more quote makes the record of its entry anew, and not that of a whole text."""
    quotes = changed("entries/actors/messenger.yaml", "Bote des Tals nennt einen Preis", "Bote des Tals nennt")
    closed = changed("entries/sources/chronicle.yaml", "language: de\n", "language: de\nrights: excerpts\n")
    assert remade(tmp_path, {}, quotes) == {"actors/messenger"}
    assert remade(tmp_path, closed, closed | quotes) == {"actors/messenger", "sources/chronicle"}


def remade(folder: Path, before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """Give the pages whose record is another one after the changes."""
    then, now = (
        {asked.path: asked.digest for language in search.request.languages for asked in language.pages}
        for search in (search_of(corpus(one), village(one), folder, lambda _message: None) for one in (before, after))
    )
    assert then.keys() == now.keys()
    return {path for path in then if then[path] != now[path]}
