"""The few shapes of CBOR (RFC 8949) that Pagefind's files are made of: numbers, texts, lists; read and written again.

In: bytes. Out: values, and from them the shortest bytes. Anything else raises `ValueError`: then Pagefind has changed.
"""

from typing import Any, Final

_UNSIGNED: Final = 0
_NEGATIVE: Final = 1
_TEXT: Final = 3
_LIST: Final = 4
_SIZES: Final = {24: 1, 25: 2, 26: 4, 27: 8}


def decode(data: bytes) -> Any:  # noqa: ANN401 - what the file holds
    """Return the one value that the bytes are; lists are lists."""
    value, end = _value(data, 0)
    if end != len(data):
        raise ValueError("something follows the value")
    return value


def encode(value: object) -> bytes:
    """Return the bytes of a value made of numbers, texts and lists."""
    match value:
        case bool():
            raise ValueError("no truth values")
        case int() if value >= 0:
            return _head(_UNSIGNED, value)
        case int():
            return _head(_NEGATIVE, -1 - value)
        case str():
            raw = value.encode()
            return _head(_TEXT, len(raw)) + raw
        case list():
            return _head(_LIST, len(value)) + b"".join(map(encode, value))
    raise ValueError(f"no {type(value).__name__}")


def _head(kind: int, number: int) -> bytes:
    if number < min(_SIZES):
        return bytes((kind << 5 | number,))
    for sign, size in _SIZES.items():
        if number < 1 << 8 * size:
            return bytes((kind << 5 | sign,)) + number.to_bytes(size, "big")
    raise ValueError("a number too large")


def _value(data: bytes, at: int) -> tuple[Any, int]:
    if at >= len(data):
        raise ValueError("the bytes end too early")
    kind, number = data[at] >> 5, data[at] & 31
    at += 1
    if number in _SIZES:
        size = _SIZES[number]
        number, at = int.from_bytes(data[at : at + size], "big"), at + size
    elif number > max(_SIZES):
        raise ValueError("a length that is not told")
    match kind:
        case 0:
            return number, at
        case 1:
            return -1 - number, at
        case 3:
            return data[at : at + number].decode(), at + number
        case 4:
            found = []
            for _ in range(number):
                one, at = _value(data, at)
                found.append(one)
            return found, at
    raise ValueError(f"an unknown shape {kind}")
