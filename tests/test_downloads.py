"""What readers can take away: whole, the same for the same dossier, named right on the pages, made only when new."""

import csv
import hashlib
import io
import json
import re
import zipfile
from functools import partial
from html import unescape
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import cli, enclosures, printing
from generator import downloads as module
from generator.book.select import all_of, excerpt
from generator.build import Engine
from generator.corpus import Corpus
from generator.lang import LANGS
from generator.load import read_project
from generator.offered import name_of
from generator.outputs.data import dataset_json, entries_csv, evidence_csv
from generator.outputs.data.tables import _inert
from generator.pipeline import examine
from generator.views.downloads import path_of_pdf, size_label
from generator.views.shelved import filled
from generator.views.site import index_of
from generator.words import kind_words
from tests.brook import GOLDEN, brook, edit, held, make, stamps
from tests.built import golden_site
from tests.test_print import words_of

ENGINES: Final[tuple[Engine, ...]] = ("mkdocs", "zensical")
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    found = examine(GOLDEN).corpus
    assert found is not None
    return found


def rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_the_data_hold_every_entry_and_where_each_quote_stands(corpus: Corpus) -> None:
    data = json.loads(dataset_json(corpus))
    assert [entry["id"] for entry in data["entries"]] == list(corpus.entries)
    texts = {text["id"]: text["text"] for text in data["texts"]}
    found = 0
    for entry in data["entries"]:
        assert [evidence["number"] for evidence in entry["evidence"]] == list(range(1, len(entry["evidence"]) + 1))
        for evidence in entry["evidence"]:
            assert len(evidence["passages"]) == len(evidence["quote"])
            for place, quote in zip(evidence["passages"], evidence["quote"], strict=True):
                if evidence["source"] in texts:
                    assert texts[evidence["source"]][place["start"] : place["end"]] == " ".join(quote.split())
                    found += 1
    assert found > 5


def test_where_rights_forbid_it_the_text_is_not_in_the_data(corpus: Corpus) -> None:
    closed = {entry_id for entry_id, text in corpus.texts.items() if not _is_open(corpus, entry_id)}
    assert closed
    assert {text["id"] for text in json.loads(dataset_json(corpus))["texts"]} == corpus.texts.keys() - closed


def _is_open(corpus: Corpus, entry_id: str) -> bool:
    entry = corpus.entries[entry_id]
    text = entry.kind.text(entry.data)
    return text is not None and text.is_open


def test_tables_and_data_have_the_same_evidence(corpus: Corpus) -> None:
    data = json.loads(dataset_json(corpus))
    expected = [(entry["id"], str(one["number"])) for entry in data["entries"] for one in entry["evidence"]]
    assert [(row["entry"], row["number"]) for row in rows(evidence_csv(corpus))] == expected
    assert [row["id"] for row in rows(entries_csv(corpus))] == list(corpus.entries)


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    cell = _inert(text)
    assert not cell.startswith(FORMULAS)
    assert not cell.lstrip().startswith(FORMULAS)
    assert cell in {text, f"'{text}"}


def test_files_are_named_after_the_dossier(corpus: Corpus) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name_of(corpus))
    assert "muehlenstreit" in name_of(corpus, "de") == name_of(corpus)
    assert "mill" in name_of(corpus, "en")


@pytest.mark.parametrize(
    ("size", "de", "en"),
    [(1, "1 kB", "1 kB"), (29_266, "29 kB", "29 kB"), (1_234_567, "1,2 MB", "1.2 MB"), (45_600_000, "46 MB", "46 MB")],
)
def test_sizes_are_said_in_the_language_of_the_page(size: int, de: str, en: str) -> None:
    assert size_label(size, "de").replace("\u00a0", " ") == de
    assert size_label(size, "en").replace("\u00a0", " ") == en


def test_the_figures_of_the_copy_are_filled_in_again() -> None:
    page = '<span data-fill="size"></span> <code data-fill="sha256"></code> <span>x</span>'
    once = filled(page, "6 MB", "abc")
    assert once == '<span data-fill="size"> · 6 MB</span> <code data-fill="sha256">abc</code> <span>x</span>'
    assert filled(filled(once, "7 MB", "def"), "6 MB", "abc") == once
    assert filled(once, "", "") == page


# --- builds -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = brook(tmp_path_factory.mktemp("downloads"))
    make(project, with_site=True, with_downloads=True)
    return project


def shown(site: Path, lang: str) -> dict[str, tuple[str, str]]:
    """Return size and digest of every file that the downloads page names, by its path below the site."""
    page = site / lang / "downloads/index.html"
    text = page.read_text(encoding="utf-8")
    links = re.findall(r'<li><a [^>]*href="([^"]+)"[^>]*>[^<]*</a><span[^>]*>([^<]*)</span>', text)
    digests = dict(re.findall(r"<li>([^ <]+) <code[^>]*>([0-9a-f]*)</code></li>", text))
    paths = ((page.parent / unescape(href)).resolve().relative_to(site.resolve()).as_posix() for href, _ in links)
    assert len(digests) == len(links)
    return {
        path: (size.removeprefix(" · "), digests[path.rpartition("/")[2]])
        for path, (_, size) in zip(paths, links, strict=True)
    }


@pytest.mark.slow
def test_the_page_names_every_file_with_its_size_and_digest(built: Path) -> None:
    site = built / "build/site"
    files = {f"downloads/{path}": raw for path, raw in held(site / "downloads").items()}
    own = {path for path in files if path.startswith("downloads/pdf/")}
    assert {path.rpartition(".")[2] for path in files.keys() - own} == {"pdf", "epub", "zip", "json", "csv"}
    corpus = examine(built).corpus
    assert corpus is not None
    assert own == {path_of_pdf(lang, entry_id) for lang in LANGS for entry_id in all_of(corpus)}
    for lang in LANGS:
        listed = {path: raw for path, raw in files.items() if path not in own}
        expected = {path: (size_label(len(raw), lang), hashlib.sha256(raw).hexdigest()) for path, raw in listed.items()}
        assert shown(site, lang) == expected
        [copy] = [size for path, (size, _) in expected.items() if path.endswith(".zip")]
        assert f'<span data-fill="size"> · {copy}</span>' in (site / lang / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_nothing_is_made_again_for_the_same_dossier(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError

    before = stamps(built / "build/site")
    monkeypatch.setattr(module, "side_by_side", fail)
    assert make(built, with_site=True, with_downloads=True).site is not None
    assert stamps(built / "build/site") == before


@pytest.mark.slow
def test_every_page_of_an_entry_links_its_own_pdf(built: Path) -> None:
    site = built / "build/site"
    for lang in LANGS:
        for pdf in (site / "downloads/pdf" / lang).iterdir():
            [page] = (site / lang).glob(f"*/{pdf.stem}/index.html")
            assert f'href="../../../downloads/pdf/{lang}/{pdf.name}"' in page.read_text(encoding="utf-8")
            assert pdf.read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
def test_a_page_that_lists_a_kind_links_the_pdf_of_its_part(built: Path, corpus: Corpus) -> None:
    site = built / "build/site"
    kinds = {corpus.entries[entry_id].kind for entry_id in all_of(corpus)}
    assert len(kinds) > 5
    for lang in LANGS:
        for kind in kinds:
            word = kind_words(kind.name, lang).texts.kinds.split()[-1].lower().replace("ü", "ue")
            [part] = (site / "downloads").glob(f"{name_of(corpus, lang)}-{lang}-*{word}.pdf")
            text = (site / lang / index_of(kind) / "index.html").read_text(encoding="utf-8")
            assert f'href="../../downloads/{part.name}"' in text
            assert part.read_bytes().startswith(b"%PDF-")
        whole = f'href="../../downloads/{name_of(corpus, lang)}-{lang}.pdf"'
        assert whole in (site / lang / "register/index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_only_the_pdfs_that_tell_of_a_change_are_made_again(built: Path) -> None:
    folder = built / "build/downloads"
    before = stamps(folder)
    edit(built, "entries/actors/bo-rye.yaml", "Baker in Brookside.", "Baker of Brookside.")
    make(built, with_site=True, with_downloads=True)
    changed = {path for path, stamp in stamps(folder).items() if before.get(path) != stamp}
    assert {"pdf/de/bo-rye.pdf", "pdf/en/bo-rye.pdf"} <= changed
    assert not {"pdf/de/sluice.pdf", "pdf/en/sluice.pdf"} & changed
    edit(built, "entries/actors/bo-rye.yaml", "Baker of Brookside.", "Baker in Brookside.")
    make(built, with_site=True, with_downloads=True)


@pytest.mark.slow
def test_the_pdf_of_a_dispute_holds_what_is_told_of_it(built: Path, corpus: Corpus) -> None:
    folder = built / "build/downloads"
    assert printing.excerpt_of(corpus, read_project(GOLDEN)[0], "mill-quarrel") == excerpt(corpus, "mill-quarrel")
    told = [corpus.entries[entry_id].title for entry_id in excerpt(corpus, "mill-quarrel")]
    for lang in LANGS:
        said = words_of((folder / "pdf" / lang / "mill-quarrel.pdf").read_bytes())
        assert all(title.best(lang)[0] in said for title in told)
    event = next(one for one in excerpt(corpus, "mill-quarrel") if corpus.entries[one].kind.sorted_by == "date")
    before = stamps(folder)
    edit(built, corpus.entries[event].file, "disputes: [mill-quarrel]", "disputes: []")
    make(built, with_site=True, with_downloads=True)
    changed = {path for path, stamp in stamps(folder).items() if before.get(path) != stamp}
    assert "pdf/de/mill-quarrel.pdf" in changed
    edit(built, corpus.entries[event].file, "disputes: []", "disputes: [mill-quarrel]")
    make(built, with_site=True, with_downloads=True)


@pytest.mark.slow
def test_all_files_of_a_build_name_one_edition_and_an_excerpt_its_own_version(built: Path) -> None:
    folder = built / "build/downloads"
    [data] = (json.loads(file.read_bytes()) for file in folder.glob("*.json"))
    books = sorted(folder.glob("*.pdf"))
    assert len(books) > 10
    for file in books:
        assert re.search(f"(Ausgabe|Edition): {data['edition']}", words_of(file.read_bytes())), file.name
    for file in folder.glob("*.epub"):
        with zipfile.ZipFile(file) as opened:
            assert data["edition"] in opened.read("EPUB/title.xhtml").decode()
    versions = {entry["id"]: entry["version"] for entry in data["entries"]}
    for lang in LANGS:
        assert f"{versions['sluice']}" in words_of((folder / "pdf" / lang / "sluice.pdf").read_bytes())
    assert len(set(versions.values())) == len(versions)


@pytest.mark.slow
def test_a_large_dossier_has_the_pdfs_of_its_parts_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = brook(tmp_path)
    file = project / "entries/dossier.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "entry_pdfs_up_to: 3\n", encoding="utf-8")
    assert cli.main(["build", "--project", str(project)]) == 0
    assert "PDFs of their own" in capsys.readouterr().out
    site = project / "build/site"
    assert not (site / "downloads/pdf").exists()
    [part] = (site / "downloads").glob("*-de-akteure.pdf")
    linked = f'href="../../../downloads/{part.name}"'
    assert linked in (site / "de/actors/bo-rye/index.html").read_text(encoding="utf-8")

    assert not (project / "build/work/turn").exists()
    monkeypatch.setattr(module, "Choice", partial(printing.Choice, max_pages=2))
    monkeypatch.setattr(module, "_PAGES_SIDE_BY_SIDE", 2)  # the languages take turns
    edit(project, "entries/dossier.yaml", "entry_pdfs_up_to: 3", "entry_pdfs_up_to: 2")
    make(project, with_site=True, with_downloads=True)
    assert (project / "build/work/turn").exists()
    assert not part.exists()
    assert len(list((site / "downloads").glob("*-de-[0-9].pdf"))) > 1
    page = (site / "de/actors/bo-rye/index.html").read_text(encoding="utf-8")
    assert re.search(r'href="\.\./\.\./\.\./downloads/[a-z-]+-de-[0-9]\.pdf"', page)


@pytest.mark.slow
def test_both_site_builders_offer_the_same_files() -> None:
    one, other = (held(golden_site(with_downloads=True, engine=engine) / "downloads") for engine in ENGINES)
    copies = {path for path in one if path.endswith(".zip")}
    assert len(copies) == 1
    assert one.keys() == other.keys() > copies
    assert [path for path in one.keys() - copies if one[path] != other[path]] == []
    for engine in ENGINES:
        site = golden_site(with_downloads=True, engine=engine)
        assert shown(site, "de").keys() == {
            path for path in (f"downloads/{name}" for name in one) if "/pdf/" not in path
        }


@pytest.mark.slow
def test_without_downloads_the_old_ones_stay_and_are_named_right(tmp_path: Path) -> None:
    project, fresh = brook(tmp_path / "a"), brook(tmp_path / "b")
    site = project / "build/site"
    make(project, with_site=True)
    assert not (site / "downloads").exists()
    assert shown(site, "de") == {}
    make(project, with_site=True, with_downloads=True)
    old = held(site / "downloads")
    for each in (project, fresh):
        edit(each, "entries/terms/weir.yaml", "status: reviewed", "status: draft")
    make(project, with_site=True)
    assert held(site / "downloads") == old
    assert {path: digest for path, (_, digest) in shown(site, "en").items()} == {
        f"downloads/{path}": hashlib.sha256(raw).hexdigest() for path, raw in old.items() if "pdf/" not in path
    }
    make(project, with_site=True, with_downloads=True)
    make(fresh, with_site=True, with_downloads=True)
    assert held(site) == held(fresh / "build/site")
    assert held(site / "downloads") != old


@pytest.mark.slow
def test_a_failure_leaves_the_old_site_and_downloads(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = held(built / "build/site"), held(built / "build/downloads")
    edit(built, "entries/terms/weir.yaml", "status: reviewed", "status: draft")
    monkeypatch.setattr(enclosures, "write_archive", fail)
    with pytest.raises(OSError, match="No space"):
        make(built, with_site=True, with_downloads=True)
    assert held(built / "build/site") == before[0]
    monkeypatch.setattr(module, "dataset_json", fail)
    edit(built, "entries/terms/weir.yaml", "status: draft", "status: reviewed")
    with pytest.raises(OSError, match="No space"):
        make(built, with_site=True, with_downloads=True)
    assert held(built / "build/site") == before[0]
    monkeypatch.undo()
    make(built, with_site=True, with_downloads=True)
    assert held(built / "build/site") == before[0]
    assert held(built / "build/downloads") == before[1]
