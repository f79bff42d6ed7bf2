"""The date that is written into what is made, where a format demands one.

Never that of the clock: the same dossier gives the same bytes, whenever it is built.
"""

import os
from datetime import UTC, datetime
from typing import Final

_EPOCH: Final = 1735689600  # 2025-01-01: any constant makes two builds the same


def epoch(told_until: str = "") -> int:
    """Return the date in seconds since 1970: that of `SOURCE_DATE_EPOCH`, or a constant.

    What tells of something up to an ISO day is not dated before it.
    """
    given = _given()
    if given is not None:
        return given
    if not told_until:
        return _EPOCH
    return max(_EPOCH, int(datetime.fromisoformat(told_until).replace(tzinfo=UTC).timestamp()))


def given_day() -> str:
    """Return the day that `SOURCE_DATE_EPOCH` says, in ISO 8601; empty where it says none."""
    given = _given()
    return "" if given is None else datetime.fromtimestamp(given, UTC).date().isoformat()


def _given() -> int | None:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isascii() and given.isdigit() else None
