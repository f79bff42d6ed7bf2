"""What the home page picks: the entries of which most is told, and the files that a reader can take away.

In: the page and what could be shown. Out: some of it, the weightiest first, and safe HTML.
"""
# ruff: noqa: S704 - only safe pieces are put together here

from collections.abc import Sequence

from markupsafe import Markup

from generator.markdown import attribute, escape
from generator.views.downloads import Shelf, shelves
from generator.views.entries import EntryView
from generator.views.page import Page
from generator.views.shelved import sized


def foremost(page: Page, entries: Sequence[EntryView], most: int) -> tuple[EntryView, ...]:
    """Return the weightiest entries; of those alike the ones that most others refer to; the same in every language."""
    page.reads.update(f"back:{entry.id}" for entry in entries)
    referring = page.site.referring

    def order(entry: EntryView) -> tuple[object, ...]:
        return tuple(-one for one in entry.weight), -len(referring.get(entry.id, ())), entry.id

    return tuple(sorted(entries, key=order))[:most]


def taken_away(page: Page) -> Markup:
    """Return a link with its size for each form of the dossier: to the file, or to the list of several."""
    items = "\n".join(_item(page, shelf) for shelf in shelves(page.site.downloads, page.lang))
    return Markup(f'<ul class="home-files">\n{items}\n</ul>')


def _item(page: Page, shelf: Shelf) -> str:
    told = escape(page.site.words.values["download"][shelf.form])
    if len(shelf.own) > 1:
        listed = page.address_of("downloads/index.md", f"at-{shelf.form}")
        return f'<li><a href="{listed}">{told}</a>{sized(page, shelf.own)}</li>'
    [only] = shelf.own or shelf.other[:1]
    return f'<li><a href="{attribute(page.file(only.path))}" download>{told}</a>{sized(page, (only,))}</li>'
