"""Files become text: the only module that reads the dossier from disk.

In: the folder of a project. Out: the text of every entry and every source, hand-written pages, and diagnostics for what
cannot be read. Knows neither YAML nor kinds. Nothing outside the project is ever opened: links are refused.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from generator.diagnostics import Diagnostic, Severity, Span
from generator.encoding import decoded
from generator.lang import LANGS
from generator.project import SOURCES_FOLDER
from generator.yamltree import MAX_BYTES

MAX_SOURCE_BYTES: Final = 8 * 1024 * 1024
FORMER_SOURCES: Final = "build/work/sources"
_ENTRIES: Final = "entries"
_DOCS: Final = "docs"
_Refuse = Callable[[str], tuple[str, str] | None]
"""Says of a path why its file is not read, by code and hint; an empty code needs no word."""
_LOOKS_LIKE_YAML: Final = re.compile(r"\.ya?ml(?:\.txt)?\Z", re.IGNORECASE).search
_FORBIDDEN_IN_NAMES: Final = frozenset('\\:*?"<>|%\n')  # no file on some systems, or another address on the web


_TAKEN: Final = frozenset({"sitemap.xml", "sitemap.xml.gz"})  # files that the site builder writes itself


@dataclass(frozen=True, slots=True)
class Files:
    """What was read: texts by path below the project, with `/` between folders; `unread` are those refused."""

    entries: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, bytes] = field(default_factory=dict)
    docs: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    @property
    def mark(self) -> str:
        """Another one where anything in an entry or a source is; hand-written pages do not count."""
        digest = hashlib.sha256()
        for path, raw in sorted(
            {**self.sources, **{path: text.encode() for path, text in self.entries.items()}}.items()
        ):
            digest.update(hashlib.sha256(path.encode()).digest() + hashlib.sha256(raw).digest())
        return digest.hexdigest()


def read_project(project: Path) -> tuple[Files, tuple[Diagnostic, ...]]:
    """Read everything that a dossier is made of. Raises `OSError` where the disk fails."""
    problems: list[Diagnostic] = []
    root = Path(os.path.realpath(project))
    entries = _read_texts(root, _ENTRIES, _no_yaml, problems)
    sources = dict(_read(root, SOURCES_FOLDER, MAX_SOURCE_BYTES, _read_all, problems))
    docs: dict[str, str] = {}
    for lang in LANGS:
        docs |= _read_texts(root, f"{_DOCS}/{lang}", _no_markdown, problems)
    problems += (_double(docs, path) for path in list(docs) if _shorter(path) in docs)
    problems += (_unpublishable(path) for path in docs if not _FORBIDDEN_IN_NAMES.isdisjoint(path) or _is_taken(path))
    unread = {problem.at.file for problem in problems if problem.severity is Severity.ERROR}
    return Files(entries, sources, docs, frozenset(unread)), tuple(problems)


def read_former_source(project: Path, sha256: str) -> bytes | None:
    """Return the text of a source that an earlier build kept, or None; `sha256` are 64 hexadecimal digits."""
    try:
        raw = (project / FORMER_SOURCES / f"{sha256}.txt").read_bytes()
    except OSError:
        return None  # nothing was built, or not with this text: one hint has less to say
    return raw if hashlib.sha256(raw).hexdigest() == sha256 else None


def _no_yaml(path: str) -> tuple[str, str] | None:
    if path.endswith(".yaml"):
        return None
    if _LOOKS_LIKE_YAML(path):
        return "unread-entry", "rename it to end in .yaml, in small letters"
    return "unexpected-file", "only files that end in .yaml belong here"


def _no_markdown(path: str) -> tuple[str, str] | None:
    # Who looks at the folder reads README.md there; on the site it would be the folder's index page.
    return None if path.endswith(".md") and not path.endswith("/README.md") else ("", "")


def _read_all(_path: str) -> None:
    return None


def _read_texts(root: Path, folder: str, refuse: _Refuse, problems: list[Diagnostic]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path, raw in _read(root, folder, MAX_BYTES, refuse, problems):
        text, found = decoded(path, raw)
        problems += found
        if text is not None:
            texts[path] = text
    return texts


def _read(
    root: Path, folder: str, limit: int, refuse: _Refuse, problems: list[Diagnostic]
) -> Iterator[tuple[str, bytes]]:
    for path in _list(root, folder, problems):
        refused = refuse(path)
        if refused is not None:
            code, hint = refused
            if code:
                problems.append(Diagnostic(code, "this file is not read", _start(path), hint))
            continue
        with open(f"{root}/{path}", "rb") as file:  # noqa: PTH123 - a third of the time of Path over 10,000 files
            raw = file.read(limit + 1)
        if len(raw) > limit:
            message = f"the file is larger than {limit // 1024} KiB"
            problems.append(Diagnostic("file-too-large", message, _start(path), "split it into several"))
        else:
            yield path, raw


def _list(root: Path, folder: str, problems: list[Diagnostic]) -> Iterator[str]:
    """Yield the plain files below the folder, sorted within each; report links instead of following them."""
    link = next((part for part in (Path(folder), *Path(folder).parents) if (root / part).is_symlink()), None)
    if link is not None:
        problems.append(_unsafe(link.as_posix()))
        return
    waiting = [folder]
    while waiting:  # no recursion: nobody knows how deep a stranger's folders are
        at = waiting.pop()
        if not (root / at).is_dir():
            continue
        with os.scandir(root / at) as found:
            items = sorted(found, key=lambda item: item.name)
        for item in items:
            path = f"{at}/{item.name}"
            if item.name.startswith("."):
                continue
            if not _is_unicode(item.name):
                problems.append(_unnamed(at, item.name))
            elif item.is_symlink():
                problems.append(_unsafe(path))
            elif item.is_dir():
                waiting.append(path)
            elif item.is_file():
                yield path


def _unsafe(path: str) -> Diagnostic:
    return Diagnostic(
        "unsafe-path", "this is a link, and links are not followed", _start(path), "put the file or folder itself here"
    )


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unnamed(folder: str, name: str) -> Diagnostic:
    """Tell of a file or folder whose name no page, no report and no other system could repeat."""
    shown = os.fsencode(name).decode("utf-8", "backslashreplace")
    message = "the name has bytes that are not UTF-8, so this is not read"
    return Diagnostic("unsafe-path", message, _start(f"{folder}/{shown}"), "rename it, best with ASCII letters")


def _shorter(path: str) -> str:
    """Return the other file that would be published at the same address, where there can be one."""
    return f"{path.removesuffix('/index.md')}.md" if path.endswith("/index.md") else ""


def _double(docs: dict[str, str], path: str) -> Diagnostic:
    shorter = _shorter(path)
    del docs[shorter]
    message = f"this file is not read: {path} is the page at this address"
    return Diagnostic("unexpected-file", message, _start(shorter), "put both texts into one file")


def _is_taken(path: str) -> bool:
    """Return whether a page, or the folder around it, needs a folder where the site builder has a file of that name."""
    return path.split("/")[2].removesuffix(".md") in _TAKEN


def _unpublishable(path: str) -> Diagnostic:
    message = "a page of this name cannot be published everywhere"
    hint = "rename the file: use letters, digits, spaces and hyphens"
    return Diagnostic("unsafe-path", message, _start(path), hint)


def _start(path: str) -> Span:
    return Span(path, 1, 1, 1, 1)
