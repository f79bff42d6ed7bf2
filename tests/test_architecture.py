"""What a room of the house may know, over every import of the package; those for types count too.

The table is the house's plan. A module that is in no room, and a room that nobody lives in, fail as well: a check that
sees nothing proves nothing.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.kinds import all_kinds
from generator.pipeline import examine

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"
LEAST_EDGES = 200
QUERIES = ROOT / "tests/search/queries.yaml"  # what readers of the shipped dossier ask for


class Room(NamedTuple):
    """Modules (a package stands for all in it), the rooms whose modules they may import, and foreign libraries."""

    modules: tuple[str, ...]
    may_know: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()


SPELLING = ("sentences", "wordforms", "paragraphs", "nearest", "suggest", "hidden", "lookalikes", "slips", "composed")
ROOMS = {
    "version": Room(("generator",)),
    "language": Room(("lang",)),
    "diagnostics": Room(("diagnostics",)),
    "digest": Room(("digest",)),
    "encoding": Room(("encoding",), ("diagnostics", "spelling")),
    "spelling": Room(SPELLING, ("language",), ("simplemma",)),
    "dates": Room(("dates", "datewords"), ("language", "spelling"), ("babel",)),
    "search": Room(("search",), ("language", "spelling"), ("simplemma",)),
    "text": Room(("text", "readings"), ("diagnostics", "language", "spelling")),
    "mentions": Room(("mentions",), ("language", "spelling"), ("ahocorasick_rs",)),
    "prose": Room(("prose", "prosenodes", "inlines")),
    "markdown": Room(("markdown",), ("prose",), ("markupsafe",)),
    "drawings": Room(("drawings",), ("language", "dates", "markdown"), ("markupsafe",)),
    "yaml": Room(
        ("yamltree", "positions", "scalarmap", "yamlevents", "yamlsyntax", "yamlmends"),
        ("diagnostics", "spelling"),
        ("yaml",),
    ),
    "processes": Room(("side_by_side", "fingerprint", "remembered")),
    "garbage": Room(("garbage",)),
    "date": Room(("epoch",)),
    "folders": Room(("stage", "lock", "publish", "zipped")),
    "fields": Room(
        ("fields", "kind", "project"),
        ("diagnostics", "language", "dates"),
        ("pydantic", "pydantic_core"),
    ),
    "walk": Room(("walk",), ("diagnostics", "fields")),
    "decode": Room(("decode",), ("diagnostics", "fields", "walk", "spelling"), ("pydantic", "pydantic_core")),
    "kinds": Room(("kinds",), ("diagnostics", "language", "fields", "spelling"), ("pydantic",)),
    "load": Room(("load",), ("diagnostics", "encoding", "language", "fields", "yaml")),
    "corpus": Room(
        ("corpus", "resolve", "evidence", "checks", "coverage", "stats", "numbering", "retired"),
        ("diagnostics", "encoding", "language", "dates", "spelling", "text", "prose", "fields", "walk", "kinds"),
    ),
    "examination": Room(
        ("pipeline", "settings", "memory", "trees", "salvage", "onecause"),
        (
            *("diagnostics", "fields", "walk", "spelling", "kinds", "yaml", "decode", "load", "corpus"),
            *("processes", "garbage"),
        ),
    ),
    "schema": Room(("schema",), ("fields", "kinds"), ("pydantic",)),
    "report": Room(("report",), ("diagnostics", "version")),
    "pages": Room(
        ("views", "render", "templating", "words", "changes", "bundle"),
        (
            *("diagnostics", "digest", "language", "dates", "spelling", "text", "mentions", "prose", "markdown"),
            *("fields", "kinds", "corpus", "drawings"),
        ),
        ("jinja2", "markupsafe", "yaml"),
    ),
    "book": Room(
        ("book",),
        ("language", "dates", "text", "prose", "fields", "kinds", "corpus", "drawings", "pages"),
        ("jinja2", "markupsafe"),
    ),
    "outputs": Room(
        ("outputs",),
        ("version", "language", "date", "digest", "folders", "garbage", "search"),
        ("yaml", "mkdocs", "pagefind", "typst", "pikepdf"),
    ),
    "e-book": Room(("outputs.epub",), ("language", "folders", "book")),
    "data": Room(("outputs.data",), ("language", "dates", "fields", "corpus")),
    "build": Room(
        ("build", "finish", "downloads", "offered", "enclosures", "pages", "serve", "searchable"),
        (
            *("language", "date", "dates", "digest", "prose", "search", "fields", "kinds", "corpus", "load", "book"),
            *("examination", "pages", "printing", "outputs", "data", "folders", "processes", "garbage"),
        ),
    ),
    "printing": Room(
        ("printing", "ebook"),
        (
            *("language", "date", "digest", "corpus", "load", "examination", "pages", "book", "outputs", "e-book"),
            *("fields", "folders", "garbage"),
        ),
    ),
    "command line": Room(
        ("cli", "__main__"),
        (
            *("version", "language", "diagnostics", "examination", "report", "schema", "kinds", "corpus", "build"),
            *("printing", "outputs", "folders"),
        ),
        ("click",),
    ),
}
# The only modules that know one foreign tool each, whatever their room.
ONLY = {
    "click": {"cli"},
    "jinja2": {"templating", "render", "book.templates"},
    "mkdocs": {"outputs.site.mkdocs_run"},
    "pagefind": {"outputs.search.pagefind"},
    "ahocorasick_rs": {"mentions"},
    "babel": {"dates"},
    "typst": {"outputs.print.typesetter"},
    "pikepdf": {"outputs.print.typesetter"},
}
# What may touch the disk, and why.
READERS_AND_WRITERS = {
    "load": "the only reader of a dossier",
    "remembered": "what was examined and what each page has read, from one build to the next",
    "stage": "the only writer of what is published",
    "publish": "what is published already",
    "lock": "one build at a time",
    "fingerprint": "Dossier's own files: whether it has changed itself",
    "bundle": "Dossier's own styles and scripts",
    "words": "Dossier's own words",
    "schema": "the schemas of a project, for editors",
    "cli": "nowhere to print to, once the reader has gone",
    "downloads": "whether the notes of what was made for readers still hold",
    "enclosures": "the size of the copy of the site, and the built pages that show it",
    "printing": "the folder that a book goes to",
    "pages": "which files lie in the tree of pages",
    "serve": "when a file was changed, never what is in it",
}
DISK = {
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "scandir", "stat", "lstat", "iterdir"),
    *("glob", "rglob", "mkdir", "rmdir", "rmtree", "unlink", "rename", "copy2", "copytree", "copyfile", "symlink_to"),
}


@cache
def modules() -> dict[str, ast.Module]:
    """Give every module by its name below the package; a package by its own name."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts).removesuffix("__init__").rstrip(".")
        found[name or "generator"] = ast.parse(file.read_text(encoding="utf-8"))
    return found


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield the full names of what a module imports anywhere, for types and in functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides what it imports"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full.removeprefix("generator.") in modules() else str(node.module)


@cache
def edges() -> tuple[tuple[str, str], ...]:
    """Give every import of one of our modules by another."""
    found = {
        (name, target.removeprefix("generator."))
        for name, tree in modules().items()
        for target in imports(tree)
        if target.split(".")[0] == "generator"
    }
    return tuple(sorted(found))


def room_of(module: str) -> str:
    """Give the room of a module: the one with the longest name that is it or holds it."""
    found = [
        (len(known), room)
        for room, plan in ROOMS.items()
        for known in plan.modules
        if module == known or module.startswith(f"{known}.")
    ]
    assert found, f"{module} is in no room: give it one in the table"
    return max(found)[1]


def test_there_is_something_to_look_at() -> None:
    assert len(edges()) >= LEAST_EDGES
    assert set(ROOMS) == {room_of(module) for module in modules()}
    known = {module for plan in ROOMS.values() for module in plan.modules}
    assert known - set(modules()) == set()
    assert {room for plan in ROOMS.values() for room in plan.may_know} <= set(ROOMS)


def test_every_import_is_in_the_plan() -> None:
    wrong = [
        f"{one} imports {other}"
        for one, other in edges()
        if room_of(one) != room_of(other) and room_of(other) not in ROOMS[room_of(one)].may_know
    ]
    assert wrong == []


def test_the_plan_has_no_door_that_nobody_uses() -> None:
    used = {(room_of(one), room_of(other)) for one, other in edges()}
    unused = [(room, other) for room, plan in ROOMS.items() for other in plan.may_know if (room, other) not in used]
    assert unused == []


def test_rooms_do_not_know_each_other_in_circles() -> None:
    doors = {room: set(plan.may_know) for room, plan in ROOMS.items()}
    while free := {room for room, known in doors.items() if not known}:
        doors = {room: known - free for room, known in doors.items() if room not in free}
    assert doors == {}


def test_modules_do_not_import_each_other_in_circles() -> None:
    known = {module: {other for one, other in edges() if one == module and other != module} for module in modules()}
    while free := {module for module, others in known.items() if not others}:
        known = {module: others - free for module, others in known.items() if module not in free}
    assert known == {}


def test_kinds_outputs_and_checks_do_not_know_their_like() -> None:
    wrong = [
        (one, other)
        for one, other in edges()
        for package in ("kinds.", "checks.")
        if one.startswith(package) and other.startswith(package)
    ]
    assert wrong == []
    doors = [(one.split("."), other.split(".")) for one, other in edges() if one.startswith("outputs.")]
    assert [(one, other) for one, other in doors if other[0] == "outputs" and one[1] != other[1]] == []


def test_foreign_libraries_stay_in_their_rooms() -> None:
    wrong, seen = [], set()
    for name, tree in modules().items():
        for library in {target.split(".")[0] for target in imports(tree)} - {"generator"} - sys.stdlib_module_names:
            seen.add(library)
            if library not in ROOMS[room_of(name)].libraries or name not in ONLY.get(library, {name}):
                wrong.append(f"{name} imports {library}")
    assert wrong == []
    assert {"pydantic", "jinja2", "yaml", "click"} <= seen


def test_few_modules_touch_the_disk() -> None:
    touching = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node.func) in DISK
    }
    assert {name for name in touching if not name.startswith("outputs.")} == set(READERS_AND_WRITERS)


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


# --- names --------------------------------------------------------------------------------------------------

# The quoted document is the domain's own word: evidence has a field of this name, whatever kinds there are.
EVERYWHERE = {"source", "sources"}
# Words of foreign tools: events of a parser and of a browser, annotations of Python.
FOREIGN = {
    **{
        name: {"event", "events"}
        for name in ("positions", "scalarmap", "yamltree", "yamlsyntax", "yamlevents", "yamlmends")
    },
    "walk": {"annotation"},
    "mentions": {"claim"},  # to a stretch of text
}


def names_of_kinds() -> dict[str, str]:
    """Give the kind for each word that names it: name, folder of entries, folders of pages."""
    return {
        word: kind.name
        for kind in all_kinds().values()
        for word in (kind.name, kind.folder, kind.path, kind.index)
        if word and word not in EVERYWHERE
    }


def words_in(tree: ast.Module) -> Iterator[str]:
    """Yield strings and identifiers, but not docstrings and messages: whole words only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (node.value, *(node.value.split("/") if "/" in node.value else ()))
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id.casefold()
        elif isinstance(node, ast.arg):
            yield node.arg


def test_the_name_of_a_kind_stands_only_in_its_own_module() -> None:
    kinds = names_of_kinds()
    wrong = {
        (name, word)
        for name, tree in modules().items()
        if not name.startswith("kinds.")
        for word in words_in(tree)
        if word in kinds and word not in FOREIGN.get(name, ())
    }
    assert wrong == set()


def test_a_kind_names_another_only_as_the_target_of_a_reference() -> None:
    kinds = names_of_kinds()
    for kind in all_kinds():
        tree = modules()[f"kinds.{kind}"]
        targets = {
            id(constant)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and _called(call.func) == "RefTo"
            for constant in ast.walk(call)
        }
        named = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in targets
        }
        assert {word for word in named if kinds.get(word, kind) != kind} == set()


def test_templates_name_a_kind_only_in_its_own_folder_or_as_a_field_of_theirs() -> None:
    kinds = names_of_kinds()
    templates = sorted((PACKAGE / "templates").rglob("*.j2"))
    assert len(templates) > len(all_kinds())
    for file in templates:
        own = file.parent.name if file.parent.parent.name == "kinds" else ""
        fields = (
            {
                node.target.id
                for node in ast.walk(modules()[f"kinds.{own}"])
                if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
            }
            if own
            else set()
        )
        text = file.read_text(encoding="utf-8")
        code = " ".join(re.findall(r"\{[{%](.*?)[%}]\}", text, re.DOTALL))
        # A singular may be the variable of a loop over such a field.
        loops = set(re.findall(r"\bfor (\w+) in", code))
        found = {word for word in re.findall(r"[a-z]+", code) if kinds.get(word, own) != own}
        assert found - fields - loops == set(), file


def test_the_words_of_the_site_have_no_kind_for_a_key() -> None:
    keys = set(
        re.findall(r"^ *([a-z_-]+):", (PACKAGE / "words" / "site.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert keys
    assert keys & set(names_of_kinds()) == set()


def test_nothing_about_the_subject_stands_in_code_or_tests() -> None:
    corpus = examine(ROOT).corpus
    assert corpus is not None
    entries = corpus.entries.values()
    names = {
        naming.text
        for entry in entries
        for naming in entry.kind.names(entry.data)
        if naming.is_proper and naming.lang is None and len(naming.text) > 3
    }
    names |= {entry.id for entry in entries if entry.id.count("-") > 1}
    assert len(names) > 50
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])")
    wrong = {
        (file.relative_to(ROOT).as_posix(), match[0])
        for folder in ("generator", "tests", "benchmarks")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {".py", ".j2", ".yaml", ".css", ".js", ".md", ".txt"} and file != QUERIES
        for match in pattern.finditer(file.read_text(encoding="utf-8"))
    }
    assert wrong == set()


# --- sizes --------------------------------------------------------------------------------------------------

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60


@pytest.mark.parametrize("name", modules())
def test_modules_and_functions_stay_readable(name: str) -> None:
    tree = modules()[name]
    assert ast.get_docstring(tree)
    assert max((node.end_lineno or 0 for node in tree.body), default=0) <= LONGEST_MODULE
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name
