"""What can still be read of an entry that could not be decoded: its references, words, texts and quotes.

In: the tree of a faulty file and the model that it should have had. Out: leaves, as a walk over the model would give
them, of everything that has the form of its field. So a wrong key does not hide a wrong reference.
"""

from collections.abc import Iterator
from typing import Any

from generator.decode import decode
from generator.diagnostics import Path
from generator.fields import Localized, ProseIn, Quote
from generator.walk import Leaf, Step, plan, walk_record
from generator.yamltree import Tree


def salvage(tree: Tree, model: type, path: Path = (), *, source: str = "") -> Iterator[Leaf]:
    """Yield the leaves of a tree; its quotes belong to `source` unless it says otherwise."""
    steps, has_source = plan(model)
    if not isinstance(tree, dict):
        return
    if has_source and isinstance(tree.get("source"), str):
        source = str(tree["source"])
    for step in steps:
        for at, item in _items(step, tree.get(step.name), (*path, step.name)):
            yield from _leaves(step, item, at, source)


def _items(step: Step, value: Tree, path: Path) -> Iterator[tuple[Path, Tree]]:
    if not step.is_many:
        yield path, value
    elif isinstance(value, list):
        yield from (((*path, index), item) for index, item in enumerate(value))


def _leaves(step: Step, item: Tree, path: Path, source: str) -> Iterator[Leaf]:
    if item is None:
        return
    if step.model is not None:
        whole: Any = decode(item, step.model, "")[0] if issubclass(step.model, Quote) else None
        yield from (
            salvage(item, step.model, path, source=source) if whole is None else walk_record(whole, path, source=source)
        )
    elif isinstance(step.marker, ProseIn) or step.marker is Localized:
        text, _ = decode(item, Localized, "")
        if text is not None:
            yield Leaf(path, step.marker, text, None, source)
    elif isinstance(item, str) and step.marker is not None:
        yield Leaf(path, step.marker, item, None, source)
