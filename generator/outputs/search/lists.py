"""The names of all entries and the words of all pages, as files of which a search loads the few that it needs.

In: names, and how many pages have which word. Out: scripts by name, and by what the keys in each begin with. Which file
holds what is found by the same rule in `assets/scripts/60-query.js`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.outputs.search.pagefind import in_script
from generator.search.folding import fold
from generator.search.names import Row, shard_key
from generator.search.shards import sharded


@dataclass(frozen=True, slots=True)
class Lists:
    """The files by name; the file `<list>/<number>` holds the keys that begin with the prefix of that number."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    files: Mapping[str, bytes]


def make_lists(names: Iterable[Row], numbers: Mapping[str, str], counts: Mapping[str, int]) -> Lists:
    """Divide names and words; `numbers` are the ids of the records by path, which the names are known by."""
    known = (row for row in names if row[1] in numbers)
    of_names = sharded((shard_key(row), (row[0], numbers[row[1]], *row[2:])) for row in known)
    ordered = sorted((fold(word), word, count) for word, count in counts.items())
    of_words = sharded((key, (word, count)) for key, word, count in ordered)
    files = {}
    for name, shards in (("names", of_names), ("words", of_words)):
        for number, items in enumerate(shards.values()):
            path = f"{name}/{number}"
            files[f"{path}.js"] = f"dossierSearch.put({in_script(path)},{in_script(items)});\n".encode()
    return Lists(tuple(of_names), tuple(of_words), files)
