"""What a card beside a link says of an entry: title, kind, date, and in a paragraph what it is.

In: the entries of a shard. Out: a classic script that puts them, as plain texts, under a global name, so that a page
can load it from a file too. Entries are divided by a hash of their id: a page asks for few files, and a changed entry
touches one.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from zlib import crc32

from generator.dates import format_date
from generator.fields import Localized
from generator.kind import Entry
from generator.markdown import json_script
from generator.views.context import Context
from generator.views.site import Site
from generator.views.summary import summary_of
from generator.words import kind_words

SHARDS: Final = 64
"""As the script of the cards has it."""
MAX_TEXT: Final = 320
_NAME: Final = "window.dossierPreviews"


def shards_of(site: Site) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the path of every shard that has entries, and their ids."""
    shards: dict[int, list[str]] = {}
    for entry in site.corpus.entries.values():
        if entry.kind.has_pages:
            shards.setdefault(crc32(entry.id.encode()) % SHARDS, []).append(entry.id)
    for shard, ids in sorted(shards.items()):
        yield f"assets/previews/{shard}.js", tuple(ids)


def previews(page: Context, path: str, ids: Iterable[str]) -> str:
    """Return the script of the shard at `path`."""
    name = path.rpartition("/")[2].removesuffix(".js")
    entries = {entry_id: _preview(page, page.site.corpus.entries[entry_id]) for entry_id in ids}
    return f'({_NAME} = {_NAME} || {{}})["{name}"] = {json_script(entries)};\n'


def _preview(page: Context, entry: Entry) -> dict[str, str]:
    page.reads.add(f"entry:{entry.id}")
    kind, data, lang = entry.kind, entry.data, page.lang
    shown = {"folder": kind.path, "kind": kind_words(kind.name, lang).texts.kind.unescape()}
    shown |= _said(page, "title", entry.title)
    if when := kind.when(data):
        shown["date"] = format_date(when, lang)
    if kind.is_word and (other := entry.title.get(page.site.other)) and other != shown["title"]:
        shown |= {"other": other, "otherLang": page.site.other}
    if entry.is_retired:
        return shown | {"text": _what_became(page, entry)}
    return shown | _in_short(page, entry) if kind.summary(data) else shown


def _said(page: Context, field: str, text: Localized) -> dict[str, str]:
    words, lang = text.best(page.lang)
    return {field: words} if lang == page.lang else {field: words, f"{field}Lang": lang}


def _in_short(page: Context, entry: Entry) -> dict[str, str]:
    """Return what the entry says of itself, cut between words where it is long."""
    plain, lang = summary_of(page, entry)
    if len(plain) > MAX_TEXT:
        plain = plain[: plain.rfind(" ", 0, MAX_TEXT) % MAX_TEXT].rstrip(" ,;:–") + " …"
    return {"text": plain} if lang == page.lang else {"text": plain, "textLang": lang}


def _title(page: Context, entry_id: str) -> str:
    page.reads.add(f"title:{entry_id}")
    return page.site.corpus.entries[entry_id].title.best(page.lang)[0]


def _what_became(page: Context, entry: Entry) -> str:
    words = page.site.words.texts
    instead = entry.data.replaced_by
    return f"{words.moved.unescape()} {_title(page, instead)}." if instead else str(words.retired.unescape())
