"""Lets only one process at a time work in a folder.

In comes a folder; a second process is refused, with the number of the first. Knows only files and processes.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from generator.stage import UnsafePathError

if sys.platform == "win32":  # pragma: no cover
    import msvcrt
else:
    import fcntl


_FOLDERS: Final = ("work", "search", "pdf", "epub")  # what is published as a whole takes the place of a file


class BusyError(Exception):
    """Another build holds the folder; `holder` is its process id, as far as it is known."""

    def __init__(self, build: Path, holder: str) -> None:
        """Say who is at work."""
        super().__init__(f"another build is running in {build}" + (f" (process {holder})" if holder else ""))
        self.holder = holder


@contextmanager
def build_lock(build: Path) -> Iterator[None]:
    """Hold the build folder, made if absent, for one process; raises `BusyError` if another one has it.

    Raises `UnsafePathError` if the folder would lead elsewhere, or a file is in its place. The operating system drops
    the lock with the process, so that a killed build leaves none behind.
    """
    _refuse_links(build)
    _refuse_files(build)
    build.mkdir(parents=True, exist_ok=True)
    with (build / ".lock").open("a") as file:
        if not _try_lock(file):
            raise BusyError(build, _holder(build))
        # Beside and not in the locked file: Windows lets nobody read a locked one.
        (build / ".lock.pid").write_text(str(os.getpid()), encoding="ascii")
        yield


@contextmanager
def turn(file: Path) -> Iterator[None]:
    """Wait until no other process has its turn at this file; who dies during it gives it back.

    Where there is no such lock there are no processes side by side either.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as opened:
        if sys.platform != "win32":  # pragma: no branch
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield


if sys.platform == "win32":  # pragma: no cover

    def _try_lock(file: IO[str]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _refuse_links(build: Path) -> None:
    """Make certain that the folder is no way out: a repository can hold links.

    Two levels deep, and what is kept of the search; deeper there are stages alone, and those follow no link.
    """
    for path in (build, *build.glob("*"), *build.glob("*/*"), *build.glob("search/*/*")):
        if path.is_symlink():
            raise UnsafePathError(f"{path} is a symbolic link; a build writes only into a folder of its own")


def _refuse_files(build: Path) -> None:
    for path in (build, *(build / name for name in _FOLDERS)):
        if path.exists() and not path.is_dir():
            raise UnsafePathError(
                f"{path} is a file, but a build needs a folder of that name: rename or delete the file"
            )


def _holder(build: Path) -> str:
    try:
        text = (build / ".lock.pid").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
    return text if text.isdigit() else ""
