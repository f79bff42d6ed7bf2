"""A small dossier about a village's quarrel over a mill, in memory, for tests that change one thing in it.

Its files lie in `gallery/base`; it has every kind and no fault.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Span
from generator.load import Files, read_project
from generator.pipeline import Examined, examine_files
from generator.yamltree import locate

BASE = Path(__file__).parent / "gallery" / "base"
CHRONICLE = "seeds/chronicle.txt"
NOTHING: Mapping[str, str] = MappingProxyType({})


@cache
def base() -> Files:
    files, problems = read_project(BASE)
    assert not problems
    return files


def village(changes: Mapping[str, str | None] = NOTHING) -> Files:
    """Give the files with some texts changed (by path below the dossier), added, or left out where they are None."""
    known = base()
    entries: dict[str, str] = dict(known.entries)
    sources: dict[str, bytes] = dict(known.sources)
    for path, text in changes.items():
        if path.startswith("seeds/"):
            sources.pop(path, None)
            if text is not None:
                sources[path] = text.encode()
        else:
            entries.pop(path, None)
            if text is not None:
                entries[path] = text
    return Files(entries, sources, known.docs)


def text_of(path: str) -> str:
    known = base()
    return known.entries[path] if path in known.entries else known.sources[path].decode()


def changed(path: str, old: str, new: str) -> dict[str, str]:
    """Give the change of a part of a file that is there exactly once."""
    text = text_of(path)
    assert text.count(old) == 1
    return {path: text.replace(old, new)}


def look(files: Files) -> Examined:
    """Examine, with lines and columns."""
    examined = examine_files(files)
    return replace(examined, diagnostics=locate(examined.diagnostics, files.entries))


def told(changes: Mapping[str, str | None]) -> list[tuple[str, int, str]]:
    """Give file, line and code of everything that is wrong after the changes."""
    return sorted((span(one).file, span(one).line, one.code) for one in look(village(changes)).diagnostics)


def codes(changes: Mapping[str, str | None]) -> list[str]:
    """Give the codes of everything that is wrong after the changes, in order."""
    return [code for *_, code in told(changes)]


def span(diagnostic: Diagnostic) -> Span:
    assert isinstance(diagnostic.at, Span)
    return diagnostic.at


def corpus(changes: Mapping[str, str | None] = NOTHING) -> Corpus:
    found = look(village(changes)).corpus
    assert found is not None
    return found
