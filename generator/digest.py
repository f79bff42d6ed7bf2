"""Texts in, a short mark out that is another one where any of them is another."""

from hashlib import blake2b
from typing import Final

_BYTES: Final = 12


def digest(*texts: str) -> str:
    """Return hexadecimal digits; the same texts divided otherwise have others."""
    content = "\0".join((*texts, "")).encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=_BYTES).hexdigest()
