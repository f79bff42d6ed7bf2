"""Set Dossier up and run it: `python3 start.py site`, `test`, `bench` or `run …`.

Comes in: a command. Goes out: a virtual environment in `.venv` that holds what the lock files say, and the
exit code of what was run in it. Standard library only; must not know anything of what Dossier does.
"""

import sys

# First of all, and in words that a Python of ten years ago can read: its user sees a line, no traceback.
if sys.version_info < (3, 11):
    sys.stderr.write(
        "Dossier needs Python 3.11 or newer and this is {}.{}: install one (https://www.python.org/downloads "
        "or your package manager) and say for example: python3.11 start.py site\n".format(*sys.version_info)
    )
    sys.exit(2)

import contextlib
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
GUARD = "DOSSIER_START"
LOCKS = {"site": ("requirements.txt",), "test": ("requirements.txt", "requirements-dev.txt")}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# Every gate, in the order they run: the quick ones first; the tests last, for their closing line closes all.
GATES = {
    "format": ("ruff", "format", "--check", "."),
    "lint": ("ruff", "check", "."),
    "types": ("mypy",),
    "check": ("dossier", "check"),
    "tests": (
        "pytest",
        "--numprocesses=auto",
        "--maxprocesses=4",
        "--dist=loadfile",
        "--cov",
        "--cov-report=term",
    ),
}

HOW_TO_GET_CHROMIUM = {
    "debian": "sudo apt-get install chromium",
    "ubuntu": "sudo snap install chromium",
    "fedora": "sudo dnf install chromium",
    "darwin": "brew install --cask chromium",
}

USAGE = f"""Usage: python3 start.py COMMAND

  site           set everything up and build the site into build/site/
  test [GATE …]  set everything up and run every gate, or only those named: {", ".join(GATES)}
  bench          set everything up and measure speed and memory
  run ARGS …     set everything up and run the tool itself, for example: run check --help
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


class MissingError(Exception):
    """Something that must be there is not; the message is one line that says what it is and how to get it."""


def run(command: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Run `command` to its end; both its outputs are in `stdout` as text, unless `options` say otherwise."""
    shown = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "errors": "replace"}
    # What is open and marked for it stays open: an orphaned pip still holds the lock of `alone`.
    options = {"close_fds": False, **shown, **options}
    return subprocess.run(command, check=False, **options)  # type: ignore[call-overload,no-any-return]


def say(line: str) -> None:
    """Tell the user one line, beside whatever goes to standard output."""
    print(line, file=sys.stderr, flush=True)


def last_line(text: str) -> str:
    """Return the last line that says something, without pip's advertisement for a newer pip."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("[notice]")]
    return lines[-1] if lines else "(it said nothing)"


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return `given` without what would bend the virtual environment, and with what all of ours relies on."""
    bending = {"PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIREMENT"}
    kept = {name: value for name, value in given.items() if name not in bending}
    fixed = {
        "PYTHONUTF8": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
    }
    return {**kept, **fixed, GUARD: "1"}


# --- the virtual environment ---------------------------------------------------------------------------


def tool(name: str, root: Path) -> str:
    """Return the path of a program of the virtual environment."""
    folder, suffix = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return str(root / ".venv" / folder / (name + suffix))


def module(name: str, root: Path) -> list[str]:
    """Return the command that runs a tool of the virtual environment, whatever the folder is called.

    The scripts that pip makes for tools go through a shell, which takes a `$` in the path for its own. `-P` keeps the
    folder that the user happens to be in from supplying modules.
    """
    return [tool("python", root), "-P", "-m", {"dossier": "generator"}.get(name, name)]


def venv_key(root: Path) -> str:
    """Say which Python, where: a virtual environment can be neither moved nor handed to another Python."""
    return f"{platform.python_implementation()} {platform.python_version()} {platform.machine()} {root}"


def lock_key(purpose: str, root: Path) -> str:
    """Return a hash over everything that decides what is installed for `purpose`."""
    content = hashlib.sha256(venv_key(root).encode())
    for name in (*LOCKS[purpose], "pyproject.toml"):
        content.update(b"\0" + (root / name).read_bytes())
    return content.hexdigest()


def says(mark: Path, text: str) -> bool:
    """Tell whether the file `mark` is there and holds exactly `text`."""
    return mark.is_file() and mark.read_text(encoding="utf-8") == text


def is_whole(root: Path) -> bool:
    """Tell whether this Python finished the virtual environment, here, and no later install was killed."""
    return says(root / ".venv" / "whole", venv_key(root)) and Path(tool("python", root)).exists()


def is_ready(purpose: str, root: Path) -> bool:
    """Tell whether everything for `purpose` is installed; what serves the tests serves the site as well."""
    wider = [name for name, locks in LOCKS.items() if set(locks) >= set(LOCKS[purpose])]
    return is_whole(root) and any(says(root / ".venv" / f"ready-{name}", lock_key(name, root)) for name in wider)


def make_venv(root: Path, run: Run = run) -> None:
    """Make an empty virtual environment, in place of whatever a killed or foreign one left behind."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        version = ".".join(platform.python_version_tuple()[:2])
        raise MissingError(
            f"Python's venv and ensurepip are missing; on Debian and Ubuntu: sudo apt-get install python{version}-venv"
        )
    folder = root / ".venv"
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    made = run([sys.executable, "-m", "venv", str(folder)], env=environment(os.environ))
    if made.returncode:
        raise MissingError(f"No virtual environment could be made in {folder}: {last_line(made.stdout)}")
    (folder / "whole").write_text(venv_key(root), encoding="utf-8")


def install(purpose: str, root: Path, run: Run = run) -> None:
    """Install the lock of `purpose` and then the project itself, editable; raise MissingError when pip fails.

    The mark `whole` is away while pip changes anything: killed there, the next start makes a new environment.
    A pip that stopped before it changed anything, as without network, leaves what worked before.
    """
    folder = root / ".venv"
    pip = [tool("python", root), "-m", "pip", "install", "--no-deps"]
    (folder / "whole").unlink()
    (folder / f"ready-{purpose}").unlink(missing_ok=True)
    for what in (
        ["--require-hashes", "--requirement", str(root / LOCKS[purpose][-1])],
        ["--no-build-isolation", "--no-index", "--editable", str(root)],
    ):
        done = run([*pip, *what], env=environment(os.environ), cwd=root)
        (folder / "pip.log").write_text(done.stdout, encoding="utf-8")
        if done.returncode:
            if "Installing collected packages" not in done.stdout:
                (folder / "whole").write_text(venv_key(root), encoding="utf-8")
            raise MissingError(
                "The libraries could not be installed (is there a network? all of it is in .venv/pip.log): "
                f"{last_line(done.stdout)}"
            )
    (folder / f"ready-{purpose}").write_text(lock_key(purpose, root), encoding="utf-8")
    (folder / "whole").write_text(venv_key(root), encoding="utf-8")


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Let one start at a time change the virtual environment; another waits, but for Windows."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        os.set_inheritable(handle, True)
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def set_up(purpose: str, root: Path = ROOT, run: Run = run) -> None:
    """Make sure that everything for `purpose` is installed; do nothing, and quickly, when it is."""
    if is_ready(purpose, root):
        return
    with alone(root):
        if is_ready(purpose, root):
            return
        say(f"Setting up what Dossier needs in {root / '.venv'} (once; about half a minute) …")
        if not is_whole(root):
            make_venv(root, run)
        install(purpose, root, run)


# --- the browser ---------------------------------------------------------------------------------------


def find_chromium(env: Mapping[str, str]) -> str | None:
    """Return the Chromium to test with: what `DOSSIER_CHROMIUM` names, no other, or the first on the PATH."""
    named = env.get("DOSSIER_CHROMIUM")
    names = (named,) if named else BROWSERS
    return next(filter(None, (shutil.which(name, path=env.get("PATH")) for name in names)), None)


def system(release: Path = Path("/etc/os-release")) -> str:
    """Return which of the systems of HOW_TO_GET_CHROMIUM this is, or an empty string."""
    if sys.platform == "darwin":
        return "darwin"
    lines = release.read_text(encoding="utf-8").splitlines() if release.is_file() else []
    fields = {name: value.strip("\"'") for name, _, value in (line.partition("=") for line in lines)}
    kin = [fields.get("ID", ""), *fields.get("ID_LIKE", "").split()]
    return next((name for name in kin if name in HOW_TO_GET_CHROMIUM), "")


def how_to_get_chromium(name: str) -> str:
    """Return the command that installs Chromium on the system `name`, or every command when it is unknown."""
    every = "; ".join(f"{system}: {command}" for system, command in HOW_TO_GET_CHROMIUM.items())
    return HOW_TO_GET_CHROMIUM.get(name, every)


def may_install() -> bool:
    """Tell whether Chromium can be installed unasked: as root with apt-get, so in a container or in CI."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def ensure_chromium(
    env: Mapping[str, str], run: Run = run, *, may_install: Callable[[], bool] = may_install
) -> str | None:
    """Return a Chromium, installed if need be and possible, or nothing after one line on how to get it."""
    found = find_chromium(env)
    if found:
        return found
    if env.get("DOSSIER_CHROMIUM"):
        say(f"The browser that DOSSIER_CHROMIUM names is not there: {env['DOSSIER_CHROMIUM']}")
        return None
    if may_install():
        say("Installing Chromium for the browser tests: apt-get install chromium …")
        quiet = {**environment(env), "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            done = run(["apt-get", *command], env=quiet, stdin=subprocess.DEVNULL)
            if done.returncode:
                say(f"apt-get {command[0]} failed: {last_line(done.stdout)}")
        found = find_chromium(env)
    if not found:
        say(f"Chromium, which the browser tests need, is missing; to get it: {how_to_get_chromium(system())}")
    return found


# --- the commands --------------------------------------------------------------------------------------


def stream(command: Sequence[str], env: Mapping[str, str]) -> tuple[int, str]:
    """Run `command`, show its output but for the last line, and return the exit code and that line."""
    held = ""
    options = {"stdout": subprocess.PIPE, "text": True, "encoding": "utf-8", "errors": "replace"}
    with subprocess.Popen(command, cwd=ROOT, env=dict(env), **options) as process:  # type: ignore[call-overload]
        for line in process.stdout:
            print(held, end="", flush=True)
            held = line
    return process.returncode, held


def run_gates(names: Sequence[str], env: Mapping[str, str], stream: Callable[..., tuple[int, str]] = stream) -> int:
    """Run all the gates `names`, whatever fails, and say at the end how each went; return 0 if all passed."""
    summary, failed, closing = [], 0, ""
    for name in names:
        command = GATES[name]
        print(f"== {name}: {' '.join(command)}", flush=True)
        began = time.monotonic()
        code, last = stream([*module(command[0], ROOT), *command[1:]], env)
        closing = last if name == "tests" else ""
        print("" if closing else last, end="", flush=True)
        failed += code != 0
        summary.append(f"  {name:<9}{'failed' if code else 'passed':<8}{time.monotonic() - began:6.1f} s")
    if env.get("CI") == "true" and "tests" in names and not find_chromium(env):
        failed += 1
        summary.append("  browser  failed   no Chromium, which CI must have")
    print("== summary", *summary, closing, sep="\n", end="", flush=True)
    return 1 if failed else 0


def test(names: Sequence[str]) -> int:
    """Run the gates `names`, or every gate when there are none."""
    unknown = [name for name in names if name not in GATES]
    if unknown:
        say(f"There is no gate {unknown[0]!r}; there are {', '.join(GATES)}.")
        return 2
    set_up("test")
    env = environment(os.environ)
    wanted = [name for name in GATES if name in names or not names]
    chromium = ensure_chromium(os.environ) if "tests" in wanted else None
    if chromium:
        env["DOSSIER_CHROMIUM"] = chromium
    return run_gates(wanted, env)


def in_venv(purpose: str, command: Sequence[str], arguments: Sequence[str], cwd: Path | None = None) -> int:
    """Run a command of the virtual environment, its input and outputs untouched, and return its exit code."""
    set_up(purpose)
    return subprocess.run([*command, *arguments], env=environment(os.environ), cwd=cwd, check=False).returncode


def site() -> int:
    """Build the site and say where it is."""
    code = in_venv("site", module("dossier", ROOT), ["build"], ROOT)
    if code == 0:
        print("The site is built in build/site/. To look at it: python3 start.py run serve", flush=True)
    return code


def obey(command: str, rest: Sequence[str]) -> int:
    """Run one command and return its exit code; raise MissingError when it cannot be run here."""
    if command == "site" and not rest:
        return site()
    if command == "test":
        return test(rest)
    if command == "bench":
        return in_venv("site", [tool("python", ROOT)], ["-m", "benchmarks", *rest], ROOT)
    if command == "run":
        return in_venv("site", module("dossier", ROOT), rest)
    asked = command in {"-h", "--help", "help"}
    print(USAGE, end="", file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; return 2 for wrong use and for what is missing, as the tool does."""
    if GUARD in os.environ:
        say("start.py was called by something that it started itself; call `dossier` there instead.")
        return 2
    try:
        return obey(arguments[0] if arguments else "", arguments[1:])
    except MissingError as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
