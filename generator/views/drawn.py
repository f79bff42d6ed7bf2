"""Entries as drawings: what a template has at hand becomes the small values that `drawings` knows.

In: entries as a template sees them, and the words of their kind. Out: safe HTML, a figure in one line. Every entry that
is drawn is read through the page, so that what is read is recorded.
"""
# ruff: noqa: S704 - only safe pieces are put together here

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final, Literal

from markupsafe import Markup

from generator.dates import EdtfDate, format_date
from generator.drawings.density import MOST_SIGNS, density
from generator.drawings.glyphs import LOOKS
from generator.drawings.scale import Reading, scale
from generator.drawings.svg import NARROW
from generator.drawings.timeline import PAPER, WIDTH, Happening, Telling, timeline
from generator.fields import is_rejected
from generator.markdown import attribute
from generator.views.entries import EntryView, Row
from generator.views.plan import place_of_year
from generator.views.records import RecordView, show_number
from generator.words import Label

if TYPE_CHECKING:
    from generator.views.page import Page

Ground = Literal["entry", "list", "paper"]
MOST_NAMED: Final = 80
FEWEST_NAMED: Final = 3  # of fewer a list says as much


def drawn_timeline(
    page: "Page", listed: Iterable[EntryView | Row], words: SimpleNamespace, note: str = "", on: Ground = "entry"
) -> Markup:
    """Return the dated ones of these entries, in their order, as a timeline; empty where there are few.

    On paper nobody can ask for a name that is cut: their numbers in the list stand there, and the list beside them.
    On a phone a list has its strip instead; in an entry a part of the timeline is seen at a time.
    """
    entries = list(listed)
    dated = _dated(entries)
    if len(dated) < FEWEST_NAMED:
        return Markup()
    if len(dated) > MOST_NAMED:
        return drawn_strip(page, (entry for entry, _ in dated), words, note, on)
    happenings = [_happening(page, *one) for one in dated]
    if on == "paper":
        numbers = [str(number) for number, one in enumerate(entries, 1) if _dated([one])]
        happenings = [one._replace(shown=number) for one, number in zip(happenings, numbers, strict=True)]
    drawn = timeline(happenings, _telling(words), page.lang, PAPER if on == "paper" else WIDTH)
    if on == "list":
        return figure("timeline", drawn + _strip(page, dated, words, NARROW), note)
    return figure("timeline", drawn, note, plain(words.drawn))


def drawn_strip(
    page: "Page", listed: Iterable[EntryView | Row], words: SimpleNamespace, note: str = "", on: Ground = "list"
) -> Markup:
    """Return the same without names: how much lies where, a sign for each as long as there is room."""
    dated = _dated(listed)
    widths = (PAPER,) if on == "paper" else (WIDTH, NARROW)
    return figure("timeline", Markup("").join(_strip(page, dated, words, width) for width in widths), note)


def _strip(page: "Page", dated: Sequence[tuple[EntryView, EdtfDate]], words: SimpleNamespace, width: float) -> Markup:
    kinds = {entry.id: entry.of.kind for entry, _ in dated}

    def more(one: Happening) -> str:
        path, anchor = place_of_year(page.site, kinds[one.id], one.when)
        return page.address_of(path, anchor)

    of_one = _happening if len(dated) <= MOST_SIGNS else _counted
    return density([of_one(page, *one) for one in dated], _telling(words), page.lang, more, width)


def drawn_scales(page: "Page", answers: Iterable[RecordView]) -> Markup:
    """Return a scale for each unit in which two answers or more are given."""
    by_unit: dict[str, list[Reading]] = {}
    units: dict[str, str] = {}
    for answer in answers:
        value = answer.value
        if value is None:
            continue
        said = " ".join(plain(part) for part in (value.comparator, value.amount, value.unit) if part)
        by = ", ".join(dict.fromkeys(plain(item.origin.short) for item in answer.evidence))
        known = (value.data.amount, value.data.comparator, said, by, f"#{answer.anchor}")
        reading = Reading(*known, is_rejected=is_rejected(answer.data))
        by_unit.setdefault(value.unit.key, []).append(reading)
        units[value.unit.key] = plain(value.unit)

    def say(amount: Decimal) -> str:
        whole = amount == amount.to_integral_value()
        return show_number(amount.quantize(Decimal(1)) if whole else amount.normalize(), page.lang)

    drawn = (figure("scale", scale(found, units[unit], say), units[unit]) for unit, found in by_unit.items())
    return Markup("\n\n").join(one for one in drawn if one)


@lru_cache(maxsize=4096)
def plain(text: Markup) -> str:
    """Return the text of safe Markdown in one line: drawings escape for themselves."""
    return text.striptags()


def figure(kind: str, drawn: Markup, note: str = "", moved: str = "") -> Markup:
    """Return a drawing as a block of its own, `moved` the name of one that a phone shows a part of at a time.

    Nothing where nothing is drawn.
    """
    if not drawn:
        return Markup()
    caption = f"<figcaption>{note}</figcaption>" if note else ""
    by_keys = f' tabindex="0" aria-label="{attribute(moved)}"' if moved else ""
    return Markup(f'<figure class="drawing drawing-{kind}"{by_keys} data-pagefind-ignore>{drawn}{caption}</figure>')


def _dated(listed: Iterable[EntryView | Row]) -> Sequence[tuple[EntryView, EdtfDate]]:
    entries = (one.entry if isinstance(one, Row) else one for one in listed)
    return [(entry, when) for entry in entries if (when := entry.of.kind.when(entry.of.data))]


def _happening(page: "Page", entry: EntryView, when: EdtfDate) -> Happening:
    title, lang = entry.of.title.best(page.lang)
    look: Label | None = getattr(entry, "modality", None)
    key, look_said = (LOOKS[0], "") if look is None else (look.key, plain(look))
    foreign = "" if lang == page.lang else lang
    said = format_date(when, page.lang)
    return Happening(entry.id, title, when, said, key, look_said, page.href(entry.of), foreign)


def _counted(_page: "Page", entry: EntryView, when: EdtfDate) -> Happening:
    """Return what is enough to count it."""
    return Happening(entry.id, "", when, "", LOOKS[0], "", "")


def _telling(words: SimpleNamespace) -> Telling:
    return Telling(
        *(plain(one) for one in (words.drawn, words.about, words.perhaps, words.within, words.ongoing, words.coarse))
    )
