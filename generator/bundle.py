"""The files that every page loads: the parts of the style sheet and of the script put together, and files as they are.

In: `assets/`, sorted by name. Out: paths below a language's pages, and bytes. A part is a file of its own, so that one
concern is one file; a reader's browser asks for one.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

_ASSETS: Final = Path(__file__).with_name("assets")


@cache
def assets() -> Mapping[str, bytes]:
    """Return what lies beside the pages in `assets/`, by path below the pages."""
    found = {
        "assets/dossier.css": _joined("styles", "*.css"),
        "assets/dossier.js": _joined("scripts", "*.js"),
    }
    folder = _ASSETS / "files"
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            found[f"assets/{file.relative_to(folder).as_posix()}"] = file.read_bytes()
    return MappingProxyType(found)


def _joined(folder: str, pattern: str) -> bytes:
    return b"\n".join(file.read_bytes() for file in sorted((_ASSETS / folder).glob(pattern)))
