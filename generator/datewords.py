"""What somebody likely meant who wrote a date as people do: “März 1871”, “ca. 1871”, “1871–1873”, “since 1871”.

In comes a text that is no EDTF date, out goes a text that may be one; whoever asks must see whether it is. Knows German
and English.
"""

import re
from typing import Final

from generator.lookalikes import HYPHENS

_HYPHEN: Final = re.compile(f" *[{HYPHENS}-] *")
_ABOUT: Final = re.compile(r"(?:ca|circa|c|um|etwa|gegen|about|around)[. ]+(.+)")
_SINCE: Final = re.compile(r"(?:seit|ab|since|from) +(.+)")
_UNTIL: Final = re.compile(r"(?:bis|until|till) +(.+)")
_SPAN: Final = re.compile(r"(?:von |from )?(.*[0-9]{4}.*?)(?: bis | to | until |(?<=[0-9])-(?=[0-9]{4}(?:-|$)))(.+)")
_DECADE: Final = re.compile(r"([0-9]{3})0(?:s|er(?:[- ]jahren?)?)")
_TOKEN: Final = re.compile(r"[0-9]+|[^\W\d_]+")
_SMALL: Final = frozenset(("of", "th", "st", "nd", "rd", "im", "in", "am", "the", "den", "der"))
_FOUR: Final = 4
_LONGEST: Final = 80
_LEAST: Final = 3  # letters of a name
_NAMES: Final = {
    **dict.fromkeys(("januar", "january", "jänner"), 1),
    **dict.fromkeys(("februar", "february", "feber"), 2),
    **dict.fromkeys(("märz", "maerz", "march"), 3),
    "april": 4,
    **dict.fromkeys(("mai", "may"), 5),
    **dict.fromkeys(("juni", "june"), 6),
    **dict.fromkeys(("juli", "july"), 7),
    "august": 8,
    "september": 9,
    **dict.fromkeys(("oktober", "october"), 10),
    "november": 11,
    **dict.fromkeys(("dezember", "december"), 12),
    **dict.fromkeys(("frühling", "frühjahr", "spring"), 21),
    **dict.fromkeys(("sommer", "summer"), 22),
    **dict.fromkeys(("herbst", "autumn", "fall"), 23),
    "winter": 24,
}


def likely(text: str) -> str:
    """Return what may have been meant, or an empty text."""
    return _read(" ".join(text.casefold().split())) if len(text) <= _LONGEST else ""


def _read(text: str) -> str:
    plain = _HYPHEN.sub("-", text)
    for pattern, wanted in ((_ABOUT, "{}~"), (_SINCE, "{}/.."), (_UNTIL, "../{}"), (_SPAN, "{}/{}"), (_DECADE, "{}X")):
        if match := pattern.fullmatch(plain):
            return wanted.format(*(part if pattern is _DECADE else _read(part) for part in match.groups()))
    return _in_words(plain) if re.search(r"[^\W\d_]", plain) else plain


def _in_words(text: str) -> str:
    tokens = [token for token in _TOKEN.findall(text) if token not in _SMALL]
    years = [token for token in tokens if token.isdecimal() and len(token) == _FOUR]
    days = [token for token in tokens if token.isdecimal() and len(token) < _FOUR]
    words = [token for token in tokens if not token.isdecimal()]
    if (len(years), len(words)) != (1, 1) or len(days) > 1 or len(words[0]) < _LEAST:
        return ""
    number = next((number for name, number in _NAMES.items() if name.startswith(words[0])), 0)
    return "-".join((years[0], f"{number:02}", *(f"{day:>02}" for day in days)))
