"""JSON Schemas of the entries for editors such as VS Code, written from the models: one per kind and settings file.

In: the table of kinds. Out: file names and schema texts, and a folder that holds them. A property is described once, in
its model.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from generator.fields import Model
from generator.kinds import all_kinds
from generator.project import Dossier, Vocabulary

DIALECT: Final = GenerateJsonSchema.schema_dialect


def schemas() -> Mapping[str, str]:
    """Return the text of every schema by its file name, in a fixed order."""
    models: dict[str, tuple[str, Model]] = {
        "dossier": ("The dossier", Dossier),
        "vocabulary": ("The vocabulary", Vocabulary),
        **{kind.name: (f"Entry: {kind.name}", kind.model) for kind in all_kinds().values()},
    }
    return {f"{name}.schema.json": _schema(title, model) for name, (title, model) in sorted(models.items())}


def editor_settings() -> Mapping[str, str]:
    """Return which files each schema describes, as glob patterns by schema file name."""
    globs = {
        "dossier.schema.json": "entries/dossier.yaml",
        "vocabulary.schema.json": "entries/vocabulary.yaml",
    }
    return globs | {f"{kind.name}.schema.json": f"entries/{kind.folder}/*.yaml" for kind in all_kinds().values()}


@dataclass(frozen=True, slots=True)
class Stale:
    """What a folder of schemas lacks, by file name and text, and what it has too much."""

    missing: Mapping[str, str]
    left_over: tuple[str, ...]


def stale(folder: Path) -> Stale:
    """Compare a folder, which may be absent, with the schemas."""
    wanted = schemas()
    missing = {name: text for name, text in wanted.items() if not _holds(folder / name, text)}
    left_over = sorted(file.name for file in folder.glob("*.schema.json") if file.name not in wanted)
    return Stale(missing, tuple(left_over))


def update(folder: Path, found: Stale) -> None:
    """Write what is missing and delete what is left over."""
    folder.mkdir(exist_ok=True)
    for name, text in found.missing.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for name in found.left_over:
        (folder / name).unlink()


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_bytes() == text.encode()


def _schema(title: str, model: Model) -> str:
    schema = TypeAdapter(model).json_schema(mode="validation")
    document = {"$schema": DIALECT, **schema, "title": title}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
