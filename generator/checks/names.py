"""Two entries with one name: a mention in running text could mean either, so it is linked to neither."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from generator.checks import Examination
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Place, Related


def check(item: Examination) -> Iterable[Diagnostic]:
    """Warn once for each entry whose linked name an earlier entry has too."""
    owners = _owners(item.corpus)
    for naming in item.entry.kind.names(item.entry.data):
        first = owners.get(naming.text) if naming.is_linked else None
        if first is not None and first != item.entry.id:
            related = (Related("the other one", Place(item.corpus.entries[first].file)),)
            message = f"“{naming.text}” also names “{first}”"
            hint = "give one of them another name, or take linked: true from it"
            yield Diagnostic("ambiguous-name", message, Place(item.entry.file), hint, related)
            return


@lru_cache(maxsize=1)
def _owners(corpus: Corpus) -> Mapping[str, str]:
    owners: dict[str, str] = {}
    for entry in corpus.living():
        for naming in entry.kind.names(entry.data):
            if naming.is_linked:
                owners.setdefault(naming.text, entry.id)
    return MappingProxyType(owners)
