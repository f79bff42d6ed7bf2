"""The golden site: every page of the mill quarrel as it was once looked at and found good.

After a change that is meant to show: pytest tests/test_golden_site.py --update, and read the difference before you
commit it. Pages that no longer exist are removed.
"""

import shutil
from difflib import unified_diff
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from generator.lang import LANGS, Lang
from generator.load import read_project
from generator.pipeline import examine_files
from generator.render import render_pages
from tests.brook import GOLDEN, held

STORED = GOLDEN.parent / "pages"


@cache
def pages(lang: Lang) -> dict[str, bytes]:
    """Render the pages; what lies beside them is looked at elsewhere."""
    files, _ = read_project(GOLDEN)
    corpus = examine_files(files).corpus
    assert corpus is not None
    made = render_pages(corpus, files.docs, lang).files
    return {path: text for path, text in made.items() if not path.startswith("assets/")}


def difference(path: str, old: bytes, new: bytes) -> str:
    lines = unified_diff(old.decode().splitlines(), new.decode().splitlines(), f"stored/{path}", f"made/{path}", n=1)
    return "\n".join(lines)


def store(lang: Lang, folder: Path) -> None:
    """Make the folder hold the pages as they are now, and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in pages(lang).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text)


@pytest.mark.parametrize("lang", LANGS)
def test_the_pages_are_those_that_were_stored(lang: Lang, *, update: bool) -> None:
    folder = STORED / lang
    if update:
        store(lang, folder)
    stored = held(folder) if folder.is_dir() else {}
    assert sorted(pages(lang)) == sorted(stored), "run pytest tests/test_golden_site.py --update"
    changed = [difference(path, stored[path], text) for path, text in pages(lang).items() if stored[path] != text]
    assert not changed, "\n".join(changed)


def test_every_kind_of_page_is_there() -> None:
    assert len(pages("de")) > 25
    assert sorted(pages("de")) == sorted(pages("en"))


@pytest.mark.parametrize("lang", LANGS)
def test_no_line_has_swallowed_the_next_one(lang: Lang) -> None:
    """A template whose line ends in a tag loses the line break after it: headings then follow without a gap."""
    for path, text in pages(lang).items():
        lines = text.decode().splitlines()
        for before, line in pairwise(lines):
            assert not line.startswith("## ") or before == "", f"{path}: {line}"


def test_a_page_that_differs_is_shown_line_by_line() -> None:
    shown = difference("de/mill.md", b"# Mill\n\nIt turns.\n", b"# Mill\n\nIt stands.\n")
    assert "-It turns.\n+It stands." in shown
