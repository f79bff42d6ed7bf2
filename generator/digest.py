"""Texts in, a short mark out that is another one where any of them is another."""

from hashlib import blake2b
from typing import Final

_BYTES: Final = 12


def digest(*texts: str) -> str:
    """Return hexadecimal digits; the same texts divided otherwise have others."""
    found = blake2b(digest_size=_BYTES)
    for text in texts:
        found.update(text.encode("utf-8", "surrogatepass"))
        found.update(b"\0")
    return found.hexdigest()
