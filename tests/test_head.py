"""The head of a page: its description, its front matter, and where hand-written pages stand in the navigation."""

import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.changes import page_fingerprints
from generator.markdown import here
from generator.prose import shortened
from generator.render import render_pages, render_site
from generator.views.about import about
from generator.views.docs import head_and_body, order_of_doc, with_places
from generator.views.downloads import NO_DOWNLOADS, Download, Downloads
from generator.views.head import MAX_DESCRIPTION
from generator.views.plan import jobs_of
from generator.views.site import Site
from tests.stories import corpus_of

PERSON = """
type: person
name: Ada "A" Quill
summary: |
  Built the [[bo|other's]] mill, with **stone**, as [[bo]] saw.

  And more.
"""
OTHER = "{type: person, name: Bo Rye, summary: A gardener.}"


def heads(docs: dict[str, str] | None = None, **entries: str) -> dict[str, dict[str, object]]:
    corpus = corpus_of({"actors__ada": PERSON, "actors__bo": OTHER, **entries}, {})
    pages = render_pages(corpus, docs or {}, "en").files
    return {path: yaml.safe_load(text.decode().split("---\n")[1]) for path, text in pages.items() if path[-3:] == ".md"}


def test_a_description_is_the_first_paragraph_without_markup() -> None:
    assert heads()["actors/ada.md"]["description"] == "Built the other&#x27;s mill, with stone, as Bo Rye saw."


def test_a_description_ends_between_words() -> None:
    assert shortened("a  b\nc", 9) == "a b c"
    long = shortened("wheel " * 40, MAX_DESCRIPTION)
    assert long.endswith("wheel…")
    assert len(shortened("x" * 200, MAX_DESCRIPTION)) == MAX_DESCRIPTION


@given(st.text())
def test_a_description_is_never_too_long(text: str) -> None:
    assert len(shortened(text, MAX_DESCRIPTION)) <= MAX_DESCRIPTION


def test_what_a_retired_entry_leads_to_is_a_file() -> None:
    found = heads(actors__old="{type: person, name: Old, summary: Merged., status: retired, replaced_by: ada}")
    assert found["actors/old.md"]["moved"] == "actors/ada/index.html"
    gone = heads(actors__old="{type: person, name: Old, summary: Gone., status: retired}")
    assert "moved" not in gone["actors/old.md"]


def test_a_page_names_its_own_pdf_or_that_of_its_part() -> None:
    corpus = corpus_of({"actors__ada": PERSON, "actors__bo": OTHER}, {})
    downloads = Downloads((), {"en": frozenset({"ada"})}, {"en": {"actor": "downloads/mill-en-actors.pdf"}})
    site = Site(corpus, {}, "en", downloads)
    pages = render_site(site, jobs_of(site)).files
    found = {
        path: yaml.safe_load(text.decode().split("---\n")[1]) for path, text in pages.items() if path[-3:] == ".md"
    }
    assert found["actors/ada.md"]["entry"]["pdf"] == "../downloads/pdf/en/ada.pdf"
    assert "part" not in found["actors/ada.md"]
    assert "pdf" not in found["actors/bo.md"]["entry"]
    for path in ("actors/bo.md", "actors/index.md"):
        assert found[path]["part"] == "../downloads/mill-en-actors.pdf"
    assert "part" not in found["register/index.md"]
    before, after = (page_fingerprints(one, jobs_of(one)) for one in (Site(corpus, {}, "en"), site))
    changed = {key for key in after if before[key] != after[key]}
    assert {"page:actors/ada.md", "page:actors/bo.md", "page:actors/index.md"} <= changed


def test_pages_say_the_way_to_them() -> None:
    found = heads()
    assert found["actors/ada.md"]["trail"] == [{"title": "Actors", "url": "actors/"}]
    assert "trail" not in found["actors/index.md"]
    assert "trail" not in found["index.md"]


def test_a_hand_written_page_may_say_where_it_stands() -> None:
    corpus = corpus_of({}, {})
    docs = {"docs/en/late.md": "# Late", "docs/en/first.md": "---\norder: 5\ntitle: One\n---\n# First\n\nText.\n"}
    pages = render_pages(corpus, docs, "en")
    titles = [title for title, _ in pages.nav]
    assert titles[:2] == ["Home", "First"]
    assert titles[-1] == "Late"
    text = pages.files["first.md"].decode()
    assert text.count("---\n") == 2
    assert yaml.safe_load(text.split("---\n")[1]) == {"order": 5, "title": "One", "entry": {"file": "docs/en/first.md"}}


def test_front_matter_is_told_from_a_rule() -> None:
    assert head_and_body("---\na: 1\n---\nText") == ("a: 1\n", "Text")
    assert head_and_body("Text\n---\na\n---\n") == ("", "Text\n---\na\n---\n")
    assert order_of_doc("order: 3\n") is None


def test_the_parts_of_a_hand_written_page_are_numbered_but_not_in_code() -> None:
    text = with_places("# One\n\n## Two\n\n```\n## Three\n```\n\n### Four", here)
    assert text == (
        '# One\n\n## <span id="at-1" class="here"></span>Two\n\n```\n## Three\n```\n\n'
        '### <span id="at-2" class="here"></span>Four'
    )


def test_every_page_is_told_where_the_book_of_its_language_lies() -> None:
    corpus = corpus_of({"entries/dossier.yaml": "{title: The mill, description: A dossier.}"}, {})
    files = (Download("downloads/mill-de.pdf", "pdf", "de"), Download("downloads/mill-en.pdf", "pdf", "en"))
    assert about(corpus, "en", Downloads(files))["book"] == "../downloads/mill-en.pdf"
    assert "book" not in about(corpus, "en", NO_DOWNLOADS)


def test_a_citation_has_a_date_as_exact_as_the_state_of_knowledge() -> None:
    def cut_off(date: str) -> object:
        text = f"{{title: The mill, description: A dossier., cut_off: '{date}'}}"
        return about(corpus_of({"entries/dossier.yaml": text}, {}), "en", NO_DOWNLOADS).get("cut_off")

    assert cut_off("1921") == {"said": "1921", "year": 1921, "circa": False}
    assert cut_off("1921-05?") == {"said": "May 1921 (uncertain)", "year": 1921, "month": 5, "circa": True}
    assert cut_off("1921-05-03") == {"said": "3 May 1921", "year": 1921, "month": 5, "day": 3, "circa": False}
    assert cut_off("1921/1922") == {"said": "1921–1922", "year": 1922, "circa": False}
