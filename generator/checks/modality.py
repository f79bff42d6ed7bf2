"""A quote that only reports, plans or supposes is not evidence that something is so.

Looks for the words by which German and English take a statement back, in quotes under `modality: asserted`. A word in
the statement's own modality (an event that is reported, planned …) is expected there.
"""

import re
from collections.abc import Iterable
from typing import Final

from generator.checks import Examination
from generator.diagnostics import Diagnostic, Place
from generator.fields import Evidence, Quote

_HINT: Final = (
    "give the modality (reported, rumoured, announced, planned, forecast, denied), or quote without that part"
)
_HEDGES: Final = {
    "de": re.compile(
        r"\b(?:Berichten zufolge|Gerüchten zufolge|[Aa]ngeblich\w*|[Vv]ermutlich|[Mm]öglicherweise|[Mm]utmaßlich\w*|"
        r"[Oo]ffenbar|könnten?|dürften?|erwäg(?:t|en|te|ten)|soll(?:en)? (?:sich |bereits )?\w+ haben|zufolge|"
        r"[Dd]em Vernehmen nach|[Ll]aut \w+)\b"
    ),
    "en": re.compile(
        r"\b(?:[Rr]eportedly|[Aa]llegedly|[Ss]upposedly|[Pp]ossibly|[Pp]resumably|could|might|may have|[Aa]pparently|"
        r"is considering|rumou?red|[Aa]ccording to)\b"
    ),
}


def check(item: Examination) -> Iterable[Diagnostic]:
    """Warn of hedged quotes whose evidence is given as asserted."""
    for leaf in item.leaves:
        evidence = leaf.value
        if leaf.marker is not Quote or not isinstance(evidence, Evidence) or evidence.modality != "asserted":
            continue
        text = item.corpus.texts.get(evidence.source)
        hedges = _HEDGES[text.lang if text else "de"]
        for index, passage in enumerate(evidence.quote):
            match = hedges.search(passage)
            if match:
                path = (*leaf.path, "quote", index) if len(evidence.quote) > 1 else (*leaf.path, "quote")
                place = Place(item.entry.file, path, start=match.start(), end=match.end())
                message = f"the source says “{match[0]}”, the evidence says asserted"
                yield Diagnostic("modality-too-strong", message, place, _HINT)
                break
