"""What start.py decides, with a runner that only notes what it is told; no network, no real environment."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

import start

PROJECT = Path(start.__file__).parent


@dataclass
class Runner:
    """Notes the commands, answers with `code` and `output`, and makes what `python -m venv` would make."""

    code: int = 0
    output: str = ""
    killed_at: str = "nothing"
    commands: list[str] = field(default_factory=list)

    def __call__(self, command: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
        words = " ".join(command)
        self.commands.append(words)
        if self.killed_at in words:
            raise KeyboardInterrupt
        if "-m venv" in words:
            python = Path(start.tool("python", Path(command[-1]).parent))
            python.parent.mkdir(parents=True)
            python.touch()
            return subprocess.CompletedProcess(command, 0, "")
        return subprocess.CompletedProcess(command, self.code, self.output)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    return tmp_path


def steps(root: Path, purpose: str, runner: Runner | None = None) -> list[str]:
    """Set up and return what that took: "venv", "lock" or "project"."""
    runner = runner or Runner()
    start.set_up(purpose, root, runner)
    kinds = {"-m venv": "venv", "--require-hashes": "lock", "--editable": "project"}
    return [next(kind for part, kind in kinds.items() if part in words) for words in runner.commands]


def test_a_second_run_installs_nothing(root: Path) -> None:
    assert steps(root, "site") == ["venv", "lock", "project"]
    assert steps(root, "site") == []


def test_the_tests_need_more_than_the_site_and_serve_it_too(root: Path) -> None:
    steps(root, "site")
    assert steps(root, "test") == ["lock", "project"]
    assert steps(root, "site") == []


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_lock_or_project_is_installed_into_the_same_environment(root: Path, name: str) -> None:
    steps(root, "test")
    (root / name).write_text("changed", encoding="utf-8")
    assert steps(root, "site") == ["lock", "project"]
    assert steps(root, "test") == ["lock", "project"]


def test_a_change_of_the_tests_lock_leaves_the_site_alone(root: Path) -> None:
    steps(root, "site")
    steps(root, "test")
    (root / "requirements-dev.txt").write_text("changed", encoding="utf-8")
    assert steps(root, "site") == []
    assert steps(root, "test") == ["lock", "project"]


@pytest.mark.parametrize("moment", ["-m venv", "--require-hashes", "--editable"])
def test_after_a_kill_the_environment_is_made_anew(root: Path, moment: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        start.set_up("site", root, Runner(killed_at=moment))
    (root / ".venv").mkdir(exist_ok=True)
    (root / ".venv" / "half").touch()
    assert steps(root, "site") == ["venv", "lock", "project"]
    assert not (root / ".venv" / "half").exists()


def test_another_python_or_place_gets_a_new_environment(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps(root, "site")
    monkeypatch.setattr("platform.python_version", lambda: "3.99.0")
    assert steps(root, "site") == ["venv", "lock", "project"]
    moved = root.rename(root.with_name("moved"))
    assert steps(moved, "site") == ["venv", "lock", "project"]


def test_an_environment_whose_python_is_gone_is_made_anew(root: Path) -> None:
    steps(root, "site")
    Path(start.tool("python", root)).unlink()
    assert steps(root, "site") == ["venv", "lock", "project"]


def test_a_foreign_link_in_the_place_of_the_environment_is_replaced_but_not_followed(root: Path) -> None:
    theirs = root / "theirs"
    theirs.mkdir()
    (theirs / "precious").touch()
    (root / ".venv").symlink_to(theirs)
    assert steps(root, "site") == ["venv", "lock", "project"]
    assert (theirs / "precious").exists()


def test_without_network_pips_last_line_is_shown_and_what_worked_still_works(root: Path) -> None:
    steps(root, "site")
    offline = Runner(code=1, output="Retrying …\nERROR: No matching distribution found for mill\n[notice] new pip\n")
    with pytest.raises(start.MissingError, match=r"network.*: ERROR: No matching distribution found for mill$"):
        start.set_up("test", root, offline)
    assert steps(root, "site") == []
    assert steps(root, "test") == ["lock", "project"]


def test_an_install_that_failed_half_way_begins_anew(root: Path) -> None:
    full = Runner(code=1, output="Installing collected packages: mill\nERROR: No space left on device\n")
    with pytest.raises(start.MissingError, match="No space left"):
        start.set_up("site", root, full)
    assert steps(root, "site") == ["venv", "lock", "project"]


def test_everything_is_installed_by_hash_and_nothing_beside_the_lock(root: Path) -> None:
    runner = Runner()
    steps(root, "site", runner)
    _, lock, project = runner.commands
    assert "--no-deps" in lock
    assert {"--no-deps", "--no-build-isolation", "--no-index"} <= set(project.split())


def test_a_python_without_venv_is_told_in_one_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else name)
    with pytest.raises(start.MissingError, match=r"^.*apt-get install python3\.\d+-venv$"):
        start.set_up("site", root, Runner())


def test_a_python_of_ten_years_ago_can_read_the_file_and_gets_one_line() -> None:
    text = Path(start.__file__).read_text(encoding="utf-8")
    body = ast.parse(text, feature_version=(3, 6)).body
    assert isinstance(body[2], ast.If)  # after the docstring and `import sys`, before any other import
    assert "sys.version_info < (3, 11)" in ast.unparse(body[2])


def test_what_bends_the_environment_is_left_out() -> None:
    made = start.environment({"HOME": "/h", "PYTHONHOME": "/x", "PYTHONPATH": "/y", "PIP_USER": "1"})
    assert made["HOME"] == "/h"
    assert not {"PYTHONHOME", "PYTHONPATH", "PIP_USER"} & set(made)
    assert (made["PYTHONUTF8"], made["NO_MKDOCS_2_WARNING"]) == ("1", "1")


def test_it_cannot_call_itself(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in start.environment({}).items():
        monkeypatch.setenv(name, value)
    assert start.main(["site"]) == 2
    assert "itself" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["sit"], ["site", "please"], ["test", "grammar"]])
def test_wrong_use(words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv(start.GUARD, raising=False)
    assert start.main(words) == 2
    shown = capsys.readouterr()
    assert not shown.out
    assert "test" in shown.err


def test_help(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv(start.GUARD, raising=False)
    assert start.main(["--help"]) == 0
    assert "python3 start.py" in capsys.readouterr().out


# --- the browser ---------------------------------------------------------------------------------------


def program(folder: Path, name: str) -> str:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_named_browser_and_no_other_is_taken(tmp_path: Path) -> None:
    mine = program(tmp_path / "mine", "my-chromium")
    found = program(tmp_path / "bin", "google-chrome")
    path = str(tmp_path / "bin")
    assert start.find_chromium({"PATH": path}) == found
    assert start.find_chromium({"PATH": path, "DOSSIER_CHROMIUM": mine}) == mine
    assert start.find_chromium({"PATH": path, "DOSSIER_CHROMIUM": mine + "-not"}) is None


def test_chromium_is_installed_only_where_that_is_allowed(tmp_path: Path) -> None:
    env = {"PATH": str(tmp_path / "bin")}
    runner = Runner()
    assert start.ensure_chromium(env, runner, may_install=lambda: False) is None
    assert runner.commands == []

    def installs(command: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
        assert options["env"]["DEBIAN_FRONTEND"] == "noninteractive"  # type: ignore[index]
        if "install" in command:
            program(tmp_path / "bin", "chromium")
        return runner(command)

    assert start.ensure_chromium(env, installs, may_install=lambda: True) == str(tmp_path / "bin" / "chromium")
    assert runner.commands == ["apt-get update", "apt-get install --yes --no-install-recommends chromium"]


def test_a_failed_installation_is_one_line_more_and_no_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    failing = Runner(code=100, output="E: Unable to locate package chromium\n")
    assert start.ensure_chromium({"PATH": str(tmp_path)}, failing, may_install=lambda: True) is None
    lines = capsys.readouterr().err.splitlines()
    assert "apt-get install failed: E: Unable to locate package chromium" in lines
    assert "to get it: " in lines[-1]


@pytest.mark.parametrize(
    ("release", "command"),
    [
        ("ID=debian\n", "apt-get"),
        ('NAME="Kubuntu"\nID=kubuntu\nID_LIKE="ubuntu debian"\n', "snap"),
        ("ID=fedora\n", "dnf"),
        ("ID=plan9\n", "dnf install chromium; darwin: brew"),
    ],
)
def test_the_line_on_chromium_fits_the_system(
    release: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    file = tmp_path / "os-release"
    file.write_text(release, encoding="utf-8")
    assert command in start.how_to_get_chromium(start.system(file))


@pytest.mark.slow
def test_tools_run_in_a_folder_of_any_name(tmp_path: Path) -> None:
    """The scripts that pip writes do not: a shell reads the path in them."""
    root = tmp_path / "my $HOME `mill`"
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", root / ".venv"], check=True
    )
    command = [*start.module("json.tool", root), "--help"]
    assert subprocess.run(command, check=False, capture_output=True, cwd=tmp_path).returncode == 0


def test_the_tool_is_run_as_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.delenv(start.GUARD, raising=False)
    monkeypatch.setattr(start, "set_up", lambda _purpose: None)
    monkeypatch.setattr("subprocess.run", run)
    assert start.main(["run", "check", "--strict"]) == start.main(["site"]) == 0
    python = start.tool("python", start.ROOT)
    tool = [python, "-P", "-m", "generator"]
    assert commands == [[*tool, "check", "--strict"], [*tool, "build"]]


# --- the gates -----------------------------------------------------------------------------------------


def gates(names: Sequence[str], failing: Sequence[str] = (), env: Mapping[str, str] | None = None) -> int:
    def stream(command: Sequence[str], env: Mapping[str, str]) -> tuple[int, str]:
        name = next(
            name for name, words in start.GATES.items() if [*start.module(words[0], start.ROOT), *words[1:]] == command
        )
        return (1 if name in failing else 0), f"closing line of {name}\n"

    return start.run_gates(names, env or {}, stream)


def test_all_gates_run_whatever_fails_and_the_tests_closing_line_comes_last(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert gates(tuple(start.GATES), failing=["format", "types"]) == 1
    lines = capsys.readouterr().out.splitlines()
    went = dict(line.split()[:2] for line in lines if line.startswith("  "))
    assert went == {
        "format": "failed",
        "lint": "passed",
        "types": "failed",
        "check": "passed",
        "tests": "passed",
    }
    assert lines[-1] == "closing line of tests"


def test_all_gates_pass() -> None:
    assert gates(tuple(start.GATES)) == 0
    assert gates(["lint"]) == 0


def test_ci_must_have_a_browser(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    env = {"CI": "true", "PATH": str(tmp_path / "bin")}
    assert gates(tuple(start.GATES), env=env) == 1
    assert "browser  failed" in capsys.readouterr().out
    assert gates(["lint"], env=env) == 0
    program(tmp_path / "bin", "chromium")
    assert gates(tuple(start.GATES), env=env) == 0
    assert gates(tuple(start.GATES), env={**env, "DOSSIER_CHROMIUM": "/nowhere"}) == 1


def test_a_gates_output_is_shown_and_its_last_line_kept(capsys: pytest.CaptureFixture[str]) -> None:
    shell = shutil.which("sh")
    assert shell
    assert start.stream([shell, "-c", "echo one; echo two; exit 3"], {}) == (3, "two\n")
    assert capsys.readouterr().out == "one\n"


# --- what lies beside it -------------------------------------------------------------------------------


def pins(name: str) -> dict[str, str]:
    text = (PROJECT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+==[\w.]+)([^\\\n]*)", text, re.MULTILINE))


def test_the_tests_run_with_the_libraries_of_the_site() -> None:
    runtime, tests = pins("requirements.txt"), pins("requirements-dev.txt")
    assert len(runtime) > 10
    assert runtime.items() <= tests.items()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_locks_are_hashed_and_name_no_place(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^--", text, re.MULTILINE)
    entries = re.split(r"^(?=[a-z])", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)
    assert all("--hash=sha256:" in entry for entry in entries if entry.strip())


def test_pre_commit_runs_the_gates_and_only_them() -> None:
    config = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert [hook["id"] for hook in hooks] == list(start.GATES)
    assert [hook["entry"] for hook in hooks] == [f"python3 start.py test {name}" for name in start.GATES]
