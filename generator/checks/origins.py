"""Agreement needs more than one origin: three articles that repeat one newspaper are one."""

from collections.abc import Iterable

from generator.checks import Examination
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Place
from generator.fields import Evidence


def check(item: Examination) -> Iterable[Diagnostic]:
    """Warn of an agreement all of whose evidence goes back to a single origin."""
    agreement = item.entry.kind.agreement(item.entry.data)
    if agreement is None or not agreement.evidence:
        return
    origins = {_origin(item.corpus, evidence) for evidence in agreement.evidence}
    if len(origins) == 1:
        message = f"all the evidence goes back to {', '.join(sorted(next(iter(origins))))}"
        hint = "find evidence of another origin, or choose another verdict"
        yield Diagnostic("single-origin", message, Place(item.entry.file, agreement.path), hint)


def _origin(corpus: Corpus, evidence: Evidence) -> frozenset[str]:
    source = corpus.entries.get(evidence.source)
    relied_on = source.kind.origins(source.data) if source else ()
    return frozenset(evidence.via or (relied_on if len(relied_on) == 1 else ()) or (evidence.source,))
