"""A folder beside a published one, to be filled and then swapped in at one moment.

In come paths and bytes, or a foreign tool that fills the folder; a kill or a full disk at any moment leaves
the published folder as it was, or as it shall be. After each swap the predecessor stays beside it: to bring
it up to date costs only the last change. Knows only bytes and folders.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

if sys.platform != "win32":  # pragma: no branch
    import ctypes

_EXCHANGE: Final = 2  # RENAME_EXCHANGE in <linux/fs.h>
_HERE: Final = -100  # AT_FDCWD in <fcntl.h>


class UnsafePathError(Exception):
    """A path that would leave the folder it belongs to."""


def check_path(path: str) -> None:
    """Raise `UnsafePathError` unless the path is relative, with `/`, and stays in its folder everywhere."""
    parts = path.split("/")
    if any(part in {"", ".", ".."} for part in parts) or any(sign in path for sign in '\\:\0\n*?"<>|'):
        raise UnsafePathError(f"{path!r} is no path inside a folder")


class Stage:
    """A folder beside `target`, to be filled and then swapped in by `publish`.

    Its files may be hard links to published ones: replace them through `write` and `remove`, or `remove` them
    before a foreign tool writes them. Nothing is published unless `publish` is called.
    """

    def __init__(self, target: Path, *, empty: bool = False) -> None:
        """Begin with what `target` holds, or with an empty folder."""
        self.target = target
        self.folder = target.with_name(f".{target.name}.next")
        self._journal = _journal(target)
        self._touched: set[str] = set()
        self._folders: set[str] = set()
        self._ways: set[str] = set()
        self._is_new = False
        refuse_links(target)
        recover(target)
        behind = None if empty else self._behind()
        self._journal.unlink(missing_ok=True)
        if behind is not None:
            self._catch_up(behind)
            return
        _discard(self.folder)
        if empty or not target.is_dir():
            self.folder.mkdir(parents=True)
            self._is_new = True
        else:
            _clone(target, self.folder)

    def write(self, path: str, content: bytes) -> None:
        """Write a file into the stage."""
        if self._is_new:  # nothing to make way for: a tenth of a site's first build goes into its files
            check_path(path)
            self._touched.add(path)
        else:
            self.remove(path)
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        with open(f"{self.folder}/{path}", "wb") as file:  # noqa: PTH123 - a third of the time of Path
            file.write(content)

    def make_way(self, paths: Iterable[str]) -> None:
        """Remove links to folders on the way to these files: a build makes none, and nothing is written through one."""
        for path in () if self._is_new else paths:
            folder = path.rpartition("/")[0]
            while folder and folder not in self._ways:
                self._ways.add(folder)
                if os.path.islink(at := f"{self.folder}/{folder}"):  # noqa: PTH114 - a tenth of the time of Path
                    os.unlink(at)  # noqa: PTH108
                folder = folder.rpartition("/")[0]

    def take(self, path: str, file: Path) -> None:
        """Put a file that is never rewritten in place into the stage, as a hard link where that is possible."""
        self.remove(path)
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        _link(file, self.folder / path)

    def remove(self, path: str) -> None:
        """Remove a file from the stage, if it is there, with the folders that become empty."""
        check_path(path)
        self.make_way((path,))
        self._touched.add(path)
        self._folders.clear()
        _prune(self.folder, path)

    def touched(self, paths: Iterable[str]) -> None:
        """Note files that a foreign tool has written into the stage."""
        self._touched.update(paths)

    def keep_unchanged(self) -> frozenset[str]:
        """Take over from `target` every file that was filled in with the same bytes, and return their paths.

        So the time stamps of files that did not change stay.
        """
        kept: set[str] = set()
        written = listing(self.target).keys() & listing(self.folder).keys() if self._is_new else self._touched
        for path in written:
            old, new = self.target / path, self.folder / path
            if not (is_file(new) and is_file(old)):
                continue
            if old.samefile(new):
                kept.add(path)
            elif has(old, new.read_bytes()):
                new.unlink()
                _link(old, new)
                kept.add(path)
        self._touched -= kept
        return frozenset(kept)

    def publish(self, *, whole: bool = False) -> None:
        """Swap the stage in at one moment; `whole` says that it was filled without noting what differs.

        What a whole one has replaced is nothing that the next could begin with: `copy_beside` makes that.
        """
        is_first = not self.target.exists()
        _swap(self.folder, self.target)
        if not whole and not is_first:
            self.note()

    def note(self) -> None:
        """Note in what the stage and the target differ: the next stage begins with that."""
        with suppress(OSError):  # a missing journal costs time later; what counts is published already
            record = {"pair": self._pair(), "paths": sorted(self._touched)}
            _replace(self._journal, json.dumps(record).encode())

    def discard(self) -> None:
        """Give the stage up."""
        self._journal.unlink(missing_ok=True)
        _discard(self.folder)

    def _behind(self) -> list[str] | None:
        """Return the paths in which the stage differs from the target; None if that is not certain."""
        try:
            record = json.loads(self._journal.read_bytes())
            paths = [str(path) for path in record["paths"]]
            known = record["pair"] == self._pair()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return paths if known else None

    def _pair(self) -> list[int]:
        """Identify both folders, so that a journal that came from elsewhere is worth nothing."""
        return [number for at in (self.folder, self.target) for number in (at.lstat().st_dev, at.lstat().st_ino)]

    def _catch_up(self, paths: list[str]) -> None:
        self.make_way(paths)
        for path in paths:
            check_path(path)
            _prune(self.folder, path)
        for path in paths:
            if (old := self.target / path).is_file():
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                _link(old, self.folder / path)


def copy_beside(target: Path) -> None:
    """Copy a folder beside itself, if there is no copy: the first small change is then as quick as the next."""
    if target.is_dir() and not _journal(target).exists():
        with suppress(OSError):  # a full disk, which costs time later
            Stage(target).note()


def _journal(target: Path) -> Path:
    return target.with_name(f".{target.name}.next.json")


def refuse_links(target: Path) -> None:
    """Raise `UnsafePathError` if the folder or the one that holds it is a symbolic link."""
    for folder in (target, target.parent):
        if folder.is_symlink():
            raise UnsafePathError(f"{folder} is a symbolic link; a build writes only into a folder of its own")


def listing(folder: Path) -> dict[str, os.DirEntry[str]]:
    """Return every file below a folder by its path; a link counts as a file."""
    found: dict[str, os.DirEntry[str]] = {}
    waiting = [(str(folder), "")] if folder.is_dir() else []
    while waiting:
        at, prefix = waiting.pop()
        with os.scandir(at) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    found[prefix + entry.name] = entry
    return found


def has(file: Path, content: bytes) -> bool:
    """Tell whether a file, and no link, holds exactly these bytes."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return False
    try:
        return os.fstat(descriptor).st_size == len(content) and _read(descriptor, len(content)) == content
    finally:
        os.close(descriptor)


def _read(descriptor: int, size: int) -> bytes:
    read = b""
    while len(read) < size and (part := os.read(descriptor, size - len(read))):
        read = read + part if read else part
    return read


def is_file(path: Path) -> bool:
    """Tell whether something stands there that is no folder; a link counts as a file."""
    return path.is_symlink() or path.is_file()


def _clone(source: Path, folder: Path) -> None:
    """Make a copy of a folder out of hard links; symbolic links, which no build makes, are left out."""
    waiting = [(str(source), str(folder))]
    while waiting:
        at, to = waiting.pop()
        os.mkdir(to)  # noqa: PTH102 - strings: this runs for every folder of a large site
        with os.scandir(at) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{to}/{entry.name}"))
                elif not entry.is_symlink():
                    _link(entry.path, f"{to}/{entry.name}")


def _link(old: str | Path, new: str | Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # a file system without hard links, or too many of them; a full disk fails again here
        shutil.copy2(old, new)


def _prune(folder: Path, path: str) -> None:
    """Remove a file and the folders that become empty; a folder in its place goes as a whole."""
    file = folder / path
    try:
        file.unlink(missing_ok=True)
    except NotADirectoryError:  # a file stands where one of its folders should be
        _prune(folder, path.rpartition("/")[0])
        return
    except (IsADirectoryError, PermissionError):  # a folder: Linux says one, macOS and Windows the other
        if not file.is_dir():
            raise
        shutil.rmtree(file)
    with suppress(OSError):
        for parent in list(file.parents)[: path.count("/")]:
            parent.rmdir()


def _replace(file: Path, content: bytes) -> None:
    beside = file.with_name(f"{file.name}.new")
    _discard(beside)
    beside.write_bytes(content)
    beside.replace(file)


def _discard(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _swap(stage: Path, target: Path) -> None:
    """Put the stage in the target's place and the other way round; on Linux there is always a target."""
    if not target.exists():
        stage.rename(target)
    elif not _exchange(stage, target):
        old = _old(target)
        target.rename(old)
        stage.rename(target)
        old.rename(stage)


def recover(target: Path) -> None:
    """Undo what a kill between two renames left behind, on systems that cannot exchange."""
    old = _old(target)
    if not old.exists():
        return
    if target.exists():
        _discard(old)
    else:
        old.rename(target)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


if sys.platform == "win32":  # pragma: no cover

    def _exchange(_one: Path, _other: Path) -> bool:
        return False

else:

    def _exchange(one: Path, other: Path) -> bool:
        """Exchange two folders at one moment (Linux 3.15+); tell whether that was possible."""
        try:
            renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
        except (AttributeError, OSError):  # pragma: no cover - an old system, or macOS
            return False
        arguments = (ctypes.c_int(_HERE), os.fsencode(one), ctypes.c_int(_HERE), os.fsencode(other))
        return bool(renameat2(*arguments, ctypes.c_uint(_EXCHANGE)) == 0)
