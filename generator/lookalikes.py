"""Characters that look like one of the keyboard and are another: blanks and hyphens out of a word processor.

Comes in: any text. Goes out: where such characters are, what they are called, what to type instead. They are welcome in
running text; in a name, a date or the layout of a file nobody means them. Knows no YAML and no diagnostic.
"""

import re
from typing import Final

from generator.hidden import name_of

BLANKS: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
HYPHENS: Final = "\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_ANY: Final = re.compile(f"[{BLANKS}{HYPHENS}]")
_is_blank: Final = re.compile(f"[{BLANKS}]").match


def reveal(text: str) -> tuple[str, str]:
    """Return the text with its blanks of print made visible, and what to type for its first look-alike, if any."""
    first = _ANY.search(text)
    if first is None:
        return text, ""
    shown = re.sub(f"[{BLANKS}]", lambda match: f"[U+{ord(match[0]):04X}]", text)
    return shown, advice(first[0])


def advice(character: str) -> str:
    """Return what to type in place of a look-alike."""
    if _is_blank(character):
        return f"{name_of(character)} only looks like a blank: delete it, or type a plain blank with the space bar"
    return f"{character} is {name_of(character)}: type the hyphen of the keyboard, -"
