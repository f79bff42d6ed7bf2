"""Text in, its composed form (Unicode NFC) out, in a time that grows with its length alone.

A letter may carry any number of accents, and putting them into order costs the square of their number. No language
needs more than a handful; Unicode's own stream-safe form (UAX #15, section 13) allows 30. Beyond that they are composed
by the thirty, which is the same for equal texts and is all that a comparison needs.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_MOST_MARKS: Final = 30
# Every combining mark is among these signs. They are many more, but few texts have so many of them in a row.
_MANY_SIGNS: Final = re.compile(rf"([^\w\s\x00-\u02ff]{{{_MOST_MARKS + 1},}})")


def composed(text: str) -> str:
    """Return the text in Unicode NFC."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    if _MANY_SIGNS.search(text) is None:
        return unicodedata.normalize("NFC", text)
    return "".join(unicodedata.normalize("NFC", piece) for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    for index, piece in enumerate(_MANY_SIGNS.split(text)):
        if index % 2:
            yield from (piece[at : at + _MOST_MARKS] for at in range(0, len(piece), _MOST_MARKS))
        else:
            yield piece
