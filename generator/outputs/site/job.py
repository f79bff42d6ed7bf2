"""What the build says to the process that runs MkDocs, and what that answers; loads nothing heavy."""

from dataclasses import dataclass
from typing import Final

DONE: Final = 0
FAILED: Final = 1
ALL_NEEDED: Final = 3


@dataclass(frozen=True, slots=True)
class Job:
    """What to build where: `changed` are paths of pages and other files; nothing means everything."""

    config: str
    site: str
    memory: str
    new_memory: str
    changed: list[str] | None = None
    removed: tuple[str, ...] = ()
