"""The trees of many files at once: half of them are parsed in a second process.

In: texts by file. Out: what `yamltree.parse` says of each. Trees are plain values, so they travel between the processes
in Python's own marshal format, many times faster than parsing them.
"""

import marshal
from collections.abc import Mapping, Sequence
from typing import Final

from generator.diagnostics import Diagnostic
from generator.side_by_side import halves, joined, side_by_side
from generator.yamltree import Tree, parse

Parsed = tuple[dict[str, Tree] | None, tuple[Diagnostic, ...]]
_WORTH_A_PROCESS: Final = 500


def parse_all(texts: Mapping[str, str]) -> Mapping[str, Parsed]:
    """Return tree and diagnostics of every file, in the order of the files."""
    items = tuple(texts.items())
    if len(items) < _WORTH_A_PROCESS:
        return {file: parse(text, file) for file, text in items}
    first, second = halves(items)
    mine, (trees, found) = side_by_side(lambda: _parse(first), lambda: _packed(_parse(second)))
    theirs = tuple(zip(marshal.loads(trees), found, strict=True))  # noqa: S302 - made by our own process, just now
    return dict(zip(texts, joined(mine, theirs), strict=True))


def _parse(items: Sequence[tuple[str, str]]) -> list[Parsed]:
    return [parse(text, file) for file, text in items]


def _packed(parsed: Sequence[Parsed]) -> tuple[bytes, list[tuple[Diagnostic, ...]]]:
    return marshal.dumps([tree for tree, _ in parsed]), [found for _, found in parsed]
