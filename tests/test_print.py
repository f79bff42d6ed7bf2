"""The PDF: it keeps its standards, says what the dossier says, leads where it should, and is always the same."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from generator.book.make import make_book
from generator.book.nodes import as_data
from generator.book.select import all_of
from generator.cli import cli, main
from generator.lang import LANGS, Lang
from generator.load import read_project
from generator.numbering import evidence_of
from generator.outputs.print import Missing, Press, PrintError, set_book
from generator.outputs.print.typesetter import TEMPLATE, Typesetter, packed
from generator.printing import MAX_PAGES, Choice, UnknownEntryError, file_for, pages_of, print_project, volumes_of
from generator.views.site import Site
from tests import village
from tests.brook import GOLDEN, brook, edit
from tests.test_book import book, golden
from tests.verapdf import broken_rules

ROOT = Path(__file__).parents[1]
HOSTILE = '*Die Zeit*.Sie #read("/etc/passwd") #panic() $x$ @ref <label> `raw` \\ // no /* comment */ _a_ = b - c + d'


def printed(project: Path, lang: Lang = "de", choice: Choice | None = None, name: str = "book.pdf") -> bytes:
    report = print_project(project, (lang,), choice or Choice(), project / name, lambda _text: None)
    assert report.files == (project / name,)
    return report.files[0].read_bytes()


def words_of(pdf: bytes) -> str:
    """Give the text as a reader copies it: lines joined, words divided at the end of a line whole again."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    return " ".join("\n".join(pages).replace("\ufffe", "").replace("\u00ad", "").split())


@pytest.fixture(scope="session")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[Lang, bytes]:
    """The golden dossier in print."""
    folder = tmp_path_factory.mktemp("print")
    return {lang: printed(brook(folder / lang), lang) for lang in LANGS}


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    return Typesetter()


def data_of(lang: Lang = "de", **changes: object) -> Any:  # noqa: ANN401
    made = as_data(book(lang)) | {"is_whole": True, "volume": 0, "volumes": {}}
    return set_book(made | changes)[0]


# --- standards


@pytest.mark.slow
def test_the_book_keeps_both_standards_and_the_engine_finds_what_breaks_them(
    pdfs: dict[Lang, bytes], tmp_path: Path
) -> None:
    for lang, pdf in pdfs.items():
        (tmp_path / f"{lang}.pdf").write_bytes(pdf)
    chapter = printed(brook(tmp_path / "p"), "de", Choice(entry="mill-quarrel"))
    assert "Streit" in pypdfium2.PdfDocument(chapter)[0].get_textpage().get_text_range()
    (tmp_path / "chapter.pdf").write_bytes(chapter)
    (tmp_path / "no-lang.pdf").write_bytes(spoilt(pdfs["de"], lambda pdf: pdf.Root.__delitem__("/Lang")))
    (tmp_path / "no-title.pdf").write_bytes(spoilt(pdfs["de"], lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")))
    (tmp_path / "no-tags.pdf").write_bytes(spoilt(pdfs["de"], lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")))
    (tmp_path / "no-metadata.pdf").write_bytes(spoilt(pdfs["de"], lambda pdf: pdf.Root.__delitem__("/Metadata")))
    (tmp_path / "no-contents.pdf").write_bytes(spoilt(pdfs["de"], without_contents))
    (tmp_path / "script.pdf").write_bytes(spoilt(pdfs["de"], with_script))
    found = broken_rules(sorted(tmp_path.glob("*.pdf")))
    assert len(found) == 9
    for good in ("de.pdf", "en.pdf", "chapter.pdf"):
        assert found[good] == {"UA-1": [], "A-2a": []}
    assert {name for name in found if found[name]["UA-1"]} >= {
        *("no-lang.pdf", "no-title.pdf", "no-tags.pdf", "no-metadata.pdf", "no-contents.pdf")
    }
    assert {name for name in found if found[name]["A-2a"]} >= {"no-tags.pdf", "no-metadata.pdf", "script.pdf"}


def spoilt(pdf: bytes, spoil: Any) -> bytes:  # noqa: ANN401
    changed = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        spoil(opened)
        opened.save(changed)
    return changed.getvalue()


def without_contents(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            if "/Contents" in annotation:
                del annotation["/Contents"]


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.slow
def test_the_book_says_what_it_is(pdfs: dict[Lang, bytes], lang: Lang) -> None:
    with pikepdf.open(BytesIO(pdfs[lang])) as pdf:
        assert str(pdf.Root.Lang).casefold() == {"de": "de-de", "en": "en-gb"}[lang]
        with pdf.open_metadata() as metadata:
            assert book(lang).title in metadata["dc:title"]
            assert metadata["dc:creator"] == [book(lang).author]
        outline: list[str] = []
        with pdf.open_outline() as opened:
            _collect(opened.root, outline)
        assert {chapter.plain for chapter in book(lang).chapters} <= set(outline)
        assert b"/ObjStm" in pdfs[lang]
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        fonts = [one for one in found if one.get("/Type") == "/Font" and one.get("/Subtype") == "/Type0"]
        assert fonts
        assert all("/ToUnicode" in font for font in fonts)
        descriptors = [one for one in found if one.get("/Type") == "/FontDescriptor"]
        assert len(descriptors) == len(fonts)
        assert all("/FontFile2" in one or "/FontFile3" in one for one in descriptors)


def _collect(items: Any, found: list[str]) -> None:  # noqa: ANN401
    for item in items:
        found.append(item.title)
        _collect(item.children, found)


@pytest.mark.slow
def test_every_link_leads_somewhere_and_says_where(pdfs: dict[Lang, bytes]) -> None:
    with pikepdf.open(BytesIO(pdfs["de"])) as pdf:
        links = [one for page in pdf.pages for one in page.get("/Annots", []) if one.Subtype == "/Link"]
        assert len(links) > 200
        assert all(str(link.Contents).strip() for link in links)
        assert all("/Dest" in link or "/A" in link for link in links)


# --- text


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_what_the_dossier_says_can_be_copied_from_the_book(pdfs: dict[Lang, bytes], lang: Lang) -> None:
    said = "".join(words_of(pdfs[lang]).split())
    wanted = [text for chapter in book(lang).chapters for text in _texts(chapter.body) if len(text) > 20]
    assert len(wanted) > 50
    lost = [text for text in wanted if "".join(text.split()) not in said]
    assert len(lost) <= len(wanted) / 100, lost
    for chapter in book(lang).chapters:
        for number, _ in enumerate(evidence_of(golden().entries[chapter.id]), 1):
            assert f"{number}" in said
    assert "Müllerin" in words_of(pdfs[lang])


def _texts(children: tuple[Any, ...]) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield child.strip()
        else:
            yield from _texts(child.children)


@pytest.mark.slow
def test_text_is_printed_as_it_stands(tmp_path: Path) -> None:
    project = brook(tmp_path)
    edit(
        project, "entries/terms/weir.yaml", 'abbreviation: {de: "W.", en: "w."}', f"abbreviation: {json.dumps(HOSTILE)}"
    )
    said = words_of(printed(project, "en"))
    assert "".join(HOSTILE.split()) in "".join(said.split())


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_parts_begin_on_a_right_hand_page_and_an_empty_one_says_nothing(pdfs: dict[Lang, bytes], lang: Lang) -> None:
    document = pypdfium2.PdfDocument(pdfs[lang])
    begins = {one.get_title(): one.get_dest().get_index() + 1 for one in document.get_toc() if one.level == 0}
    parts = [*(part.title for part in book(lang).parts), book(lang).words["proofs"], book(lang).words["register"]]
    assert all(begins[title] % 2 for title in parts)
    said = [page.get_textpage().get_text_range() for page in document]
    empty = [number for number, text in enumerate(said, 1) if not text]
    assert empty
    assert {number + 1 for number in empty} <= set(begins.values())


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_no_line_begins_with_what_belongs_to_the_one_before(pdfs: dict[Lang, bytes], lang: Lang) -> None:
    lines = [
        line
        for page in pypdfium2.PdfDocument(pdfs[lang])
        for line in page.get_textpage().get_text_range().split("\r\n")
    ]
    assert len([line for line in lines if " · " in line.replace("\u00a0", " ")]) > 9
    assert [
        line for line in lines if re.match(r"\s*(·|…|\((S|p)\.)", line) or re.search(r"\b(Abs|para)\.\s*$", line)
    ] == []


@pytest.mark.slow
def test_a_long_title_in_the_contents_keeps_clear_of_the_numbers_and_is_not_parted(typesetter: Typesetter) -> None:
    title = "Wassergenossenschaftsversammlungen " * 5
    mill = chapter("mill") | {"title": [title], "plain": title}
    part = {"id": "p", "title": "P", "body": [], "chapters": [mill, chapter("weir")]}
    words = pypdfium2.PdfDocument(typesetter.pdf(json.dumps(data_of(parts=[part], index=[], proofs=[])), 0))[
        1
    ].get_textpage()
    said = words.get_text_range()
    assert said.count("Wassergenossenschaftsversammlungen") == 5
    ends = [words.get_charbox(found.end() - 1)[2] for found in re.finditer("Wassergenossenschaftsversammlungen", said)]
    number = re.search(r"Von weir[ .]*(\d+)", said)
    assert number is not None
    assert max(ends) < words.get_charbox(number.end() - 1)[2] - 20


@pytest.mark.slow
@pytest.mark.parametrize("text", ["MillCo " * 2_500, "MillCo" * 3_000, "1." * 9_000, f"{'y' * 90} " * 200])
def test_many_names_and_endless_words_are_printed(text: str, typesetter: Typesetter) -> None:
    """Each is as long as a field may be; the widest line is within the page's margins."""
    mill = chapter("mill", ["p", {}, [text]])
    part = {"id": "p", "title": "P", "body": [], "chapters": [mill]}
    pdf = typesetter.pdf(json.dumps(data_of(parts=[part], index=[], proofs=[])), 0)
    said = words_of(pdf).replace(" ", "").replace("\u200b", "")
    assert said.count(text[:6]) >= text.replace(" ", "").count(text[:6]) * 0.9
    for page in pypdfium2.PdfDocument(pdf):
        letters = page.get_textpage()
        rights = (letters.get_charbox(at)[2] for at in range(letters.count_chars()))
        assert max(rights, default=0) < page.get_width() - 40


@pytest.mark.slow
def test_an_entry_may_have_any_id(typesetter: Typesetter) -> None:
    term = "name: {de: Eis, en: ice}\ncategory: law\ndefinition: d\n"
    corpus = village.corpus({f"entries/terms/{name}.yaml": term for name in ("ix", "end", "none", "page", "x-ix")})
    made = as_data(make_book(Site(corpus, {}, "de"), all_of(corpus))) | {"is_whole": True, "volume": 0, "volumes": {}}
    assert typesetter.pdf(json.dumps(set_book(made)[0]), 0).startswith(b"%PDF")


@pytest.mark.slow
def test_pages_of_references_are_those_of_the_chapters(pdfs: dict[Lang, bytes]) -> None:
    document = pypdfium2.PdfDocument(pdfs["en"])
    pages = [" ".join(document[n].get_textpage().get_text_range().split()) for n in range(len(document))]
    contents = next(page for page in pages if "Contents" in page)
    for chapter in book("en").chapters:
        if chapter.kind == "actor":
            number = int(contents.split(chapter.plain, 1)[1].replace(".", " ").split()[0])
            assert chapter.plain in pages[number - 1]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_every_page_that_is_said_is_the_one_that_the_reference_leads_to(pdfs: dict[Lang, bytes], lang: Lang) -> None:
    said = [(int(found[1]), page) for words, page in references(pdfs[lang]) if (found := SAID_PAGE.search(words))]
    assert len(said) > 100
    assert [(number, page) for number, page in said if number != page] == []


SAID_PAGE = re.compile(r"(?:S\.|p\.)\s?(\d+)\)?$")


def references(pdf: bytes) -> Iterator[tuple[str, int]]:
    """Give the words of each link inside the book, with the page that it leads to."""
    document = pypdfium2.PdfDocument(pdf)
    with pikepdf.open(BytesIO(pdf)) as opened:
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(opened.pages, 1)}
        names = dict(pikepdf.NameTree(opened.Root.Names.Dests).items())
        for at, page in enumerate(opened.pages):
            text = document[at].get_textpage()
            for link in page.get("/Annots", []):
                goal = link.get("/Dest", link.A.get("/D") if "/A" in link else None)
                if goal is not None:
                    goal = names[str(goal)] if isinstance(goal, pikepdf.String | pikepdf.Name) else goal
                    place = goal.D if isinstance(goal, pikepdf.Dictionary) else goal
                    yield " ".join(_words_in(text, link)), numbers[place[0].objgen]


def _words_in(text: Any, link: Any) -> Iterator[str]:  # noqa: ANN401
    corners = [float(corner) for corner in link.get("/QuadPoints", link.Rect)]
    lines: dict[int, list[float]] = {}
    for start in range(0, len(corners), 8):
        xs, ys = corners[start : start + 8 : 2], corners[start + 1 : start + 8 : 2]
        lines.setdefault(round(sum(ys) / len(ys) / 4), []).extend((min(xs), max(xs), min(ys), max(ys)))
    for found in lines.values():
        left, right, bottom, top = min(found[::4]), max(found[1::4]), min(found[2::4]), max(found[3::4])
        yield text.get_text_bounded(left=left + 0.3, bottom=bottom + 1, right=right - 0.3, top=top - 1).strip()


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_notes_of_several_entries_on_a_page_are_told_apart(pdfs: dict[Lang, bytes], lang: Lang) -> None:
    document = pypdfium2.PdfDocument(pdfs[lang])
    marks = [A_NOTE.findall(document[at].get_textpage().get_text_range()) for at in range(len(document))]
    assert sum(map(len, marks)) > 12
    assert all(len(of_page) == len(set(of_page)) for of_page in marks), marks
    assert "b1" in {mark for of_page in marks for mark in of_page}


A_NOTE = re.compile(r"^([b-z]?≠?\d+)(?=[A-ZÄÖÜ„“»‘])", re.MULTILINE)


def test_a_passage_is_anchored_behind_its_first_letter() -> None:
    passage = ["passage", {"id": "p1", "n": "1", "kind": "text", "lang": "de"}, [["words", {}, []]]]
    passage[2][0][2] = [["mark", {"id": "q1", "use": "quoted"}, ["A\u0308hren wogen"]]]  # type: ignore[index]
    chapter = {"id": "field", "kind": "source", "title": ["Feld"], "plain": "Feld", "body": [passage]}
    part = {"id": "sources", "title": "Quellen", "body": [], "chapters": [chapter]}
    found = data_of(parts=[part])["parts"][0]["chapters"][0]["body"][0][2][0][2][0]
    assert found[2] == ["A\u0308", ["anchors", {"ids": ["field/q1"]}, []], "hren wogen"]
    passage[2][0][2] = [["mark", {"id": "q1", "use": "quoted"}, ["MillCo wogt"]]]  # type: ignore[index]
    found = data_of(parts=[part])["parts"][0]["chapters"][0]["body"][0][2][0][2][0]
    assert found[2] == ["MillCo", ["anchors", {"ids": ["field/q1"]}, []], " wogt"]


@given(st.integers(1, 60))
def test_only_a_long_row_of_a_table_may_part(lines: int) -> None:
    row = ["row", {}, [["cell", {}, ["a"]], ["cell", {}, ["x" * 19 * lines]]]]
    table = data_of(parts=[], index=[], proofs=[], description=[["table", {"columns": "4 1"}, [row]]])
    assert table["description"][0][1]["whole"] == [lines <= 24]


def test_a_column_of_a_matrix_in_which_more_stands_is_wider() -> None:
    row = ["row", {}, [["cell", {}, [text]] for text in ("Wem gehört es?", "x" * 400, "x" * 100, "")]]
    table = ["table", {"class": "matrix", "columns": "2 3 3 3"}, [row]]
    made = data_of(parts=[], index=[], proofs=[], description=[table])["description"][0][1]
    _, first, second, empty = made["columns"]
    assert 1.9 < first / second < 2.1
    assert empty > second / 2


def drawn(high: int) -> Any:  # noqa: ANN401
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 {high}"><rect width="480" height="{high}"/></svg>'
    return ["figure", {"alt": "Zeit: 1921", "svg": svg}, []]


def chapter(name: str, *body: Any) -> Any:  # noqa: ANN401
    return {"id": name, "kind": "x", "title": [f"Von {name}"], "plain": f"Von {name}", "body": list(body)}


@pytest.mark.parametrize("high", [10, 100, 300, 500, 700, 3000])
def test_letters_are_as_large_in_all_drawings_that_have_room(high: int) -> None:
    part = {"id": "p", "title": "P", "body": [drawn(high)], "chapters": [chapter("mill", drawn(high))]}
    made = data_of(parts=[part], index=[], proofs=[])["parts"][0]
    of_part, of_chapter = made["body"][0][1], made["chapters"][0]["body"][0][1]
    assert (of_part["of"], of_chapter["of"]) == ("Zeit", "Von mill: Zeit")
    for one, most in ((of_part, 140.01), (of_chapter, 175.01)):
        height = one["width"] * high / 480
        assert height < most
        assert 480 * 0.229 < one["width"] < 129.01 or height > most - 1


@pytest.mark.slow
@pytest.mark.parametrize("before", [4, 12, 20, 28, 36])
@pytest.mark.parametrize(("high", "after"), [(300, 20), (500, 60), (1400, 20)])
def test_a_drawing_stays_in_its_entry(before: int, high: int, after: int, typesetter: Typesetter) -> None:
    lines = [["p", {}, [f"Zeile {number}. {'Wort ' * 8}"]] for number in range(99)]
    mill = chapter("mill", *lines[:before], drawn(high), *lines[:after])
    part = {"id": "p", "title": "P", "body": [], "chapters": [chapter("brook", *lines[:9]), mill, chapter("weir")]}
    pdf = typesetter.pdf(json.dumps(data_of(parts=[part], index=[], proofs=[])), 0)
    heading, caption, next_heading = (place_of(pdf, text) for text in ("Von mill\r", "Von mill: Zeit", "Von weir\r"))
    assert heading < caption < next_heading


@pytest.mark.slow
@pytest.mark.parametrize(("before", "order"), [(0, "drawing first second third"), (15, "first second third drawing")])
def test_what_follows_a_high_drawing_fills_the_page_that_has_no_room_for_it(
    before: int, order: str, typesetter: Typesetter
) -> None:
    lines = [["p", {}, [f"Zeile {number}. {'Wort ' * 8}"]] for number in range(before)]
    rest = [
        each for name in ("first", "second", "third") for each in (["h", {}, [f"{name} x"]], ["p", {}, ["y " * 90]])
    ]
    mill = chapter("mill", *lines, drawn(530), *rest)
    part = {"id": "p", "title": "P", "body": [], "chapters": [mill]}
    pdf = typesetter.pdf(json.dumps(data_of(parts=[part], index=[], proofs=[])), 0)
    places = {name: place_of(pdf, f"{name} x") for name in ("first", "second", "third")}
    places["drawing"] = place_of(pdf, "Von mill: Zeit")
    assert " ".join(sorted(places, key=lambda name: places[name])) == order


@pytest.mark.slow
def test_a_book_that_does_not_settle_is_set_without_asking_for_room(tmp_path: Path) -> None:
    template = tmp_path / "book.typ"
    asks = "context for _ in range(query(<a>).len() + 1) [never #metadata(none)<a>]"
    template.write_text(f'#set document(title: "x")\n#if "steady" in sys.inputs [settled] else {{ {asks} }}')
    assert words_of(Typesetter(template).pdf("{}", 0)) == "settled"


@pytest.mark.slow
@pytest.mark.parametrize("before", [2, 8, 14])
def test_no_dash_of_a_list_is_left_behind_by_its_words(before: int, typesetter: Typesetter) -> None:
    lines = [["p", {}, [f"Zeile {number}."]] for number in range(before)]
    notes = [["cite", {"entry": "mill", "n": str(number)}, ["Beleg " * 60]] for number in range(1, 61)]
    items = [["item", {}, [f"Wort {number} ", note]] for number, note in enumerate(notes)]
    mill = chapter("mill", *lines, drawn(500), ["list", {}, items], ["p", {}, ["x " * 3000]])
    part = {"id": "p", "title": "P", "body": [], "chapters": [mill]}
    pdf = typesetter.pdf(json.dumps(data_of(parts=[part], index=[], proofs=[])), 0)
    said = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert len(re.findall(r"(?m)^– Wort", said)) == 60
    assert not re.search(r"(?m)^–\s*$", said)


def place_of(pdf: bytes, text: str) -> tuple[int, float]:
    """Return the page on which a line stands, below its head and behind the contents, and how far down."""
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        words = page.get_textpage()
        for found in re.finditer(text, f"{words.get_text_range()}\r"):
            top = words.get_charbox(found.start())[3]
            if number > 1 and top < page.get_height() - 62:
                return number, -top
    raise AssertionError(text)


# --- what a part lacks


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_what_an_excerpt_lacks_is_linked_where_it_is_published(tmp_path: Path, lang: Lang) -> None:
    base = str(golden().dossier.site_url)
    with pikepdf.open(BytesIO(printed(brook(tmp_path), lang, Choice(entry="mill-quarrel")))) as pdf:
        links = [one.A.URI for page in pdf.pages for one in page.get("/Annots", []) if "/URI" in one.get("/A", {})]
    addresses = {str(link).partition("#") for link in links}
    assert len(addresses) > 5
    for address, _, place in addresses:
        page = GOLDEN.parent / "pages" / f"{address.removeprefix(base).rstrip('/')}.md"
        assert address.startswith(f"{base}{lang}/")
        assert page.is_file()
        assert not place or f'id="{place}"' in page.read_text(encoding="utf-8")
    assert any(place for *_, place in addresses)
    edit(tmp_path, "entries/dossier.yaml", f"site_url: {base}\n", "")
    with pikepdf.open(BytesIO(printed(tmp_path, lang, Choice(entry="mill-quarrel")))) as pdf:
        assert not [one for page in pdf.pages for one in page.get("/Annots", []) if "/URI" in one.get("/A", {})]


# --- characters


@pytest.mark.slow
def test_a_character_that_no_font_has_is_reported_and_printed_as_its_number(typesetter: Typesetter) -> None:
    changes = village.changed("entries/terms/water-right.yaml", "category:", "abbreviation: 水 Bach\ncategory:")
    corpus = village.corpus(changes)
    made = as_data(make_book(Site(corpus, {}, "de"), all_of(corpus)))
    data, missing = set_book(made | {"is_whole": True, "volume": 0, "volumes": {}})
    assert Missing("water-right", "水") in missing
    assert "[U+6C34] Bach" in words_of(typesetter.pdf(json.dumps(data), 0))


@pytest.mark.slow
@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x1FFFF), min_size=1, max_size=30))
def test_text_that_is_covered_can_be_set(text: str) -> None:
    made = as_data(book("de")) | {"parts": [], "index": [], "proofs": [], "description": [["p", {}, [f"x{text}y"]]]}
    data, _ = set_book(made | {"is_whole": True, "volume": 0, "volumes": {}})
    assert typesetter_of_all().pdf(json.dumps(data), 0)


@cache
def typesetter_of_all() -> Typesetter:
    return Typesetter()


# --- volumes


def test_a_large_dossier_is_divided_by_kinds_and_nothing_is_lost() -> None:
    files = read_project(GOLDEN)[0]
    site = Site(golden(), {}, "de")
    ids = all_of(golden())
    assert volumes_of(site, files, ids, 600) == (ids,)
    volumes = volumes_of(site, files, ids, 2)
    assert len(volumes) > 2
    assert sorted(one for volume in volumes for one in volume) == sorted(ids)
    assert all(volumes)


@pytest.mark.parametrize("more", [0, 30])
def test_what_is_named_often_is_taken_for_longer(more: int) -> None:
    term = "name: {de: Zins %d, en: fee %d}\ncategory: law\ndefinition: d\nrelated: [water-right]\n"
    files = village.village({f"entries/terms/fee-{n}.yaml": term.replace("%d", str(n)) for n in range(more)})
    corpus = village.look(files).corpus
    assert corpus is not None
    found = pages_of(corpus, files, "water-right")
    assert 0.06 * more < found < 0.06 * more + 1


@pytest.mark.slow
def test_as_many_pages_are_made_as_were_expected(pdfs: dict[Lang, bytes]) -> None:
    files = read_project(GOLDEN)[0]
    expected = sum(pages_of(golden(), files, entry_id) for entry_id in all_of(golden()))
    begins = [one.get_dest().get_index() for one in pypdfium2.PdfDocument(pdfs["de"]).get_toc() if one.level == 0]
    assert expected / 2 < begins[-1] - begins[2] - len(book("de").parts) < expected * 2


def test_the_command_knows_how_many_pages_a_volume_has() -> None:
    assert {one.name: one.default for one in cli.commands["pdf"].params}["max_pages"] == MAX_PAGES


@pytest.mark.slow
def test_a_reference_to_another_volume_names_it(tmp_path: Path) -> None:
    report = print_project(brook(tmp_path), ("de",), Choice(max_pages=1), None, lambda _text: None)
    assert len(report.files) > 1
    assert [file.name for file in report.files] == [f"dossier-de-{n}.pdf" for n in range(1, len(report.files) + 1)]
    assert "(Band 2)" in words_of(report.files[0].read_bytes())
    assert "Band 1" in words_of(report.files[0].read_bytes())


# --- the press


@pytest.mark.slow
def test_a_press_answers_books_and_complaints_in_turn() -> None:
    data = data_of(parts=[], index=[], proofs=[])
    with Press() as press:
        first = press.print(data, timestamp=0)
        with pytest.raises(PrintError, match="missing"):
            press.print(data | {"description": [["ref", {"to": "missing"}, ["x"]]]}, timestamp=0)
        assert press.print(data, timestamp=0) == first
    assert first.startswith(b"%PDF-1.7")


def test_a_press_that_ends_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "false")
    with Press() as press, pytest.raises(PrintError, match="ended"):
        press.print({"x": "y" * 1_000_000}, timestamp=0)


# --- the command


@pytest.mark.slow
def test_the_same_book_in_another_place_is_the_same_to_the_byte(pdfs: dict[Lang, bytes], tmp_path: Path) -> None:
    output = tmp_path / "again.pdf"
    command = [sys.executable, "-m", "generator", "pdf", "--project", str(brook(tmp_path / "elsewhere"))]
    environment = {**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    subprocess.run([*command, "--lang", "en", "--output", str(output)], check=True, env=environment, cwd=ROOT)
    assert output.read_bytes() == pdfs["en"]


@pytest.mark.slow
def test_the_command_prints_both_languages_and_parts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    project = str(brook(tmp_path))
    assert main(["pdf", "--project", project]) == 0
    assert main(["pdf", "--project", project, "--lang", "en", "--dispute", "mill-quarrel"]) == 0
    assert (
        main(["pdf", "--project", project, "--lang", "de", "--kind", "term", "--output", str(tmp_path / "t.pdf")]) == 0
    )
    assert {file.name for file in (tmp_path / "build" / "pdf").iterdir()} == {
        *("dossier-de.pdf", "dossier-en.pdf", "mill-quarrel-en.pdf")
    }
    part = words_of((tmp_path / "build" / "pdf" / "mill-quarrel-en.pdf").read_bytes())
    assert "The quarrel about the weir" in part
    assert "9 September 2001" in part
    assert "Gazette" in part
    assert "Ada Quill" not in words_of((tmp_path / "t.pdf").read_bytes()).split("Register")[0].split("Glossar")[0]
    assert "The book is" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wanted", "langs", "name"),
    [
        ("book", LANGS, "book-en.pdf"),
        ("book.pdf", LANGS, "book-en.pdf"),
        ("book", ("en",), "book.pdf"),
        ("my.book.pdf", ("en",), "my.book.pdf"),
        ("book", (), "book-en.pdf"),
    ],
)
def test_a_book_has_its_ending_and_its_language_where_there_are_several(
    wanted: str, langs: tuple[Lang, ...], name: str
) -> None:
    assert file_for(Path("x") / wanted, "en", langs, ".pdf") == Path("x") / name


def test_nothing_is_printed_of_a_dossier_with_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = brook(tmp_path)
    edit(project, "entries/terms/weir.yaml", "category:", "categorie:")
    assert main(["pdf", "--project", str(project)]) == 1
    assert "Nothing was printed." in capsys.readouterr().err
    assert not (project / "build" / "pdf").exists()


def test_an_entry_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pdf", "--project", str(brook(tmp_path)), "--entry", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err
    with pytest.raises(UnknownEntryError):
        print_project(tmp_path, ("de",), Choice(about="nobody"), None, lambda _text: None)


def test_a_kind_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pdf", "--project", str(brook(tmp_path)), "--kind", "dragon"]) == 2
    assert "dragon" in capsys.readouterr().err


def test_a_failure_leaves_the_old_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = brook(tmp_path)
    old = project / "book.pdf"
    old.write_bytes(b"old")
    monkeypatch.setattr(sys, "executable", "false")
    with pytest.raises(PrintError):
        printed(project)
    assert old.read_bytes() == b"old"
    assert list(project.glob(".*")) == []


def test_packing_keeps_what_a_pdf_says() -> None:
    pdf = typst.compile(b"#set document(title: [x])\n= Hello", format="pdf")
    assert words_of(packed(pdf)) == "Hello"
    assert len(packed(pdf)) <= len(pdf)
    assert TEMPLATE.is_file()
