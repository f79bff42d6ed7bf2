"""What search may find of an entry: what it is about first, and nothing that only its sources are called."""

from pathlib import Path

from generator.lang import Lang
from generator.pipeline import examine
from generator.views.findable import mentioned, named, passages
from tests.village import changed, corpus

GOLDEN = Path(__file__).parents[1] / "golden/dossier"
EVENT = "entries/events/mill-bought.yaml"


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
