"""The YAML parser as we use it: a stream of events from libyaml, which neither recurses nor expands.

Comes in: text without hidden characters. Goes out: one event a call. Alone knows the parser's own types.
"""

from collections.abc import Callable
from typing import Final, Protocol, cast

import yaml
from yaml._yaml import CParser

ALIAS: Final[object] = yaml.AliasEvent
MAPPING_END: Final[object] = yaml.MappingEndEvent
MAPPING_START: Final[object] = yaml.MappingStartEvent
SCALAR: Final[object] = yaml.ScalarEvent
SEQUENCE_END: Final[object] = yaml.SequenceEndEvent
SEQUENCE_START: Final[object] = yaml.SequenceStartEvent
STREAM_END: Final[object] = yaml.StreamEndEvent


class Mark(Protocol):
    """A point in the text: offset in code points, 0-based line."""

    index: int
    line: int


class Event(Protocol):
    """Any event: its `__class__` is one of the constants above, and only the marks are always there."""

    start_mark: Mark
    end_mark: Mark
    anchor: str | None  # of a scalar, an alias, the start of a mapping or sequence
    tag: str | None  # of a scalar, the start of a mapping or sequence
    value: str  # of a scalar, decoded
    style: str  # of a scalar: empty, ', ", | or >
    flow_style: bool  # of the start of a mapping or sequence
    version: object  # of the start of a document
    tags: object  # likewise


def events(text: str) -> Callable[[], Event]:
    """Return what gives the next event; it raises `yaml.YAMLError` at a syntax error."""
    return cast("Callable[[], Event]", CParser(text).get_event)
