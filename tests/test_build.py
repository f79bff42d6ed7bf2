"""A build from end to end: what it makes, what an error leaves alone, and who may build at the same time."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli, finish
from generator.build import BUILD_FOLDER, build
from generator.load import FORMER_SOURCES
from generator.outputs.site import SiteError, SiteReport, SiteRequest
from generator.publish import BusyError, UnsafePathError
from generator.stage import Stage
from tests.brook import brook, cold, edit, held, make, sign, stamps, write

HOME = Path(__file__).parents[1]


class FakeSite:
    """Stands for the site builder, and remembers what it was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.requests: list[SiteRequest] = []
        monkeypatch.setattr(finish, "build_site", self.build)

    def build(self, request: SiteRequest) -> SiteReport:
        self.requests.append(request)
        return SiteReport(request.build / "site", "all", 1)


def built(project: Path) -> dict[str, tuple[int, int]]:
    """Return the stamps of everything that was built; who builds now is no part of it."""
    return {path: stamp for path, stamp in stamps(project / "build").items() if not path.startswith(".lock")}


def test_the_site_is_asked_for_in_both_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake, said = FakeSite(monkeypatch), list[str]()
    report = build(brook(tmp_path), engine="zensical", progress=said.append)
    (request,) = fake.requests
    german, english = request.languages
    assert (request.project, request.build, request.engine) == (tmp_path, tmp_path / BUILD_FOLDER, "zensical")
    assert (german.lang, german.title) == ("de", "Der Mühlenstreit von Brookside")
    assert english.description.startswith("A small dossier about the quarrel over the weir of the mill")
    assert [item.path for item in english.nav][:2] == ["index.md", "disputes/index.md"]
    assert english.pages == tmp_path / "build/pages/en"
    assert (english.site_url, english.repo_url) == (
        "https://mill.example/dossier/",
        "https://git.example/mill/dossier",
    )
    assert "actors/bo-rye.md" in (english.changed or ())
    assert report.site is not None
    assert said == ["Reading and checking the entries", "Writing the pages of 18 entries"]


def test_pages_alone_load_nothing_of_what_comes_after_them(tmp_path: Path) -> None:
    brook(tmp_path)
    asked = f"from generator.cli import cli; cli(['build', '--pages-only', '--project', {str(tmp_path)!r}])"
    code = f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {asked}"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True).stdout
    assert "generator.render" in loaded.split()
    assert not {"asyncio", "http.server", "generator.book", "generator.outputs", "generator.search"} & {*loaded.split()}


def test_an_error_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeSite(monkeypatch)
    project = brook(tmp_path)
    make(project, with_site=True)
    before = built(project)
    edit(project, "entries/actors/bo-rye.yaml", "type: person", "kind: person")
    report = make(project, with_site=True)
    assert {one.code for one in report.examined.diagnostics} >= {"unknown-key", "missing-key"}
    assert (report.pages, report.site) == (None, None)
    assert len(fake.requests) == 1
    assert built(project) == before
    edit(project, "entries/actors/bo-rye.yaml", "kind: person", "type: person")
    assert make(project).pages is not None


def test_strict_takes_warnings_for_errors(tmp_path: Path) -> None:
    project = brook(tmp_path)
    assert make(project, strict=True).pages is None
    assert not (project / "build/pages").exists()
    assert make(project).pages is not None


@pytest.mark.parametrize("name", ["a<b", 'so "called"', "100 %", "c:d", "what?", "back\\slash", "new\nline"])
def test_a_hand_written_page_whose_name_is_no_address_is_an_error(tmp_path: Path, name: str) -> None:
    project = brook(tmp_path)
    write(project, f"docs/de/{name}.md", "# Mill")
    report = make(project)
    assert report.pages is None
    (problem,) = (one for one in report.examined.diagnostics if one.severity == "error")
    assert (problem.code, problem.at.file) == ("unsafe-path", f"docs/de/{name}.md")


def test_no_two_hand_written_pages_have_one_address(tmp_path: Path) -> None:
    project = brook(tmp_path)
    write(project, "docs/de/method/index.md", "# Die Methode")
    write(project, "docs/de/README.md", "# Nur für Leute, die hier nachsehen")
    write(project, "docs/de/actors.md", "Wer wer ist.")
    report = make(project)
    (problem,) = (one for one in report.examined.diagnostics if one.code == "unexpected-file")
    assert (problem.at.file, problem.severity) == ("docs/de/method.md", "warning")
    german = held(project / "build/pages/de")
    assert "method.md" not in german
    assert "# Die Methode" in german["method/index.md"].decode()
    assert "Wer wer ist." in german["actors/index.md"].decode()
    assert {"README.md", "actors.md"}.isdisjoint(german)


def test_warnings_are_told_again_though_nothing_changed(tmp_path: Path) -> None:
    project = brook(tmp_path)
    first, second = make(project).examined.diagnostics, make(project).examined.diagnostics
    assert len(first) > 10
    assert sorted(first, key=str) == sorted(second, key=str)


def test_source_texts_are_kept_to_tell_which_quotes_have_moved(tmp_path: Path) -> None:
    project = brook(tmp_path)
    make(project)
    kept = held(project / FORMER_SOURCES)
    assert sorted(kept.values()) == sorted(held(project / "seeds").values())
    edit(project, "seeds/gazette.txt", "Nach Angaben", "\nNach Angaben")
    report = make(project)
    (problem,) = (one for one in report.examined.diagnostics if one.code == "source-changed")
    assert "in another paragraph" in problem.hint
    assert held(project / FORMER_SOURCES) == kept
    sign(project, "gazette")
    make(project)
    assert sorted(held(project / FORMER_SOURCES).values()) == sorted(held(project / "seeds").values())


def test_when_the_site_fails_the_old_one_stays_and_the_next_build_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeSite(monkeypatch)
    project = brook(tmp_path)

    def fail(_request: SiteRequest) -> SiteReport:
        raise SiteError("no theme")

    with monkeypatch.context() as patched:
        patched.setattr(finish, "build_site", fail)
        with pytest.raises(SiteError, match="no theme"):
            make(project, with_site=True)
    make(project, with_site=True)
    assert fake.requests[0].languages[0].changed == frozenset()  # the pages are there; the site sees to what it lacks


def test_a_second_build_at_once_is_refused_with_its_holder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = brook(tmp_path)
    folder = project / "build"
    folder.mkdir()
    (folder / ".lock.pid").write_text("4711", encoding="ascii")
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BusyError, match="4711"):
            make(project)
        assert cli.main(["build", "--project", str(project)]) == cli.WRONG_USE
    assert f"another build is running in {folder} (process 4711)" in capsys.readouterr().err
    assert sorted(held(folder)) == [".lock", ".lock.pid"]


@pytest.mark.parametrize(
    "link", ["build", "build/pages", "build/work", "build/work/sources", "build/search/de/.0-a.new"]
)
def test_a_build_writes_through_no_link(tmp_path: Path, link: str) -> None:
    project, outside = brook(tmp_path / "project"), tmp_path / "outside"
    outside.mkdir()
    (project / link).parent.mkdir(parents=True, exist_ok=True)
    (project / link).symlink_to(outside)
    with pytest.raises(UnsafePathError):
        make(project)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", ["build", "build/work", "build/search", "build/pdf", "build/epub"])
def test_a_file_in_the_place_of_a_folder_is_named(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    project = brook(tmp_path / "project")
    file = project / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("mine", encoding="utf-8")
    assert cli.main(["build", "--pages-only", "--project", str(project)]) == cli.WRONG_USE
    assert f"{file} is a file, but a build needs a folder of that name" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *arguments]
    env = os.environ | {"PYTHONPATH": str(HOME)} | environment
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env, encoding="utf-8")


@pytest.mark.slow
def test_a_site_of_the_command_line_follows_every_change(tmp_path: Path) -> None:
    project = brook(tmp_path / "project")
    first = run("build", "--no-downloads", "--project", str(project))
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[0] == f"{len(held(project / 'build/pages'))} pages written, 0 removed."
    site = project / "build/site"
    before = stamps(site)
    again = run("build", "--no-downloads", "--project", str(project))
    assert again.stdout.splitlines()[0] == "0 pages written, 0 removed."
    assert stamps(site) == before

    edit(project, "entries/actors/bo-rye.yaml", "Baker in Brookside.", "Baker of Brookside.")
    (project / "entries/disputes/flour-quarrel.yaml").unlink()
    edit(project, "entries/disputes/mill-quarrel.yaml", "related: [flour-quarrel]", "")
    changed = run("build", "--no-downloads", "--project", str(project))
    assert changed.returncode == 0, changed.stderr
    assert changed.stdout.splitlines()[0].endswith("pages written, 4 removed.")  # in both languages, page and preview
    assert held(site) == held(cold(project, tmp_path / "cold", with_site=True) / "site")
    same = [path for path in stamps(site) if before.get(path) == stamps(site)[path]]
    assert "de/glossary/sluice/index.html" in same

    before = stamps(site)
    edit(project, "entries/actors/bo-rye.yaml", "type: person", "type: house")
    failed = run("build", "--project", str(project))
    assert failed.returncode == cli.ERRORS
    assert failed.stdout == ""
    assert "bad-value" in failed.stderr
    assert failed.stderr.endswith("Nothing was built.\n")
    assert stamps(site) == before


@pytest.mark.slow
def test_a_site_that_dies_while_it_is_published_stays_and_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = brook(tmp_path / "project")
    make(project, with_site=True)
    site = project / "build/site"
    before = stamps(site)
    edit(project, "entries/events/1921-03-damming.yaml", "Quill dams the stream", "Quill dams the brook")
    publish = Stage.publish

    def die(stage: Stage, *, whole: bool = False) -> None:
        if stage.target.name == "site":
            raise KeyboardInterrupt
        publish(stage, whole=whole)

    with monkeypatch.context() as patched:
        patched.setattr(Stage, "publish", die)
        with pytest.raises(KeyboardInterrupt):
            make(project, with_site=True)
    assert stamps(site) == before
    make(project, with_site=True)
    assert held(site) == held(cold(project, tmp_path / "cold", with_site=True) / "site")
