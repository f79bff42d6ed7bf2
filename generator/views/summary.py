"""What an entry says of itself in a line of plain text: for its description, and for the cards beside links to it.

In: the page that asks and an entry. Out: the first paragraph without markup, made once for all pages of a language.
"""

from generator.kind import Entry
from generator.lang import Lang
from generator.prose import parse_prose, plain_text
from generator.views.context import Context


def summary_of(page: Context, entry: Entry) -> tuple[str, Lang]:
    """Return the first paragraph of an entry's summary and its language; empty where it says nothing.

    The titles that stand for links in it are recorded.
    """
    known = page.site.summaries.get(entry.id)
    if known is None:
        known = page.site.summaries[entry.id] = _read(page, entry)
    text, lang, named = known
    page.reads.update(named)
    return text, lang


def _read(page: Context, entry: Entry) -> tuple[str, Lang, frozenset[str]]:
    summary = entry.kind.summary(entry.data)
    if summary is None:
        return "", page.lang, frozenset()
    words, lang = summary.best(page.lang)
    named: set[str] = set()

    def title_of(entry_id: str) -> str:
        named.add(f"title:{entry_id}")
        return page.site.corpus.entries[entry_id].title.best(page.lang)[0]

    plain = plain_text(parse_prose(words).blocks[:1], title_of)
    return " ".join(plain.split()), lang, frozenset(named)
