"""Renders the templates of the book: views in, the book's markup out.

Everything that a template shows is escaped unless it is the book's markup already. What a view shows on a page as
Markdown is asked for in the book's markup instead. Knows no file of the project.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import Any, Final, cast

from jinja2 import Environment
from markupsafe import Markup

from generator.book.figures import figures
from generator.book.markup import escape, joined
from generator.book.page import BookPage
from generator.drawings.network import GROWN, LOW
from generator.drawings.svg import NARROW
from generator.kind import Kind
from generator.lang import Lang
from generator.templating import environment
from generator.views.drawn import drawn_scales, drawn_strip, drawn_timeline
from generator.views.entries import EntryView
from generator.views.records import Proof
from generator.views.said import ProseView
from generator.views.ties import drawn_neighbourhood, drawn_network
from generator.words import book_words

_NETWORK: Final = 560.0
_MOST: Final = 12  # as many as can be read on a page


def render(page: BookPage, template: str, **values: object) -> str:
    """Return what a template gives, in the book's markup."""
    context = {"page": page, "w": page.site.words.texts, "b": book_words(page.lang), **values}
    return _environment().get_template(template).render(context)


def template_for(kind: Kind, name: str) -> str:
    """Return the kind's template of this name, the common one where the kind has none."""
    own = cast("Callable[[Kind, str], str | None]", _environment().globals["template_of"])
    return own(kind, name) or f"book/{name}.xml.j2"


@cache
def _environment() -> Environment:
    return environment(
        "book/",
        ".xml.j2",
        _shown,
        filters={"cited": _cited, "paged": _paged, "pages": _pages, "run": _run, "said_in": _said_in},
        names={"drawn": _drawn, "anchor": lambda *parts: "-".join(map(str, parts))},
    )


def _shown(value: Any) -> Markup:  # noqa: ANN401 - whatever a template shows
    """Return safe markup; a template that shows nothing is mistaken."""
    match value:
        case Markup():
            return value
        case None:
            raise TypeError("a template shows a field that has no value")
        case str():
            return escape(value)
        case EntryView():
            return _page_of(value).ref(value.of)
        case ProseView():
            return _page_of(value).prose(value)
        case Proof():
            views = tuple(value)
            return _page_of(views[0]).cite(views) if views else Markup()
        case _:
            return escape(str(value))


_DRAWN: Final[Mapping[str, Callable[..., Markup]]] = MappingProxyType(
    {
        "timeline": partial(drawn_timeline, on="paper"),
        "strip": partial(drawn_strip, on="paper"),
        "scales": drawn_scales,
        "network": partial(drawn_network, sizes=((_NETWORK, LOW), (NARROW, GROWN)), most=_MOST),
        "neighbourhood": drawn_neighbourhood,
    }
)


def _drawn(page: BookPage, name: str, *values: Any) -> Markup:  # noqa: ANN401 - what the drawing is made of
    """Return a drawing of the pages as a figure of the book."""
    on_page: Any = page
    return figures(_DRAWN[name](on_page, *values), page.drawings)


def _page_of(view: Any) -> BookPage:  # noqa: ANN401 - any view
    return cast("BookPage", view.page)


def _paged(entry: EntryView) -> Markup:
    """Return a reference with its page."""
    return _page_of(entry).ref(entry.of, with_page=True)


def _pages(entries: Iterable[EntryView]) -> Markup:
    """Return references with their pages, commas between them."""
    return joined(map(_paged, entries), ", ")


def _cited(text: ProseView, proof: Proof) -> Markup:
    """Return a text with its evidence at the end of its last paragraph."""
    page = _page_of(text)
    said, notes = page.prose(text), _shown(proof)
    if said.endswith("</p>"):
        return Markup(f"{said.removesuffix('</p>')}{notes}</p>")  # noqa: S704 - both are safe
    return said + Markup("<p>") + notes + Markup("</p>") if notes else said


def _run(text: ProseView) -> Markup:
    """Return a text in one line."""
    return _page_of(text).run(text)


def _said_in(entry: EntryView, lang: Lang) -> Markup:
    """Return a reference by the title in a language, with its page."""
    page = _page_of(entry)
    words, said_in = entry.of.title.best(lang)
    shown = escape(words)
    if said_in != page.lang:
        shown = Markup(f'<span lang="{said_in}">{shown}</span>')  # noqa: S704 - it is escaped
    return page.ref(entry.of, shown, with_page=True)
