"""What the parts of a page ask of the page that they stand on; `page.py` answers."""

from typing import Any, Protocol

from markupsafe import Markup

from generator.kind import Entry
from generator.lang import Lang
from generator.views.site import Site


class Context(Protocol):
    """The page that is being made."""

    site: Site
    lang: Lang
    entry_id: str
    reads: set[str]
    anchors: set[str]

    def entry(self, entry_id: str) -> Any:  # noqa: ANN401 - an `EntryView`, which needs a context itself
        """Return an entry; what is asked of it is recorded."""

    def link(self, entry: Entry, text: Markup | None = None, anchor: str = "", title: str = "") -> Markup:
        """Return a link to an entry's page; `title` is what the link says when it is asked."""
        ...

    def number(self, evidence: Any, anchor: str) -> int:  # noqa: ANN401 - an `EvidenceView`
        """Return the number under which evidence for the statement at `anchor` stands at the foot of the page."""
        ...
