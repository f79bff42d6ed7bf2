"""The files that every page loads: nothing of the code is lost when what is there for its writers is left out."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import generator
from generator.bundle import assets

PARTS = Path(generator.__file__).parent / "assets"


def code_of(part: Path) -> Iterator[str]:
    """Give the lines of a part that are no comment and not empty, without indentation."""
    is_comment = False
    for line in part.read_text(encoding="utf-8").splitlines():
        said = line.strip()
        is_comment = is_comment or said.startswith("/*")
        if said and not is_comment and not said.startswith("//"):
            yield said
        elif is_comment and "*/" in said:
            assert said.endswith("*/"), f"{part.name}: code behind a comment: {said}"
            is_comment = False


@pytest.mark.parametrize(
    ("folder", "name"), [("styles", "dossier.css"), ("scripts", "dossier.js"), ("search", "search.js")]
)
def test_every_line_of_code_is_served_in_order_and_nothing_else(folder: str, name: str) -> None:
    parts = sorted((PARTS / folder).iterdir())
    expected = [line for part in parts for line in code_of(part)]
    served = assets()[f"assets/{name}"].decode()
    assert served.splitlines() == expected
    assert len(parts) > 4
    assert len(served) < 0.9 * sum(part.stat().st_size for part in parts)


def test_no_string_of_a_script_goes_over_several_lines() -> None:
    for part in (*(PARTS / "scripts").iterdir(), *(PARTS / "search").iterdir()):
        for line in code_of(part):
            bare = re.sub(r"/\[[^\]]*\]", "", line)  # a regular expression may look for the sign itself
            assert bare.count("`") % 2 == 0, f"{part.name}: {line}"
