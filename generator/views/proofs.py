"""The list of evidence at the foot of a page: quote, source, how it was meant, and the ways back to the statements.

In: the evidence that a page has numbered. Out: a Markdown list. A page has more evidence than anything else, so this is
written out here and not in a template.
"""
# ruff: noqa: S704 - only safe pieces are put together here

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.markdown import attribute

if TYPE_CHECKING:
    from generator.views.page import Cited


def listed(evidence: Iterable["Cited"]) -> Markup:
    """Return the evidence as a numbered list, the numbers being those that the statements show."""
    return Markup("\n".join(line for cited in evidence for line in _item(cited)))


def _item(cited: "Cited") -> Iterator[str]:
    view, data = cited.evidence, cited.evidence.data
    words = view.page.site.words.texts
    number = cited.number
    parts = [f'{number}. <span id="e{number}" class="cited"></span>{view.quoted} — {view.place}']
    if data.stance != "supports":
        parts.append(f' · <span class="mark-{data.stance}">{view.stance}</span>')
    if data.modality != "asserted":
        parts.append(f' · <span class="mark-{data.modality}">{view.modality}</span>')
    if data.via:
        via = ", ".join(other.__html__() for other in view.via)
        parts.append(f' · <span class="mark-second-hand">{words.via} {via}</span>')
    back = attribute(words.back)
    parts += (f' [↩](#{anchor} "{back}")' for anchor in cited.anchors)
    yield "".join(parts)
    if data.translation is not None and (translated := view.translated) is not None:
        yield f"    <br>{translated} <small>({words.our_translation})</small>"
    if data.note is not None:
        yield f"    <br><small>{view.note.inline}</small>"
