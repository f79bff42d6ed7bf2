"""What a reader typed in, what is to be looked for out: a name perhaps, phrases, amounts and dates, and words.

Runs in the browser as `assets/search/60-query.js`; this is the same in Python, and tests/search/understand.json
binds both.
"""

import re
from typing import Final, NamedTuple

from generator.search.folding import fold
from generator.search.quantities import quantities


class Query(NamedTuple):
    """`name` is what to look up among the names; the token of an amount or a date comes with what was typed."""

    name: str
    phrases: tuple[str, ...]
    tokens: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_PHRASE: Final = re.compile(r"[\"„“”«»]([^\"„“”«»]+)[\"„“”«»]")
_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[-‐‑'’.&/](?=[^\W_]))*")
# Too common to part pages from pages; they are looked for only where there is nothing else.
_COMMON: Final = _set(
    "ab aber als also am an auch auf aus bei beim bin bis da damit dann das dass dem den denn der des die "
    "dies diese diesem diesen dieser dieses doch dort du durch eigentlich ein eine einem einen einer eines er "
    "es etwa für gab gegen genau geschah geschieht gibt haben hat hatte hatten ich ihm ihn ihnen ihr ihre im "
    "in ins ist ja kann kein keine können man mehr mit nach nicht noch nun nur ob oder ohne passiert "
    "passierte sein seine seit sich sie sind so soll sollte über um und uns unter viel viele vom von vor wann "
    "war waren warum was weil welche welchem welchen welcher welches wem wen wenn wer werden weshalb wessen "
    "wie wieso wieviel will wir wird wo wofür wogegen woher wohin wollte worüber worum wurde wurden zu zum "
    "zur zwischen "
    "a about against and are as at be been between by can could did do does for from had happen happened "
    "happens has have he her his how if into is it its many mean means much my no not of on or our she than "
    "that the their them then there these they this those to v versus vs was we were what when where which "
    "who whom whose why will with would you your"
)
_AROUND: Final = ' ?!."„“”«»'
_ASKING: Final = re.compile(
    r"\A(?:(?:was|wer|wo|what|who|where|what's|who's)\s+(?:ist|sind|war|waren|bedeutet|heißt|heisst|meint|is|are|was|were)|"
    r"was\s+versteht\s+man\s+unter|what\s+does|(?:definition|bedeutung|meaning|erklärung)(?:\s+(?:von|of|des|der))?|"
    r"(?:was|wie\s*viel|wieviel)\s+(?:kostet|kostete)|wie\s+(?:hoch|teuer|groß|alt)\s+(?:ist|war|sind|waren)|"
    r"how\s+(?:much|big|old)\s+(?:is|was|are|were)|define|alles\s+(?:über|ueber|uber)|(?:all\s+)?about|über|ueber)\s+"
)
_ARTICLE: Final = re.compile(r"\A(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|the|a|an)\s+")
_ASKED: Final = re.compile(r"\s+(?:mean|means|bedeutet|stand\s+for)\s*\Z")


def understand(text: str) -> Query:
    """Take a query apart; words come as typed, each once, common ones only where there is nothing else."""
    text = " ".join(text.split())
    phrases = tuple(match[1].strip() for match in _PHRASE.finditer(text) if match[1].strip())
    rest = _PHRASE.sub(" ", text).strip()
    found = quantities(rest)
    tokens = tuple((quantity.tokens[0], rest[quantity.start : quantity.end]) for quantity in found)
    for quantity in reversed(found):
        rest = f"{rest[: quantity.start]} {rest[quantity.end :]}"
    words = tuple(dict.fromkeys(_WORD.findall(rest)))
    rare = tuple(word for word in words if fold(word) not in _COMMON)
    return Query(asked(text), phrases, tokens, rare if rare or phrases or tokens else words)


def asked(text: str) -> str:
    """Return a query or a title without question and article: "was ist ein SLA?" asks for "sla". Twice is as once."""
    rest, before = text.casefold().strip(_AROUND), ""
    while rest != before:
        before = rest
        for pattern in (_ASKING, _ARTICLE, _ASKED):
            rest = pattern.sub("", rest, count=1).strip(_AROUND) or rest
    return rest
