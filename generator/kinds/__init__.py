"""The table of kinds: every module of this folder is one. A new kind is a new file; nothing here changes."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from generator.kind import Kind


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Return every kind by its name, in the order of the navigation."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    kinds: list[Kind] = sorted((module.KIND for module in modules), key=lambda kind: (kind.order, kind.name))
    return MappingProxyType({kind.name: kind for kind in kinds})
