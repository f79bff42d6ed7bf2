"""What one run of Dossier leaves for the next: plain values in files under `build/`, read back only if ours.

In: numbers, texts, bytes, tuples, sets and mappings of them. Out: the same values, or nothing where the file is absent,
damaged, cut short, or of another Dossier. Nothing that is read can run: build folders come from strangers too.
"""

import marshal
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from generator.fingerprint import fingerprint

_DIGEST: Final = 32


def remember(file: Path, value: Any) -> None:  # noqa: ANN401 - whatever plain values there are
    """Keep a value so that a kill leaves the old one or the new one."""
    content = marshal.dumps(value)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.new")
    beside.write_bytes(_seal(content) + content)
    beside.replace(file)


def recall(file: Path) -> Any | None:  # noqa: ANN401 - see above
    """Return the value that this Dossier kept in a file, else None."""
    try:
        raw = file.read_bytes()
    except OSError:
        return None
    content = memoryview(raw)[_DIGEST:]
    # The seal is compared before anything is read: a damaged or foreign file can have any shape.
    return marshal.loads(content) if raw[:_DIGEST] == _seal(content) else None  # noqa: S302 - the seal is ours


def _seal(content: bytes | memoryview) -> bytes:
    """Return the digest of what was kept, and of the Dossier that keeps it."""
    digest = blake2b(fingerprint().encode(), digest_size=_DIGEST)
    digest.update(content)
    return digest.digest()
