"""Texts of entries as Markdown: prose with its links, names linked at their first mention, quotes between their marks.

In: texts and the page they stand on. Out: safe Markdown. Everything goes through `markdown.py`.
"""
# ruff: noqa: S704 - only safe pieces are put together here

import re
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from generator.fields import Localized
from generator.lang import Lang
from generator.markdown import escape, render_inline, render_prose, safe
from generator.mentions import Mentions
from generator.prose import parse_prose, plain_text, shortened
from generator.prosenodes import Block, Emphasis, EntryRef, Inline, Link, Listing, Paragraph, Parsed, Text
from generator.sentences import split_sentences
from generator.views.context import Context
from generator.views.site import foreign, mentions_of

MAX_BRIEF: Final = 140
MAX_LEAD: Final = 280
_MARKS: Final = {"de": ("„", "“"), "en": ("“", "”")}
_OTHER_MARKS: Final = {"de": ("»", "«"), "en": ("‘", "’")}
_INNER: Final = {"de": str.maketrans("„“”", "‚‘‘"), "en": str.maketrans("„“”", "‘‘’")}
_HAS_MARKS: Final = re.compile("[„“”]").search
_IN_MARKS: Final = re.compile("[„“][^„“”]*[“”]").fullmatch
_GAP: Final = escape(" […] ")


def quoted(passages: Sequence[str], lang: Lang, page_lang: Lang) -> Markup:
    """Return a quote between the marks of its language, and with that language where the page has another.

    A quote that contains such marks stands between others; one that brings its own about it keeps them.
    """
    said = escape(passages[0]) if len(passages) == 1 else _GAP.join([escape(passage) for passage in passages])
    if not _HAS_MARKS(said):
        opening, closing = _MARKS[lang]
    elif _IN_MARKS(said):
        return said if lang == page_lang else foreign(said, lang)
    else:
        opening, closing = _OTHER_MARKS[lang]
    text = safe(f"{opening}{said}{closing}")
    return text if lang == page_lang else foreign(text, lang)


def nested(text: str, lang: Lang) -> str:
    """Return our own words as they stand between quotation marks: with the inner marks of their language."""
    return text if _IN_MARKS(text) else text.translate(_INNER[lang])


def notice(page: Context, lang: Lang) -> Markup:
    """Return the remark that a text is there in `lang` only."""
    words = page.site.words.texts
    return safe(f"<small>({words.only_de if lang == 'de' else words.only_en})</small>")


class ProseView:
    """A text in the Markdown subset: shown as it is, or in one line as `inline`."""

    __slots__ = ("_lang", "_text", "page")

    def __init__(self, page: Context, text: Localized) -> None:
        self.page = page
        self._text, self._lang = text.best(page.lang)

    def __html__(self) -> str:
        """Return blocks of Markdown."""
        parsed = self.parsed
        if self._lang == self.page.lang:
            return render_prose(parsed, link=self._link)
        blocks = [self._in_other_language(block) for block in parsed.blocks]
        return "\n\n".join((*blocks[:-1], f"{blocks[-1]} {notice(self.page, self._lang)}")) if blocks else ""

    @property
    def inline(self) -> Markup:
        """The text in one line, for cells and items."""
        shown = render_inline(self.parsed, link=self._link)
        if self._lang == self.page.lang:
            return shown
        return safe(f"{foreign(shown, self._lang)} {notice(self.page, self._lang)}")

    @property
    def brief(self) -> Markup:
        """The beginning of the text in one line, without links."""
        return self._plainly(self._beginning, MAX_BRIEF)

    @property
    def lead(self) -> Markup:
        """The first sentence, without links."""
        text = self._beginning
        return self._plainly(next((text[start:end] for start, end in split_sentences(text, self._lang)), ""), MAX_LEAD)

    @property
    def _beginning(self) -> str:
        return " ".join(plain_text(parse_prose(self._text).blocks[:1], self._title_of).split())

    def _plainly(self, text: str, most: int) -> Markup:
        said = escape(shortened(text, most))
        return said if self._lang == self.page.lang else foreign(said, self._lang)

    def _title_of(self, entry_id: str) -> str:
        self.page.reads.add(f"title:{entry_id}")
        return self.page.site.corpus.entries[entry_id].title.best(self._lang)[0]

    def _in_other_language(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return foreign(render_prose(Parsed((block,)), link=self._link), self._lang)
        items = (
            foreign(render_inline(Parsed((Paragraph(item),)), link=self._link), self._lang) for item in block.items
        )
        signs = (f"{number}." if block.ordered else "-" for number in range(1, len(block.items) + 1))
        return "\n".join(f"{sign} {item}" for sign, item in zip(signs, items, strict=True))

    @property
    def lang(self) -> Lang:
        """The language that the text is in."""
        return self._lang

    @property
    def parsed(self) -> Parsed:
        """The text with its first mentions of entries linked."""
        mentions = mentions_of(self.page.site.corpus, self._lang)
        return Parsed(
            tuple(_with_mentions(block, mentions, self.page.entry_id) for block in parse_prose(self._text).blocks)
        )

    def _link(self, ref: EntryRef) -> Markup:
        label = None if ref.label is None else escape(ref.label)
        return self.page.link(self.page.site.corpus.entries[ref.id], label)


def _with_mentions(block: Block, mentions: Mentions, own: str) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(_linked(block.inlines, mentions, {own, *_named(block.inlines)}))
    items = tuple(_linked(item, mentions, {own, *_named(item)}) for item in block.items)
    return Listing(block.ordered, items)


def _named(inlines: Sequence[Inline]) -> set[str]:
    """Return the ids that a paragraph links by itself."""
    found: set[str] = set()
    for inline in inlines:
        if isinstance(inline, EntryRef):
            found.add(inline.id)
        elif isinstance(inline, Emphasis | Link):
            found |= _named(inline.children)
    return found


def _linked(inlines: Sequence[Inline], mentions: Mentions, seen: set[str]) -> tuple[Inline, ...]:
    """Link the first mention of each entry; `seen` are those that are linked already."""
    pieces: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text):
            _split(inline, mentions, seen, pieces)
        elif isinstance(inline, Emphasis):
            pieces.append(Emphasis(inline.strong, _linked(inline.children, mentions, seen)))
        else:
            pieces.append(inline)
    return tuple(pieces)


def _split(text: Text, mentions: Mentions, seen: set[str], pieces: list[Inline]) -> None:
    after = 0
    for start, end, entry_id in mentions.find(text.text):
        if entry_id in seen:
            continue
        seen.add(entry_id)
        if start > after:
            pieces.append(Text(text.text[after:start], text.start + after))
        pieces.append(EntryRef(entry_id, text.text[start:end], text.start + start, text.start + end))
        after = end
    if after < len(text.text):
        pieces.append(Text(text.text[after:], text.start + after))
