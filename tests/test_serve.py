"""The site at a local address, built again when something changes."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import serve
from generator.build import BuildReport
from generator.load import Files
from generator.outputs.site import SiteError, serve_folder
from generator.pipeline import Examined
from generator.publish import BusyError, TreeChange
from tests.brook import brook, edit, write

HOME = Path(__file__).parents[1]
EXAMINED = Examined(None, (), Files())


def built(*pages: str) -> BuildReport:
    return BuildReport(EXAMINED, TreeChange(pages, (), 0))


def stub(monkeypatch: pytest.MonkeyPatch, *results: BuildReport | Exception) -> None:
    """Let builds have these results, the last one again and again."""
    waiting = list(results)

    def build(_project: Path, **_options: object) -> BuildReport:
        result = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.setattr(serve, "build", build)


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(500):
        if is_so():
            return
        time.sleep(0.01)
    pytest.fail("it did not happen in five seconds")


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (built("de/index.md"), "Built: 1 pages changed."),
        (BuildReport(EXAMINED), "Not built: the dossier has errors."),
        (SiteError("no theme"), "Not built: no theme"),
        (BusyError(Path("build"), "7"), "Not built: another build is running in build (process 7)"),
        (OSError("disk full"), "Not built: disk full"),
    ],
)
def test_a_build_is_told_and_a_failure_raises_nothing(
    monkeypatch: pytest.MonkeyPatch, result: BuildReport | Exception, said: str
) -> None:
    stub(monkeypatch, result)
    lines: list[str] = []
    reports: list[Examined] = []
    done = serve.rebuild(Path(), lines.append, reports.append)
    assert lines == [said]
    assert (done is None) == (reports == []) == isinstance(result, Exception)


def test_marks_see_every_change(tmp_path: Path) -> None:
    file = tmp_path / "entries" / "terms" / "mill.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("a: b\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("x", encoding="utf-8")
    before = serve.marks(tmp_path)
    assert set(before) == {str(file), str(tmp_path / "mkdocs.yml")}
    os.utime(file, ns=(1, 1))
    assert serve.marks(tmp_path) != before
    file.unlink()
    assert set(serve.marks(tmp_path)) == {str(tmp_path / "mkdocs.yml")}
    (tmp_path / "entries/lock").symlink_to("nowhere")
    assert set(serve.marks(tmp_path)) == {str(tmp_path / "mkdocs.yml")}


def test_without_a_site_there_is_nothing_to_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub(monkeypatch, BuildReport(EXAMINED))
    lines: list[str] = []
    assert not serve.serve(tmp_path, port=0, watch=True, say=lines.append, report=lambda _found: None)
    assert lines == ["There is no site to show: the dossier has errors."]


def test_an_interruption_ends_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "build" / "site").mkdir(parents=True)
    stub(monkeypatch, built())
    server = serve_folder(tmp_path, 0)

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(server, "serve_forever", interrupted)
    monkeypatch.setattr(serve, "serve_folder", lambda *_given: server)
    lines: list[str] = []
    assert serve.serve(tmp_path, port=0, watch=False, say=lines.append, report=lambda _found: None)
    assert lines[1:] == ["Stopped."]
    assert server.socket.fileno() == -1


def test_the_site_is_served_and_follows_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "build" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("the mill", encoding="utf-8")
    stub(monkeypatch, built(), built("de/index.md"))
    monkeypatch.setattr(serve, "_SECONDS_BETWEEN_LOOKS", 0.01)
    server = serve_folder(site, 0)
    monkeypatch.setattr(serve, "serve_folder", lambda *_given: server)
    lines: list[str] = []
    options = {"port": 0, "watch": True, "say": lines.append, "report": lambda _found: None}
    thread = threading.Thread(target=serve.serve, args=(tmp_path,), kwargs=options)
    thread.start()
    try:
        until(lambda: bool(lines))
        address = lines[0].split()[4]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - an address of this machine
            assert answer.read() == b"the mill"
        (tmp_path / "mkdocs.yml").write_text("x", encoding="utf-8")
        until(lambda: "Built: 1 pages changed." in lines)
    finally:
        server.shutdown()
        thread.join(5)
    assert not thread.is_alive()


def test_what_changes_during_the_first_build_is_built_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "build" / "site").mkdir(parents=True)
    seen: list[serve.Marks] = []

    def build(_project: Path, **_options: object) -> BuildReport:
        (tmp_path / "mkdocs.yml").write_text("x", encoding="utf-8")
        return built()

    monkeypatch.setattr(serve, "build", build)
    monkeypatch.setattr(serve, "_watch", lambda _project, marks, *_given: seen.append(marks))
    server = serve_folder(tmp_path, 0)
    monkeypatch.setattr(server, "serve_forever", lambda: None)
    monkeypatch.setattr(serve, "serve_folder", lambda *_given: server)
    assert serve.serve(tmp_path, port=0, watch=True, say=lambda _text: None, report=lambda _found: None)
    until(lambda: bool(seen))
    assert seen[0] != serve.marks(tmp_path)


def test_a_browser_that_leaves_early_is_not_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serve_folder(tmp_path, 0) as server, socket.socket() as request:
        for error in (ConnectionResetError(), BrokenPipeError(), ValueError("a mistake of ours")):
            try:
                raise error
            except (OSError, ValueError):
                server.handle_error(request, "somebody")
    told = capsys.readouterr().err
    assert "a mistake of ours" in told
    assert "BrokenPipeError" not in told


# --- as a process, with real builds


def fetched(address: str) -> str:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - an address of this machine
        return str(answer.read(), "utf-8")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, "subprocess.Popen[str]"]]:
    """A golden dossier and the process that serves it; whatever the test does, it ends."""
    project = brook(tmp_path)
    command = [sys.executable, "-m", "generator", "serve", "--port", "0", "--project", str(project)]
    env = os.environ | {"PYTHONPATH": str(HOME)}
    # What starts in the background ignores Ctrl+C, and so would all that it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        signal.signal(signal.SIGINT, before)
        yield project, process
        process.kill()


@pytest.mark.slow
def test_a_writer_sees_every_change_until_ctrl_c(served: tuple[Path, "subprocess.Popen[str]"]) -> None:
    project, process = served
    assert process.stdout is not None
    address = f"{process.stdout.readline().split()[4]}en/actors/bo-rye/"
    assert "Baker in Brookside." in fetched(address)

    edit(project, "entries/actors/bo-rye.yaml", "Baker in Brookside.", "Baker of Brookside.")
    assert process.stdout.readline() == "Built: 1 pages changed.\n"
    assert "Baker of Brookside." in fetched(address)

    edit(project, "entries/actors/bo-rye.yaml", "type: person", "type: house")
    assert process.stdout.readline() == "Not built: the dossier has errors.\n"
    assert "Baker of Brookside." in fetched(address)

    mended = (project / "entries/actors/bo-rye.yaml").read_text(encoding="utf-8").replace("type: house", "type: person")
    write(project, "entries/actors/bo-rye.yaml", mended.replace("Baker of", "Baker from"))
    assert process.stdout.readline() == "Built: 1 pages changed.\n"
    assert "Baker from Brookside." in fetched(address)

    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "Stopped.\n"
    assert process.wait(10) == 0
