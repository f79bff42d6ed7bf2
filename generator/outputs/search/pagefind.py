"""Runs Pagefind and makes its files such that they work from a disk as well, and are the same in every build.

In: records. Out: classic scripts by name. Everything that Dossier leans on of Pagefind's inside stands here, and is
asked for, so that an upgrade which changes it fails with one line: the files of a bundle and what is in them
(`pf_meta`, `pf_filter`, `pf_index` in CBOR, fragments in JSON, all zipped behind a signature), and five places of its
script, which loads them with `fetch` and knows where it lies by `import.meta`, neither of which files have.
"""

import gzip
import json
import os
import subprocess
import zlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from pagefind.service import get_executable

from generator.lang import LANGS, Lang
from generator.outputs.search.cbor import decode, encode
from generator.outputs.search.record import KIND, WHEN, Record, html_of

VERSION: Final = "1.5.2"
SIGNATURE: Final = b"pagefind_dcd"
_SHOWN: Final = ("title", KIND, WHEN)
# Pagefind's name for how many places of words go into one file of its index.
_CHUNK: Final = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"
# What its script is changed at: the words as they stand there, how often, and those in their place.
_CHANGES: Final = (
    ("import.meta.url", 4, '""'),
    ("await fetch(queued.input)", 1, "await dossierSearch.fetch(queued.input)"),
    (
        "export{createInstance,debouncedSearch,destroy,filters,init,mergeIndex,options,preload,search};",
        1,
        "dossierSearch.createInstance=createInstance;",
    ),
)


class SearchError(Exception):
    """The index cannot be made; the text is one line."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One index: `meta` is what a search loads first, `files` the rest by name, `numbers` the record of each path."""

    meta: bytes
    files: Mapping[str, bytes]
    numbers: Mapping[str, int]
    entry: str


def make_bundle(records: Sequence[Record], lang: Lang, prefix: str, chunk: int) -> Bundle:
    """Index records of one language; `chunk` is how many places of words go into one file.

    The ids of results are numbers behind the prefix.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, record in enumerate(records):
            file = folder / "in" / f"{number:06}.html"
            file.parent.mkdir(exist_ok=True)
            file.write_text(html_of(record), encoding="utf-8")
        _run(folder / "in", folder / "out", lang, chunk)
        return _bundle(folder / "out", [record.path for record in records], lang, prefix)


def engine() -> tuple[bytes, Mapping[Lang, bytes]]:
    """Return Pagefind's script, changed, and its machine for each language."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for lang in LANGS:
            (folder / "in" / f"{lang}.html").write_text(html_of(Record("", lang, "x")), encoding="utf-8")
        _run(folder / "in", folder / "out", None, 0)
        script = changed_script((folder / "out" / "pagefind.js").read_text(encoding="utf-8"))
        machines = {lang: _zipped(_read(folder / "out" / f"wasm.{lang}.pagefind")) for lang in LANGS}
        return script, machines


def changed_script(script: str) -> bytes:
    """Return Pagefind's script as a classic one that asks our own for its files."""
    for words, times, ours in _CHANGES:
        if script.count(words) != times:
            raise SearchError(f"Pagefind is not the one we know ({VERSION}): its script has no longer “{words}”")
        script = script.replace(words, ours)
    return f"(function(){{{script}}})();\n".encode()


def _run(source: Path, target: Path, lang: Lang | None, chunk: int) -> None:
    executable = get_executable()
    if executable is None:
        raise SearchError("Pagefind is not there: install pagefind[bin]")
    arguments = [str(executable), "--site", str(source), "--output-path", str(target), "--silent"]
    if lang is not None:
        arguments += ["--force-language", lang]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PAGEFIND_")}
    if chunk:
        environment[_CHUNK] = str(chunk)
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, env=environment, cwd=source)
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())
        raise SearchError(f"Pagefind: {said or f'it ended with {done.returncode}'}")


def _bundle(folder: Path, paths: list[str], lang: Lang, prefix: str) -> Bundle:
    """Return a bundle with names that follow from the order of the records, not from its making."""
    try:
        entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
        version, found = entry["version"], entry["languages"][lang]
        if version != VERSION:
            raise SearchError(f"Pagefind is {version}, but we know {VERSION}")
        meta = decode(_read(folder / f"pagefind.{found['hash']}.pf_meta"))
        return _named(folder, meta, paths, prefix, entry | {"languages": {lang: found | {"hash": "meta"}}})
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise SearchError(f"Pagefind's files are not those we know ({VERSION}): {error!r}") from error


def _named(folder: Path, meta: Any, paths: list[str], prefix: str, entry: Mapping[str, Any]) -> Bundle:  # noqa: ANN401
    _version, pages, chunks, filters, _sorts, _fields = meta
    files: dict[str, bytes] = {}
    numbers: dict[str, int] = {}
    for number, page in enumerate(pages):
        fragment = json.loads(_read(folder / "fragment" / f"{page[0]}.pf_fragment"))
        path = paths[int(fragment["url"].strip("/").removesuffix(".html"))]
        numbers[path] = number
        files[f"fragment/{number}"] = _fragment(fragment, path)
        page[0] = f"{prefix}{number}"
    for number, chunk in enumerate(chunks):
        files[f"index/{number}"] = _zipped(_read(folder / "index" / f"{chunk[2]}.pf_index"))
        chunk[2] = str(number)
    for number, one in enumerate(sorted(filters)):
        name, values = decode(_read(folder / "filter" / f"{one[1]}.pf_filter"))
        ordered = sorted([value, sorted(found)] for value, found in values)
        files[f"filter/{number}"] = _zipped(encode([name, ordered]))
        one[1] = str(number)
    filters.sort()
    return Bundle(_zipped(encode(meta)), files, numbers, json.dumps(entry, sort_keys=True, separators=(",", ":")))


def _fragment(fragment: Mapping[str, Any], path: str) -> bytes:
    """Return what is shown of a record: no words that it is only found by."""
    shown = {
        "url": path,
        "content": fragment["content"],
        "meta": {name: fragment["meta"][name] for name in _SHOWN if name in fragment["meta"]},
        "anchors": [{"id": anchor["id"], "location": anchor["location"]} for anchor in fragment["anchors"]],
        "word_count": fragment["word_count"],
    }
    return SIGNATURE + json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()


def _read(file: Path) -> bytes:
    """Return what is behind the signature of one of Pagefind's files."""
    try:
        content = gzip.decompress(file.read_bytes())
    except (OSError, zlib.error, EOFError) as error:
        raise SearchError(f"Pagefind made no {file.name} that can be read") from error
    if not content.startswith(SIGNATURE):
        raise SearchError(f"Pagefind is not the one we know ({VERSION}): {file.name} has another signature")
    return content.removeprefix(SIGNATURE)


def _zipped(content: bytes) -> bytes:
    return gzip.compress(SIGNATURE + content, 9, mtime=0)


def script_of(name: str, content: bytes) -> bytes:
    """Return a classic script that hands a file over."""
    given = content.decode() if content.startswith(SIGNATURE) else b64encode(content).decode()
    return f"dossierSearch.put({in_script(name)},{in_script(given)});\n".encode()


def in_script(value: object) -> str:
    """Return a value as a script says it; `<` would end one, and two line ends stop old browsers."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, safe in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(sign, safe)
    return text
