"""The golden dossier by both site builders: the same addresses, no broken link, nothing loaded from elsewhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli
from tests.brook import brook
from tests.linkcheck import broken_links, external_loads, page_urls

HOME = Path(__file__).parents[1]
SUB_PATH = "/dossier/"  # where the golden dossier says that its site is
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier, built by MkDocs."""
    folder = brook(tmp_path_factory.mktemp("engines") / "mill")
    assert cli.main(["build", "--project", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier, built by Zensical."""
    folder = brook(tmp_path_factory.mktemp("engines") / "mill")
    assert cli.main(["build", "--project", str(folder), "--engine", "zensical"]) == 0
    return folder


def test_both_make_the_same_addresses(project: Path, other: Path) -> None:
    addresses = page_urls(project / "build/site")
    pages = {path.relative_to(project / "build/pages") for path in (project / "build/pages").rglob("*.md")}
    assert addresses == page_urls(other / "build/site")
    made = {path.as_posix().removesuffix(".md").removesuffix("index").rstrip("/") + "/" for path in pages}
    assert addresses == made | {"", "404.html"}


def test_no_link_of_either_is_broken(project: Path, other: Path) -> None:
    assert broken_links(project / "build/site", SUB_PATH) == []
    assert broken_links(other / "build/site", SUB_PATH) == []


def test_neither_loads_anything_from_elsewhere(project: Path, other: Path) -> None:
    assert external_loads(project / "build/site") == []
    assert external_loads(other / "build/site") == []


def test_one_site_gives_way_to_the_other(project: Path) -> None:
    expected = page_urls(project / "build/site")
    for engine in ("zensical", "mkdocs"):
        assert cli.main(["build", "--project", str(project), "--engine", engine]) == 0
        assert page_urls(project / "build/site") == expected
    assert broken_links(project / "build/site", SUB_PATH) == []


@pytest.mark.parametrize("config", ["mkdocs.yml", "mkdocs.en.yml"])
def test_mkdocs_by_hand_has_nothing_to_say(project: Path, config: str) -> None:
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        shutil.copy(HOME / name, project / name)
    theme = "generator/outputs/site/theme"
    shutil.copytree(HOME / theme, project / theme, dirs_exist_ok=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
