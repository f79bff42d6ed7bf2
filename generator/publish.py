"""Makes a folder hold exactly the wanted files, all or nothing, without touching what stays the same.

In come paths and bytes; out come the paths that became different. Files that stay the same are hard links in
the new folder, so their time stamps stay. Knows only bytes and folders.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import DirEntry
from pathlib import Path

from generator.lock import BusyError, build_lock
from generator.stage import Stage, UnsafePathError, check_path, has, is_file, listing, recover

__all__ = ["BusyError", "TreeChange", "UnsafePathError", "build_lock", "put", "update_tree", "write_tree"]


@dataclass(frozen=True, slots=True)
class TreeChange:
    """What became different in a folder: sorted paths, and how many files stayed as they were."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def write_tree(files: Mapping[str, bytes], target: Path) -> TreeChange:
    """Make `target` hold exactly these files; nothing is touched when it already does.

    Raises `UnsafePathError` for a path that leads out of `target` or below another of the files.
    """
    for path in files:
        check_path(path)
        if path.rpartition("/")[0] in files:
            raise UnsafePathError(f"{path!r} lies below a file")
    recover(target)
    present = listing(target)
    changed = {path: content for path, content in files.items() if not _holds(target, present, path, content)}
    removed = sorted(path for path in present if path not in files)
    return _apply(changed, removed, target, len(files) - len(changed))


def update_tree(changed: Mapping[str, bytes], removed: Iterable[str], target: Path) -> TreeChange:
    """Change and remove only these files of `target`, where it differs; `unchanged` is not counted."""
    gone = sorted(set(removed) - changed.keys())
    for path in (*changed, *gone):
        check_path(path)
    recover(target)
    new = {path: content for path, content in changed.items() if not has(target / path, content)}
    return _apply(new, [path for path in gone if is_file(target / path)], target, 0)


def put(file: Path, content: bytes) -> None:
    """Write one file anywhere, so that a failure leaves what was there, and nothing half; its folder is made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _apply(changed: Mapping[str, bytes], removed: list[str], target: Path, unchanged: int) -> TreeChange:
    if changed or removed or not target.is_dir():
        stage = Stage(target)
        for path in removed:
            stage.remove(path)
        for path, content in changed.items():
            stage.write(path, content)
        stage.publish()
    return TreeChange(tuple(sorted(changed)), tuple(removed), unchanged)


def _holds(target: Path, present: Mapping[str, DirEntry[str]], path: str, content: bytes) -> bool:
    entry = present.get(path)
    if entry is None or entry.is_symlink() or entry.stat(follow_symlinks=False).st_size != len(content):
        return False
    return has(target / path, content)
