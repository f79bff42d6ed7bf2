"""Files into a ZIP whose bytes follow from nothing but the files, their names and one date.

In: paths with their contents, in the order that they shall have. Out: the ZIP, in a file or in memory.
"""

import time
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final, NamedTuple

_RIGHTS: Final = 0o100644 << 16
_UNIX: Final = 3
_FIRST: Final = (1980, 1, 1, 0, 0, 0)
_YEARS: Final = range(1980, 2108)


class Packed(NamedTuple):
    """A file of a ZIP; what is packed already by its format `is_stored`: packing it again gains nothing."""

    path: str
    content: bytes
    is_stored: bool = False


def write_zip(to: Path | IO[bytes], files: Iterable[Packed], epoch: int) -> None:
    """Write files, dated in seconds since 1970; before 1980 and after 2107 a ZIP knows no dates."""
    date = time.gmtime(epoch)[:6]
    if date[0] not in _YEARS:
        date = _FIRST
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as zipped:
        for one in files:
            entry = zipfile.ZipInfo(one.path, date)
            entry.compress_type = zipfile.ZIP_STORED if one.is_stored else zipfile.ZIP_DEFLATED
            entry.external_attr = _RIGHTS
            entry.create_system = _UNIX
            zipped.writestr(entry, one.content)
