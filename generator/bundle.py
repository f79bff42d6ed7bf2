"""The files beside the pages: the parts of the style sheet and of the scripts put together, and files as they are.

In: `assets/`, sorted by name. Out: paths below a language's pages, and bytes. A part is a file of its own, so that one
concern is one file; a reader's browser asks for one, and gets it without what is only there for those who write it.
What asks the index of the search is a script of its own, which pages load when a reader searches.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

_ASSETS: Final = Path(__file__).with_name("assets")
# Comments on lines of their own, indentation and empty lines. No string goes over several lines, so none is changed.
_FOR_WRITERS: Final = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)?[ \t]*\n|^[ \t]+", re.MULTILINE | re.DOTALL)


@cache
def assets() -> Mapping[str, bytes]:
    """Return what lies beside the pages in `assets/`, by path below the pages."""
    found = {
        "assets/dossier.css": _joined("styles", "*.css"),
        "assets/dossier.js": _joined("scripts", "*.js"),
        "assets/search.js": _joined("search", "*.js"),
    }
    folder = _ASSETS / "files"
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            found[f"assets/{file.relative_to(folder).as_posix()}"] = file.read_bytes()
    return MappingProxyType(found)


def _joined(folder: str, pattern: str) -> bytes:
    parts = sorted((_ASSETS / folder).glob(pattern))
    return "".join(_FOR_WRITERS.sub("", part.read_text(encoding="utf-8")) for part in parts).encode()
