"""Characters that look like one of the keyboard and are another: blanks and hyphens out of a word processor.

Comes in: any text. Goes out: where such characters are, what they are called, what to type instead. They are welcome in
running text; in a name, a date or the layout of a file nobody means them. Knows no YAML and no diagnostic.
"""

import re
from typing import Final

from generator.hidden import name_of

BLANKS: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
HYPHENS: Final = "\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_UNSEEN: Final = "\u00ad\u034f\ufe00-\ufe0f"  # soft hyphen, joiner, variants of signs: welcome in a text as well
_ANY: Final = re.compile(f"[{BLANKS}{HYPHENS}{_UNSEEN}]")
_INVISIBLE: Final = re.compile(f"[{BLANKS}{_UNSEEN}]")
_is_blank: Final = re.compile(f"[{BLANKS}]").match


def reveal(text: str, *, has_hyphens: bool) -> tuple[str, str]:
    """Return the text with what is invisible in it shown, and what to type for its first look-alike, if any.

    A dash is one only where the text is of words that have hyphens.
    """
    first = (_ANY if has_hyphens else _INVISIBLE).search(text)
    if first is None:
        return text, ""
    shown = _INVISIBLE.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)
    return shown, advice(first[0])


def advice(character: str) -> str:
    """Return what to type in place of a look-alike."""
    if _is_blank(character):
        return f"{name_of(character)} only looks like a blank: delete it, or type a plain blank with the space bar"
    if _INVISIBLE.match(character):
        return f"{name_of(character)} is invisible: delete it"
    return f"{character} is {name_of(character)}: type the hyphen of the keyboard, -"
