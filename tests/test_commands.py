"""Commands that build, on a small dossier; the site builder is a stand-in."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from generator import cli, finish
from generator.outputs.site import SiteError, SiteReport, SiteRequest
from generator.pipeline import examine
from generator.publish import build_lock
from tests.village import BASE, CHRONICLE, text_of

EVENT = "entries/events/mill-bought.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A dossier to build."""
    return Path(shutil.copytree(BASE, tmp_path / "mill"))


def change(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def pages_only(project: Path, *options: str) -> int:
    return cli.main(["build", "--pages-only", *options, "--project", str(project)])


def test_pages_are_made_and_nothing_else_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pages_only(project) == 0
    out, err = capsys.readouterr()
    written = [file for file in (project / "build/pages").rglob("*") if file.is_file()]
    assert out.startswith(f"{len(written)} pages written, 0 removed")
    assert err == ""
    assert (project / "build/pages/de/events/mill-bought.md").is_file()
    assert not (project / "build/site").exists()
    shutil.rmtree(project / "build")
    assert tree(project) == tree(BASE)


@pytest.mark.slow
def test_a_site_is_asked_for_and_shown(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[SiteRequest] = []

    def build_site(request: SiteRequest) -> SiteReport:
        asked.append(request)
        return SiteReport(request.build / "site", "all", 44)

    monkeypatch.setattr(finish, "build_site", build_site)
    assert cli.main(["build", "--engine", "zensical", "--project", str(project)]) == 0
    *said, last = capsys.readouterr().out.splitlines()
    assert last.endswith(str(Path("build", "site", "index.html")))
    assert "site_url" in said[-1], "a site without an address is built, and that is said"
    (request,) = asked
    assert (request.engine, [one.title for one in request.languages]) == (
        "zensical",
        ["Der Streit um die Mühle", "The quarrel about the mill"],
    )
    assert request.languages[0].description == "Wem das Wasser der Mühle gehört, wie es eine Chronik erzählt."


@pytest.mark.slow
def test_of_a_site_with_an_address_nothing_is_noted(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(finish, "build_site", lambda request: SiteReport(request.build / "site", "all", 44))
    change(project, "entries/dossier.yaml", "title:", "site_url: https://mill.example/\ntitle:")
    assert cli.main(["build", "--project", str(project)]) == 0
    assert "site_url" not in capsys.readouterr().out


@pytest.mark.slow
def test_a_site_builder_that_fails_is_one_line(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build_site(_request: SiteRequest) -> SiteReport:
        raise SiteError("there is no mkdocs.yml")

    monkeypatch.setattr(finish, "build_site", build_site)
    assert cli.main(["build", "--project", str(project)]) == 2
    assert capsys.readouterr().err == "dossier: there is no mkdocs.yml\n"


def test_warnings_are_shown_and_forbid_a_strict_build_only(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "entries/notes.txt").write_text("x", encoding="utf-8")
    assert pages_only(project, "--strict") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("Nothing was built.\n")
    assert not (project / "build/pages").exists()
    assert pages_only(project) == 0
    assert "warning[unexpected-file]" in capsys.readouterr().err


def test_a_link_in_the_place_of_the_build_folder_is_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "outside").mkdir()
    (project / "build").symlink_to(tmp_path / "outside")
    assert pages_only(project) == 2
    assert "is a symbolic link" in capsys.readouterr().err
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_second_build_at_the_same_time_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with build_lock(project / "build"):
        assert pages_only(project) == 2
    assert capsys.readouterr().err == (
        f"dossier: another build is running in {project / 'build'} (process {os.getpid()})\n"
    )


def test_serve_without_a_site_is_exit_code_1(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, EVENT, "role: buyer", "role: byuer")
    assert cli.main(["serve", "--port", "0", "--project", str(project)]) == 1
    out, err = capsys.readouterr()
    assert "There is no site to show" in out
    assert "error[unknown-word]" in err


def test_a_build_keeps_the_texts_and_a_check_tells_which_quotes_moved(project: Path) -> None:
    assert pages_only(project) == 0
    digest = hashlib.sha256(text_of(CHRONICLE).encode()).hexdigest()
    assert set(tree(project / "build/work/sources")) == {f"{digest}.txt"}
    change(project, CHRONICLE, "Im Jahr 1871", "Ein neuer Absatz.\nIm Jahr 1871")
    (found,) = examine(project).diagnostics
    assert found.code == "source-changed"
    assert "12 stand (11 of them in another paragraph)" in found.hint
    assert {one.message for one in found.related} == {
        f"it stands in paragraph {number + 1} now, and stood in {number}" for number in (2, 3, 4)
    }
    assert pages_only(project) == 1
    assert set(tree(project / "build/work/sources")) == {f"{digest}.txt"}
    shutil.rmtree(project / "build")
    (found,) = examine(project).diagnostics
    assert "of its 12 quotes 12 stand, 0 stand more than once" in found.hint
