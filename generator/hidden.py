"""Characters that nobody sees: controls, changes of reading direction, zero width, noncharacters.

Comes in: text, as it stands in a file or after a YAML escape was decoded. Goes out: where such characters
are and what they are called. Knows no YAML and no diagnostic.
"""

import re
import unicodedata
from typing import Final

# A noncharacter, so itself refused in any text: it stands in for what was refused and is never content.
STAND_IN: Final = "\ufdd0"

_NONCHARACTERS: Final = "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
_REFUSED: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 without tab and line breaks, DEL, C1
    "\u061c\u180e\u200b-\u200f\u202a-\u202e\u2066-\u2069"  # zero width and bidirectional controls
    "\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # separators, invisible operators, BOM
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff" + _NONCHARACTERS  # surrogates, tags
)
IN_FILE: Final = re.compile(f"[{_REFUSED}]+")
IN_VALUE: Final = re.compile(f"[{_REFUSED}\r]+")  # a decoded value has its line breaks as \n only

_SHOWN: Final = 3  # of the kinds of hidden characters in one run
_CONTROL_NAMES: Final = {
    "\x00": "null",
    "\x08": "backspace",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\r": "carriage return",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
    "\ufeff": "byte order mark",
}


def is_clean(text: str) -> bool:
    """Say whether the text of a file has no hidden character; printable text is known without a search."""
    return text.replace("\n", "").isprintable() or IN_FILE.search(text) is None


def described(characters: str) -> str:
    """Say which invisible characters a run of them is made of."""
    names = list(dict.fromkeys(map(name_of, characters)))
    return f"an invisible character: {', '.join(names[:_SHOWN])}{' …' * bool(names[_SHOWN:])}"


def name_of(character: str) -> str:
    """Return code point and name, such as `U+202E right-to-left override`."""
    name = _CONTROL_NAMES.get(character) or unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X} {name or _class_of(character)}"


def _class_of(character: str) -> str:
    if unicodedata.category(character) == "Cs":
        return "half of a surrogate pair"
    return "control character" if unicodedata.category(character) == "Cc" else "noncharacter"
