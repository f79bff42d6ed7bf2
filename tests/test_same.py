"""The same dossier gives the same bytes: in any folder, time zone, locale, hash seed and year."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.brook import brook, held

HOME = Path(__file__).parents[1]
PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C"},
    {"PYTHONHASHSEED": "4711", "TZ": "America/Lima", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8"},
)


@pytest.mark.slow
def test_two_builds_are_identical(tmp_path: Path) -> None:
    folders = tmp_path / "a", tmp_path / "somewhere else" / "ö"
    for folder in folders:
        brook(folder)
    known = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    builds = [
        subprocess.Popen(
            [sys.executable, "-m", "generator", "build", "--project", str(folder)],
            env=known | {"PYTHONPATH": str(HOME)} | place,
            cwd=cwd,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for folder, place, cwd in zip(folders, PLACES, (HOME, tmp_path), strict=True)
    ]
    said = [build.communicate()[1] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], said
    for part in ("pages", "site"):
        one, other = (held(folder / "build" / part) for folder in folders)
        assert len(one) > 50
        assert sorted(one) == sorted(other)
        assert [path for path in one if one[path] != other[path]] == []
