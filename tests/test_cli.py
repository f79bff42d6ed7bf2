"""The command line, as people and programs use it."""

import json
import os
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import __version__, cli
from generator.outputs.site import SiteError
from generator.publish import BusyError
from tests.village import BASE

PROJECT = ["--project", str(BASE)]
HOME = Path(__file__).parents[1]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A dossier to spoil."""
    return Path(shutil.copytree(BASE, tmp_path / "mill"))


def spoil(project: Path, text: str = "name: x\ncolour: red\n") -> list[str]:
    (project / "entries/terms/fee.yaml").write_text(text, encoding="utf-8")
    return ["--project", str(project)]


def warn(project: Path) -> list[str]:
    (project / "entries/notes.txt").write_text("x", encoding="utf-8")
    return ["--project", str(project)]


def test_a_clean_dossier_is_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", *PROJECT]) == cli.CLEAN == 0
    assert capsys.readouterr() == ("no problems found\n", "")


def test_errors_are_exit_code_1(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", *spoil(copy)]) == cli.ERRORS == 1
    shown = capsys.readouterr().out
    assert "error[unknown-key]" in shown
    assert "2 | colour: red" in shown


def test_warnings_are_exit_code_0_unless_strict(copy: Path) -> None:
    assert cli.main(["check", *warn(copy)]) == 0
    assert cli.main(["check", "--strict", *warn(copy)]) == 1


def test_outside_a_dossier_the_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check"]) == cli.WRONG_USE
    assert f"there is no folder “entries” in {tmp_path}: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--project", "nowhere"], "nowhere"),
        (["check", "--project", str(HOME / "tests")], "there is no folder “entries” in"),
        (["check", "--formt", "json"], "--formt"),
        (["chekc"], "chekc"),
        (["check", "--format", "xml"], "xml"),
        (["serve", "--port", "99999", *PROJECT], "99999"),
        (["build", "--engine", "hugo", *PROJECT], "hugo"),
    ],
)
def test_wrong_use_is_exit_code_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == cli.WRONG_USE == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), SiteError("mkdocs failed"), BusyError(Path("build"), "7")]
)
def test_a_failure_of_the_world_is_one_line_and_exit_code_2(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_project: Path) -> None:
        raise error

    monkeypatch.setattr(cli, "examine", fail)
    assert cli.main(["check", *PROJECT]) == 2
    err = capsys.readouterr().err
    assert err.startswith("dossier: ")
    assert err.count("\n") == 1


def test_a_bug_is_exit_code_3_and_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_project: Path) -> None:
        raise KeyError("weir")

    monkeypatch.setattr(cli, "examine", fail)
    assert cli.main(["check", *PROJECT]) == cli.BUG == 3
    err = capsys.readouterr().err
    assert "KeyError: 'weir'" in err
    assert "a mistake in Dossier, not in your entries" in err


def test_an_interruption_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_project: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "examine", stop)
    assert cli.main(["check", *PROJECT]) == 2


@pytest.mark.parametrize("command", ["", "check", "build", "epub", "offline", "serve", "schema", "stats"])
def test_help_is_for_people(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*command.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Usage: dossier")
    assert max(map(len, shown.splitlines())) <= 80
    assert cli.main([*command.split(), "-h"]) == 0


def test_every_command_is_in_the_help_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["--help"])
    shown = capsys.readouterr().out
    for name, command in cli.cli.commands.items():
        assert f"  {name} " in shown
        assert command.help


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


def test_programs_get_json_and_sarif(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = spoil(copy)
    cli.main(["check", "--format", "json", *project])
    assert json.loads(capsys.readouterr().out)["errors"] == 3
    cli.main(["check", "--format", "sarif", *project])
    assert json.loads(capsys.readouterr().out)["version"] == "2.1.0"
    cli.main(["check", "--format", "github", *project])
    assert "::error file=entries/terms/fee.yaml," in capsys.readouterr().out


def test_a_report_shows_lines_of_sources_too(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (BASE / "entries/terms/water-right.yaml").read_text(encoding="utf-8")
    spoil(copy, text.replace("gehöre seit", "gehört seit").replace("Wasserrecht, en", "Zins, en"))
    cli.main(["check", "--project", str(copy)])
    shown = capsys.readouterr().out
    assert "seeds/chronicle.txt:4:" in shown
    assert "4 | " in shown


def test_figures_for_people_and_programs(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["stats", *PROJECT]) == 0
    assert "entries" in capsys.readouterr().out
    assert cli.main(["stats", "--format", "json", *PROJECT]) == 0
    assert json.loads(capsys.readouterr().out)["entries"]["term"] == 1
    assert cli.main(["stats", *spoil(copy)]) == 1
    assert "has errors" in capsys.readouterr().err
    (copy / "entries/dossier.yaml").unlink()
    assert cli.main(["stats", "--project", str(copy)]) == 1
    assert "missing-file" in capsys.readouterr().err


def test_another_folder_is_no_different(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check"]) == 2
    monkeypatch.chdir(BASE)
    assert cli.main(["check"]) == 0


# --- as a process -------------------------------------------------------------------------------------------


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *arguments]
    env = os.environ | {"PYTHONPATH": str(HOME)} | environment
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env, encoding="utf-8")


def test_a_process_ends_with_the_exit_code_and_is_silent_in_a_pipe(copy: Path) -> None:
    done = run("check", *spoil(copy))
    assert (done.returncode, done.stderr) == (1, "")
    assert "\x1b" not in done.stdout


def test_a_reader_that_has_gone_is_no_bug(copy: Path) -> None:
    project = " ".join(spoil(copy))
    command = f"'{sys.executable}' -m generator check {project} | true"
    env = os.environ | {"PYTHONPATH": str(HOME)}
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, env=env)
    assert "Traceback" not in done.stderr
    assert "mistake in Dossier" not in done.stderr


def test_progress_is_wiped_away_at_the_end(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert cli.main(["check", *PROJECT]) == 0
    err = capsys.readouterr().err
    assert "Reading and checking the entries … " in err
    assert err.endswith("\r\033[K")


def test_the_module_runs_like_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["dossier", "check", *PROJECT])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_module("generator", run_name="__main__")
    assert stopped.value.code == 0


@pytest.mark.parametrize("command", [["--help"], ["check", *PROJECT], ["stats", *PROJECT]])
def test_output_that_nobody_reads_is_no_mistake_of_anybody(command: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    env = os.environ | {"PYTHONPATH": str(HOME)}
    done = subprocess.run(
        [sys.executable, "-m", "generator", *command], stdout=write, stderr=subprocess.PIPE, env=env, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", ">/dev/null"])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_what_the_terminal_cannot_show_hinders_nothing(copy: Path, closed: str, encoding: str) -> None:
    env = os.environ | {"PYTHONPATH": str(HOME), "PYTHONIOENCODING": encoding}
    command = shlex.join([sys.executable, "-m", "generator", "check", *spoil(copy)])
    done = subprocess.run(["sh", "-c", f"{command} {closed}"], capture_output=True, env=env, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_terminal_sees_progress_and_colour(copy: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"PYTHONPATH": str(HOME)}
    leader, follower = pytest.importorskip("pty").openpty()
    command = [sys.executable, "-m", "generator", "check", *spoil(copy)]
    with subprocess.Popen(command, stdout=follower, stderr=follower, env=env) as process:
        os.close(follower)
        shown = b""
        while part := _read(leader):
            shown += part
    os.close(leader)
    assert process.returncode == 1
    assert b"Reading and checking the entries" in shown
    assert b"\x1b[1;31merror" in shown


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65_536)
    except OSError:  # how Linux says that the other end is closed
        return b""
