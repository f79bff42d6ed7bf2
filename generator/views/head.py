"""The front matter of a page: its title and description, the way to it, and what its foot says of an entry.

In: the page that is made. Out: YAML for the site builders; the theme shows it. Everything in it is text and escaped.
"""
# ruff: noqa: S704 - `front_matter` escapes

from collections.abc import Mapping
from functools import cache
from html import unescape
from typing import Any, Final

from markupsafe import Markup

from generator.kind import Entry, Kind
from generator.lang import Lang
from generator.markdown import Written, front_matter, written
from generator.prose import shortened
from generator.views.context import Context
from generator.views.docs import head_and_body, title_of_doc
from generator.views.plan import Job
from generator.views.site import index_of, path_of
from generator.views.summary import summary_of
from generator.words import kind_words, site_words

HOME: Final = "index.md"
MAX_DESCRIPTION: Final = 160


def entry_head(page: Context) -> Markup:
    """Return the front matter of the page of an entry."""
    entry = page.site.corpus.entries[page.entry_id]
    fields: dict[str, object] = {"title": entry.title.best(page.lang)[0]}
    if summary := summary_of(page, entry)[0]:
        fields["description"] = shortened(summary, MAX_DESCRIPTION)
    fields["trail"] = _trail(entry.kind, page.lang)
    if entry.kind.is_wide:
        fields["hide"] = ["toc"]
    if entry.is_retired:
        fields |= _redirect(page, entry)
    foot = {"file": entry.file, "said": site_words(page.lang).values["status"][entry.data.status]}
    if own := page.site.downloads.own(page.lang, entry.id):
        foot["pdf"] = f"../{own}"
    else:
        fields |= _part(page, entry.kind.name)
    fields["entry"] = foot
    return Markup(front_matter(fields))


def list_head(page: Context, job: Job, title: object) -> Markup:
    """Return the front matter of a page that lists entries."""
    plain = unescape(Markup(title).striptags())
    fields: dict[str, object] = {"title": f"{plain}: {job.part.label}" if job.part else plain}
    if job.path == HOME:
        fields["hide"] = ["toc"]
    if job.about:
        entry = page.site.corpus.entries[job.about]
        way = {"title": entry.title.best(page.lang)[0], "url": _address(path_of(entry.kind, entry.id))}
        fields["trail"] = [_section(entry.kind, page.lang), way]
    elif job.part:
        fields["trail"] = [{"title": plain, "url": _address(job.contents)}]
    fields |= _part(page, job.kind)
    return Markup(front_matter(fields))


def doc_head(path: str, lang: Lang, text: str) -> str:
    """Return the front matter of a hand-written page: what its editors say there goes before what we say."""
    own, _ = head_and_body(text)
    fields: dict[str, object] = {
        "title": title_of_doc(path, text),
        "entry": {"file": f"docs/{lang}/{path}"},
    }
    said = {line.partition(":")[0] for line in own.splitlines()}
    return front_matter({key: value for key, value in fields.items() if key not in said}).replace(
        "---\n", f"---\n{own}", 1
    )


def _part(page: Context, kind: str) -> Mapping[str, str]:
    """Return the PDF of the part of the book in which the entries of a kind stand."""
    part = page.site.downloads.part(page.lang, kind)
    return {"part": f"../{part}"} if part else {}


@cache
def _trail(kind: Kind, lang: Lang) -> Written:
    """Return the way to an entry's page, written once for all of a kind."""
    return written([_section(kind, lang)])


def _section(kind: Kind, lang: Lang) -> Mapping[str, str]:
    """Return the title and address of the section that an entry's page belongs to."""
    return {"title": unescape(str(kind_words(kind.name, lang).texts.kinds)), "url": f"{index_of(kind)}/"}


def _address(path: str) -> str:
    return f"{path.removesuffix('.md').removesuffix('index').rstrip('/')}/"


def _redirect(page: Context, entry: Entry) -> Mapping[str, Any]:
    """Return where the page of a retired entry leads: to a file, as readers without a server need it."""
    replaced_by = entry.data.replaced_by
    if not replaced_by:
        return {}
    target = page.site.home_of(page.site.corpus.entries[replaced_by])
    return {"moved": f"{_address(path_of(target.kind, target.id))}index.html"}
