"""Corpus and templates in, the Markdown pages of one language out, with what each page has read.

Pure but for the templates. Everything that a template shows is escaped unless it is safe Markdown already: entries come
from strangers, and the site builder escapes nothing. Knows no file of the project and no site builder.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from html import unescape
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup

from generator.bundle import assets
from generator.corpus import Corpus
from generator.kind import Kind
from generator.kinds import all_kinds
from generator.lang import Lang
from generator.markdown import attribute, escape, here, link
from generator.templating import environment
from generator.views.dictionary import lettered
from generator.views.docs import order_of_doc, title_of_doc
from generator.views.drawn import drawn_scales, drawn_strip, drawn_timeline
from generator.views.front import foremost, taken_away
from generator.views.head import list_head
from generator.views.page import Page
from generator.views.plan import Job, jobs_of
from generator.views.previews import previews
from generator.views.proofs import listed
from generator.views.records import show_number
from generator.views.shelved import digests, elsewhere, shelved
from generator.views.sieve import Sieve
from generator.views.site import Site, index_of
from generator.views.ties import drawn_neighbourhood, drawn_network
from generator.words import kind_words

# The orders of the kinds are below these.
_AFTER_KINDS: Final = 1000
_LAST: Final = 2000
_BLANK_LINES: Final = re.compile("\n\n\n+")  # so written it is found ten times as quickly


@dataclass(frozen=True, slots=True)
class RenderedPages:
    """Pages by their path below the language's folder; the sections of the navigation; what each page has read."""

    files: Mapping[str, bytes]
    nav: tuple[tuple[str, str], ...]
    reads: Mapping[str, frozenset[str]]


def render_pages(
    corpus: Corpus, docs: Mapping[str, str], lang: Lang, *, only: Collection[str] | None = None
) -> RenderedPages:
    """Render the pages of a language, or only those at these paths. `docs` are all hand-written pages, by path."""
    site = Site(corpus, docs, lang)
    return render_site(site, jobs_of(site), only=only)


def render_site(site: Site, jobs: Iterable[Job], *, only: Collection[str] | None = None) -> RenderedPages:
    """Render these pages of a site, or of them only those at these paths."""
    files: dict[str, bytes] = {}
    reads: dict[str, frozenset[str]] = {}
    for job in jobs:
        if only is None or job.path in only:
            page = Page(site, job.path, job.entry_id)
            files[job.path] = _text(page, job).encode()
            reads[job.path] = frozenset(page.reads)
            page.let_go()
    return RenderedPages({**files, **assets()}, tuple(_navigation(site)), reads)


def _text(page: Page, job: Job) -> str:
    if job.is_doc:
        return page.doc()
    if job.is_data:
        return previews(page, job.path, map(str, job.items))
    return _BLANK_LINES.sub("\n\n", _environment().get_template(job.template).render(_context(page, job)))


def _context(page: Page, job: Job) -> dict[str, Any]:
    context: dict[str, Any] = {"page": page, "job": job, "w": page.site.words.texts}
    kind = all_kinds().get(job.kind)
    if job.entry_id:
        entry = page.entry(job.entry_id)
        context |= {"entry": entry, "kw": entry.words.texts}
    elif kind is not None:
        words = kind_words(kind.name, page.lang).texts
        context |= {"kw": words, "kind": kind}
        if job.about:
            rows = page.rows([str(entry_id) for entry_id in job.items], job.about)
            context |= {"entry": page.entry(job.about), "rows": rows}
        else:
            context["entries"] = tuple(page.entry(str(entry_id)) for entry_id in job.items)
    if job.word:
        texts = context["kw"] if job.kind else context["w"]
        intro = "intro" if job.word == "kinds" else f"{job.word}_intro"
        context |= {"title": getattr(texts, job.word), "intro": getattr(texts, intro)}
    return context


def _navigation(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the title, as text, and the path of every section."""
    yield unescape(str(site.words.texts.home)), "index.md"
    sections: list[tuple[int, str, str]] = []
    for kind in all_kinds().values():
        words = kind_words(kind.name, site.lang).texts
        sections.append((kind.order, f"{index_of(kind)}/index.md", words.kinds))
        sections += [(extra.order, f"{extra.path}/index.md", getattr(words, extra.path)) for extra in kind.extra_pages]
    sections.append((_AFTER_KINDS, "register/index.md", site.words.texts.register))
    sections.append((_AFTER_KINDS + 1, "downloads/index.md", site.words.texts.downloads))
    for _, path, title in sorted(sections + list(_docs(site))):
        yield unescape(str(title)), path


def _docs(site: Site) -> Iterator[tuple[int, str, str]]:
    """Yield the hand-written pages of the navigation with their order; those that say none come last."""
    for path, text in site.docs.items():
        if "/" not in path and path != "index.md":
            order = order_of_doc(text)
            yield _LAST if order is None else order, path, title_of_doc(path, text)


# The environment of the templates


@cache
def _environment() -> Environment:
    return environment(
        "",
        ".md.j2",
        _shown,
        filters={"attr": attribute},
        names={
            "external": _external,
            "head": list_head,
            "here": here,
            "kinds": tuple(all_kinds().values()),
            "index_path": _index_path,
            "anchor": _anchor,
            "place": _place,
            "listed": listed,
            "drawn_timeline": drawn_timeline,
            "drawn_neighbourhood": drawn_neighbourhood,
            "drawn_network": drawn_network,
            "drawn_scales": drawn_scales,
            "drawn_strip": drawn_strip,
            "foremost": foremost,
            "taken_away": taken_away,
            "Sieve": Sieve,
            "shelved": shelved,
            "elsewhere": elsewhere,
            "digests": digests,
            "lettered": lettered,
            "number": _number,
        },
    )


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever a template shows
    """Return safe Markdown; a template that shows nothing is mistaken."""
    if isinstance(value, Markup):
        return value
    if value is None:
        raise TypeError("a template shows a field that has no value")
    if isinstance(value, str):
        return escape(value)
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def _anchor(*parts: object) -> str:
    """Return the id of a place on a page: a letter with its number, or words with hyphens."""
    return "".join(map(str, parts)) if len(str(parts[0])) == 1 else "-".join(map(str, parts))


def _place(text: Markup, anchor: str) -> Markup:
    """Return a link to a place on the same page."""
    return link(text, f"#{anchor}")


def _number(value: int, lang: Lang) -> str:
    """Return a number as a language writes it."""
    return show_number(Decimal(value), lang)


def _index_path(kind: Kind) -> str:
    return f"{index_of(kind)}/index.md"


def _external(text: str, url: str) -> Markup:
    """Return a link to another site."""
    return link(escape(text), url)
