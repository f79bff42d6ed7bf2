"""The date that is written into what is made, where a format demands one.

Never that of the clock: the same dossier gives the same bytes, whenever it is built.
"""

import os
from typing import Final

_EPOCH: Final = 1735689600  # 2025-01-01: any constant makes two builds the same


def epoch() -> int:
    """Return the date in seconds since 1970: that of `SOURCE_DATE_EPOCH`, or a constant."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isascii() and given.isdigit() else _EPOCH
