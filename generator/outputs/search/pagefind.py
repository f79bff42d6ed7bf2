"""Runs Pagefind and makes its files such that they work from a disk as well, and are the same in every build.

In: records. Out: classic scripts by name. Everything that Dossier leans on of Pagefind's inside stands here, and is
asked for, so that an upgrade which changes it fails with one line: the files of a bundle and what is in them
(`pf_meta`, `pf_index` in CBOR, fragments in JSON, all zipped behind a signature), and five places of its
script, which loads them with `fetch` and knows where it lies by `import.meta`, neither of which files have.
"""

import gzip
import json
import os
import subprocess
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
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


Files = Mapping[str, bytes]


class SearchError(Exception):
    """The index cannot be made; the text is one line."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One index: `meta` is what a search loads first, `files` the rest by name, `numbers` the record of each path."""

    meta: bytes
    files: Mapping[str, bytes]
    numbers: Mapping[str, int]
    entry: str


def make_bundle(records: Mapping[str, str], lang: Lang, prefix: str, chunk: int) -> Bundle:
    """Index records of one language, by path; `chunk` is how many places of words go into one file.

    The ids of results are numbers behind the prefix.
    """
    return _bundle(_run(tuple(records.values()), lang, chunk), tuple(records), lang, prefix)


def engine() -> tuple[bytes, Mapping[Lang, bytes]]:
    """Return Pagefind's script, changed, and its machine for each language."""
    files = _run(tuple(html_of(Record("", lang, "x")) for lang in LANGS), None, 0)
    script = changed_script(files.get("pagefind.js", b"").decode())
    return script, {lang: _zipped(_read(files, f"wasm.{lang}.pagefind")) for lang in LANGS}


def changed_script(script: str) -> bytes:
    """Return Pagefind's script as a classic one that asks our own for its files."""
    for words, times, ours in _CHANGES:
        if script.count(words) != times:
            raise SearchError(f"Pagefind is not the one we know ({VERSION}): its script has no longer “{words}”")
        script = script.replace(words, ours)
    return f"(function(){{{script}}})();\n".encode()


def _run(htmls: tuple[str, ...], lang: Lang | None, chunk: int) -> Files:
    """Have records indexed in their order, and return the files by their paths.

    Its service reads messages one after the other; its command takes files in whatever order the disk has them.
    """
    executable = get_executable()
    if executable is None:
        raise SearchError("Pagefind is not there: install pagefind[bin]")
    messages: list[dict[str, object]] = [
        {"type": "NewIndex", "config": {"force_language": lang}},
        *({"type": "AddFile", "index_id": 0, "url": str(at), "file_contents": html} for at, html in enumerate(htmls)),
        {"type": "GetFiles", "index_id": 0},
    ]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PAGEFIND_")}
    if chunk:
        environment[_CHUNK] = str(chunk)
    with (
        TemporaryDirectory() as empty,  # it would heed settings that lie where it runs
        subprocess.Popen(
            [str(executable), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=empty,
        ) as service,
    ):
        answer = _talk(service, messages)
    try:
        return {file["path"]: b64decode(file["content"]) for file in answer["files"]}
    except (KeyError, TypeError, ValueError):
        raise SearchError(f"Pagefind is not the one we know ({VERSION}): it gives no files") from None


def _talk(service: "subprocess.Popen[bytes]", messages: list[dict[str, object]]) -> dict[str, Any]:
    """Send messages, wait for as many answers, and return the last; it ends when it can read no more."""
    if service.stdin is None or service.stdout is None:
        raise SearchError("Pagefind cannot be talked to")
    with suppress(BrokenPipeError):
        for number, payload in enumerate(messages, 1):
            service.stdin.write(b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b",")
        service.stdin.flush()
    said: list[bytes] = []
    count = 0
    while count < len(messages) and (more := os.read(service.stdout.fileno(), 1 << 16)):
        said.append(more)
        count += more.count(b",")
    with suppress(BrokenPipeError):
        service.stdin.close()
    answers = [_payload(answer) for answer in b"".join(said).split(b",") if answer]
    for answer in answers:
        if answer.get("type") == "Error":
            raise SearchError(f"Pagefind: {' '.join(str(answer.get('message')).split())}")
    if len(answers) < len(messages):
        raise SearchError(f"Pagefind ended too early, with {service.wait()}")
    return answers[-1]


def _payload(answer: bytes) -> dict[str, Any]:
    try:
        payload: dict[str, Any] = json.loads(b64decode(answer, validate=True))["payload"]
    except (ValueError, KeyError, TypeError):
        raise SearchError(f"Pagefind is not the one we know ({VERSION}): it answers otherwise") from None
    return payload


def _bundle(files: Files, paths: tuple[str, ...], lang: Lang, prefix: str) -> Bundle:
    """Return a bundle with names that follow from the order of the records, not from its making."""
    try:
        entry = json.loads(files["pagefind-entry.json"])
        version, found = entry["version"], entry["languages"][lang]
        if version != VERSION:
            raise SearchError(f"Pagefind is {version}, but we know {VERSION}")
        meta = decode(_read(files, f"pagefind.{found['hash']}.pf_meta"))
        return _named(files, meta, paths, prefix, entry | {"languages": {lang: found | {"hash": "meta"}}})
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise SearchError(f"Pagefind's files are not those we know ({VERSION}): {error!r}") from error


def _named(made: Files, meta: Any, paths: tuple[str, ...], prefix: str, entry: Mapping[str, Any]) -> Bundle:  # noqa: ANN401
    _version, pages, chunks, _filters, _sorts, _fields = meta
    files: dict[str, bytes] = {}
    numbers: dict[str, int] = {}
    for number, page in enumerate(pages):
        fragment = json.loads(_read(made, f"fragment/{page[0]}.pf_fragment"))
        path = paths[int(fragment["url"].strip("/"))]
        numbers[path] = number
        files[f"fragment/{number}"] = _fragment(fragment, path)
        page[0] = f"{prefix}{number}"
    for number, chunk in enumerate(chunks):
        files[f"index/{number}"] = _zipped(_read(made, f"index/{chunk[2]}.pf_index"))
        chunk[2] = str(number)
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


def _read(files: Files, path: str) -> bytes:
    """Return what is behind the signature of one of Pagefind's files."""
    try:
        content = gzip.decompress(files[path])
    except (KeyError, OSError, zlib.error, EOFError) as error:
        raise SearchError(f"Pagefind made no {path} that can be read") from error
    if not content.startswith(SIGNATURE):
        raise SearchError(f"Pagefind is not the one we know ({VERSION}): {path} has another signature")
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
