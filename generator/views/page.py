"""One page while it is made: the way to entries, which records what is read, and the evidence that it shows.

A key of `reads` says what the page depends on: `entry:<id>` all fields of an entry, `title:<id>` its title, date and
place, `back:<id>` what refers to it, `all:<kind>` everything of a kind, `quotes:<id>` a source text with all that rests
on it, `texts` all source texts. `changes.py` compares them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from markupsafe import Markup

from generator.fields import Evidence
from generator.kind import Entry
from generator.lang import Lang
from generator.markdown import escape, front_matter, here, link
from generator.numbering import numbers_of
from generator.views.docs import head_and_body, resolved, title_of_doc, with_places, without_title
from generator.views.entries import EntryView, Row, Section, rows_of, sections_of
from generator.views.figures import Figures
from generator.views.head import HOME, doc_head, entry_head
from generator.views.heard import Heard
from generator.views.records import EvidenceView, Proof, RecordView
from generator.views.said import notice, quoted
from generator.views.site import Site, foreign, path_of, statement_anchor
from generator.views.source import TextView

MAX_HEARD: Final = 20


@dataclass(slots=True)
class Cited:
    """Evidence that a page shows at its foot, with the anchors of the statements that it shows."""

    number: int
    evidence: EvidenceView
    anchors: list[str] = field(default_factory=list)


class HeardView(NamedTuple):
    """A sentence of a source that names the page's entry; no `text` where the source may not be shown."""

    text: Markup | None
    source: Markup


class Page:
    """The page at `path`; `entry_id` is that of the entry that it is about."""

    def __init__(self, site: Site, path: str, entry_id: str = "") -> None:
        self.site = site
        self.path = path
        self.entry_id = entry_id
        self.lang: Lang = site.lang
        self.reads: set[str] = set()
        self.cited: dict[int, Cited] = {}
        self.anchors: set[str] = set()
        self._root = "../" * path.count("/")
        self._views: dict[str, EntryView] = {}
        self._sections: tuple[Section, ...] | None = None
        self._numbers: dict[Evidence, int] | None = None

    def let_go(self) -> None:
        """Give up what was shown, which leads back here: a page is garbage at once, and no collector need look."""
        self._views.clear()
        self.cited.clear()
        self._sections = None

    # --- entries

    def entry(self, entry_id: str) -> EntryView:
        """Return an entry; what is asked of it is recorded."""
        view = self._views.get(entry_id)
        if view is None:
            view = self._views[entry_id] = EntryView(self, self.site.corpus.entries[entry_id])
        return view

    def all(self, kind: str) -> tuple[EntryView, ...]:
        """Return all entries of a kind, sorted."""
        self.reads.add(f"all:{kind}")
        return tuple(EntryView(self, entry, is_recorded=True) for entry in self.site.by_kind[kind])

    def count(self, kind: str) -> int:
        """Return how many of a kind there are, in entries that each hold one or several."""
        self.reads.add(f"all:{kind}")
        return sum(entry.kind.holds(entry.data) for entry in self.site.by_kind[kind])

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return what refers to the page's entry, kind by kind."""
        if self._sections is None:
            self.reads.add(f"back:{self.entry_id}")
            self._sections = tuple(sections_of(self, self.entry_id))
        return self._sections

    @property
    def named(self) -> tuple[tuple[EntryView, ...], int]:
        """Return the entries that only name the page's entry in their text, and how many more do."""
        entries = tuple(entry for section in self.sections for entry in section.named)
        return entries, sum(section.named_total for section in self.sections) - len(entries)

    def rows(self, ids: Sequence[str], about: str) -> tuple[Row, ...]:
        """Return these entries as rows of what refers to the entry `about`."""
        self.reads.add(f"back:{about}")
        return rows_of(self, about, tuple(self.site.corpus.entries[entry_id] for entry_id in ids))

    def text(self, entry: EntryView) -> TextView:
        """Return the text of a source with everything that rests on it."""
        self.reads.add(f"quotes:{entry.id}")
        return TextView(self, entry)

    # --- links

    def to(self, path: str, text: str) -> Markup:
        """Return a link to another page by its path."""
        return link(escape(text), self._root + path)

    def link(self, entry: Entry, text: Markup | None = None, anchor: str = "", title: str = "") -> Markup:
        """Return a link to an entry's page; on that page itself only the text."""
        self.reads.add(f"title:{entry.id}")
        if text is None and not anchor:
            return self._titled(entry)
        shown = self.site.title(entry) if text is None else text
        target = self._target(entry, anchor)
        return link(shown, target, title) if target else shown

    def _target(self, entry: Entry, anchor: str) -> str:
        """Return where a link to a place on an entry's page leads; empty for the page itself."""
        self.reads.add(f"title:{entry.id}")
        home = self.site.home_of(entry)
        place = f"#{anchor}" if anchor else ""
        return place if home.id == self.entry_id else f"{self._root}{path_of(home.kind, home.id)}{place}"

    def _titled(self, entry: Entry) -> Markup:
        """Return the plain link to an entry, which most links are; pages of one folder share it."""
        home = self.site.home_of(entry)
        if home.id == self.entry_id:
            return self.site.title(entry)
        links = self.site.links
        shown = links.get((entry.id, self._root))
        if shown is None:
            target = f"{self._root}{path_of(home.kind, home.id)}"
            shown = links[entry.id, self._root] = link(self.site.title(entry), target)
        return shown

    def href(self, entry: Entry, anchor: str = "") -> str:
        """Return the address of an entry's page, or of a place on it, for HTML that is no Markdown."""
        self.reads.add(f"title:{entry.id}")
        home = self.site.home_of(entry)
        if home.id == self.entry_id:
            return f"#{anchor}"
        return self.address_of(path_of(home.kind, home.id), anchor)

    def address_of(self, path: str, anchor: str = "") -> str:
        """Return the address of another page, relative to that of this page."""
        own = self.path.removesuffix("index.md").removesuffix(".md")
        target = path.removesuffix("index.md").removesuffix(".md")
        up = "../" * (own.count("/") + (not own.endswith("/") and own != ""))
        address = f"{up}{target}{'' if target.endswith('/') or not target else '/'}" or "./"
        return f"{address}#{anchor}" if anchor else address

    def away(self, url: str) -> Markup:
        """Return a link to another site, named by its host."""
        host = url.partition("//")[2].partition("/")[0]
        return link(escape(host), url)

    def file(self, path: str) -> str:
        """Return the address of a file by its path below the site, relative to that of this page."""
        is_index = self.path.endswith("index.md")
        return "../" * (self.path.count("/") + (1 if is_index else 2)) + path

    # --- the page itself

    def intro(self) -> Markup | None:
        """Return the hand-written text that belongs to this page."""
        text = self.site.docs.get(self.path)
        if text is None:
            return None
        _, body = head_and_body(text)
        if self.path == HOME:
            body = without_title(body)
        marked = with_places(resolved(body, self._linked), lambda number: here(f"part-{number}"))
        return Markup(marked.strip())  # noqa: S704 - the editors' own Markdown

    def _linked(self, entry_id: str, label: str | None) -> Markup | None:
        self.reads.add(f"title:{entry_id}")
        entry = self.site.corpus.entries.get(entry_id)
        return None if entry is None else self.link(entry, None if label is None else escape(label))

    @property
    def figures(self) -> Figures:
        """Return how much the dossier rests on."""
        self.reads.add("texts")
        return self.site.figures

    def doc(self) -> str:
        """Return a hand-written page with its front matter, or one that says that it is in the other language only."""
        text = self.site.docs.get(self.path)
        if text is None:
            return self._doc_elsewhere()
        return f"{doc_head(self.path, self.lang, text)}{self.intro()}\n"

    def _doc_elsewhere(self) -> str:
        """Every page is there in both languages, so that the switch between them leads nowhere else.

        It is that switch that leads to the text: the site builders disagree on links out of a language's folder.
        """
        title, lang = title_of_doc(self.path, self.site.docs_elsewhere[self.path]), self.site.other
        return f"{front_matter({'title': title})}# {foreign(escape(title), lang)}\n\n{notice(self, lang)}\n"

    @property
    def head(self) -> Markup:
        """The front matter of the page of an entry."""
        return entry_head(self)

    @property
    def title_notice(self) -> Markup:
        """Return a remark where the title of the page's entry is in the other language."""
        _, lang = self.site.corpus.entries[self.entry_id].title.best(self.lang)
        return Markup() if lang == self.lang else notice(self, lang)

    def naming(self, note: str) -> str:
        """Return what is odd about a name."""
        return self.site.words.values["naming"][note]

    @property
    def dossier(self) -> RecordView:
        """Return what the dossier says of itself."""
        return RecordView(self, None, self.site.corpus.dossier, ())

    # --- evidence

    def number(self, evidence: EvidenceView, anchor: str) -> int:
        """Put evidence for the statement at `anchor` at the foot of the page; the same evidence has one number."""
        number = self._number(evidence.data)
        cited = self.cited.get(number)
        if cited is None:
            cited = self.cited[number] = Cited(number, evidence)
        if anchor not in cited.anchors:
            cited.anchors.append(anchor)
        return number

    @property
    def evidence(self) -> tuple[Cited, ...]:
        """Return the evidence of the page by its numbers."""
        return tuple(sorted(self.cited.values(), key=lambda cited: cited.number))

    def _number(self, evidence: Evidence) -> int:
        """Return the number of evidence in its entry; that of other entries stands behind the page's own."""
        if self._numbers is None:
            self._numbers = numbers_of(self.site.corpus.entries[self.entry_id]) if self.entry_id else {}
        return self._numbers.setdefault(evidence, len(self._numbers) + 1)

    @property
    def unshown(self) -> Iterator[Proof]:
        """Yield the proofs of the page's entry that its template did not show: the sources lead to each one."""
        entry = self.site.corpus.entries[self.entry_id]
        left: dict[str, dict[tuple[str | int, ...], Evidence]] = {}
        for passage in self.site.corpus.passages_of(self.entry_id):
            anchor = statement_anchor(passage.path)
            if passage.evidence is not None and anchor not in self.anchors:
                left.setdefault(anchor, {})[passage.path] = passage.evidence
        for _, found in sorted(left.items()):
            paths = sorted(found, key=str)
            owner = RecordView(self, entry, entry.data, paths[0][:-2])
            yield Proof(owner, paths[0][-2:-1], tuple(found[path] for path in paths))

    @property
    def heard(self) -> tuple[HeardView, ...]:
        """Return the first sentences of the sources that name the page's entry."""
        self.reads.add("texts")
        return tuple(self._heard(place) for place in self._places()[:MAX_HEARD])

    @property
    def unheard(self) -> int:
        """Return how many more sentences name the entry."""
        return max(0, len(self._places()) - MAX_HEARD)

    def _places(self) -> tuple[Heard, ...]:
        return self.site.naming.get(self.entry_id, ())

    def _heard(self, place: Heard) -> HeardView:
        self.reads.add(f"title:{place.source}")
        known = self.site.heard.get((place, self._root))
        if known is None or place.source == self.entry_id:
            source = self.site.corpus.entries[place.source]
            link = self.link(source, self.site.short(source), f"p{place.paragraph}")
            known = (self._sentence(place, source), link)
            if place.source != self.entry_id:
                self.site.heard[place, self._root] = known
        return HeardView(*known)

    def _sentence(self, place: Heard, source: Entry) -> Markup | None:
        """Return the sentence where the source may be shown."""
        file = source.kind.text(source.data)
        if file is None or not file.is_open:
            return None
        text = self.site.corpus.texts[source.id]
        return quoted((text.normal[place.start : place.end],), text.lang, self.lang)
