"""The names of all entries and the words of all pages, as files of which a search loads the few that it needs.

In: names, and how many pages have which word. Out: scripts by name, and by what the keys in each begin with. Which file
holds what is found by the same rule in `assets/search/60-query.js`. Beside them what records can be narrowed down by.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.outputs.search.pagefind import in_script
from generator.search.folding import fold
from generator.search.names import Row, shard_key
from generator.search.shards import sharded

Facets = Sequence[Sequence[str]]  # pairs of a group and a value


@dataclass(frozen=True, slots=True)
class Lists:
    """The files by name; the file `<list>/<number>` holds the keys that begin with the prefix of that number."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    files: Mapping[str, bytes]


def make_lists(
    names: Iterable[Row],
    kin: Mapping[str, Sequence[str]],
    verbs: tuple[Mapping[str, Sequence[str]], Container[str]],
    numbers: Mapping[str, str],
    counts: Mapping[str, int],
) -> Lists:
    """Divide names and words; `numbers` are the ids of the records by path, which the names are known by.

    A word that names a thing comes with its `kin`, what that is called as well. The forms of `verbs` come with the
    words that they lead to, as if they were words that no page has; the count of what only looks like one is negative.
    """
    forms, others = verbs
    known = (row for row in names if row[1] in numbers)
    of_names = sharded((shard_key(row), (row[0], numbers[row[1]], *row[2:])) for row in known)
    signed = ((word, -count if word in others else count) for word, count in counts.items())
    of_pages = ((fold(word), (word, count, *((kin[word],) if word in kin else ()))) for word, count in signed)
    of_verbs = ((key, (key, 0, leading)) for key, leading in forms.items())
    of_words = sharded(sorted((*of_pages, *of_verbs), key=lambda item: (item[0], item[1][:2])))
    files = {}
    for name, shards in (("names", of_names), ("words", of_words)):
        for number, items in enumerate(shards.values()):
            path = f"{name}/{number}"
            files[f"{path}.js"] = f"dossierSearch.put({in_script(path)},{in_script(items)});\n".encode()
    return Lists(tuple(of_names), tuple(of_words), files)


def facets_script(name: str, records: Mapping[int, Facets]) -> bytes:
    """Return by group and value the numbers of the records that have it, each as the step from the one before."""
    found: dict[str, dict[str, list[int]]] = {}
    for number, facets in sorted(records.items()):
        for group, value in facets:
            found.setdefault(group, {}).setdefault(value, []).append(number)
    steps = {
        group: {value: [one - before for before, one in pairwise((0, *values[value]))] for value in sorted(values)}
        for group, values in sorted(found.items())
    }
    return f"dossierSearch.put({in_script(name)},{in_script(steps)});\n".encode()
